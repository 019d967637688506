"""Writes picks from a DataFrame on a cluster where executors die, tasks fail and attempts race, and reads them back."""

import random
import re
import threading

from pyspark import TaskContext
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import BooleanType

from spark_cluster import holder, wait_for

SCHEMA = ("run string, object string, user string, session string, point int, x double, y double, z double, "
          "transform array<double>, score double, instance_id bigint")
OBJECTS = ("ribosome", "proteasome", "thyroglobulin")
RUNS = 40
IDENTITY = [float(row == column) for row in range(4) for column in range(4)]


def generate(seed):
    """Returns rows of a few points for each run and object, in no order."""
    numbers = random.Random(seed)
    rows = []
    for run in range(RUNS):
        for name in OBJECTS:
            for point in range(numbers.randrange(1, 30)):
                transform = list(IDENTITY)
                transform[3], transform[7], transform[11] = (numbers.uniform(-5, 5) for _ in range(3))
                rows.append((f"W_{run:02}", name, "spark", "7", point, *(numbers.uniform(0, 800) for _ in range(3)), transform,
                             numbers.random(), numbers.randrange(1 << 53)))
    numbers.shuffle(rows)
    return rows


def files_of(rows):
    """Returns the points that each file must hold, in their order."""
    files = {}
    for run, name, user, session, *point in sorted(rows, key=lambda row: row[:5]):
        files.setdefault((run, name, user, session), []).append(tuple(point[1:]))
    return files


class Writing(threading.Thread):
    """A write that runs while other things happen to it."""

    def __init__(self, frame, config, options):
        super().__init__(daemon=True)
        self.writer = frame.write.format("copick").mode("append").option("config", str(config)).option("table", "picks")
        self.writer.options(**options)
        self.failure = None
        self.start()

    def run(self):
        try:
            self.writer.save()
        except Exception as e:  # raised again by finish
            self.failure = e

    def running(self):
        """Returns whether the write goes on; raises what it failed with."""
        if self.failure:
            raise self.failure
        return self.is_alive()

    def finish(self):
        self.join()
        self.running()


@F.udf(BooleanType())
def fails_first(run):
    if run == "W_05" and TaskContext.get().attemptNumber() == 0:
        raise RuntimeError("the first attempt fails on purpose")
    return True


class Writes:
    """Writes of one program, on a cluster with two executors."""

    SETTINGS = {
        # many small tasks, so that some run when an executor dies
        "spark.sql.shuffle.partitions": "40", "spark.sql.adaptive.enabled": "false",
        "spark.speculation": "true", "spark.speculation.interval": "100ms", "spark.speculation.quantile": "0.5",
        "spark.speculation.minTaskRuntime": "1s",
    }

    def __init__(self, cluster, bundle, name, credentials):
        self.cluster, self.credentials = cluster, credentials
        builder = SparkSession.builder.appName(name)
        for key, value in cluster.settings({"spark.jars": str(bundle), **self.SETTINGS}).items():
            builder = builder.config(key, value)
        self.spark = builder.getOrCreate()
        self.killed = []

    def frame(self, rows):
        return self.spark.createDataFrame(rows, SCHEMA).repartition(4)

    def executors(self, running):
        def both():
            found = self.cluster.executors()
            return found if len(found) == 2 else None
        return wait_for(both, "two executors", running)

    def with_a_kill(self, rows, config, written):
        """Writes while an executor dies in the middle of a task, after the first files were there."""
        executors = self.executors(lambda: True)
        writing = Writing(self.frame(rows), config, {})
        wait_for(written, "the first file", writing.running)
        executors[0].kill_while_busy(0, writing.running)
        self.killed.append(executors[0].id)
        writing.finish()

    def with_a_kill_after_a_request(self, rows, config, proxy, pattern):
        """Writes while the executor dies that has stored a file, but has not heard of it yet."""
        rule = proxy.hold(pattern, after_reply=True)
        writing = Writing(self.frame(rows), config, self.credentials)
        wait_for(rule.reached.is_set, f"a request for {pattern}", writing.running)
        executors = self.executors(writing.running)
        pid = holder(rule.held[0].port, [each.pid for each in executors])
        (victim,) = (each for each in executors if each.pid == pid)
        wait_for(lambda: rule.held[0].status, "the reply of the server", writing.running)
        victim.kill()
        self.killed.append(victim.id)
        rule.release()
        writing.finish()

    def with_failures(self, rows, config, proxy, pattern):
        """Writes while a task of the query and a task of the write fail on their first attempts."""
        rule = proxy.refuse(pattern)
        Writing(self.frame(rows).where(fails_first("run")), config, self.credentials).finish()
        assert rule.reached.is_set(), f"no request for {pattern} was refused"

    def with_two_attempts(self, rows, config, proxy, pattern):
        """Writes while a request hangs until Spark has started a second attempt of its task."""
        before = self.second_attempts()
        rule = proxy.hold(pattern)
        writing = Writing(self.frame(rows), config, self.credentials)
        wait_for(lambda: self.second_attempts() > before, "a second attempt", writing.running)
        rule.release()
        writing.finish()

    def second_attempts(self):
        text = "".join(each.log.read_text(errors="replace") for each in self.cluster.executors() if each.log.exists())
        return len(re.findall(r"Running task \d+\.1 in stage", text))
