"""The job of a child process, the base class of cases, and the clock that repeats a case."""

import contextlib
import functools
import json
import resource
import time
import urllib.request
import zlib
from pathlib import Path

KEY, SECRET, BUCKET, REGION = "benchaccess", "benchsecret", "bench", "us-east-1"
LONG_S = 10.0
ENOUGH_OF_LONG = 2

CASES = {}


def case(name, **parameters):
    """Registers a class under the name of a case; the parameters become attributes of its instances."""

    def enter(kind):
        CASES[name] = (kind, parameters)
        return kind

    return enter


class Job:
    """The specification that the driver wrote to standard input."""

    def __init__(self, spec):
        self.case, self.peer, self.dataset = spec["case"], spec["peer"], spec["dataset"]
        self.info, self.remote = spec["info"], spec.get("remote")
        self.data, self.scratch = Path(spec["data"]), Path(spec["scratch"])
        self.repeats, self.fresh, self.budget = spec["repeats"], spec["fresh"], spec["budget_s"]
        self.extra = spec.get("extra", {})

    def path(self, field):
        return str(self.data / self.info[field])

    def length(self, field):
        return (self.data / self.info[field]).stat().st_size

    def config(self):
        return json.loads(Path(self.path("config")).read_text())

    def endpoint(self):
        return f"http://127.0.0.1:{self.remote['port']}"

    def on_google(self):
        return bool(self.remote) and self.remote["service"] == "gcs"

    def uses(self, library):
        return self.peer == library or self.peer.startswith(library + "-")


class Case:
    """A case. Only `work` is timed; `result` is its return value, `prepared` that of `prepare`."""

    def __init__(self, job, **parameters):
        self.job = job
        self.paused = self.paused_cpu = 0.0
        self.__dict__.update(parameters)

    def set_up(self):
        """Runs once before the first repeat: imports modules and loads data into memory."""

    def prepare(self):
        """Runs before each repeat."""

    def work(self, prepared):
        raise NotImplementedError

    @contextlib.contextmanager
    def pause(self):
        """A block within `work` that does not count, such as a checksum. No other thread may work then."""
        cpu, begin = time.process_time(), time.perf_counter()
        yield
        self.paused += time.perf_counter() - begin
        self.paused_cpu += time.process_time() - cpu

    def clean(self, prepared):
        """Runs after each repeat."""

    def check(self, result):
        return crc(result)

    def bytes_out(self, result):
        return getattr(result, "nbytes", None)

    def note(self, result):
        return None


def crc_number(part, before=0):
    """Returns the CRC-32 of the elements in C order, little-endian as in the memory of all supported machines."""
    return zlib.crc32(memoryview(part if part.flags.c_contiguous else part.copy()).cast("B"), before)


def crc(*parts):
    return f"crc32:{functools.reduce(lambda before, part: crc_number(part, before), parts, 0)}"


def ask_proxy(job, what):
    with urllib.request.urlopen(f"http://127.0.0.1:{job.remote['control']}/{what}") as answer:
        return answer.read()


def passed_to_calls():
    """Returns the bytes that this process has passed to read and write calls, or 0 if the system does not count them."""
    try:
        lines = Path("/proc/self/io").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(("rchar", "wchar")))


def traffic(job):
    seen = json.loads(ask_proxy(job, "stats"))
    return {"bytes_moved": seen["bytes_up"] + seen["bytes_down"],
            **{field: seen[field] for field in ("requests", "connections", "methods")}}


def measure(job):
    """Prints a line for each repeat of the job's case."""
    kind, parameters = CASES[job.case]
    one = kind(job, **parameters)
    one.set_up()
    spent = 0.0
    for repeat in range(job.repeats):
        prepared = one.prepare()
        if job.remote:
            ask_proxy(job, "reset")
        one.paused = one.paused_cpu = 0.0
        moved, cpu, begin = passed_to_calls(), time.process_time(), time.perf_counter()
        result = one.work(prepared)
        seconds = time.perf_counter() - begin - one.paused
        cpu, moved = time.process_time() - cpu - one.paused_cpu, passed_to_calls() - moved
        line = {"repeat": repeat, "seconds": round(seconds, 6), "cpu_seconds": round(cpu, 6)}
        line.update(traffic(job) if job.remote else {"bytes_moved": moved})
        said = {"bytes_out": one.bytes_out(result), "note": one.note(result)}
        if repeat == 0 or job.fresh:
            said["check"] = one.check(result)
        line.update((field, value) for field, value in said.items() if value is not None)
        line["peak_rss_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print("@" + json.dumps(line), flush=True)
        del result  # otherwise the next repeat would hold two results in memory
        one.clean(prepared)
        spent += seconds
        if spent + seconds > job.budget or (seconds > LONG_S and repeat + 1 >= ENOUGH_OF_LONG):
            break
