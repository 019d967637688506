"""Compare the paths of all entities in a view of the first manifest with those in the second one."""

import json
import sys
from pathlib import Path


def paths(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from [inner] if name == "path" and isinstance(inner, str) else paths(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner)


python, java = (
    sorted(paths(json.loads(Path(file).read_text(encoding="utf-8"))["views"][view]))
    for file, view in ((sys.argv[1], sys.argv[2]), (sys.argv[3], "project"))
)
for path in sorted(set(python) ^ set(java)):
    print(f"{'only in Python' if path in python else 'only in Java'}: {path}")
print(f"{len(python)} paths compared")
sys.exit(0 if python and python == java else 1)
