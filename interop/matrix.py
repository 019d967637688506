"""Changes a project of one major version of Python copick with the other. Arguments: the step, the configuration."""

import sys

import copick
import numpy as np

step, config = sys.argv[1], sys.argv[2]
root = copick.from_file(config)
if step == "fail-to-read":
    # 1.x opens stores for appending, does not support Zarr v3, and leaves Zarr v2 metadata behind
    failed = 0
    for run in root.runs:
        for segmentation in run.segmentations:
            try:
                segmentation.numpy()
            except Exception:
                failed += 1
    assert failed > 0, "Python copick 1.x was expected to fail"
elif step == "create-empty":
    run = root.runs[0]
    spacing = run.new_voxel_spacing(33.0)
    spacing.new_tomogram("begun")
elif step == "set-region":
    changed = 0
    for run in root.runs:
        for segmentation in run.get_segmentations(is_multilabel=True):
            if not segmentation.read_only:
                corner = np.full((1, 1, 2), 1, dtype=segmentation.numpy().dtype)
                segmentation.set_region(corner, z=slice(0, 1), y=slice(0, 1), x=slice(0, 2))
                changed += 1
    assert changed > 0, "no volume was changed"
