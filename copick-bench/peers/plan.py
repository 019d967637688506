"""The plan of measurements: cases, datasets, peers, repeats; and the goals."""

import dataclasses

COPICK = ["copick-1", "copick-2"]
#: the environment of copick 2 has no gcsfs
ON_GOOGLE = ["copick-1"]
LINE = {"v2": "copick-1", "v3": "copick-2"}
WRITTEN_BY = {"v2": [*COPICK, "zarr-2", "zarr-3", "zarrs", "tensorstore"], "v3": ["copick-2", "zarr-3", "zarrs"],
              "v3blosc": ["zarr-3", "zarrs", "tensorstore"]}
#: the layouts of copick-bench/large: copick's, Blosc in shards, and Blosc without shards
LARGE = {"v3": ["zarr-3", "zarrs"], "v3blosc": ["zarr-3", "zarrs", "tensorstore"], "v3chunks": ["zarr-3", "zarrs", "tensorstore"]}
WARM, COLD = 7, 5
WARM_UP_S = 8
#: zarr-java over our stores; it is not in cases that start new processes, whose class archive does not have its classes
ZARR_JAVA = "zarr-java"
READ_BY_ZARR_JAVA = ["v2", "v3blosc"]
SECOND_LINE = {"copick-2", "zarr-3", "tensorstore", "tensorstore-cache"}

# whole processes of the peer's interpreter or command, which do not run peers/child.py
START = {
    "start.python": COPICK, "start.java": ["java"], "start.import": [*COPICK, "java", "java-plain"],
    "start.cli_help": [*COPICK, "java-cli"], "start.cli_ls": ["java-cli"],
}


#: the ending of the peers that run on a JDK with Java's vector interface, for cases that move many bytes
VECTOR = "-vector"


def is_java(peer):
    return peer.startswith("java") or peer == ZARR_JAVA


def is_vector(peer):
    return peer.endswith(VECTOR)


def with_vectors(entries):
    """Adds a peer with vector instructions to each peer in Java, except in cases of new processes, which end before they pay."""
    for case, dataset, peers, repeats in entries:
        more = []
        if case.startswith(("tomo.", "seg.", "large.")) and not is_fresh(case):
            more = [peer + VECTOR for peer in peers if peer.startswith("java") and "imglib2" not in peer]
        yield case, dataset, [*peers, *more], repeats


def environment_of(peer):
    """Returns the Python environment of a peer, as the name of a tool."""
    return peer if peer == "zarrs" else "copick-2" if peer in SECOND_LINE else "copick-1"


def is_fresh(case):
    """Returns whether each repeat is a new process."""
    return case.endswith(".cold")


def entry(case, dataset, peers, repeats=None):
    return case, dataset, peers, repeats or (COLD if is_fresh(case) else WARM)


def local(size):
    """Yields (case, dataset, peers, repeats) in the order of the run."""
    return with_vectors(on_disk(size))


def on_disk(size):
    yield from (entry(case, "-", peers) for case, peers in START.items())
    for limit in ("memcpy.1t", "memcpy.2t", "memcpy.fresh", "file.read", "blosc.chunk.1t", "blosc.chunk.2t",
                  "blosc.zplane", "read_decode.2t", "zstd_shuffle.8m"):
        yield entry(f"limit.{limit}", f"v2-{size}", ["limit"])
    yield entry("limit.json.read", "points", ["limit"])
    yield from reading(size)
    for kind, line in LINE.items():
        yield entry("tomo.write.l3", f"{kind}-{size}", [line, "java"])
    yield entry("tomo.write.l0", f"v2-{size}", ["zarr-2", "tensorstore", "java"])
    yield entry("tomo.write.l0", f"v3blosc-{size}", ["zarr-3", "tensorstore"])
    for kind, line in LINE.items():
        readers = [*WRITTEN_BY[kind], *(["tensorstore"] if kind == "v3" else []), "java"]
        # it reads no shard as a whole if that is compressed by zstd
        yield entry("seg.full", f"{kind}-{size}", [*readers, *([ZARR_JAVA] if kind == "v2" else [])])
        yield entry("seg.slice.z.cold", f"{kind}-{size}", readers)
        yield entry("seg.write", f"{kind}-{size}", [line, "java"])
    for case in ("project.list.cold", "project.list.warm", "project.list.overlay.cold"):
        yield entry(case, "runs1000", [*COPICK, "java"])
    yield entry("picks.load100files", "runs100", [*COPICK, "java"])
    yield entry("picks.load100k", "points", [*COPICK, "json", "java"])
    for case in ("picks.arrays100k", "picks.store100k", "picks.from_arrays100k"):
        yield entry(case, "points", [*COPICK, "java"])
    for case in ("mesh.load1m", "mesh.store1m"):
        yield entry(case, "points", [*COPICK, "trimesh", "java"])


