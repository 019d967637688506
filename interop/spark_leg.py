#!/usr/bin/env python3
"""Runs the data source on one line of Spark, with the Python that has this line's PySpark. Started by interop/spark."""

import argparse
import itertools
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

from counting_proxy import Proxy
from spark_cluster import JAVA_OPTIONS, LOGGING, Cluster, lost
from spark_examples import Examples
from spark_reads import Project
from spark_requests import Requests
from spark_writes import Writes, files_of, generate

HERE = Path(__file__).resolve().parent.parent
SECRET = "secret-of-spark"
KEY = "spark-user"


class Line:
    """The checks of one line of Spark."""

    def __init__(self, options):
        self.options, self.data, self.work = options, options.data, options.work
        self.spark_home = Path(pyspark.__file__).parent
        self.work.mkdir(parents=True)
        self.proxy = Proxy(int(os.environ["SPARK_MINIO_PORT"]))
        self.credentials = {"overlay_fs_args.key": KEY, "overlay_fs_args.secret": SECRET}
        self.session = {f"spark.datasource.copick.{name}": value for name, value in self.credentials.items()}

    def configuration(self, file, **fields):
        """Returns the file of a configuration with the objects of the generated project."""
        config = json.loads((self.data / "project" / "copick.json").read_text(encoding="utf-8"))
        for field in ("static_root", "static_fs_args"):
            del config[field]
        path = self.work / f"{file}.json"
        path.write_text(json.dumps({**config, **fields}), encoding="utf-8")
        return path

    def in_bucket(self, file, folder, **fields):
        """Returns the file of a configuration with its root in the bucket, reached through the proxy, without credentials."""
        arguments = {"endpoint_url": f"http://127.0.0.1:{self.proxy.port}", "client_kwargs": {"region_name": "us-east-1"}}
        return self.configuration(file, overlay_root=f"s3://spark/{folder}", overlay_fs_args=arguments, **fields)

    def on_disk(self, file, folder):
        return self.configuration(file, overlay_root=f"local://{folder}", overlay_fs_args={"auto_mkdir": True})

    def run(self):
        print(f"interop: Spark {pyspark.__version__}", flush=True)
        self.read()
        with Cluster(self.spark_home, self.work / "cluster", workers=2) as cluster:
            self.run_examples(cluster)
            self.write(cluster)
            self.look_for_secrets(cluster)

    def read(self):
        """Reads every table of small projects in one process, and counts the requests of queries."""
        conf = self.work / "conf"
        conf.mkdir()
        (conf / "log4j2.properties").write_text(LOGGING.replace("info", "warn"))
        os.environ["SPARK_CONF_DIR"], os.environ["SPARK_LOCAL_IP"] = str(conf), "127.0.0.1"
        spark = (SparkSession.builder.master("local[2]").appName("reads").config("spark.jars", self.options.bundle)
                 .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
                 .config("spark.driver.extraJavaOptions", JAVA_OPTIONS)
                 .config("spark.sql.shuffle.partitions", "4").config("spark.sql.sources.v2.bucketing.enabled", "true")
                 .getOrCreate())
        for name in ("demo", "v1", "v2"):
            Project(spark, name, self.data / name / "copick.json", self.data / f"{name}.json").check()
        Requests(spark, self, SECRET).check()
        spark.stop()

    def run_examples(self, cluster):
        examples = Examples(cluster, self.options.bundle, self.compiled(), (self.data / "expected").read_text())
        disk, bucket = self.data / "project" / "copick.json", self.in_bucket("bucket", "project")
        for language, place, dies in self.choice():
            kill = None
            if dies:
                kill = examples.kill_a_busy_one if place == "disk" else examples.kill_the_reader_of(
                    self.proxy, r"GET /spark/project/ExperimentRuns/TS_1.*/wbp\.zarr/0/.*/\d+$")
            examples.run(language, place, bucket if place == "bucket" else disk, self.session if place == "bucket" else {}, kill)

    def choice(self):
        """Returns all combinations, or the program in each language once with a kill, in the other place on the other line."""
        languages, places = ("python", "java"), ("disk", "bucket")
        if self.options.everything:
            return list(itertools.product(languages, places, (False, True)))
        if pyspark.__version__.startswith("3"):
            places = places[::-1]
        return [(language, place, True) for language, place in zip(languages, places)]

    def measure(self):
        """Prints the seconds, requests and bytes of the example in Python, with one worker and with two."""
        print(f"Spark {pyspark.__version__}: 200 runs; requests and bytes are for each run")
        print("| project | workers | time | first query | second query | requests | received |\n|---|---|---|---|---|---|---|")
        disk, bucket = self.data / "project" / "copick.json", self.in_bucket("bucket", "project")
        for workers in (1, 2):
            with Cluster(self.spark_home, self.work / f"cluster-of-{workers}", workers=workers) as cluster:
                examples = Examples(cluster, self.options.bundle, self.compiled(), (self.data / "expected").read_text())
                for place, config, settings in (("disk", disk, {}), ("bucket", bucket, self.session)):
                    self.proxy.take()
                    start = time.monotonic()
                    events = examples.run("python", place, config, settings)
                    seconds, requests = time.monotonic() - start, self.proxy.take()
                    stages = [event["Stage Info"] for event in events if event["Event"] == "SparkListenerStageCompleted"]
                    stage = [f"{(each['Completion Time'] - each['Submission Time']) / 1000:.1f} s" for each in stages]
                    print(f"| {place} | {workers} | {seconds:.1f} s | {' | '.join(stage)} | {len(requests) / 200:.2f} | "
                          f"{sum(each.received for each in requests) / 200 / 1000:.1f} kB |", flush=True)

    def compiled(self):
        """Returns the examples, the one in Java compiled for this line."""
        classes = self.work / "classes"
        source = HERE / "examples" / "spark" / "src" / "spark" / "java" / "org" / "example" / "spark" / "SparkStatistics.java"
        subprocess.run([tool("javac"), "--release", "17", "-Xlint:all,-classfile,-path,-processing", "-Werror", "-d", classes, "-cp",
                        f"{self.spark_home}/jars/*", source], check=True)
        jar = self.work / "statistics.jar"
        subprocess.run([tool("jar"), "--create", "--file", jar, "-C", classes, "."], check=True)
        return {"python": [HERE / "examples" / "spark" / "statistics.py"],
                "java": ["--class", "org.example.spark.SparkStatistics", jar]}

    def write(self, cluster):
        rows = generate(self.options.seed)
        files = self.work / "written.json"
        files.write_text(json.dumps(list(files_of(rows).items())))
        overlay = self.work / "written-to-disk"
        places = {"disk": self.on_disk("disk", overlay)}
        for name in ("stored", "failing", "racing"):
            places[name] = self.in_bucket(name, f"line-{pyspark.__version__}/{name}")
        writes = Writes(cluster, self.options.bundle, "writes", self.credentials)
        writes.with_a_kill(rows, places["disk"], lambda: any(overlay.rglob("*.json")))
        put = "PUT .*/{}/ExperimentRuns/W_1.*ribosome"
        writes.with_a_kill_after_a_request(rows, places["stored"], self.proxy, put.format("stored"))
        writes.with_failures(rows, places["failing"], self.proxy, put.format("failing"))
        writes.with_two_attempts(rows, places["racing"], self.proxy, put.format("racing"))
        writes.spark.stop()
        executors, tasks = lost(cluster.events_of("writes"))
        assert executors == writes.killed, f"the lost executors are {executors} instead of {writes.killed}"
        self.read_back(places, files)

    def read_back(self, places, files):
        wanted = len(json.loads(files.read_text()))
        # the command and Python know nothing of Spark's options
        for config in places.values():
            content = json.loads(config.read_text(encoding="utf-8"))
            if content["overlay_root"].startswith("s3:"):
                content["overlay_fs_args"].update(key=KEY, secret=SECRET)
            config.write_text(json.dumps(content), encoding="utf-8")
        for config in places.values():
            said = self.copick("validate", "-c", config)
            listed = json.loads(self.copick("ls", "--json", "-c", config))
            assert len(listed) >= wanted, said
        arguments = [str(part) for config in places.values() for part in (files, config)]
        subprocess.run([self.options.reader, "-B", HERE / "interop" / "spark_readback.py", *arguments], check=True)

    def copick(self, *arguments):
        done = subprocess.run([self.options.copick, *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == 0, f"copick {arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def look_for_secrets(self, cluster):
        """Fails if the secret key is in an event log, or in what a program or an executor wrote."""
        logs = [*cluster.events.iterdir(), *cluster.work.glob("*.err"), *cluster.work.glob("*.out"), *cluster.work.glob("*.log"),
                *cluster.work.glob("worker-*/app-*/*/std*")]
        assert len(logs) > 10, logs
        for log in logs:
            assert SECRET not in log.read_text(errors="replace"), f"{log.name} holds the secret key"
        print(f"interop: no secret in {len(logs)} logs", flush=True)


def tool(name):
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / name) if home else shutil.which(name)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundle", required=True)
    parser.add_argument("--data", type=Path, required=True, help="projects and manifests")
    parser.add_argument("--work", type=Path, required=True, help="a new folder")
    parser.add_argument("--copick", required=True, help="the command")
    parser.add_argument("--reader", required=True, help="a Python with copick")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--everything", action="store_true", help="every example, in every place, with and without a kill")
    parser.add_argument("--measure", action="store_true", help="print what the example costs, and check nothing else")
    options = parser.parse_args()
    line = Line(options)
    (line.measure if options.measure else line.run)()


if __name__ == "__main__":
    main()
