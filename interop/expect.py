"""Check with Python copick's API the entities that interop/run created with the Java command."""

import sys

import copick

root = copick.from_file(sys.argv[1])
names = [run.name for run in root.runs]
assert "java run 1" in names and "J_2.b" in names, names
assert sorted(v.voxel_size for v in root.get_run("java run 1").voxel_spacings) == [7.84, 13.48]
assert [v.voxel_size for v in root.get_run("J_2.b").voxel_spacings] == [13.48]
for run in root.runs:
    (picks,) = run.get_picks(object_name="ribosome", user_id="java", session_id="0")
    assert not picks.read_only and picks.load().run_name == run.name and picks.points == []
(picks,) = root.get_run("J_2.b").get_picks(user_id="java.b-1")
assert picks.pickable_object_name == "beta-amylase.v2" and picks.session_id == "2026-01-02.a"
print(f"interop: {len(names)} runs as Python copick sees them")
