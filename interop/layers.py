"""Python copick's side of interop/layers."""

import json
import sys
from pathlib import Path

import copick

KINDS = {
    "run",
    "voxel-spacing",
    "tomogram",
    "features",
    "picks",
    "filaments",
    "mesh",
    "segmentation",
    "density-map",
}


def read(file):
    return json.loads(Path(file).read_text(encoding="utf-8"))


def add_objects(source, target):
    """Give a configuration the objects of another one."""
    config = read(target)
    config["pickable_objects"] = read(source)["pickable_objects"]
    Path(target).write_text(json.dumps(config), encoding="utf-8")


def check(project):
    """Check that hiding entities changes nothing for Python: everything is listed and opened as before."""
    hidden = read(project / "hidden.json")
    assert {row["kind"] for row in hidden} == KINDS, "entities of every kind are hidden"
    tombstones = list((project / "mine").rglob(".*.hidden-v1"))
    assert len(tombstones) == len(hidden), (len(tombstones), len(hidden))
    shown = {row["kind"] for row in read(project / "shown.json") if row["run"] in ("TS_001", "TS_002")}
    assert shown <= {"run", "voxel-spacing"}, shown

    for static in "team", "public":
        before, after = read(project / f"before-{static}.json"), read(project / f"after-{static}.json")
        assert before == after, "Python lists other entities than before"
        open_everything(copick.from_file(str(project / f"{static}.json")), project / static)
    print(f"interop: {len(hidden)} hidden entities, all unchanged for Python copick {copick.__version__}")


def open_everything(root, static):
    names = [folder.name for folder in (static / "ExperimentRuns").iterdir() if folder.is_dir()]
    assert {run.name for run in root.runs} >= set(names), "every run of the static root is listed"
    for run in root.runs:
        for spacing in run.voxel_spacings:
            for tomogram in spacing.tomograms:
                assert tomogram.zarr() is not None
                assert all(features.zarr() is not None for features in tomogram.features)
        for document in (*run.picks, *run.filaments):
            document.load()
        for mesh in run.meshes:
            assert mesh.mesh is not None
        for segmentation in run.segmentations:
            assert segmentation.zarr() is not None
    for described in root.pickable_objects:
        if (static / "Objects" / f"{described.name}.zarr").is_dir():  # Python creates missing ones
            assert described.zarr() is not None


if sys.argv[1] == "objects":
    add_objects(sys.argv[2], sys.argv[3])
else:
    check(Path(sys.argv[2]))
