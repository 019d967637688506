"""Compare the digests of all arrays that are readable in the first manifest with those in the second one."""

import json
import sys
from pathlib import Path

java, python = (
    {array["path"]: array.get("sha256") for array in json.loads(Path(file).read_text(encoding="utf-8"))["arrays"]}
    for file in sys.argv[1:3]
)
compared = [path for path, digest in java.items() if digest]
different = [path for path in compared if java[path] != python.get(path)]
for path in different:
    print(f"{path}: Java reads {java[path]}, Python {python.get(path)}")
print(f"{len(compared)} arrays compared, {len(different)} different")
sys.exit(1 if different or not compared else 0)