def reading(size):
    """Yields the cases that read regions of the tomogram."""
    for kind, peers in WRITTEN_BY.items():
        theirs = [ZARR_JAVA] if kind in READ_BY_ZARR_JAVA else []
        whole = [*peers, "java", *theirs, "limit", "java-reuse", "java-direct"]
        if kind == "v2":
            whole += ["zarr-2-malloc"]
        if kind == "v3":
            whole += ["tensorstore"]  # shows that tensorstore refuses what copick 2 writes
        yield entry("tomo.full.l0", f"{kind}-{size}", whole)
        if kind == "v2":
            # a pass over a cached level with a cursor of ImgLib2, beside a copy of the level in a new array
            yield entry("tomo.cursor.l1", f"{kind}-{size}", ["java-cache", "java-imglib2-cache"])
        if kind != "v3blosc":
            yield entry("tomo.full.l2", f"{kind}-{size}", [*peers, "java", *theirs])
    in_parts = {kind: [*peers, *(["zarr-2-partial"] if kind == "v2" else [])] for kind, peers in WRITTEN_BY.items()}
    for axis in "zx":
        for how in ("cold", "first"):
            for kind, peers in in_parts.items():
                theirs = [ZARR_JAVA] if kind in READ_BY_ZARR_JAVA and how == "first" else []
                yield entry(f"tomo.slice.{axis}.{how}", f"{kind}-{size}", [*peers, "java", *theirs])
    for kind in READ_BY_ZARR_JAVA:
        yield entry("tomo.slice.y.first", f"{kind}-{size}", ["java", ZARR_JAVA])
    for case in ("tomo.scroll.z100", "tomo.subvol64x50"):
        for kind, peers in in_parts.items():
            cached = [] if kind == "v3" else ["tensorstore-cache"]
            # each read of a plane decodes all of its chunks, and each of a large shard fills as much memory
            theirs = [ZARR_JAVA] if kind == "v2" and "subvol" in case else []
            yield entry(case, f"{kind}-{size}", [*peers, *cached, "java", "java-cache", *theirs])


def large():
    """Yields the cases on a level that is larger than the heap. The first case of a dataset writes it."""
    for kind, peers in LARGE.items():
        yield entry("large.write.cold", kind, ["java"], 1)
        yield from with_vectors(entry(case, kind, [*peers, "java"]) for case in ("large.plane", "large.box"))
        yield from with_vectors([entry("large.slabs", kind, [*peers, "java-reuse"], 2)])


def remote(size):
    v2, v3, bare = (f"{kind}-{size}" for kind in ("v2", "v3", "v3blosc"))
    yield entry("s3.limit.get_chunk", v2, ["limit"])
    yield entry("s3.limit.list_flat", "runs100", ["limit"])
    yield entry("s3.limit.get100x32", "runs100", ["limit"])
    for case in ("s3.slice.z.cold", "s3.slice.z.first", "s3.slice.x.cold", "s3.full.l0.cold", "s3.full.l0.first",
                 "s3.full.l2.cold", "s3.seg.full.cold"):
        yield entry(case, v2, [*COPICK, "tensorstore", "java", *([ZARR_JAVA] if case.endswith(".first") else [])])
        yield entry(case, v3, ["copick-2", *(["tensorstore"] if "seg" in case else []), "java"])
        if ".slice." in case or ".l0." in case:
            yield entry(case, bare, ["tensorstore"])
    yield entry("s3.scroll.z10", v2, [*COPICK, "tensorstore", "tensorstore-cache", "java", "java-cache", ZARR_JAVA])
    yield entry("s3.scroll.z10", v3, ["copick-2", "java", "java-cache"])
    yield entry("s3.scroll.z10", bare, ["tensorstore", "tensorstore-cache"])
    for case in ("s3.runs.cold", "s3.list.picks.cold", "s3.list.all.cold", "s3.picks.load100files", "s3.picks.store1",
                 "s3.picks.new1.cold"):
        yield entry(case, "runs100", [*COPICK, "java"])


