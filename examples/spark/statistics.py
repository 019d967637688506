"""Prints nearest-neighbour distances of picks, and the mean intensity of tomograms in blocks of 64³ voxels. Argument: a configuration."""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# a partition holds picks of one run, so that grouping by run moves no rows between executors
spark = SparkSession.builder.config("spark.sql.sources.v2.bucketing.enabled", "true").getOrCreate()
project = spark.read.format("copick").option("config", sys.argv[1])


def distance(a, b):
    x, y, z = (a[axis] - b[axis] for axis in "xyz")
    return F.sqrt(x * x + y * y + z * z)


def nearest(points):
    others = lambda a: F.filter(points, lambda b: b["point"] != a["point"])
    return F.transform(points, lambda a: F.array_min(F.transform(others(a), lambda b: distance(a, b))))


def total(values):  # adds in the order of the array, so that the sum has the same digits in every run
    return F.aggregate(values, F.lit(0.0), lambda sum, value: sum + value)


file, points, sums = ["run", "object", "user", "session"], F.col("points"), {}
picks = project.option("table", "picks").load().groupBy(file)
picks = picks.agg(F.sort_array(F.collect_list(F.struct("point", "x", "y", "z"))).alias("points")).where(F.size("points") > 1)
for run, name, user, session, distances, count in sorted(picks.select(*file, total(nearest(points)), F.size(points)).collect()):
    print(f"picks {run} {name}:{user}/{session} {distances / count:.6f}")
    before = sums.get(name, (0.0, 0))
    sums[name] = before[0] + distances, before[1] + count
for name, (distances, count) in sorted(sums.items()):
    print(f"object {name} {distances / count:.6f}")

blocks = project.option("table", "blocks").option("block", "64").load()
mean = total(F.col("data")) / F.size("data")
for run, tomogram, z, y, x, value in sorted(blocks.select("run", "tomogram", "z", "y", "x", mean).collect()):
    print(f"block {run} {tomogram} {z},{y},{x} {value:.6f}")
