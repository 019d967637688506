"""Creates the data: projects written by the real Python copick, equal on every machine, listed in manifest.json.

    data.py FOLDER DATASET      (in the environment of the version of copick that writes it)
"""

import json
import shutil
import sys
import zlib
from pathlib import Path

RUN, TOMOGRAM, SPACING, USER = "bench", "wbp", 10.0, "bench"
SEGMENTATION = {"name": "labels", "user_id": USER, "session_id": "0", "is_multilabel": True}
PICKS = {"object_name": "ribosome", "user_id": USER, "session_id": "1"}
MESH = {"object_name": "membrane", "user_id": USER, "session_id": "1"}
PARTICLES = ["ribosome", "proteasome", "apoferritin"]
POINTS, POINTS_PER_FILE, SQUARES = 100_000, 20, 708


def datasets(size):
    """The datasets for one size of volume, each with the version of copick that writes it."""
    return {f"v2-{size}": 1, f"v3-{size}": 2, f"v3blosc-{size}": 2, "runs1000": 1, "runs100": 1, "points": 1}


def crc(array):
    return zlib.crc32(memoryview(array).cast("B"))


def tomogram(size):
    """Noise on slow waves, which compresses about as badly as cryo-ET data."""
    import numpy as np

    random, steps = np.random.default_rng(20261123), np.arange(size, dtype=np.float32)
    in_plane = np.outer(np.sin(steps / 31), np.cos(steps / 17))
    volume = np.empty((size,) * 3, np.float32)
    for z, wave in enumerate(np.cos(steps / 23)):
        random.standard_normal(out=volume[z], dtype=np.float32)
        volume[z] += np.float32(10) + np.float32(0.5) * (wave + in_plane)
    return volume


