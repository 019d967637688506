"""Compares exports and imports of Java and Python copick. Ends with a message at the first difference."""

import math
import sys
from pathlib import Path

import copick
import mrcfile
import numpy as np
import starfile
from copick.util.formats import csv_to_copick_arrays, read_picks_csv


def tomogram(root, run, spacing, kind):
    """Returns the tomogram that Java shows: the overlay's takes precedence over the shared one."""
    found = [t for t in root.get_run(run).get_voxel_spacing(spacing).tomograms if t.tomo_type == kind]
    return sorted(found, key=lambda t: t.read_only)[0].numpy()


def same_table(name, expected, actual):
    assert list(expected.columns) == list(actual.columns), f"{name}: {list(expected.columns)}, {list(actual.columns)}"
    for column in expected.columns:
        if expected[column].dtype.kind == "f":
            # Python writes six decimals
            assert np.allclose(expected[column], actual[column], atol=2e-6), f"{name}: {column}"
        else:
            assert list(expected[column]) == list(actual[column]), f"{name}: {column}"


def exported(work, config):
    root = copick.from_file(config)
    volumes = 0
    for file in sorted(work.glob("java/*/VoxelSpacing*/*.mrc")):
        run, spacing = file.parts[-3], float(file.parts[-2].removeprefix("VoxelSpacing"))
        assert mrcfile.validate(file, print_file=open("/dev/null", "w")), f"{file} is not a valid MRC file"
        with mrcfile.open(file) as mrc:
            expected = tomogram(root, run, spacing, file.stem)
            assert mrc.data.dtype == np.float32 and np.array_equal(mrc.data, expected.astype(np.float32)), file
            assert math.isclose(float(mrc.voxel_size.x), spacing, rel_tol=1e-6), file
        volumes += 1
    assert volumes > 5, volumes
    run = root.get_run("TS_001")
    membrane = [s for s in run.get_segmentations(name="membrane", user_id="membrain", voxel_size=10.0, is_multilabel=False)]
    with mrcfile.open(work / "java/TS_001/Segmentations/membrane_membrain_0.mrc") as mrc:
        expected = sorted(membrane, key=lambda s: s.read_only)[0].numpy()
        assert mrc.data.dtype == np.int16 and np.array_equal(mrc.data, expected)
    cell = run.get_segmentations(name="cell", is_panoptic=True)[0].numpy()
    for channel, name in enumerate(["label", "instance"]):
        with mrcfile.open(work / f"java/TS_001/PanopticSegmentations/cell_anna.b-1_12_{name}.mrc") as mrc:
            assert np.array_equal(mrc.data, cell[channel]), name
    for name in ["all.star", "filaments.star"]:
        mine, theirs = starfile.read(work / "java" / name), starfile.read(work / name)
        same_table(name, theirs["particles"], mine["particles"])
        same_table(name + " optics", theirs["optics"], mine["optics"])
    mine = csv_to_copick_arrays(read_picks_csv(work / "java/all.csv"), include_instance_ids=True)
    theirs = csv_to_copick_arrays(read_picks_csv(work / "all.csv"), include_instance_ids=True)
    assert set(mine) == set(theirs), (set(mine), set(theirs))
    points = 0
    for name, values in mine.items():
        # Java and Python list the picks of a run in different orders
        mine_order, their_order = (np.lexsort(np.asarray(v[0]).T) for v in (values, theirs[name]))
        for array, other in zip(values, theirs[name], strict=True):
            assert np.array_equal(np.asarray(array)[mine_order], np.asarray(other)[their_order]), name
        points += len(values[0])
    print(f"exported: {volumes} volumes, {points} points in CSV, two STAR files equal")


def imported(work, source, target):
    root, made = copick.from_file(source), copick.from_file(target)
    wbp = tomogram(root, "TS_001", 13.48, "wbp")
    assert np.array_equal(tomogram(made, "TS_001", 13.48, "wbp"), wbp.astype(np.float32))
    turned = np.flip(np.transpose(wbp, (2, 1, 0)), 0)
    assert np.array_equal(tomogram(made, "TURNED", 13.48, "turned"), turned.astype(np.float32))
    theirs = csv_to_copick_arrays(read_picks_csv(work / "all.csv"), include_instance_ids=True)
    for name, (positions, transforms, scores, ids) in theirs.items():
        picks = made.get_run(name).get_picks(object_name="ribosome", user_id="csv")[0]
        got, turns = picks.numpy()
        assert np.array_equal(got, positions) and np.allclose(turns, transforms, atol=0), name
        assert np.array_equal(picks.scores(), scores) and np.array_equal(picks.instance_ids(), ids), name
    again = copick.from_file(target)
    for file, kind in [("all.star", "ribosome"), ("filaments.star", "microtubule")]:
        table = starfile.read(work / file)["particles"]
        for name, rows in table.groupby("rlnTomoName"):
            run = again.get_run(name)
            expected = run.new_picks(object_name=kind, session_id="python", user_id="python", exist_ok=True)
            optics = {"tilt_series_pixel_size": 2.0}
            expected.from_df(rows, format="relion", **optics)
            mine = run.get_picks(object_name=kind, user_id="star")[0]
            for a, b in zip(expected.numpy(), mine.numpy(), strict=True):
                assert np.allclose(a, b, atol=1e-6), (file, name)
            assert np.array_equal(expected.instance_ids(), mine.instance_ids()), (file, name)
    membrane = made.get_run("TS_001").get_segmentations(name="membrane")[0].numpy()
    assert membrane.dtype == np.uint8 and membrane.any()
    mesh = made.get_run("TS_001").get_meshes(object_name="membrane")[0].mesh
    original = [m for m in root.get_run("TS_001").get_meshes(object_name="membrane", user_id="membrain")][0].mesh
    for name, geometry in original.geometry.items():
        assert np.array_equal(mesh.geometry[name].vertices, geometry.vertices), name
        assert np.array_equal(mesh.geometry[name].faces, geometry.faces), name
    print("imported: volumes, picks, segmentation and mesh equal")


step, folder = sys.argv[1], Path(sys.argv[2])
if step == "exported":
    exported(folder, sys.argv[3])
else:
    imported(folder, sys.argv[3], sys.argv[4])
