"""Provides the benchmark's prerequisites: Python environments, an object store, the Java module, the data."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import data

HERE = Path(__file__).resolve().parent
BENCH = HERE.parent
PROJECT = BENCH.parent
TARGET = BENCH / "target"
JAVA_CASE = BENCH / "java-case"
COPICK = PROJECT / "copick"
ENVIRONMENTS = ("copick-1", "copick-2", "zarrs")
#: the first Java version whose vector interface this library uses
OLDEST_WITH_VECTORS = 21


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def quit(text):
    sys.exit(f"bench: {text}")


def checked(what, command, **more):
    done = subprocess.run([str(part) for part in command], stdout=sys.stderr, **more)
    if done.returncode:
        quit(f"{what} failed; see above")


def tool(name):
    """Returns the folder of a tool that other checks share, installing it if it is missing."""
    done = subprocess.run([PROJECT / "interop" / "tools", name], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        quit(f"installing {name} failed; see above")
    return Path(done.stdout.strip())


def environment(name):
    """Returns the Python interpreter of an environment."""
    return tool(name) / "bin" / "python"


def version_of(jdk):
    """Returns the major version of a JDK, or 0 if there is none."""
    java = jdk / "bin" / "java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr if java.exists() else ""
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def has_vectors(jdk):
    if version_of(jdk) < OLDEST_WITH_VECTORS:
        return False
    modules = subprocess.run([jdk / "bin" / "java", "--list-modules"], capture_output=True, text=True).stdout
    return "jdk.incubator.vector" in modules


def vector_jdk():
    """Returns the newest JDK with a vector interface: the one in use or one beside it. None if there is none."""
    home = os.environ.get("JAVA_HOME") or Path(shutil.which("java") or "/").resolve().parent.parent
    found = [jdk for jdk in {Path(home), *Path(home).parent.iterdir()} if has_vectors(jdk)]
    return max(found, key=version_of, default=None)


def object_stores():
    """Returns the server of each service; none without Go, which is needed to build them."""
    if not shutil.which("go"):
        return {}
    return {"s3": tool("minio") / "minio", "gcs": tool("fake-gcs-server") / "fake-gcs-server"}


def newest(files):
    """Returns the latest change time of the files, or 0; it includes copying, which may keep modification times."""
    return max((max(file.stat().st_mtime, file.stat().st_ctime) for file in files if file.is_file()), default=0)


def jars():
    return [*TARGET.glob("copick-bench-*.jar"), *TARGET.glob("lib/*.jar")]


def java_module():
    """Builds copick-bench and its dependencies, unless the build is newer than all sources."""
    sources = [PROJECT / "pom.xml", *PROJECT.glob("copick-*/pom.xml")]
    for folder in [*PROJECT.glob("copick-*/src/main"), *PROJECT.glob("copick-*/src/vector")]:
        sources += folder.rglob("*")
    if newest(jars()) > newest(sources):
        return
    if not shutil.which("mvn"):
        quit("the Java module is not built, and Maven is missing; install it, or exclude Java with --peers")
    say("building the Java module")
    checked("the build", ["mvn", "-B", "-q", "-DskipTests", "-pl", "copick-bench", "-am", "package"], cwd=PROJECT)


def make_data(folder, sizes, pythons):
    folder.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        for name, line in data.datasets(size).items():
            if name in data.manifest(folder):
                continue
            if (folder / name).exists():
                quit(f"{name} is in the data folder but not in its manifest: remove it")
            say(f"writing {name} by copick {line}.x, once")
            checked(f"writing {name}", [pythons[f"copick-{line}"], "-W", "ignore", HERE / "data.py", folder, name])
    return data.manifest(folder)


def archive(name, stops):
    """Creates the class archive for new processes of these cases; the copick command has one, too."""
    file = TARGET / f"{name.replace('tour', 'cases').replace('.', '-')}.jsa"
    if not stops or newest([file]) > newest(jars()):
        return
    say("preparing the class archive for Java cases that start new processes")
    job = {"case": name, "peer": "java", "dataset": "-", "info": {}, "data": ".", "scratch": ".", "stops": stops}
    done = subprocess.run([JAVA_CASE, name, "java"], input=json.dumps(job), text=True, capture_output=True)
    if done.returncode or not file.exists():
        say(f"cannot create the class archive, so new Java processes start more slowly:\n{done.stderr.strip()[-2000:]}")
