#!/usr/bin/env python3
"""A stand-in for sbatch of SLURM that runs a job at once and prints its number when all tasks have ended well.

All tasks of an array run at the same time, each in a process group. It understands the options and `#SBATCH` lines of docs/slurm.md and
fails on others. Tasks are killed while they work and started again with the same variables, as `scontrol requeue` does. The variable
ARRAY_STATE names a folder with:

    share.py       the function of docs/slurm.md that tells the share of a run
    kills.json     by job name, what to kill: "kills", the number of tasks; "most", the greatest n; "folder", in which a task is killed
                   at its nth new file in the runs of its share; or "file", which a task writes; or neither: it is killed at its nth
                   request that writes to S3, while that request or its reply is held
    N.json         written here: what the attempts of each task of job N did

ARRAY_SEED chooses tasks and moments. With ARRAY_S3_PORT each task has a proxy of its own in front of that server, which
tells who wrote what.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import runpy
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from counting_proxy import Proxy, Rule

STATE = Path(os.environ["ARRAY_STATE"])
S3_PORT = int(os.environ.get("ARRAY_S3_PORT", "0"))
#: Seconds between two looks at the files of a task; a task takes a hundred times as long.
PAUSE = 0.01
#: Seconds after which a task that hangs is ended; no result depends on it.
LIMIT = 200
WRITES = ("PUT", "POST", "DELETE")


def options(arguments, script=False):
    parser = argparse.ArgumentParser(prog="sbatch")
    for name in ("job-name", "array", "cpus-per-task", "mem", "time", "output", "dependency", "wrap"):
        parser.add_argument(f"--{name}")
    for name in ("requeue", "parsable"):
        parser.add_argument(f"--{name}", action="store_true")
    if not script:
        parser.add_argument("script", nargs="?")
    return parser.parse_args(arguments)


class Gate(Proxy):
    """A proxy that holds the nth request that writes."""

    def __init__(self, after_reply):
        super().__init__(S3_PORT)
        # connections of killed clients break
        self.loop.set_exception_handler(lambda loop, context: None)
        self.left = 0
        self.rule_of_kill = Rule(re.compile(""), 1, after_reply=after_reply)

    def rule(self, request):
        if request.method not in WRITES:
            return None
        self.left -= 1
        if self.left:
            return None
        self.rule_of_kill.held.append(request)
        return self.rule_of_kill

    def close(self):
        self.rule_of_kill.release()
        asyncio.run_coroutine_threadsafe(self.end(), self.loop).result()
        super().close()

    async def end(self):
        """Ends the connections, also those of a killed client."""
        connections = asyncio.all_tasks() - {asyncio.current_task()}
        for each in connections:
            each.cancel()
        await asyncio.gather(*connections, return_exceptions=True)


class Task:
    """A task of a job, with all its attempts."""

    def __init__(self, job, number, kills, draw):
        self.job, self.number, self.kills, self.draw = job, number, kills, draw
        self.attempts = []
        self.failed = f"task {number} did not run"

    def run(self):
        for attempt in itertools.count():
            kill_at = self.kills.pop(0) if self.kills else None
            done = self.attempt(attempt, kill_at)
            self.attempts.append(done)
            if not done["killed"]:
                self.failed = "" if done["status"] == 0 else f"task {self.number} ended with status {done['status']}"
                return

    def attempt(self, attempt, kill_at):
        environment = {**os.environ, **self.variables(), "SLURM_RESTART_COUNT": str(attempt)}
        gate = None
        if S3_PORT:
            gate = Gate(self.draw.random() < 0.5)
            gate.left = kill_at or 0
            environment["AWS_ENDPOINT_URL_S3"] = f"http://127.0.0.1:{gate.port}"
        before = self.progress()
        with open(self.output(), "wb") as out:
            process = subprocess.Popen(self.job.command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                       start_new_session=True)
        killed = False
        if kill_at:
            while process.poll() is None and not self.reached(gate, before, kill_at):
                time.sleep(PAUSE)
            killed = process.returncode is None and kill(process) == -signal.SIGKILL
        else:
            try:
                process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                kill(process)
        writes = []
        if gate:
            gate.close()
            # a held request that reached the server was written, too
            requests = [*gate.take(), *gate.rule_of_kill.held]
            writes = [f"{request.method} {request.path}" for request in requests if request.method in WRITES]
        return {"status": process.returncode, "killed": killed, "at": kill_at, "writes": writes}

    def reached(self, gate, before, kill_at):
        if self.job.watched_requests:
            return gate.rule_of_kill.reached.is_set()
        return self.progress() - before >= kill_at

    def progress(self):
        """Returns the number of files that the task has written."""
        if "file" in self.job.plan:
            return os.path.exists(self.job.plan["file"].replace("{task}", str(self.number)))
        if "folder" not in self.job.plan:
            return 0
        found = 0
        for run in entries(self.job.plan["folder"]):
            if self.job.share(run, len(self.job.numbers)) == (self.number % len(self.job.numbers) or len(self.job.numbers)):
                found += sum(len(files) for _, _, files in os.walk(os.path.join(self.job.plan["folder"], run)))
        return found

    def output(self):
        names = {"%x": self.job.name, "%A": str(self.job.id), "%j": str(self.job.id), "%a": str(self.number)}
        return re.sub("%[xAja]", lambda match: names[match.group()], self.job.output)

    def printed(self):
        file = Path(self.output())
        return file.read_text(errors="replace") if file.exists() else ""

    def variables(self):
        numbers = self.job.numbers
        values = {"SLURM_JOB_NAME": self.job.name, "SLURM_SUBMIT_DIR": os.getcwd(), "SLURM_JOB_ID": str(self.job.id)}
        if self.job.is_array:
            values |= {"SLURM_ARRAY_JOB_ID": str(self.job.id), "SLURM_ARRAY_TASK_ID": str(self.number),
                       "SLURM_ARRAY_TASK_COUNT": str(len(numbers)), "SLURM_ARRAY_TASK_MIN": str(numbers[0]),
                       "SLURM_ARRAY_TASK_MAX": str(numbers[-1]), "SLURM_ARRAY_TASK_STEP": "1"}
        return values


class Job:
    """A submitted script or command."""

    def __init__(self, given):
        lines = [] if given.wrap else re.findall(r"^#SBATCH (.*)$", Path(given.script).read_text(encoding="utf-8"), re.MULTILINE)
        of_script = options(lines, script=True)
        self.id = 1000 + len(list(STATE.glob("[0-9]*.json")))
        self.name = of_script.job_name or ("wrap" if given.wrap else Path(given.script).name)
        array = given.array or of_script.array
        self.is_array = bool(array)
        first, last = map(int, re.fullmatch(r"(\d+)-(\d+)", array).groups()) if array else (0, 0)
        self.numbers = list(range(first, last + 1))
        self.output = of_script.output or "slurm-%A_%a.out"
        self.command = ["sh", "-c", given.wrap] if given.wrap else ["bash", given.script]
        self.share = runpy.run_path(str(STATE / "share.py"))["share"]
        plans = STATE / "kills.json"
        self.plan = json.loads(plans.read_text(encoding="utf-8")).get(self.name, {}) if plans.exists() else {}
        self.watched_requests = not {"file", "folder"} & self.plan.keys()

    def run(self):
        """Runs all tasks and returns their failures."""
        draw = random.Random(f"{os.environ['ARRAY_SEED']} {self.id}")
        doomed = draw.sample(self.numbers, self.plan.get("kills", 0))
        kills = {number: [draw.randint(1, self.plan["most"])] for number in doomed}
        for number in doomed[::2]:  # every other one again, when it is repeated
            kills[number].append(draw.randint(1, self.plan["most"]))
        tasks = [Task(self, number, kills.get(number, []), random.Random(draw.random())) for number in self.numbers]
        threads = [threading.Thread(target=task.run) for task in tasks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        failures = [f"{task.failed}:\n{task.printed()}" for task in tasks if task.failed]
        (STATE / f"{self.id}.json").write_text(json.dumps({
            "name": self.name, "good": not failures,
            "tasks": {task.number: {"attempts": task.attempts, "output": task.output()} for task in tasks},
        }, indent=1), encoding="utf-8")
        return failures


def entries(folder):
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []


def kill(process):
    """Kills a task with all its processes and returns its status when none of them is left to write something."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it has ended by itself
    while any(is_running(each, process.pid) for each in os.listdir("/proc") if each.isdigit()):
        time.sleep(PAUSE)
    return process.wait()


def is_running(process, group):
    try:
        state, _, of = Path(f"/proc/{process}/stat").read_text(errors="replace").rsplit(")", 1)[1].split()[:3]
    except OSError:
        return False  # it has just ended
    return int(of) == group and state not in "ZX"


def main():
    given = options(sys.argv[1:])
    needed = re.findall(r"\d+", given.dependency or "")
    if given.dependency and not given.dependency.startswith("afterok:"):
        sys.exit(f"sbatch: unknown dependency {given.dependency}")
    for job in needed:
        if not json.loads((STATE / f"{job}.json").read_text(encoding="utf-8"))["good"]:
            sys.exit(f"sbatch: job {job} failed, so this one never starts")
    job = Job(given)
    failures = job.run()
    print(job.id if given.parsable else f"Submitted batch job {job.id}")
    if failures:
        sys.exit("\n".join(["sbatch: the job failed", *failures]))


if __name__ == "__main__":
    main()
