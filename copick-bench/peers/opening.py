"""Opens a project or an array of the data for each peer, on disk or behind the proxy."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import job as jobs

ALL = slice(None)
CACHE = 512 << 20


def project(job, **changes):
    """Opens the project of the job's dataset, with changes to its configuration."""
    import copick

    if job.on_google():
        changes = {"overlay_root": f"gs://{jobs.BUCKET}/{job.dataset}", "overlay_fs_args": {
            "token": "anon", "project": jobs.BUCKET, "endpoint_url": job.endpoint()}}
    elif job.remote:
        changes = {"overlay_root": f"s3://{jobs.BUCKET}/{job.dataset}", "overlay_fs_args": {
            "key": jobs.KEY, "secret": jobs.SECRET, "endpoint_url": job.endpoint(),
            "client_kwargs": {"region_name": jobs.REGION}}}
    if not changes:
        return copick.from_file(job.path("config"))
    return copick.from_string(json.dumps({**job.config(), **changes}))


def run(job):
    return project(job).get_run(job.info["run"])


class Target:
    """A new project in the scratch folder."""

    def __init__(self, job):
        self.folder = Path(tempfile.mkdtemp(dir=job.scratch))
        self.root = project(job, overlay_root=f"local://{self.folder}")
        self.entity = None

    def size(self):
        return f"bytes:{sum(each.stat().st_size for each in self.folder.rglob('*') if each.is_file())}"

    def remove(self):
        shutil.rmtree(self.folder)


def reader(job, segmentation=False):
    """Imports the peer's libraries and returns a function that opens a volume and returns read(level, box)."""
    field = "segmentation_path" if segmentation else "tomogram_path"
    if job.uses("copick"):
        return copick_reader(job, segmentation)
    if job.uses("zarr") or job.peer == "zarrs":
        return zarr_reader(job, field)
    if job.uses("tensorstore"):
        return tensorstore_reader(job, field)
    raise ValueError(f"{job.peer} reads no arrays")


def copick_reader(job, segmentation):
    import copick  # noqa: F401

    def find():
        here = run(job)
        if segmentation:
            volume = here.get_segmentations(**job.info["segmentation"])[0]
        else:
            volume = here.get_voxel_spacing(job.info["voxel_size"]).get_tomograms(job.info["tomo_type"])[0]
        return lambda level, box=(ALL,) * 3: volume.numpy(zarr_group=str(level), **dict(zip("zyx", box)))

    return find


def levels(open_level):
    """Returns read(level, box) over arrays that are opened on their first read."""
    opened = {}

    def read(level, box=(ALL,) * 3):
        if level not in opened:
            opened[level] = open_level(level)
        return opened[level](box)

    return read


def zarr_reader(job, field):
    import zarr

    if job.peer == "zarrs":
        import zarrs  # noqa: F401

        zarr.config.set({"codec_pipeline.path": "zarrs.ZarrsCodecPipeline"})

    def open_level(level):
        path = f"{job.path(field)}/{level}"
        if job.peer == "zarr-2-partial":
            store = zarr.storage.FSStore(path, mode="r", dimension_separator="/")
            return zarr.Array(store, read_only=True, partial_decompress=True).__getitem__
        return zarr.open_array(path, mode="r").__getitem__

    return lambda: levels(open_level)


def tensorstore_driver(job):
    return "zarr" if job.dataset.startswith("v2") else "zarr3"


def own(array, part):
    """Copies data read from a single chunk, since a view would keep the whole decoded chunk in memory."""
    chunk = array.chunk_layout.read_chunk.shape
    in_one_chunk = all(length <= edge for length, edge in zip(part.shape, chunk))
    return part.copy() if in_one_chunk and part.size < array.size else part


def tensorstore_reader(job, field):
    import tensorstore

    def place(level):
        if not job.remote:
            return {"driver": "file", "path": f"{job.path(field)}/{level}/"}
        if job.on_google():
            os.environ.update(TENSORSTORE_GCS_HTTP_URL=job.endpoint(), GOOGLE_AUTH_TOKEN_FOR_TESTING="none")
            return {"driver": "gcs", "bucket": jobs.BUCKET, "path": f"{job.info[field]}/{level}/"}
        os.environ.update(AWS_ACCESS_KEY_ID=jobs.KEY, AWS_SECRET_ACCESS_KEY=jobs.SECRET)
        return {"driver": "s3", "bucket": jobs.BUCKET, "path": f"{job.info[field]}/{level}/",
                "endpoint": job.endpoint(), "aws_region": jobs.REGION, "aws_credentials": {"type": "environment"}}

    def open_all():
        pool = CACHE if job.peer.endswith("-cache") else 0
        context = tensorstore.Context({"cache_pool": {"total_bytes_limit": pool}})

        def open_level(level):
            spec = {"driver": tensorstore_driver(job), "kvstore": place(level)}
            array = tensorstore.open(spec, context=context, open=True, read=True).result()
            return lambda box: own(array, array[box].read().result())

        return levels(open_level)

    return open_all
