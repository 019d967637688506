"""Cases that read whole levels, planes and boxes of tomograms and segmentations, and write arrays."""

import shutil
import tempfile
import time
from pathlib import Path

from job import Case, case, crc, crc_number
from opening import ALL, Target, reader, tensorstore_driver

CHUNK, INNER_CHUNK, BOX = (256,) * 3, (128,) * 3, 64


def plane(axis, index):
    return tuple(slice(index, index + 1) if each == axis else ALL for each in "zyx")


@case("tomo.full.l0", level=0)
@case("tomo.full.l2", level=2)
@case("seg.full", level=0, segmentation=True)
class Opened(Case):
    """Reads a whole level of a volume that is already open."""

    segmentation = False

    def set_up(self):
        self.read = reader(self.job, self.segmentation)()

    def work(self, _):
        return self.read(self.level)


@case("s3.full.l0.cold", level=0)
@case("s3.full.l0.first", level=0)
@case("s3.full.l2.cold", level=2)
@case("s3.seg.full.cold", level=0, segmentation=True)
class Unopened(Case):
    """Opens everything and reads; `.first` repeats in one process, `.cold` starts a process for each repeat."""

    segmentation, axis, level = False, None, 0

    def set_up(self):
        self.open = reader(self.job, self.segmentation)

    def work(self, _):
        read = self.open()
        if self.axis is None:
            return read(self.level)
        return read(0, plane(self.axis, self.job.info["cases"][f"{self.axis}_slice"]))


for _axis in "zx":
    for _name in ("tomo.slice.{}.cold", "tomo.slice.{}.first", "s3.slice.{}.cold", "s3.slice.{}.first",
                  "gcs.slice.{}.cold", "gcs.slice.{}.first"):
        case(_name.format(_axis), axis=_axis)(Unopened)
case("seg.slice.z.cold", axis="z", segmentation=True)(Unopened)


class Boxes(Case):
    """Opens a volume and reads boxes one after another; keeps them in the first repeat only, for the check."""

    def set_up(self):
        self.open = reader(self.job)
        self.boxes = list(self.wanted())
        self.kept = []

    def prepare(self):
        return not self.kept

    def work(self, keep):
        read, seconds, size = self.open(), [], 0
        for box in self.boxes:
            begin = time.perf_counter()
            part = read(0, box)
            seconds.append(time.perf_counter() - begin)
            size += part.nbytes
            if keep:
                self.kept.append(part)
            part = None
        return sorted(seconds), size

    def check(self, _):
        value = crc(*self.kept)
        self.kept = [True]
        return value

    def bytes_out(self, result):
        return result[1]

    def note(self, result):
        seconds = result[0]
        return f"per read: median {seconds[len(seconds) // 2] * 1e3:.2f} ms, max {seconds[-1] * 1e3:.2f} ms"


@case("tomo.scroll.z100", count=100)
@case("s3.scroll.z10", count=10)
@case("gcs.scroll.z10", count=10)
class Scroll(Boxes):
    def wanted(self):
        first = self.job.info["cases"]["scroll"]["first"]
        return (plane("z", index) for index in range(first, first + self.count))


@case("tomo.subvol64x50")
class Subvolumes(Boxes):
    def wanted(self):
        for origin in self.job.info["cases"]["subvolume_origins"]:
            yield tuple(slice(start, start + BOX) for start in origin)


@case("large.plane")
@case("large.box")
@case("large.slabs")
class InTurn(Case):
    """Opens a volume and reads boxes one after another; keeps none."""

    def set_up(self):
        self.open = reader(self.job)
        self.boxes = [tuple(slice(first, first + length) for first, length in zip(*box))
                      for box in self.job.info["boxes"][self.job.case]]

    def work(self, _):
        read, value, size = self.open(), 0, 0
        for box in self.boxes:
            part = read(0, box)
            with self.pause():
                value, size = crc_number(part, value), size + part.nbytes
            part = None
        return value, size

    def check(self, result):
        return f"crc32:{result[0]}"

    def bytes_out(self, result):
        return result[1]


class Write(Case):
    segmentation = False

    def set_up(self):
        import zarr

        path = self.job.path("segmentation_path" if self.segmentation else "tomogram_path")
        self.elements = zarr.open_array(f"{path}/0", mode="r")[:]

    def bytes_out(self, _):
        return self.elements.nbytes


@case("tomo.write.l3", levels=3)
@case("seg.write", levels=1, segmentation=True)
class WriteVolume(Write):
    """Writes an array in memory as a volume of a new project."""

    def prepare(self):
        info, target = self.job.info, Target(self.job)
        run = target.root.new_run("w")
        if self.segmentation:
            target.entity = run.new_segmentation(voxel_size=info["voxel_size"], **info["segmentation"])
        else:
            target.entity = run.new_voxel_spacing(info["voxel_size"]).new_tomogram(info["tomo_type"])
        return target

    def work(self, target):
        target.entity.from_numpy(self.elements, levels=self.levels)
        return target

    def check(self, target):
        return target.size()

    def clean(self, target):
        target.remove()


@case("tomo.write.l0")
class WriteArray(Write):
    """Writes one array with the chunks and codec of the dataset, with the array library only."""

    def set_up(self):
        super().set_up()
        writers = {"zarr-2": self.zarr2, "zarr-3": self.zarr3, "tensorstore": self.tensorstore}
        self.write = writers[self.job.peer]

    def prepare(self):
        return Path(tempfile.mkdtemp(dir=self.job.scratch))

    def work(self, folder):
        self.write(str(folder / "0"))
        return folder

    def check(self, folder):
        return f"bytes:{sum(each.stat().st_size for each in folder.rglob('*') if each.is_file())}"

    def clean(self, folder):
        shutil.rmtree(folder)

    def zarr2(self, path):
        import zarr
        from numcodecs import Blosc

        array = zarr.open_array(path, mode="w", shape=self.elements.shape, chunks=CHUNK, dtype="<f4",
                                dimension_separator="/", compressor=Blosc("lz4", clevel=5, shuffle=Blosc.SHUFFLE))
        array[:] = self.elements

    def zarr3(self, path):
        import zarr
        from zarr.codecs import BloscCodec

        blosc = BloscCodec(cname="zstd", clevel=3, shuffle="shuffle", typesize=4)
        zarr.create_array(path, data=self.elements, shards=self.elements.shape, chunks=INNER_CHUNK, compressors=blosc)

    def tensorstore(self, path):
        import tensorstore

        shape, driver = list(self.elements.shape), tensorstore_driver(self.job)
        spec = {"driver": driver, "kvstore": {"driver": "file", "path": path + "/", "file_io_sync": False}}
        if driver == "zarr":
            spec["metadata"] = {
                "shape": shape, "dtype": "<f4", "chunks": list(CHUNK), "dimension_separator": "/",
                "compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0}}
        else:
            plain = {"name": "bytes", "configuration": {"endian": "little"}}
            blosc = {"name": "blosc", "configuration": {"cname": "zstd", "clevel": 3, "shuffle": "shuffle",
                                                        "typesize": 4, "blocksize": 0}}
            shard = {"chunk_shape": list(INNER_CHUNK), "codecs": [plain, blosc],
                     "index_codecs": [plain, {"name": "crc32c"}], "index_location": "end"}
            spec["metadata"] = {
                "shape": shape, "data_type": "float32",
                "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": shape}},
                "codecs": [{"name": "sharding_indexed", "configuration": shard}]}
        tensorstore.open(spec, create=True).result().write(self.elements).result()
