"""Compares the tables that Spark reads with a manifest of the command, and counts the requests of queries."""

import array
import hashlib
import json
import math
import struct

TYPES = {"f4": "float32", "f2": "float16", "i1": "int8", "i2": "int16", "i4": "int32", "u1": "uint8", "u2": "uint16", "u4": "uint32"}
FORMATS = {"f4": "f", "f2": "e", "i1": "b", "i2": "h", "i4": "i", "u1": "B", "u2": "H", "u4": "I"}
SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
#: Neither multiples nor divisors of chunks.
BLOCK = "20,33,17"


def table(spark, config, name, **options):
    return spark.read.format("copick").option("table", name).options(**options).load(str(config))


def number(value):
    return None if value is None else float(SPECIAL.get(value, value) if isinstance(value, str) else value)


def same(what, rows, expected):
    """Fails unless both hold the same rows, in any order. Compares text, because NaN equals nothing and 0.0 equals -0.0."""
    rows, expected = sorted(map(repr, rows)), sorted(map(repr, expected))
    assert rows == expected, f"{what}: {len(rows)} rows instead of {len(expected)}, or others: " + " | ".join(
        [*[f"+{row}" for row in rows if row not in set(expected)][:5], *[f"-{row}" for row in expected if row not in set(rows)][:5]])
    assert expected, f"{what}: the project has none"
    print(f"interop: {what}: {len(rows)} rows as the command says", flush=True)


class Project:
    """A project and what the command says about it."""

    def __init__(self, spark, name, config, manifest):
        self.spark, self.name, self.config = spark, name, config
        said = json.loads(manifest.read_text(encoding="utf-8"))
        (view,) = said["views"].values()
        self.runs, self.contents = view["runs"], said["contents"]

    def table(self, name, **options):
        return table(self.spark, self.config, name, **options)

    def documents(self, kind):
        for run in self.runs:
            for each in run[kind]:
                key = run["name"], each["object_name"], each["user_id"], each["session_id"], layer(each)
                yield key, self.contents[each["path"]]["document"]

    def check(self):
        self.check_picks()
        self.check_filaments()
        self.check_volumes()
        self.check_blocks()

    def check_picks(self):
        expected = []
        for key, document in self.documents("picks"):
            for index, point in enumerate(document["points"]):
                place = (number(point["location"][axis]) for axis in "xyz")
                transform = [number(value) for row in point["transformation_"] for value in row]
                expected.append((*key, index, *place, transform, number(point.get("score")), point.get("instance_id")))
        same(f"{self.name}: picks", map(tuple, self.table("picks").collect()), expected)

    def check_filaments(self):
        expected = []
        for key, document in self.documents("filaments"):
            for index, filament in enumerate(document["filaments"]):
                for vertex, point in enumerate(filament["points"]):
                    expected.append((*key, index, vertex, *map(number, point), filament["instance_id"]))
        columns = ["run", "object", "user", "session", "layer", "filament", "point", "x", "y", "z", "instance_id"]
        rows = [tuple(row) for row in self.table("filaments").select(*columns).collect()]
        if rows or expected:
            same(f"{self.name}: filaments", rows, expected)

    def volumes(self):
        """Returns key and content of each tomogram and segmentation, by kind."""
        tomograms, segmentations = [], []
        for run in self.runs:
            for spacing in run["voxel_spacings"]:
                for each in spacing["tomograms"]:
                    key = run["name"], float(spacing["voxel_size"]), each["tomo_type"], layer(each)
                    tomograms.append((key, self.contents[each["path"]]["levels"]))
            for each in run["segmentations"]:
                key = (run["name"], each["name"], each["user_id"], each["session_id"], float(each["voxel_size"]), each["type"],
                       layer(each))
                segmentations.append((key, self.contents[each["path"]]["levels"]))
        return tomograms, segmentations

    def check_volumes(self):
        for name, volumes in zip(("tomograms", "segmentations"), self.volumes()):
            expected = [(*key, *((len(levels), levels[0]["shape"], TYPES[levels[0]["dtype"][1:]]) if levels else (0, None, None)))
                        for key, levels in volumes]
            same(f"{self.name}: {name}", map(tuple, self.table(name).collect()), expected)

    def check_blocks(self):
        levels = {(run, f"{name}@{size}"): levels for (run, size, name, _), levels in self.volumes()[0]}
        self.check_level(0, "*", levels)
        coarse = {uri for _, uri in levels if all(len(each) > 1 for (_, other), each in levels.items() if other == uri)}
        for uri in sorted(coarse):
            self.check_level(1, uri, {key: each for key, each in levels.items() if key[1] == uri})

    def check_level(self, level, tomogram, levels):
        rows = {}
        for row in self.table("blocks", tomogram=tomogram, level=str(level), block=BLOCK).collect():
            assert row["level"] == level and row["voxel_size"] == float(row["tomogram"].rsplit("@", 1)[1]), row[:8]
            rows.setdefault((row["run"], row["tomogram"]), []).append(row)
        digests = [(*key, digest(blocks, levels[key][level])) for key, blocks in rows.items()]
        expected = [(*key, each[level]["sha256"]) for key, each in levels.items() if each]
        same(f"{self.name}: voxels of level {level} of {tomogram}", digests, expected)


def layer(entity):
    return "static" if entity["read_only"] else "overlay"


def digest(blocks, level):
    """Puts the blocks of a volume together and returns the SHA-256 of its elements."""
    depth, height, width = level["shape"]
    voxels, filled = array.array("f", bytes(4 * depth * height * width)), 0
    for block in blocks:
        nz, ny, nx = block["shape"]
        data = array.array("f", block["data"])
        assert len(data) == nz * ny * nx, block["shape"]
        filled += len(data)
        for z in range(nz):
            for y in range(ny):
                start = ((block["z"] + z) * height + block["y"] + y) * width + block["x"]
                voxels[start:start + nx] = data[(z * ny + y) * nx:(z * ny + y + 1) * nx]
    assert filled == len(voxels), f"{filled} voxels instead of {len(voxels)}"
    form = FORMATS[level["dtype"][1:]]
    values = voxels if form in "fe" else map(int, voxels)
    return hashlib.sha256(struct.pack(f"<{len(voxels)}{form}", *values)).hexdigest()