def google(size):
    """Yields the cases on Google Cloud Storage, which has another client than S3 and the same engine above it."""
    v2 = f"v2-{size}"
    for case in ("gcs.slice.z.cold", "gcs.slice.z.first"):
        yield entry(case, v2, [*ON_GOOGLE, "tensorstore", "java"])
    yield entry("gcs.scroll.z10", v2, [*ON_GOOGLE, "tensorstore", "tensorstore-cache", "java", "java-cache"])
    for case in ("gcs.list.all.cold", "gcs.picks.load100files"):
        yield entry(case, "runs100", [*ON_GOOGLE, "java"])


#: the cases of each service, by the prefix of their names
REMOTE = {"s3": remote, "gcs": google}


@dataclasses.dataclass(frozen=True)
class Goal:
    """The best rival's median must be at least `factor` times the median of `java`; other fields limit `java`."""

    case: str
    dataset: str  # without its size suffix
    rivals: list
    factor: float | None = None
    java: str = "java"
    seconds: float | None = None  # at most
    bytes_share: float | None = None  # at most this share of the bytes of the rival that moves the fewest
    requests: int | None = None  # at most


ARRAYS = ["tensorstore", "zarr-3", "zarr-2", *COPICK]
QUICK = "java-vector"
GOALS = [
    Goal("tomo.full.l0", "v2", ARRAYS, 1.5),
    Goal("tomo.full.l0", "v2", ["zarr-2-malloc"], 1, java="java-reuse"),
    Goal("tomo.full.l0", "v2", ["zarr-2-malloc"], 3, java="java-reuse-vector"),
    Goal("tomo.full.l0", "v2", ["limit"], 0.8, java="java-reuse-vector"),
    Goal("tomo.full.l0", "v2", ARRAYS, 4, java=QUICK),
    Goal("tomo.full.l0", "v2", ["zarrs"], 3, java=QUICK),
    Goal("tomo.full.l0", "v3", ["zarr-3"], 2),
    Goal("tomo.full.l0", "v3", ["zarr-3"], 6, java=QUICK),
    Goal("tomo.full.l0", "v3blosc", ["tensorstore", "zarr-3"]),
    Goal("tomo.full.l0", "v3blosc", ["tensorstore", "zarr-3"], 3, java=QUICK),
    Goal("tomo.full.l0", "v3blosc", ["zarrs"], 3, java=QUICK),
    Goal("tomo.cursor.l1", "v2", ["java-cache"], 0.5, java="java-imglib2-cache"),
    Goal("tomo.slice.z.cold", "v2", COPICK, 3, bytes_share=0.02),
    Goal("tomo.slice.z.cold", "v2", ["tensorstore"], 1, bytes_share=0.02),
    Goal("tomo.slice.z.cold", "v3", ["copick-2"], 3),
    Goal("tomo.slice.z.cold", "v3blosc", ["tensorstore"], 1.5),
    Goal("tomo.slice.z.first", "v2", ["zarr-2-partial"], 5),
    Goal("tomo.slice.z.first", "v2", ["tensorstore"], 40),
    Goal("tomo.slice.z.first", "v3", ["zarr-3"]),
    Goal("tomo.slice.z.first", "v3blosc", ["tensorstore"]),
    Goal("tomo.slice.z.first", "v3blosc", ["zarrs"], 8),
    Goal("tomo.slice.x.cold", "v2", ["tensorstore"], 0.7),
    Goal("tomo.slice.x.first", "v2", ["tensorstore"], 1.2),
    Goal("tomo.slice.x.first", "v3blosc", ["tensorstore"], 2),
    Goal("tomo.slice.x.first", "v3blosc", ["zarrs"], 1.5),
    Goal("tomo.scroll.z100", "v2", ["tensorstore-cache"], 3, java="java-cache"),
    Goal("tomo.scroll.z100", "v2", ["zarr-2-partial"]),
    Goal("tomo.scroll.z100", "v2", COPICK, 100),
    Goal("tomo.scroll.z100", "v3", ["zarr-3"], 30, java="java-cache"),
    Goal("tomo.scroll.z100", "v3blosc", ["tensorstore-cache"], 2, java="java-cache"),
    Goal("tomo.subvol64x50", "v2", ["tensorstore-cache"], 1.5, java="java-cache"),
    Goal("tomo.subvol64x50", "v2", ["tensorstore"], 4),
    Goal("tomo.subvol64x50", "v3", ["zarr-3"], 2.5),
    Goal("tomo.write.l3", "v2", ["copick-1"], 4),
    Goal("tomo.write.l3", "v2", ["copick-1"], 7, java=QUICK),
    Goal("tomo.write.l3", "v3", ["copick-2"], 3),
    Goal("tomo.write.l3", "v3", ["copick-2"], 5, java=QUICK),
    Goal("tomo.write.l0", "v2", ["tensorstore", "zarr-2"], 1),
    Goal("tomo.write.l0", "v2", ["tensorstore", "zarr-2"], 2, java=QUICK),
    Goal("seg.full", "v2", ["zarr-2"], 1),
    Goal("seg.write", "v3", ["copick-2"], 3),
    Goal("seg.slice.z.cold", "v2", COPICK, 2),
    Goal("seg.slice.z.cold", "v3", ["copick-2"], 2),
    Goal("project.list.cold", "runs1000", COPICK, 4),
    Goal("project.list.warm", "runs1000", COPICK, 20),
    Goal("project.list.overlay.cold", "runs1000", COPICK, 5),
    Goal("picks.load100k", "points", COPICK, 25),
    Goal("picks.load100k", "points", ["json"], 5),
    Goal("picks.arrays100k", "points", COPICK, 25),
    Goal("picks.store100k", "points", COPICK, 12),
    Goal("picks.from_arrays100k", "points", COPICK, 35),
    Goal("mesh.load1m", "points", ["trimesh"], 0.7),
    Goal("mesh.store1m", "points", ["trimesh"], 1.5),
    Goal("s3.slice.z.cold", "v2", COPICK, 3, bytes_share=0.03, requests=6),
    Goal("s3.slice.z.cold", "v2", ["tensorstore"], 1 / 1.3),
    Goal("s3.slice.z.first", "v2", ["tensorstore"], 1.5),
    Goal("s3.scroll.z10", "v2", ["tensorstore-cache"], 1.5, java="java-cache"),
    Goal("s3.full.l0.first", "v2", ["tensorstore"], 1),
    Goal("s3.list.picks.cold", "runs100", COPICK, 6),
    Goal("s3.list.all.cold", "runs100", COPICK, 20),
    Goal("s3.picks.load100files", "runs100", COPICK, 10),
    Goal("gcs.slice.z.cold", "v2", ON_GOOGLE),
    Goal("gcs.slice.z.first", "v2", ["tensorstore"]),
    Goal("gcs.scroll.z10", "v2", ["tensorstore-cache"], java="java-cache"),
    Goal("gcs.list.all.cold", "runs100", ON_GOOGLE),
    Goal("gcs.picks.load100files", "runs100", ON_GOOGLE),
    *(Goal(case, kind, LARGE[kind], java=java) for kind in LARGE
      for case, java in (("large.plane", "java"), ("large.box", "java"), ("large.slabs", "java-reuse"))),
    Goal("start.cli_help", "-", COPICK, 1, java="java-cli", seconds=0.3),
    Goal("start.cli_ls", "-", [], java="java-cli", seconds=0.18),
]
