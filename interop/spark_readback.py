"""Reads picks back with Python copick and compares them with what a DataFrame held.

Arguments: files with what was written, as JSON, each followed by the configuration.
"""

import json
import sys

import copick

for expected, config in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(expected, encoding="utf-8") as file:
        files = {tuple(key): points for key, points in json.load(file)}
    found = {}
    for run in copick.from_file(config).runs:
        for picks in run.picks:
            key = run.name, picks.pickable_object_name, picks.user_id, picks.session_id
            found[key] = [[p.location.x, p.location.y, p.location.z, p.transformation.ravel().tolist(), p.score, p.instance_id]
                          for p in picks.points]
    assert found.keys() == files.keys(), sorted(found.keys() ^ files.keys())
    for key, points in files.items():
        assert found[key] == points, f"{key}: {found[key][:2]} instead of {points[:2]}"
    print(f"interop: {config}: {len(files)} files, {sum(map(len, files.values()))} points equal in Python copick")
