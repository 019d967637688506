"""Asserts which requests queries send to a store, and what their plans say."""

from pyspark.sql import functions as F

from spark_reads import table

PICKS = "GET /spark/project/ExperimentRuns/{}/Picks/spark_1_{}.json"
#: The secret must not be in a plan, and the number of runs is that of the generated project.
RUNS, OBJECTS = 200, ("proteasome", "ribosome", "thyroglobulin")


class Requests:
    """Queries of the project in the bucket, each with a configuration of its own, so that nothing is cached."""

    def __init__(self, spark, line, secret):
        self.spark, self.line, self.secret = spark, line, secret
        self.number = 0

    def table(self, name, **options):
        self.number += 1
        config = self.line.in_bucket(f"query-{self.number}", "project", name=f"query {self.number}")
        return table(self.spark, config, name, **self.line.credentials, **options)

    def reads(self, frame):
        """Returns the rows of a query, the objects that it read, and its other requests."""
        self.line.proxy.take()
        rows = frame.collect()
        requests = self.line.proxy.take()
        gets = [request for request in requests if request.method == "GET" and "list-type" not in request.path]
        return rows, gets, [request for request in requests if request not in gets]

    def check(self):
        self.check_filter()
        self.check_counts()
        self.check_limit()
        self.check_blocks()
        print(f"interop: requests of {self.number} queries as promised", flush=True)

    def check_filter(self):
        frame = self.table("picks").where("run = 'TS_017' and object = 'ribosome' and x > 0")
        plan = frame._jdf.queryExecution().toString()
        assert self.secret not in plan, "the plan holds the secret key"
        scan = [line for line in plan.split("== Physical Plan ==")[1].splitlines() if "BatchScan" in line]
        assert len(scan) == 1 and "TS_017" in scan[0] and "ribosome" in scan[0], plan
        rows, gets, others = self.reads(frame)
        assert len(rows) == 43 and {(row["run"], row["object"]) for row in rows} == {("TS_017", "ribosome")}, rows[:1]
        assert list(map(str, gets)) == [PICKS.format("TS_017", "ribosome")], list(map(str, gets))
        assert all("TS_017" in each.path for each in others), list(map(str, others))

    def check_counts(self):
        rows, gets, _ = self.reads(self.table("segmentations").groupBy().count())
        assert rows[0][0] == RUNS // 10 and gets == [], (rows, list(map(str, gets)))
        rows, gets, _ = self.reads(self.table("tomograms").groupBy("run").count())
        assert sorted(map(tuple, rows)) == [(f"TS_{run:03}", 1) for run in range(RUNS)] and gets == [], list(map(str, gets))
        rows, gets, _ = self.reads(self.table("picks").groupBy("object").count())
        numbers = [sum(count + run % 7 for run in range(RUNS)) for count in (25, 40, 10)]
        assert sorted(map(tuple, rows)) == list(zip(OBJECTS, numbers)), rows
        expected = [PICKS.format(f"TS_{run:03}", name) for run in range(RUNS) for name in OBJECTS]
        assert sorted(map(str, gets)) == sorted(expected), f"{len(gets)} reads instead of {len(expected)}"

    def check_limit(self):
        rows, gets, _ = self.reads(self.table("picks").limit(5))
        assert len(rows) == 5 and len(gets) == 1, list(map(str, gets))

    def check_blocks(self):
        frame = self.table("blocks", block="20,33,17").where("run = 'TS_003'").agg(F.sum(F.size("data")), F.count("data"))
        rows, gets, _ = self.reads(frame)
        assert tuple(rows[0]) == (66 * 40 * 36, 4 * 2 * 3), rows
        voxels = [str(each) for each in gets if each.path[-1].isdigit()]
        assert len(voxels) == len(set(voxels)) > 0 and all("/TS_003/" in each for each in voxels), voxels
