"""Writes a project with Python copick: a tomogram and seeded picks of three objects in each run, a segmentation in every tenth.

Arguments: the folder, the number of runs, the seed.
"""

import json
import sys
from pathlib import Path

import copick
import numpy as np

folder, runs, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
OBJECTS = {"ribosome": 40, "proteasome": 25, "thyroglobulin": 10}
#: z, y, x; two blocks of 64³ voxels, which are smaller at the edges
SHAPE, VOXEL_SIZE = (66, 40, 36), 10.0

folder.mkdir(parents=True)
config = {
    "name": "spark", "version": "1.0", "config_type": "filesystem", "user_id": "spark", "session_id": "1",
    "pickable_objects": [
        {"name": name, "is_particle": True, "label": label, "radius": 60, "color": [40 * label, 100, 200, 255]}
        for label, name in enumerate(OBJECTS, 1)
    ],
    "static_root": f"local://{folder}/static", "static_fs_args": {"auto_mkdir": True},
    "overlay_root": f"local://{folder}/overlay", "overlay_fs_args": {"auto_mkdir": True},
}
(folder / "copick.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
writing = {**config, "overlay_root": config["static_root"]}
for key in ("static_root", "static_fs_args"):
    del writing[key]
(folder / "writing.json").write_text(json.dumps(writing), encoding="utf-8")

random = np.random.default_rng(seed)
root = copick.from_file(str(folder / "writing.json"))
for number in range(runs):
    run = root.new_run(f"TS_{number:03}")
    # a few values only, so that the files are small
    voxels = (random.integers(0, 8, SHAPE) + number / 8).astype(np.float32)
    run.new_voxel_spacing(VOXEL_SIZE).new_tomogram("wbp").from_numpy(voxels, levels=1)
    for name, count in OBJECTS.items():
        points = random.uniform(0, 1, (count + number % 7, 3)) * np.array(SHAPE[::-1]) * VOXEL_SIZE
        run.new_picks(name, session_id="1", user_id="spark").from_numpy(points)
    if number % 10 == 0:
        membrane = run.new_segmentation(VOXEL_SIZE, "ribosome", "1", False, user_id="spark")
        membrane.from_numpy((voxels > 4).astype(np.uint8), levels=1)
(folder / "writing.json").unlink()
print(f"interop: {runs} runs of seed {seed} in {folder}")
