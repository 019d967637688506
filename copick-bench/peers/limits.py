"""The best performance of the machine and of the path to the object store, which no library can exceed."""

import json
import os
import threading
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import job as jobs
from job import Case, case

CHUNK = 256


def side_by_side(work, count=2):
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


class Limit(Case):
    def check(self, result):
        return None

    def bytes_out(self, result):
        return self.bytes

    def level0(self):
        return Path(self.job.path("tomogram_path")) / "0"

    def first_chunk(self):
        return self.level0() / "0" / "0" / "0"


@case("limit.memcpy.1t", threads=1)
@case("limit.memcpy.2t", threads=2)
@case("limit.memcpy.fresh", threads=0)
class Copy(Limit):
    """Copies as many bytes as a volume has, into memory that was touched before or was not."""

    def set_up(self):
        import numpy

        self.source = numpy.random.default_rng(1).standard_normal(self.job.info["size"] ** 3, dtype=numpy.float32)
        self.target = numpy.zeros_like(self.source) if self.threads else None
        self.bytes, self.copy = self.source.nbytes, numpy.copyto

    def work(self, _):
        if not self.threads:
            return self.source.copy()
        share = self.source.size // self.threads

        def part(number):
            which = slice(number * share, (number + 1) * share)
            self.copy(self.target[which], self.source[which])

        side_by_side(part, self.threads) if self.threads > 1 else part(0)
        return self.target


@case("limit.file.read")
class ReadFile(Limit):
    """Reads a chunk's file from the page cache into an existing buffer."""

    def set_up(self):
        self.bytes = self.first_chunk().stat().st_size
        self.buffer = memoryview(bytearray(self.bytes))

    def work(self, _):
        with open(self.first_chunk(), "rb", buffering=0) as file:
            done = 0
            while done < self.bytes:
                done += file.readinto(self.buffer[done:])


@case("limit.blosc.chunk.1t", threads=1)
@case("limit.blosc.chunk.2t", threads=2)
class DecodeChunk(Limit):
    """Decodes one chunk per thread."""

    def set_up(self):
        import numpy
        from numcodecs import blosc

        self.encoded, self.blosc = self.first_chunk().read_bytes(), blosc
        blosc.use_threads = False
        blosc.set_nthreads(1)
        self.targets = [numpy.zeros(CHUNK**3, numpy.float32) for _ in range(self.threads)]
        self.bytes = self.threads * self.targets[0].nbytes

    def work(self, _):
        def decode(number):
            self.blosc.decompress(self.encoded, self.targets[number])

        side_by_side(decode, self.threads) if self.threads > 1 else decode(0)

    def note(self, _):
        size, encoded, block = self.blosc.cbuffer_sizes(self.encoded)
        return f"{encoded} of {size} bytes, in blocks of {block}"


@case("limit.blosc.zplane", threads=1)
class DecodePlane(DecodeChunk):
    """Decodes the block that contains one plane."""

    def set_up(self):
        super().set_up()
        self.at = self.job.info["cases"]["z_slice"] % CHUNK * CHUNK**2
        self.bytes = 4 * CHUNK**2

    def work(self, _):
        return self.blosc.decompress_partial(self.encoded, self.at, CHUNK**2)


