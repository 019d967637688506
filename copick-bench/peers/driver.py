"""Runs the plan: case by case, and within a case peer by peer, each in separate processes."""

import contextlib
import datetime
import fnmatch
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import job as jobs
import plan
import tools

AROUND_S = 90  # seconds for imports, warm-up, and loading data, in addition to the budget
# makes the process keep freed memory, like a JVM
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 32), "MALLOC_TRIM_THRESHOLD_": str(1 << 34)}
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
PACKAGES = ["copick", "zarr", "numcodecs", "numpy", "tensorstore", "trimesh", "zarrs", "fsspec", "s3fs", "gcsfs"]


def stop(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def matches(name, globs):
    return any(fnmatch.fnmatch(name, each) for each in globs.split(","))


class Driver:
    budget_s = 60  # for the repeats of a case by a peer
    described = []  # the case whose Java options the results name; none for those of most cases

    def __init__(self, options, pythons, manifest, out, scratch):
        self.options, self.pythons, self.manifest, self.out, self.scratch = options, pythons, manifest, out, scratch
        self.run = datetime.datetime.now().strftime("%Y%m%dT%H%M%S")
        self.environment = {**os.environ, "PYTHONWARNINGS": "ignore", "AWS_EC2_METADATA_DISABLED": "true",
                            "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT": "false",  # would ask over gRPC, which emulators lack
                            "BENCH_HEAP": options.heap}

    # ---- output

    def meta(self):
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        ask = f"import json, platform, importlib.metadata as m; print(json.dumps({{'python': platform.python_version(), " \
              f"**{{n: m.version(n) for n in {PACKAGES} if any(m.distributions(name=n))}}}}))"
        versions = {f"python of {line}": json.loads(subprocess.check_output([python, "-c", ask]))
                    for line, python in self.pythons.items()}
        if self.has_java():
            versions["java"] = json.loads(subprocess.check_output([tools.JAVA_CASE, *self.described, "--meta"], env=self.environment))
        if self.options.vector_jdk:
            versions["java with vectors"] = json.loads(subprocess.check_output([tools.JAVA_CASE, *self.described, "--meta"], env=self.with_vectors()))
        self.write({"meta": {
            "run": self.run, "date": datetime.date.today().isoformat(), "harness": f"copick-bench/{Path(sys.argv[0]).name}",
            "processor": processor(), "cores": len(os.sched_getaffinity(0)), "memory_gib": round(memory / 2**30, 1),
            "load": os.getloadavg(), "versions": versions, "remote_rtt_ms": self.options.rtt_ms}})

    def write(self, line):
        self.out.write(json.dumps(line) + "\n")
        self.out.flush()

    def emit(self, case, dataset, peer, line):
        line = {"case": case, "dataset": dataset, "peer": peer, **line, "load1": round(os.getloadavg()[0], 2)}
        self.write({**line, "run": self.run})
        seconds = "failed" if line["seconds"] is None else f"{line['seconds']:.4f} s"
        print(f"{case:26} {dataset:12} {peer:18} {seconds:>12}  {line.get('note', '')[:100]}", file=sys.stderr, flush=True)

    def fail(self, case, dataset, peer, why):
        self.emit(case, dataset, peer, {"repeat": -1, "seconds": None, "note": why})

    # ---- selection

    def with_vectors(self):
        return {**self.environment, "JAVA_HOME": str(self.options.vector_jdk), "BENCH_VECTORS": "yes"}

    def has_java(self):
        peers = ("java", "java-cache", "java-reuse", "java-direct", "java-plain", "java-imglib2-cache", plan.ZARR_JAVA)
        return any(matches(peer, self.options.peers) for peer in peers)

    def wanted(self, entries):
        for case, dataset, peers, repeats in entries:
            peers = [peer for peer in peers if matches(peer, self.options.peers) and (self.options.vector_jdk or not plan.is_vector(peer))]
            if matches(case, self.options.cases) and peers:
                yield case, dataset, peers, self.options.repeats or repeats

    def job(self, case, dataset, peer, repeats, remote=None, **more):
        # the start cases open the configuration of a small project
        info = self.manifest.get("runs100" if dataset == "-" else dataset, {})
        return {"case": case, "peer": peer, "dataset": dataset, "info": info, "data": str(self.options.data),
                "scratch": str(self.scratch), "repeats": repeats, "fresh": plan.is_fresh(case), "budget_s": self.budget_s,
                "warm_up_s": self.options.warm_up, "remote": remote, **more}

    # ---- runs

    def child(self, job):
        """Returns (lines, seconds of the whole process, reason of a failure or None)."""
        peer, environment = job["peer"], self.environment
        if plan.is_java(peer):
            command = [tools.JAVA_CASE, job["case"], peer]
        else:
            command = [self.pythons[plan.environment_of(peer)], tools.HERE / "child.py"]
        if peer.endswith("-malloc"):
            environment = {**environment, **KEEP_MEMORY}
        if plan.is_vector(peer):
            environment = self.with_vectors()
        begin = time.perf_counter()
        # in a new session, so that stopping it also stops the launcher's children
        process = subprocess.Popen(command, env=environment, text=True, start_new_session=True, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        why = None
        try:
            out, err = process.communicate(json.dumps(job), timeout=self.budget_s + AROUND_S)
            if process.returncode:
                said = [line for line in err.splitlines() if line.strip() and not line.lstrip().startswith(("at ", "..."))]
                causes = [line for line in said if line.startswith("Caused by")]
                why = self.anonymous(f"failed: {(causes or said or ['no message'])[-1]}")
        except subprocess.TimeoutExpired:
            why = f"stopped after {self.budget_s + AROUND_S} s"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, 9)
                out, _ = process.communicate()
        seconds = time.perf_counter() - begin
        return [json.loads(line[1:]) for line in out.splitlines() if line.startswith("@")], seconds, why

    def anonymous(self, text):
        for path, name in ((self.scratch, "SCRATCH"), (self.options.data, "DATA"), (tools.PROJECT, "PROJECT")):
            text = text.replace(str(path), name)
        return text[:300]

    def measure(self, case, dataset, peer, repeats, remote=None):
        if case in plan.START:
            return self.start(case, peer, repeats)
        if plan.is_fresh(case):
            spent = 0.0
            for repeat in range(repeats):
                lines, seconds, why = self.child(self.job(case, dataset, peer, 1, remote))
                for line in lines:
                    self.emit(case, dataset, peer, {**line, "repeat": repeat, "process_seconds": round(seconds, 6)})
                spent += seconds
                if why:
                    return self.fail(case, dataset, peer, why)
                if spent + seconds > self.budget_s or (seconds > jobs.LONG_S and repeat + 1 >= jobs.ENOUGH_OF_LONG):
                    break
            return
        lines, _, why = self.child(self.job(case, dataset, peer, repeats, remote))
        for line in lines:
            self.emit(case, dataset, peer, line)
        if why:
            self.fail(case, dataset, peer, why)

    def start(self, case, peer, repeats):
        """Times whole processes, after one that is not counted."""
        config = self.options.data / self.manifest["runs100"]["config"]
        job = None
        if peer == "java-cli":
            command = [tools.COPICK, *(["--help"] if case == "start.cli_help" else ["ls", "-c", config])]
        elif plan.is_java(peer):
            command, job = [tools.JAVA_CASE, case, peer], json.dumps(self.job(case, "-", peer, 1)).encode()
        else:
            python = self.pythons[plan.environment_of(peer)]
            command = {"start.python": [python, "-c", "pass"], "start.import": [python, "-c", "import copick"],
                       "start.cli_help": [python.parent / "copick", "--help"]}[case]
        for repeat in range(-1, repeats):
            cpu, begin = cpu_of_children(), time.perf_counter()
            done = subprocess.run(command, input=job or b"", env=self.environment, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE)
            seconds, cpu = time.perf_counter() - begin, cpu_of_children() - cpu
            if done.returncode:
                said = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
                return self.fail(case, "-", peer, self.anonymous(f"failed: {said[-1]}"))
            if repeat >= 0:
                self.emit(case, "-", peer, {"repeat": repeat, "seconds": round(seconds, 6), "cpu_seconds": round(cpu, 6)})

    def measure_all(self, entries, remote=None):
        for case, dataset, peers, repeats in self.wanted(entries):
            for peer in peers:
                self.measure(case, dataset, peer, repeats, remote)
                for left in self.scratch.iterdir():
                    shutil.rmtree(left, ignore_errors=True)

    def tour(self, name, entries, remote=None):
        """Runs the Java cases that start new processes once, so that the class archive contains their classes."""
        entries = list(entries)
        if any(plan.is_java(peer) for _, _, peers, _ in self.wanted(entries) for peer in peers):
            tools.archive(name, [self.job(case, dataset, "java", 1, remote) for case, dataset, peers, _ in entries
                                 if "java" in peers and (plan.is_fresh(case) or case == "start.import")])

    def local(self, size):
        self.tour("tour", plan.local(size))
        self.measure_all(plan.local(size))

    def remote(self, service, size, server):
        entries = list(plan.REMOTE[service](size))
        if not any(self.wanted(entries)):
            return
        with self.object_store(service, entries, server) as remote:
            self.tour(f"tour.{service}", entries, remote)
            self.measure_all(entries, remote)

    @contextlib.contextmanager
    def object_store(self, service, entries, server):
        """Runs an object store with the data, and the proxy before it, during the block."""
        port, console, proxied, control = free_ports(4)
        environment = {**self.environment, "MINIO_ROOT_USER": jobs.KEY, "MINIO_ROOT_PASSWORD": jobs.SECRET,
                       "MINIO_BROWSER": "off", "MINIO_UPDATE": "off"}
        with contextlib.ExitStack() as started:
            folder = started.enter_context(tempfile.TemporaryDirectory(dir=self.scratch.parent, prefix="bucket-"))

            def serve(command, waits_for):
                process = subprocess.Popen([str(part) for part in command], env=environment, **QUIET)
                started.callback(stop, process)
                wait_for(process, waits_for)

            if service == "s3":
                serve([server, "server", "--quiet", folder, "--address", f"127.0.0.1:{port}",
                       "--console-address", f"127.0.0.1:{console}"], port)
            else:
                outside = f"127.0.0.1:{proxied}"
                serve([server, "-scheme", "http", "-backend", "memory", "-filesystem-root", folder, "-host", "127.0.0.1",
                       "-port", port, "-public-host", outside, "-external-url", f"http://{outside}", "-log-level", "error"], port)
            datasets = {dataset for _, dataset, _, _ in self.wanted(entries)}
            tools.say(f"putting {', '.join(sorted(datasets))} into the object store")
            job = self.job("upload", "copick-1", "copick-1", 1,
                           extra={"port": port, "datasets": sorted(datasets), "service": service})
            _, _, why = self.child(job)
            if why:
                tools.quit(f"the upload {why}")
            serve([sys.executable, tools.HERE / "proxy.py", "--listen", proxied, "--target", port, "--control", control,
                   "--rtt-ms", self.options.rtt_ms], control)
            yield {"port": proxied, "control": control, "service": service}


def cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def processor():
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return "unknown processor"


def free_ports(count):
    printed = subprocess.check_output([sys.executable, tools.PROJECT / "interop" / "free_ports.py", str(count)], text=True)
    return [int(port) for port in printed.split()]


def wait_for(process, port):
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    tools.quit("a server did not start")
