"""Runs legs in parallel: output in one file per leg, failures reported immediately, a table at the end."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

#: Surefire's line for a whole module; lines for single classes continue with the elapsed time.
MODULE = re.compile(r"Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)\s*$", re.MULTILINE)
#: Lines of the checker and of `copick verify` if they find no difference.
COMPARED = re.compile(r"^(?:no differences|copick: equal)$", re.MULTILINE)
COLOURS = re.compile(r"\033\[[0-9;]*m")
FAULT = re.compile(r"ERROR|FAIL|Error:|Exception|Traceback")
TAIL = 80


@dataclass
class Leg:
    """A command whose exit status says whether the change passes."""

    name: str
    command: list
    after: tuple = ()
    folder: Path = None
    environment: dict = field(default_factory=dict)
    alone: bool = False

    status: int = None
    seconds: float = 0
    cpu: float = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    compared: int = 0

    def count(self, text):
        for run, failures, errors, skipped in MODULE.findall(text):
            bad = int(failures) + int(errors)
            self.passed += int(run) - bad - int(skipped)
            self.failed += bad
            self.skipped += int(skipped)
        self.compared = len(COMPARED.findall(text))

    @property
    def good(self):
        return self.status == 0

    def counts(self):
        parts = [f"{self.passed:,} tests"] if self.passed or self.failed else []
        parts += [f"{self.failed:,} failed"] if self.failed else []
        parts += [f"{self.skipped:,} skipped"] if self.skipped else []
        parts += [f"{self.compared:,} comparisons"] if self.compared else []
        return ", ".join(parts)


class Runner:
    """Runs each leg when the legs that it needs have passed, at most `side_by_side` in parallel."""

    def __init__(self, legs, logs, side_by_side):
        self.legs, self.logs, self.side_by_side = legs, logs, side_by_side
        self.change = threading.Condition()
        self.processes = {}
        self.waiting, self.running = list(legs), []
        self.began = time.monotonic()
        self.stopped = False
        logs.mkdir(parents=True, exist_ok=True)

    def run(self):
        """Runs the legs and returns when every leg has ended or cannot run."""
        with self.change:
            while self.waiting or self.running:
                for leg in [leg for leg in self.waiting if self.ready(leg)]:
                    if self.has_room(leg):
                        self.start(leg)
                if not self.running:
                    for leg in self.waiting:
                        self.say(f"{leg.name}: not run, because a leg that it needs failed")
                    self.waiting.clear()
                    break
                self.change.wait()

    def ready(self, leg):
        ended = {other.name for other in self.legs if other.good}
        return ended.issuperset(leg.after)

    def has_room(self, leg):
        if leg.alone or any(other.alone for other in self.running):
            return not self.running and len(self.waiting) == 1
        return len(self.running) < self.side_by_side

    def start(self, leg):
        self.waiting.remove(leg)
        self.running.append(leg)
        self.say(f"{leg.name}: started")
        threading.Thread(target=self.follow, args=(leg,), daemon=True).start()

    def follow(self, leg):
        began = time.monotonic()
        log = self.logs / (re.sub(r"[^a-z0-9]+", "-", leg.name.lower()).strip("-") + ".log")
        try:
            with open(log, "wb") as out:
                process = subprocess.Popen([str(part) for part in leg.command], cwd=leg.folder, stdin=subprocess.DEVNULL, stdout=out,
                                           stderr=subprocess.STDOUT, env={**os.environ, **leg.environment}, start_new_session=True)
                with self.change:
                    self.processes[leg.name] = process
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = leg.status = os.waitstatus_to_exitcode(status)
            leg.cpu = usage.ru_utime + usage.ru_stime
        except OSError as e:
            leg.status = 127
            log.write_text(str(e))
        leg.seconds = time.monotonic() - began
        text = COLOURS.sub("", log.read_text(errors="replace"))
        leg.count(text)
        with self.change:
            self.processes.pop(leg.name, None)
            self.running.remove(leg)
            self.report(leg, text)
            self.change.notify()

    def report(self, leg, text):
        if self.stopped:
            return
        outcome = "passed" if leg.good else f"FAILED with exit status {leg.status}"
        counts = leg.counts()
        self.say(f"{leg.name}: {outcome} after {leg.seconds / 60:.1f} min{', ' + counts if counts else ''}")
        if not leg.good:
            lines = text.splitlines()
            named = [line for line in lines[:-TAIL] if FAULT.search(line)][:TAIL]
            print("\n".join(["    " + line[:400] for line in [*named, "…", *lines[-TAIL:]]]), flush=True)

    def say(self, text):
        passed = int(time.monotonic() - self.began)
        print(f"[{passed // 60:2}:{passed % 60:02}] {text}", flush=True)

    def stop(self):
        """Stops the running legs, with all processes that they started."""
        with self.change:
            self.stopped = True
            for process in self.processes.values():
                try:
                    os.killpg(process.pid, signal.SIGTERM)
                except ProcessLookupError:
                    pass  # it ended by itself

    def counts(self):
        passed, failed, skipped = (sum(getattr(leg, each) for leg in self.legs) for each in ("passed", "failed", "skipped"))
        return f"{passed} passed, {failed} failed, {skipped} skipped"

    def table(self):
        rows = [("leg", "min", "CPU min", "result")]
        for leg in self.legs:
            result = "not run" if leg.status is None else leg.counts() or "passed" if leg.good else f"FAILED {leg.counts()}"
            rows.append((leg.name, f"{leg.seconds / 60:.1f}", f"{leg.cpu / 60:.1f}", result))
        whole = (time.monotonic() - self.began) / 60
        rows.append(("all", f"{whole:.1f}", f"{sum(leg.cpu for leg in self.legs) / 60:.1f}", ""))
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        return "\n".join(f"{name:{widths[0]}}  {wall:>{widths[1]}}  {cpu:>{widths[2]}}  {result}".rstrip()
                         for name, wall, cpu, result in rows)
