"""Cases that list runs, and load and store picks files and meshes."""

import json
import shutil
import tempfile
import time
from pathlib import Path

from job import Case, case
from opening import Target, project, run


class Said(Case):
    """A case whose result is the check that peers must agree on."""

    def set_up(self):
        if self.job.uses("copick"):
            import copick  # noqa: F401

    def check(self, result):
        return result


def listed(root, everything):
    runs = root.runs
    picks = sum(len(each.picks) for each in runs)
    text = f"{len(runs)} runs, {picks} picks"
    if everything:
        tomograms = sum(len(spacing.tomograms) for each in runs for spacing in each.voxel_spacings)
        text += f", {tomograms} tomograms"
    return text


@case("project.list.cold", everything=True)
@case("project.list.warm", everything=True)
@case("s3.list.all.cold", everything=True)
@case("gcs.list.all.cold", everything=True)
@case("s3.list.picks.cold", everything=False)
class Listing(Said):
    def work(self, _):
        return listed(project(self.job), self.everything)


@case("project.list.overlay.cold")
class OverlaidListing(Said):
    """Lists a project with the data as its static root and an empty overlay."""

    def prepare(self):
        return tempfile.mkdtemp(dir=self.job.scratch)

    def work(self, overlay):
        below = self.job.config()["overlay_root"]
        root = project(self.job, static_root=below, static_fs_args={}, overlay_root=f"local://{overlay}")
        return listed(root, True)

    def clean(self, overlay):
        shutil.rmtree(overlay, ignore_errors=True)


@case("s3.runs.cold")
class RunNames(Said):
    def work(self, _):
        return f"{len(project(self.job).runs)} runs"


def ribosomes(of_run):
    return of_run.get_picks(object_name="ribosome")[0]


@case("picks.load100files")
@case("s3.picks.load100files")
@case("gcs.picks.load100files")
class LoadHundred(Said):
    def prepare(self):
        return [ribosomes(each) for each in project(self.job).runs[:100]]

    def work(self, picks):
        return f"{sum(len(each.points) for each in picks)} points"


@case("s3.picks.store1")
class StoreOne(Said):
    def prepare(self):
        picks = ribosomes(project(self.job).get_run("TS_0000"))
        picks.load()
        return picks

    def work(self, picks):
        picks.store()


@case("s3.picks.new1.cold")
class NewOne(Said):
    def set_up(self):
        import copick  # noqa: F401
        import numpy

        self.positions = numpy.arange(60.0).reshape(20, 3)

    def work(self, _):
        session = str(time.time_ns())
        target = project(self.job).get_run("TS_0001")
        target.new_picks(object_name="ribosome", user_id="w", session_id=session).from_numpy(self.positions)


class OfFile(Said):
    """A case with one large file."""

    field = "picks_path"

    def bytes_out(self, _):
        return self.job.length(self.field)

    def picks(self):
        return run(self.job).get_picks(**self.job.info["picks"])[0]


@case("picks.load100k")
class LoadPoints(OfFile):
    def work(self, _):
        if self.job.peer == "json":
            with open(self.job.path("picks_path")) as file:
                return json.load(file)["points"]
        return self.picks().points

    def check(self, points):
        return f"{len(points)} points"


@case("picks.arrays100k")
class LoadArrays(OfFile):
    def work(self, _):
        return self.picks().numpy()

    def check(self, arrays):
        return f"{len(arrays[0])} points"


class Store(OfFile):
    def work(self, target):
        target.entity()
        return target

    def check(self, target):
        return target.size()

    def clean(self, target):
        target.remove()


@case("picks.store100k", arrays=False)
@case("picks.from_arrays100k", arrays=True)
class StorePoints(Store):
    def set_up(self):
        source = self.picks()
        self.source = source.numpy() if self.arrays else source.points

    def prepare(self):
        target = Target(self.job)
        picks = target.root.new_run(self.job.info["run"]).new_picks(**self.job.info["picks"])
        if self.arrays:
            target.entity = lambda: picks.from_numpy(*self.source)
        else:
            picks.points = self.source
            target.entity = picks.store
        return target


@case("mesh.load1m", field="mesh_path")
class LoadMesh(OfFile):
    def work(self, _):
        if self.job.peer == "trimesh":
            return self.load(self.job.path(self.field))
        return run(self.job).get_meshes(**self.job.info["mesh"])[0].mesh

    def set_up(self):
        super().set_up()
        if self.job.peer == "trimesh":
            import trimesh

            self.load = trimesh.load

    def check(self, scene):
        return f"{sum(len(part.faces) for part in scene.geometry.values())} triangles"


@case("mesh.store1m", field="mesh_path")
class StoreMesh(Store):
    def set_up(self):
        import trimesh

        self.scene = trimesh.load(self.job.path(self.field))

    def prepare(self):
        if self.job.peer == "trimesh":
            target = Target.__new__(Target)
            target.folder = Path(tempfile.mkdtemp(dir=self.job.scratch))
            target.entity = lambda: self.scene.export(str(target.folder / "mesh.glb"))
            return target
        target = Target(self.job)
        mesh = target.root.new_run(self.job.info["run"]).new_mesh(**self.job.info["mesh"])
        mesh.mesh = self.scene
        target.entity = mesh.store
        return target