class Chunks:
    """The chunks of a level: their places in the array, where their bytes are, and how to decode them into an array."""

    def __init__(self, level):
        from numcodecs import blosc

        blosc.use_threads = False
        self.edge, self.decode = CHUNK, blosc.decompress
        if (level / "zarr.json").exists():
            self.sharded(level)
        else:
            files = sorted(each for each in level.glob("*/*/*") if each.name.isdigit())
            self.parts = [(tuple(map(int, file.parts[-3:])), file, 0, file.stat().st_size) for file in files]

    def sharded(self, level):
        """Finds the inner chunks of the only shard by its index, whose last bytes are a checksum."""
        import numcodecs
        import numpy

        inner = json.loads((level / "zarr.json").read_text())["codecs"][0]["configuration"]
        self.edge = inner["chunk_shape"][0]
        if "zstd" in [codec["name"] for codec in inner["codecs"]]:
            shuffle, zstd = numcodecs.Shuffle(4), numcodecs.Zstd()
            self.decode = lambda packed, chunk: shuffle.decode(zstd.decode(packed), chunk)
        shard = level / "0" / "0" / "0"
        side = -(-json.loads((level / "zarr.json").read_text())["shape"][0] // self.edge)
        with open(shard, "rb") as file:
            file.seek(-16 * side**3 - 4, os.SEEK_END)
            index = numpy.frombuffer(file.read(16 * side**3), "<u8").reshape(side, side, side, 2)
        self.parts = [(place, shard, *map(int, index[place])) for place in numpy.ndindex(side, side, side)]

    def read(self, file, offset, length):
        with open(file, "rb", buffering=0) as opened:
            opened.seek(offset)
            return opened.read(length)


@case("limit.read_decode.2t")
class ReadAndDecode(Limit):
    """Reads, decodes and copies every chunk with two Python threads: the minimum work of a reader of whole chunks."""

    def set_up(self):
        import numpy

        self.numpy, self.chunks = numpy, Chunks(self.level0())
        self.size = self.job.info["size"]
        self.bytes = 4 * self.size**3

    def check(self, result):
        return jobs.crc(result)

    def work(self, _):
        volume = self.numpy.empty((self.size,) * 3, self.numpy.float32)
        return self.fill(volume, [self.numpy.empty((self.chunks.edge,) * 3, self.numpy.float32) for _ in range(2)])

    def fill(self, volume, decoded):
        left, edge = iter(self.chunks.parts), self.chunks.edge

        def some(number):
            chunk = decoded[number]
            for place, *where in left:
                self.chunks.decode(self.chunks.read(*where), chunk)
                inside = volume[tuple(slice(at * edge, (at + 1) * edge) for at in place)]
                inside[...] = chunk[tuple(slice(0, length) for length in inside.shape)]

        side_by_side(some)
        return volume


@case("tomo.full.l0")
class DecodeIntoTouchedMemory(ReadAndDecode):
    """Reads, decodes and copies like its base class, into arrays that an earlier repeat has touched."""

    def set_up(self):
        super().set_up()
        self.volume = self.numpy.zeros((self.size,) * 3, self.numpy.float32)
        self.decoded = [self.numpy.zeros((self.chunks.edge,) * 3, self.numpy.float32) for _ in range(2)]

    def work(self, _):
        return self.fill(self.volume, self.decoded)


@case("limit.zstd_shuffle.8m")
class DecodeInnerChunk(Limit):
    """Decodes an inner chunk of 128³ floats that copick 2 encoded."""

    def set_up(self):
        import numcodecs
        import numpy

        values = numpy.random.default_rng(1).standard_normal(128**3, dtype=numpy.float32) + numpy.float32(10)
        shuffle, zstd = numcodecs.Shuffle(4), numcodecs.Zstd(3)
        encoded, target = zstd.encode(shuffle.encode(values)), numpy.zeros_like(values)
        self.decode = lambda: shuffle.decode(zstd.decode(encoded), target)
        self.bytes = values.nbytes

    def work(self, _):
        self.decode()


@case("limit.json.read")
class ReadJson(Limit):
    def set_up(self):
        self.bytes = self.job.length("picks_path")

    def work(self, _):
        return Path(self.job.path("picks_path")).read_bytes()


def client(port):
    import botocore.session
    from botocore.config import Config

    return botocore.session.get_session().create_client(
        "s3", region_name=jobs.REGION, endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id=jobs.KEY,
        aws_secret_access_key=jobs.SECRET, config=Config(max_pool_connections=32, s3={"addressing_style": "path"}))


class Remote(Case):
    """A case with a new client, which has no connection yet."""

    def prepare(self):
        return client(self.job.remote["port"])

    def check(self, result):
        return str(result)


def length(s3, key):
    return len(s3.get_object(Bucket=jobs.BUCKET, Key=key)["Body"].read())


@case("s3.limit.get_chunk")
class GetChunk(Remote):
    def work(self, s3):
        return length(s3, f"{self.job.info['tomogram_path']}/0/0/0/0")

    def bytes_out(self, result):
        return result


@case("s3.limit.list_flat")
class ListFlat(Remote):
    """Lists every key of a project with the fewest possible requests."""

    def work(self, s3):
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=jobs.BUCKET, Prefix=f"{self.job.dataset}/")
        return sum(page["KeyCount"] for page in pages)


@case("s3.limit.get100x32")
class GetMany(Remote):
    """Reads a hundred picks files with 32 concurrent requests, without parsing them."""

    def work(self, s3):
        keys = [f"{self.job.dataset}/ExperimentRuns/TS_{number:04d}/Picks/bench_1_ribosome.json" for number in range(100)]
        with ThreadPoolExecutor(32) as pool:
            return sum(pool.map(lambda key: length(s3, key), keys))


@case("upload")
class Upload(Case):
    """Puts datasets into the object store, bypassing the proxy. Not a measurement."""

    def work(self, _):
        put = self.into_google() if self.job.extra["service"] == "gcs" else self.into_s3()
        for dataset in self.job.extra["datasets"]:
            for folder, _, names in os.walk(self.job.data / dataset):
                for name in names:
                    file = Path(folder, name)
                    put(file.relative_to(self.job.data).as_posix(), file)

    def into_s3(self):
        s3 = client(self.job.extra["port"])
        s3.create_bucket(Bucket=jobs.BUCKET)

        def put(key, file):
            with open(file, "rb") as body:
                s3.put_object(Bucket=jobs.BUCKET, Key=key, Body=body)

        return put

    def into_google(self):
        service = f"http://127.0.0.1:{self.job.extra['port']}"

        def post(address, body, kind):
            asked = urllib.request.Request(service + address, body, {"Content-Type": kind}, method="POST")
            with urllib.request.urlopen(asked) as answer:
                answer.read()

        post(f"/storage/v1/b?project={jobs.BUCKET}", json.dumps({"name": jobs.BUCKET}).encode(), "application/json")
        return lambda key, file: post(f"/upload/storage/v1/b/{jobs.BUCKET}/o?uploadType=media&name={urllib.parse.quote(key, '')}",
                                      file.read_bytes(), "application/octet-stream")

    def check(self, _):
        return None
