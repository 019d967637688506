"""Writes runs of a project with Python copick: a tomogram, seeded picks of two objects and a segmentation in each.

Arguments: the folder, the numbers of the first run and of the run after the last one, the seed. The first call also writes the
configuration and a density map. The folder mrc gets an MRC file for each run.
"""

import json
import sys
from pathlib import Path

import copick
import mrcfile
import numpy as np

folder, first, end, seed = Path(sys.argv[1]), *map(int, sys.argv[2:5])
OBJECTS = {"ribosome": 12, "proteasome": 5}
#: z, y, x: two chunks of the default length, 256, in the first axis
SHAPE, VOXEL_SIZE = (264, 20, 24), 10.0
config = {
    "name": "array", "version": "1.0", "config_type": "filesystem", "user_id": "alice", "session_id": "1",
    "pickable_objects": [
        {"name": name, "is_particle": True, "label": label, "radius": 60, "color": [40 * label, 100, 200, 255]}
        for label, name in enumerate(OBJECTS, 1)
    ],
    "overlay_root": f"local://{folder}/files", "overlay_fs_args": {"auto_mkdir": True},
}
(folder / "mrc").mkdir(parents=True, exist_ok=True)
source = folder / "source.json"
if first == 0:
    source.write_text(json.dumps(config, indent=1), encoding="utf-8")

root = copick.from_file(str(source))
if first == 0:
    ramp = np.arange(16**3, dtype=np.float32).reshape(16, 16, 16)
    root.get_object("ribosome").from_numpy(ramp, VOXEL_SIZE)
for number in range(first, end):
    random = np.random.default_rng([seed, number])
    run = root.new_run(f"TS_{number:03}")
    # a few values only, so that the files are small
    voxels = (random.integers(0, 8, SHAPE) + number / 8).astype(np.float32)
    run.new_voxel_spacing(VOXEL_SIZE).new_tomogram("wbp").from_numpy(voxels, levels=2)
    for name, count in OBJECTS.items():
        points = random.uniform(0, 1, (count + number % 7, 3)) * np.array(SHAPE[::-1]) * VOXEL_SIZE
        run.new_picks(name, session_id="1", user_id="alice").from_numpy(points)
    segmentation = run.new_segmentation(VOXEL_SIZE, "ribosome", "1", False, user_id="alice")
    segmentation.from_numpy((voxels > 4).astype(np.uint8), levels=1)
    with mrcfile.new(folder / "mrc" / f"{run.name}.mrc", data=voxels) as file:
        file.voxel_size = VOXEL_SIZE
print(f"interop: runs {first} to {end - 1} of seed {seed}")
