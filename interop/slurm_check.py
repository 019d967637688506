"""Checks what the tasks of a job array did. Arguments: what to check, the folder of the stand-in for sbatch, and more.

    killed STATE JOB LEAST         at least that many tasks of jobs of this name were killed half-way, and then completed
    parts STATE FOLDER RUNS        the manifests of all shares have that many runs, each in the share of docs/slurm.md
    counts STATE COPIED PRESENT    the sums that the tasks of the last copy printed
    writers STATE                  no two tasks of a job wrote one object
    equal STATE FILE FILE          two configurations or two manifests are equal but for the roots of their configurations
"""

import json
import re
import runpy
import sys
from pathlib import Path

what, state, arguments = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]


def jobs(name=""):
    files = sorted(state.glob("[0-9]*.json"))
    found = [job for job in (json.loads(file.read_text(encoding="utf-8")) for file in files) if name in ("", job["name"])]
    assert found, f"no job {name}"
    return found


def printed(task):
    """Returns how many entities the last attempt of a task copied and found."""
    text = Path(task["output"]).read_text(encoding="utf-8")
    return tuple(map(int, re.search(r"^(\d+) copied, (\d+) there already, 0 failed$", text, re.MULTILINE).groups()))


if what == "killed":
    name, least = arguments[0], int(arguments[1])
    tasks = [(number, task) for job in jobs(name) for number, task in job["tasks"].items()]
    moments = [(number, [each["at"] for each in task["attempts"] if each["killed"]], task) for number, task in tasks]
    # a copy that was killed half-way left entities to be copied
    halfway = [(number, at) for number, at, task in moments if at and (name != "copick-copy" or printed(task)[0] > 0)]
    print(f"interop: {name}: killed tasks: " + ", ".join(f"{number} at {' and '.join(map(str, at))}" for number, at in halfway))
    assert len(halfway) >= least, f"{len(halfway)} tasks were killed half-way instead of {least}"
elif what == "parts":
    folder, runs = Path(arguments[0]), int(arguments[1])
    share = runpy.run_path(str(state / "share.py"))["share"]
    found = []
    for number in range(1, 9):
        part = json.loads((folder / f"manifest-{number}.json").read_text(encoding="utf-8"))
        names = [run["name"] for run in part["views"]["project"]["runs"]]
        assert all(share(name, 8) == number for name in names), names
        found += names
    assert len(found) == len(set(found)) == runs, f"{len(found)} runs, {len(set(found))} of them different"
elif what == "counts":
    sums = [sum(each) for each in zip(*(printed(task) for task in jobs("copick-copy")[-1]["tasks"].values()))]
    assert sums == [int(each) for each in arguments], sums
elif what == "writers":
    for job in jobs():
        writer = {}
        for number, task in job["tasks"].items():
            for key in {re.sub(r"\?.*", "", write.split(" ", 1)[1]) for attempt in task["attempts"] for write in attempt["writes"]}:
                if key.count("/") == 1:
                    continue  # a bucket, with keys to delete in the body
                assert writer.setdefault(key, number) == number, f"tasks {writer[key]} and {number} of {job['name']} wrote {key}"
        print(f"interop: {job['name']}: {len(writer)} objects, each written by one task")
        assert writer or job["name"] != "copick-copy", "nothing was written"
elif what == "equal":
    described = [json.loads(Path(file).read_text(encoding="utf-8")) for file in arguments]
    for each in described:
        config = each["views"]["project"]["config"] if "views" in each else each
        del config["overlay_root"], config["overlay_fs_args"]
    assert described[0] == described[1], f"{arguments[0]} differs from {arguments[1]}"
else:
    sys.exit(f"unknown check {what}")
