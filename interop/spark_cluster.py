"""A cluster of Spark on this machine: a master, workers of one core each, and programs that run there."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

from free_ports import free_ports

LOGGING = """
rootLogger.level = info
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n%ex
"""
#: Programs of a few seconds end before the C2 compiler pays off.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
#: Seconds after which a check that hangs ends; no result depends on it.
LIMIT = 900
RUNNING = re.compile(r"Running task [\d.]+ in stage (\d+)\.")
ENDED = re.compile(r"(?:Finished|Exception in|Executor killed|interrupted and killed) task [\d.]+ in stage (\d+)\.")


def wait_for(condition, what, running=lambda: True):
    """Returns the first true value of the condition, which must come while a program is running."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        if not running():
            raise AssertionError(f"{what}: the program ended before")
        time.sleep(0.005)
    raise AssertionError(f"{what}: not within {LIMIT} s")


def children(pid):
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def holder(port, pids):
    """Returns which of these processes has a connection from this local port."""
    sockets = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if int(fields[1].rsplit(":", 1)[1], 16) == port:
                sockets.add(f"socket:[{fields[9]}]")
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            try:
                if os.readlink(descriptor) in sockets:
                    return pid
            except FileNotFoundError:
                pass  # closed meanwhile
    raise AssertionError(f"none of {pids} has the port {port}")


class Executor:
    """A process of the cluster that runs tasks of one program."""

    def __init__(self, pid):
        self.pid = pid
        arguments = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        self.id = arguments[arguments.index("--executor-id") + 1]
        self.application = arguments[arguments.index("--app-id") + 1]
        self.log = Path(f"/proc/{pid}/cwd").resolve() / "stderr"

    def tasks(self, stage):
        """Returns how many tasks of a stage, or of a later one, have started and ended."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return tuple(sum(int(found) >= stage for found in line.findall(text)) for line in (RUNNING, ENDED))

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def kill_while_busy(self, stage, running):
        """Kills the executor with SIGKILL while it runs a task of the stage, after it has finished another one."""
        wait_for(lambda: self.tasks(stage)[1] > 0, f"a finished task of executor {self.id}", running)
        while True:
            os.kill(self.pid, signal.SIGSTOP)
            started, ended = self.tasks(stage)
            if started > ended:
                self.kill()
                return
            os.kill(self.pid, signal.SIGCONT)
            wait_for(lambda: self.tasks(stage)[0] > ended, f"a running task of executor {self.id}", running)


class Cluster:
    """A master and workers, which end with the block."""

    def __init__(self, spark, work, workers, memory="640m"):
        self.spark, self.work = spark, work
        self.workers, self.memory = workers, memory
        self.processes, self.programs = [], []
        self.conf = work / "conf"
        self.events = work / "events"
        for folder in (self.conf, self.events, work / "local"):
            folder.mkdir(parents=True, exist_ok=True)
        (self.conf / "log4j2.properties").write_text(LOGGING)
        self.environment = {
            **os.environ, "SPARK_HOME": str(spark), "SPARK_CONF_DIR": str(self.conf), "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": JAVA_OPTIONS, "SPARK_LOCAL_DIRS": str(work / "local"),
        }
        for name in ("PYSPARK_SUBMIT_ARGS", "SPARK_MASTER_HOST", "SPARK_WORKER_DIR"):
            self.environment.pop(name, None)

    def __enter__(self):
        port, page, *others = free_ports(2 + 2 * self.workers)
        self.master = f"spark://127.0.0.1:{port}"
        self.start("master", "master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", page)
        address = f"http://127.0.0.1:{page}/json/"
        wait_for(lambda: self.alive(address) is not None, "the master", self.up)
        for number in range(self.workers):
            # a host each, because Spark does not run two attempts of one task on one host
            self.start(f"worker-{number}", "worker.Worker", "--host", f"127.0.0.{number + 1}", "--port", others[2 * number], "--webui-port",
                       others[2 * number + 1], "--cores", 1, "--memory", self.memory, "--work-dir", self.work / f"worker-{number}",
                       self.master)
        wait_for(lambda: self.alive(address) == self.workers, "the workers", self.up)
        return self

    def __exit__(self, *_):
        # programs are left only if a check failed
        for process in [*self.programs, *reversed(self.processes)]:
            process.terminate()
        for process in [*self.programs, *self.processes]:
            process.wait(60)

    def start(self, name, daemon, *arguments):
        with open(self.work / f"{name}.log", "wb") as log:
            command = [self.spark / "bin" / "spark-class", f"org.apache.spark.deploy.{daemon}", *arguments]
            self.processes.append(subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, env=self.environment))

    def up(self):
        return all(process.poll() is None for process in self.processes)

    @staticmethod
    def alive(address):
        try:
            with urllib.request.urlopen(address, timeout=10) as reply:
                return json.load(reply)["aliveworkers"]
        except (OSError, ValueError):  # the page is not complete yet
            return None

    def settings(self, more=None):
        """Returns the settings of a program that runs here."""
        return {
            "spark.master": self.master, "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false", "spark.executor.memory": self.memory, "spark.driver.memory": "512m",
            # waits for every executor, so that each of them gets tasks
            "spark.scheduler.minRegisteredResourcesRatio": "1.0", "spark.scheduler.maxRegisteredResourcesWaitingTime": f"{LIMIT}s",
            "spark.driver.extraJavaOptions": JAVA_OPTIONS, "spark.executor.extraJavaOptions": "-XX:+UseSerialGC",
            "spark.eventLog.enabled": "true", "spark.eventLog.dir": self.events.as_uri(), "spark.eventLog.compress": "false",
            "spark.eventLog.rolling.enabled": "false", **(more or {}),
        }

    def executors(self):
        """Returns the executors that run now."""
        found = []
        for worker in self.processes[1:]:
            for pid in children(worker.pid):
                try:
                    found.append(Executor(pid))
                except (OSError, ValueError):
                    pass  # it just starts or ends
        return found

    def submit(self, name, program, arguments, settings):
        """Starts a program of Spark and returns its process; `name`.out and .err get its output."""
        conf = self.work / f"{name}.conf"
        conf.write_text("".join(f"{key} {value}\n" for key, value in self.settings(settings).items()))
        command = [self.spark / "bin" / "spark-submit", "--properties-file", conf, "--name", name, *program, *arguments]
        with open(self.work / f"{name}.out", "wb") as out, open(self.work / f"{name}.err", "wb") as err:
            process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, env=self.environment)
        self.programs.append(process)
        return process

    def finish(self, name, process):
        """Waits for a program that must succeed, and returns its output and events."""
        status = process.wait(LIMIT)
        errors = (self.work / f"{name}.err").read_text(errors="replace")
        assert status == 0, f"{name} ended with status {status}:\n{errors[-6000:]}"
        return (self.work / f"{name}.out").read_text(), self.events_of(name)

    def events_of(self, name):
        """Returns the events of the newest program of this name."""
        found = []
        for log in sorted(self.events.iterdir(), key=lambda path: path.stat().st_mtime):
            with open(log, encoding="utf-8") as lines:
                events = [json.loads(line) for line in lines]
            if any(event.get("App Name") == name for event in events[:10]):
                found = events
        assert found, f"no events of {name}"
        return found


def lost(events):
    """Returns the executors that were lost and the number of tasks that were lost with them."""
    executors = [event["Executor ID"] for event in events if event["Event"] == "SparkListenerExecutorRemoved"]
    tasks = [event for event in events if event["Event"] == "SparkListenerTaskEnd"
             and event["Task End Reason"]["Reason"] == "ExecutorLostFailure"]
    return executors, len(tasks)
