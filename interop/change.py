"""Change the demo project with Python copick: points with all their fields, a new run and a new voxel spacing."""

import sys

import copick
import numpy as np

root = copick.from_file(sys.argv[1])
run = root.get_run("TS_001")
(mine,) = run.get_picks(object_name="proteasome", user_id="me", session_id="1")
assert len(mine.points) == 8, mine.points
mine.from_numpy(np.array([[1.5, 2.25, 3e-7], [1e17, -0.0, 5e-324]]), instance_ids=np.array([7, 2**53 + 1]),
                scores=np.array([0.25, -1.5]))
fresh = root.new_run("from python")
fresh.new_voxel_spacing(3.1415)
fresh.new_picks("ribosome", "1", "py")
