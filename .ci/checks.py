#!/usr/bin/env python3
"""Checks a change: builds it once, then runs legs in parallel on copies of the build. Started by `.ci/run`.

The exit status is 0 if every leg ran and passed and coverage did not fall. Logs of all legs are in target/checks.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import coverage
from legs import Leg, Runner

CHECKOUT = Path(__file__).resolve().parent.parent
BASELINE = 17
#: A file system in memory, if there is one, and the bytes that tests may need there.
MEMORY, NEEDED = Path("/dev/shm"), 8 << 30
#: Number of parallel legs: one more than cores, because legs often wait for disks, servers and other processes.
SIDE_BY_SIDE = len(os.sched_getaffinity(0)) + 1


def version_of(jdk):
    said = subprocess.run([jdk / "bin" / "java", "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def jdks():
    """Returns the baseline JDK and, if present, the newest later one.

    Candidates are the siblings of the javac on the path, and what variables such as JAVA_HOME_25_X64 name.
    """
    javac = shutil.which("javac") or sys.exit("checks: a JDK is needed")
    home = Path(javac).resolve().parent.parent
    named = [Path(value) for name, value in sorted(os.environ.items()) if name.startswith("JAVA_HOME")]
    found = {}
    for folder in [home, *sorted(home.parent.iterdir()), *named]:
        if (folder / "bin" / "javac").exists():
            found.setdefault(version_of(folder), folder)
    if BASELINE not in found:
        sys.exit(f"checks: JDK {BASELINE}, the baseline, is missing")
    newest = max(found)
    return found[BASELINE], (newest, found[newest]) if newest > BASELINE else None


def mvn(*arguments):
    return ["mvn", "-B", "-ntp", *arguments]


class Plan:
    """The legs of one form of the checks."""

    def __init__(self, form, work, memory):
        self.form, self.work = form, work
        self.version = f"0.0.0-checks-{int(time.time())}-{os.getpid()}"
        self.built, self.sources, self.memory = work / "built", work / "sources", memory
        self.legs = []
        baseline, self.newest = jdks()
        self.environment = {
            "JAVA_HOME": str(baseline),
            "CHECKS_VERSION": self.version,
        }
        self.fill()

    def leg(self, name, command, after, **more):
        environment = {**self.environment, **more.pop("environment", {})}
        self.legs.append(Leg(name, command, after, more.pop("folder", self.built), environment, **more))

    def fill(self):
        quick, nightly = self.form == "quick", self.form == "nightly"
        self.leg("build", [CHECKOUT / ".ci" / "build", self.version, self.built], (), folder=CHECKOUT)
        self.leg("tools", [CHECKOUT / "interop" / "tools", "copick-1", "copick-2", "zarrs", "jacoco",
                           *([] if quick else ["moto", "minio", "fake-gcs-server", "nginx", "mkdocs",
                                         "spark-3", "spark-4"])], (), folder=CHECKOUT)
        # the nightly form tries every fault, the others a sample of each kind
        step = 1 if nightly else 5
        faults = [f"-Dtest.faults.step={step}", f"-Dcopick.kills={1000 if nightly else 6 if quick else 10}"]
        # more schedules of concurrent data structures
        schedules = ["-Dcopick.lincheck.scenarios=100", "-Dcopick.stress.rounds=20000"] if nightly else []
        # only root can act as several users; as root, the tests of folders that users share must run
        users = ["-Dcopick.users=required"] if os.geteuid() == 0 else []
        self.leg(f"tests on JDK {BASELINE}", mvn(f"-Drevision={self.version}", "-Dexamples=no", *faults, *schedules, *users,
                                               "verify"),
                 ("build",), folder=CHECKOUT)
        # commands of one or two seconds end before the C2 compiler pays off
        brief = {} if nightly else {"JAVA_OPTS": "-XX:TieredStopAtLevel=1"}
        self.leg("interop with Python copick", ["interop/run"], ("build", "tools"),
                 environment={**brief, "INTEROP_SEEDS": "20" if nightly else "1" if quick else "2"})
        self.leg("documentation", ["interop/docs"], ("build", "tools"), environment=brief)
        if quick:
            return
        large = {"LARGE_IMAGE_MIB": "4096"} if nightly else {}
        programs = {"KILLS": "500", "PAINTERS": "8", "STROKES": "200"} if nightly else {"KILLS": "5"}
        programs["FAULTS_STEP"] = str(step)
        self.leg("S3: MinIO and moto", ["interop/s3"], ("build", "tools"), environment={**brief, **large, **programs})
        if self.newest:
            version, home = self.newest
            which = ["-Dtest.jit=-XX:+TieredCompilation"] if nightly else [
                f"-Dsurefire.excludesFile={CHECKOUT / '.ci' / 'same-on-every-jdk'}", "-Dexamples=no"]
            # another kind of file system, while the tests on the baseline wait for the disk
            which += [f"-Dtest.jvm.options=-Djava.io.tmpdir={self.memory}"] if self.memory else []
            self.leg(f"tests on JDK {version}", mvn(*which, "-Djacoco.skip", "-Dspotless.check.skip", "verify"), ("build",),
                     folder=self.sources, environment={"JAVA_HOME": str(home)})
        self.leg("Google Cloud Storage: fake-gcs-server", ["interop/gcs"], ("build", "tools"),
                 environment={**brief, **large, **programs})
        self.leg("the CryoET Data Portal: a synthetic one", ["interop/portal"], ("build", "tools"), environment=brief)
        self.leg("web servers: nginx", ["interop/http"], ("build", "tools"), environment=brief)
        self.leg("a job array: 8 processes", ["interop/slurm"], ("build", "tools"), environment=brief)
        self.leg("Spark: both lines, on clusters", ["interop/spark"], ("build", "tools"),
                 environment={**brief, "SPARK_EVERYTHING": "yes" if nightly else ""})
        self.leg("images larger than the heap", ["interop/real-sizes"], ("build", "tools"),
                 environment={"LARGE_IMAGE_MIB": "16384"} if nightly else {})
        self.leg("site", ["docs/site"], ("build", "tools"))
        self.leg("examples against installed artifacts", ["examples/run"], ("build",))
        self.leg("the release, used by strangers", ["release/check"], ("build",), folder=CHECKOUT,
                 environment={"NEWEST_JDK": str(self.newest[1])} if self.newest else {})
        if nightly:
            self.leg("fuzzing", mvn(f"-Drevision={self.version}", "-Dexamples=no", "-pl", "copick-fuzz", "-Dtest=FuzzingTest",
                                    "-Dcopick.fuzz.seconds=60", "surefire:test"), ("build",))
        self.leg("listing an archive at a small size", ["copick-bench/archive", "--runs", 300], ("build",))
        vectors = ["--vector-jdk", self.newest[1]] if self.newest else []
        self.leg("benchmark of large levels, small", ["copick-bench/large", "--no-build", "--gib", 0.0625, "--repeats", 1, "--warm-up", 0.5,
                                                      *vectors], ("build", "tools"))
        bench = ["copick-bench/run", "--no-build"]
        if nightly:
            self.leg("benchmark", bench, ("build", "tools"), alone=True)
        else:
            self.leg("benchmark at a small size", [
                *bench, "--size", 128, "--repeats", 2, "--warm-up", 0.5, "--no-remote",
                "--cases", "start.*,tomo.full.l0,tomo.cursor.l1,tomo.slice.?.*,tomo.write.l0,seg.*,picks.load100files,mesh.*",
                "--peers", "java*,copick-*,zarr-*,zarrs,limit,tensorstore,trimesh",
                *vectors], ("build", "tools"))


def copy_sources(target):
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=CHECKOUT, check=True,
                           capture_output=True).stdout
    for name in filter(None, names.decode().split("\0")):
        if (CHECKOUT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, target / name)


def check(form):
    """Runs the checks and returns whether all passed."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > NEEDED
    with (tempfile.TemporaryDirectory(prefix="copick-checks-") as folder,
          tempfile.TemporaryDirectory(prefix="copick-checks-", dir=MEMORY) if in_memory else nullcontext() as memory):
        work = Path(folder)
        if memory:
            os.chmod(memory, 0o1777)  # tests act as several users
        plan = Plan(form, work, memory)
        copy_sources(plan.sources)
        runner = Runner(plan.legs, CHECKOUT / "target" / "checks", SIDE_BY_SIDE)
        try:
            runner.run()
            print(f"\n{runner.table()}\n\n{runner.counts()}\n")
            if not plan.newest:
                print(f"There is no JDK newer than {BASELINE} on this machine, so no tests ran on one.")
            return all(leg.good for leg in plan.legs) and report_coverage(plan)
        finally:
            runner.stop()
            subprocess.run([CHECKOUT / ".ci" / "uninstall", plan.version])


def report_coverage(plan):
    cli = subprocess.run([CHECKOUT / "interop" / "tools", "jacoco"], check=True, capture_output=True, text=True).stdout.strip()
    measured = coverage.measure(Path(cli), CHECKOUT, [CHECKOUT, plan.built], plan.work)
    print("coverage: " + ", ".join(f"{percent:.1f} % of {coverage.KINDS[kind]}" for kind, percent in measured.items()))
    fallen = coverage.fallen(measured) if plan.form != "quick" else []
    print("\n".join(fallen), end="\n" if fallen else "")
    return not fallen


def main():
    parser = argparse.ArgumentParser(prog=".ci/run", description=__doc__)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--quick", dest="form", action="store_const", const="quick", help="build, tests, interop on files")
    forms.add_argument("--nightly", dest="form", action="store_const", const="nightly", help="everything, at length")
    options = parser.parse_args()
    # sys.exit unwinds the blocks that stop legs and remove their files
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(0 if check(options.form or "ordinary") else 1)


if __name__ == "__main__":
    main()
