"""Changes a project that Java created, with the real Python copick. Arguments: the configuration, the seed."""

import random
import sys

import copick
import numpy as np
import trimesh

root = copick.from_file(sys.argv[1])
rng = random.Random(int(sys.argv[2]))
numbers = np.random.default_rng(int(sys.argv[2]))
particle = root.pickable_objects[0].name
for run in [r for r in root.runs if r.picks]:
    picks = run.picks
    changed = picks[rng.randrange(len(picks))]
    changed.load()
    positions = numbers.normal(size=(5, 3)) * 100
    ids = np.array([0, 1, 2**53 + 1, 2**63 - 1, 7])
    changed.from_numpy(positions, instance_ids=ids, scores=numbers.random(5))
    added = run.new_picks(particle, "9", "python")
    added.from_numpy(numbers.random((3, 3)))
    run.picks[0].delete()
    mesh = run.new_mesh(particle, "9", "python")
    mesh._mesh = trimesh.creation.box(extents=[10, 20, 30])
    mesh.store()
    spacing = run.voxel_spacings[0]
    segmentation = run.new_segmentation(spacing.voxel_size, "painting", "9", True, user_id="python")
    segmentation.from_numpy(numbers.integers(0, 3, size=(4, 5, 6)))
    for existing in run.get_segmentations(is_multilabel=True):
        if existing.user_id != "python":
            corner = np.full((1, 1, min(2, existing.numpy().shape[2])), 1, dtype=existing.numpy().dtype)
            existing.set_region(corner, z=slice(0, 1), y=slice(0, 1), x=slice(0, 2))
    spacing.new_tomogram("python").from_numpy(numbers.random((9, 8, 7)).astype(np.float32))
    filaments = run.filaments[0]
    filaments.load()
    kept = filaments.filaments
    filaments.filaments = kept[1:]
    filaments.store()
    run.new_filaments(particle, "9", "python").from_numpy([numbers.random((4, 3)) * 50])