def segmentation(size):
    """Sixty balls with eight labels between them; the rest is background."""
    import numpy as np

    random, volume = np.random.default_rng(8), np.zeros((size,) * 3, np.uint8)
    for ball in range(60):
        radius = int(random.integers(size // 40, size // 16))
        centre = random.integers(radius, size - radius, size=3)
        z, y, x = np.ogrid[tuple(slice(-radius, radius + 1) for _ in range(3))]
        around = volume[tuple(slice(at - radius, at + radius + 1) for at in centre)]
        around[z * z + y * y + x * x <= radius * radius] = ball % 8 + 1
    return volume


def rotations(random, count):
    """Uniform random rotations from unit quaternions, as [count, 4, 4]."""
    import numpy as np

    quaternions = random.standard_normal((count, 4))
    w, *v = (quaternions / np.linalg.norm(quaternions, axis=1, keepdims=True)).T
    matrices = np.zeros((count, 4, 4))
    matrices[:, 3, 3] = 1
    for i in range(3):
        j, k = (i + 1) % 3, (i + 2) % 3
        matrices[:, i, i] = 1 - 2 * (v[j] * v[j] + v[k] * v[k])
        matrices[:, i, j] = 2 * (v[i] * v[j] - v[k] * w)
        matrices[:, j, i] = 2 * (v[i] * v[j] + v[k] * w)
    return matrices


def sheet():
    """A wavy surface with two triangles per square."""
    import numpy as np
    import trimesh

    i, j = np.indices((SQUARES + 1,) * 2)
    heights = 2000 + 300 * np.sin(i / 40) * np.cos(j / 55)
    corner = (i * (SQUARES + 1) + j)[:-1, :-1].ravel()
    below, right = corner + SQUARES + 1, corner + 1
    triangles = np.concatenate([np.stack(each, axis=1) for each in ((corner, below, right), (below, below + 1, right))])
    return trimesh.Trimesh(np.stack([i * 7.0, j * 7.0, heights], axis=-1).reshape(-1, 3), triangles, process=False)


def places(size):
    """The regions that the cases read. The boxes come from a generator that any language can reproduce."""
    state, numbers = 12345, []
    for _ in range(150):
        state = (1103515245 * state + 12345) % 2**31
        numbers.append((state >> 8) % (size - 63))
    return {"z_slice": size // 2 + 3, "x_slice": size // 3, "scroll": {"first": size // 2 - 50, "count": 100},
            "subvolume_shape": [64] * 3, "subvolume_origins": [numbers[at : at + 3] for at in range(0, 150, 3)]}


class Project:
    """A new project, which has a temporary name until it is complete."""

    def __init__(self, final, work):
        import copick

        self.final, self.work = final, work
        objects = [*((name, True) for name in PARTICLES), ("membrane", False), ("labels", False)]
        self.config = {
            "config_type": "filesystem", "name": final.name, "description": "made for the benchmark",
            "version": copick.__version__, "overlay_fs_args": {"auto_mkdir": True},
            "pickable_objects": [
                {"name": name, "is_particle": particle, "label": label, "color": [50 * label, 120, 200, 255],
                 "radius": 100.0 if particle else None} for label, (name, particle) in enumerate(objects, 1)]}
        self.root = copick.from_file(str(self.write(work)))

    def write(self, overlay):
        self.work.mkdir(exist_ok=True)
        file = self.work / "config.json"
        file.write_text(json.dumps({**self.config, "overlay_root": f"local://{overlay}"}, indent=2))
        return file

    def info(self, **more):
        self.write(self.final)
        return {"config": f"{self.final.name}/config.json", **more}


def volumes(final, work):
    project, size = Project(final, work), int(final.name.split("-")[1])
    run, elements, labels = project.root.new_run(RUN), tomogram(size), segmentation(size)
    written = run.new_voxel_spacing(SPACING).new_tomogram(TOMOGRAM)
    written.from_numpy(elements, levels=3)
    run.new_segmentation(voxel_size=SPACING, **SEGMENTATION).from_numpy(labels, levels=1)
    within = f"{final.name}/ExperimentRuns/{RUN}"
    return project.info(
        kind="volume", format=final.name[:2], size=size, dtype="<f4", levels=3, run=RUN, voxel_size=SPACING,
        tomo_type=TOMOGRAM, segmentation=SEGMENTATION, cases=places(size),
        tomogram_path=f"{within}/VoxelSpacing{SPACING:.3f}/{TOMOGRAM}.zarr",
        segmentation_path=f"{within}/Segmentations/{SPACING:.3f}_{USER}_0_labels-multilabel.zarr",
        crc32_level0=crc(elements), crc32_level2=crc(written.numpy(zarr_group="2")), crc32_segmentation=crc(labels))


def bare_array(final, work):
    """The tomogram with a codec of the Zarr standard, because tensorstore cannot read what copick 2 writes."""
    import zarr
    from zarr.codecs import BloscCodec

    size = int(final.name.split("-")[1])
    elements = tomogram(size)
    zarr.group(str(work), zarr_format=3).create_array(
        "0", data=elements, shards=(size,) * 3, chunks=(128,) * 3,
        compressors=BloscCodec(cname="zstd", clevel=3, shuffle="shuffle", typesize=4),
        chunk_key_encoding={"name": "v2", "separator": "/"})
    return {"kind": "array", "size": size, "dtype": "<f4", "levels": 1, "tomogram_path": final.name,
            "cases": places(size), "crc32_level0": crc(elements)}


def many_runs(final, work):
    import numpy as np
    from copick.ops.add import add_tomogram

    project, count, random = Project(final, work), int(final.name.removeprefix("runs")), np.random.default_rng(1000)
    nothing = np.zeros((8,) * 3, np.float32)
    for number in range(count):
        run = project.root.new_run(f"TS_{number:04d}")
        for name in PARTICLES:
            positions = random.uniform(0, 5000, (POINTS_PER_FILE, 3)).round(2)
            picks = run.new_picks(object_name=name, user_id=USER, session_id="1")
            picks.from_numpy(positions, rotations(random, POINTS_PER_FILE))
        # chunks of the volume's size, because the default chunks would pad each volume to 64 MiB
        add_tomogram(project.root, run.name, TOMOGRAM, nothing, voxel_spacing=SPACING, chunks=nothing.shape)
    return project.info(kind="runs", runs=count, picks_per_run=len(PARTICLES), points_per_picks=POINTS_PER_FILE,
                        objects=PARTICLES, user_id=USER, session_id="1", voxel_size=SPACING, tomo_type=TOMOGRAM)


def points(final, work):
    import numpy as np

    project, random = Project(final, work), np.random.default_rng(100)
    run, positions = project.root.new_run(RUN), random.uniform(0, 5000, (POINTS, 3)).round(3)
    run.new_picks(**PICKS).from_numpy(positions, rotations(random, POINTS))
    mesh = run.new_mesh(**MESH)
    mesh.mesh = sheet()
    mesh.store()
    within = f"{final.name}/ExperimentRuns/{RUN}"
    return project.info(
        kind="points", run=RUN, picks=PICKS, mesh=MESH, points=POINTS, sum_x=float(positions[:, 0].sum()),
        triangles=2 * SQUARES**2, vertices=(SQUARES + 1) ** 2,
        picks_path=f"{within}/Picks/{USER}_1_{PICKS['object_name']}.json",
        mesh_path=f"{within}/Meshes/{USER}_1_{MESH['object_name']}.glb")


def manifest(folder):
    file = folder / "manifest.json"
    return json.loads(file.read_text())["datasets"] if file.exists() else {}


def make(folder, name):
    final, work = folder / name, folder / f"{name}.incomplete"
    shutil.rmtree(work, ignore_errors=True)
    kinds = {"v2": volumes, "v3": volumes, "v3blosc": bare_array, "points": points}
    kind = kinds.get(name.split("-")[0], many_runs)
    info = kind(final.absolute(), work.absolute())
    work.rename(final)
    complete = {"datasets": {**manifest(folder), name: info}}
    (folder / "manifest.json").write_text(json.dumps(complete, indent=1))


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2])
