"""Write sample.zip, the project that `copick demo` unpacks: phantom tomograms, stored by Python copick.

The tomograms are simulated: densities of ribosomes, proteasomes, a microtubule and vesicles, seen through a
contrast transfer function and a missing wedge, with noise. Annotations follow from the same poses, so picks lie on
their particles and the membrane segmentation covers the membrane.

Needs copick 1.31 with its dependencies, among them numpy and scipy. From the root of the repository:

    "$(interop/tools copick-1)/bin/python" copick-cli/src/sample/make_sample.py \\
        copick-cli/src/main/resources/org/copick/cli/project/sample.zip

With the same versions of these packages the archive is the same byte for byte. Lengths are in Å, arrays in z, y, x
order, points in x, y, z order. A point is the centre of the voxel whose index is the point divided by the voxel size.
"""

import argparse
import io
import json
import pathlib
import tempfile
import zipfile
import zlib

import copick
import numcodecs.blosc
import numpy as np
import trimesh
from copick.models import PickableObject
from copick.util.ome import write_ome_zarr_3d
from scipy import ndimage
from scipy.spatial.transform import Rotation
from skimage.measure import marching_cubes

SEED = 20
VOXEL = 10.0

# Voxels simulated around a volume, so that the filters do not carry densities from one face to the opposite one.
MARGIN = 16

# Largest tilt of the stage, about y; Fourier coefficients beyond it are not measured.
TILT = 60.0

# Grey values are whole numbers from 128 to 255, as in a tomogram of bytes: as float32 these differ in seven bits only,
# so a voxel takes less than a byte of the archive. Their standard deviation and mean:
CONTRAST = 13
MEAN = 192

# Half the distance between the two layers of head groups, and their thickness as a Gaussian's sigma.
LEAFLET = 20.0
HEADS = 7.0

# Half the thickness that the membrane segmentation covers.
HALF_MEMBRANE = 30.0

# The tube of a microtubule: radius of its wall's middle and how many protofilaments.
TUBE = 112.0
PROTOFILAMENTS = 13
TUBULIN = 40.0

# Voxels along each axis of a density map.
MAP_SIZE = 40

OBJECTS = [
    dict(name="proteasome", is_particle=True, label=1, color=(255, 94, 58, 255), emdb_id="3228", pdb_id="3J9I",
         identifier="GO:0000502", map_threshold=0.4, radius=80.0),
    dict(name="ribosome", is_particle=True, label=2, color=(88, 214, 141, 255), identifier="GO:0022626",
         map_threshold=0.4, radius=140.0),
    dict(name="membrane", is_particle=False, label=3, color=(64, 156, 255, 255), identifier="GO:0016020"),
    dict(name="microtubule", is_particle=True, label=7, color=(255, 200, 60, 255), identifier="GO:0005874",
         radius=125.0,
         metadata={"copick": {"filament": {"polar": True, "helical_rise_a": 9.2, "helical_twist_deg": -27.7}}}),
]


def generator(name):
    """A random generator that depends on the seed and the name only."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


# ---- Densities: sums of Gaussians, as centres, widths and heights in the frame of the particle ----------------------


def ribosome_model():
    """Two subunits of irregular outline, with the gap between them that tells a ribosome's orientation."""
    rng = generator("ribosome")
    large = ball(rng, 220) * (112, 100, 92) + (18, 0, 0)
    large = large[large[:, 0] > -38]
    small = ball(rng, 72) * (42, 92, 58) + (-86, 10, 8)
    stalks = np.array([[60, 105, 20], [68, 122, 22], [40, -108, -30], [30, -122, -38], [-90, 108, 20]])
    centres = np.concatenate([large, small, stalks])
    widths = rng.uniform(14, 20, len(centres))
    heights = rng.uniform(0.5, 1.0, len(centres))
    return centres - np.average(centres, axis=0, weights=heights * widths**3), widths, heights


def proteasome_model():
    """Four rings of seven subunits around a channel along z, 150 Å long and 110 Å wide."""
    centres = []
    for z, turn in ((-60, 0.0), (-20, 0.5), (20, 0.5), (60, 0.0)):
        angles = 2 * np.pi * (np.arange(7) + turn) / 7
        centres.append(np.stack([40 * np.cos(angles), 40 * np.sin(angles), np.full(7, z)], axis=1))
    centres = np.concatenate(centres)
    return centres, np.full(len(centres), 13.0), np.full(len(centres), 1.0)


def ball(rng, count):
    """Points in the unit ball, kept apart so that they fill it evenly."""
    points = []
    while len(points) < count:
        point = rng.uniform(-1, 1, 3)
        if np.linalg.norm(point) <= 1 and all(np.linalg.norm(point - other) > 0.2 for other in points):
            points.append(point)
    return np.array(points)


def scaled(model, peak):
    """The model with heights such that its density map has this maximum."""
    centres, widths, heights = model
    return centres, widths, heights * peak / density_map(model).max()


def density_map(model):
    """The density of a model in its own frame, in the middle of a box."""
    volume = np.zeros((MAP_SIZE,) * 3)
    add(volume, model, np.full(3, MAP_SIZE // 2 * VOXEL), np.eye(3))
    return volume


def add(volume, model, position, rotation, offset=0):
    """Adds the density of a model, turned and then moved, to a volume that begins ``offset`` voxels before 0 Å."""
    centres, widths, heights = model
    for centre, width, height in zip(centres @ rotation.T + position, widths, heights):
        middle = centre[::-1] / VOXEL + offset
        low = np.maximum(np.floor(middle - 3.5 * width / VOXEL).astype(int), 0)
        high = np.minimum(np.ceil(middle + 3.5 * width / VOXEL).astype(int) + 1, volume.shape)
        if (low < high).all():
            bells = [np.exp(-0.5 * ((np.arange(a, b) - m) * VOXEL / width) ** 2) for a, b, m in zip(low, high, middle)]
            box = tuple(slice(a, b) for a, b in zip(low, high))
            volume[box] += height * bells[0][:, None, None] * bells[1][:, None] * bells[2]


# RNA is denser than protein.
MODELS = {"ribosome": scaled(ribosome_model(), 1.35), "proteasome": scaled(proteasome_model(), 1.0)}

# Distance from a particle's centre to which nothing else may come.
REACH = {"ribosome": 132.0, "proteasome": 85.0}


# ---- What is where ---------------------------------------------------------------------------------------------------


class Vesicle:
    """A closed membrane: an ellipsoid with dents."""

    def __init__(self, centre, axes, dents):
        self.centre = np.array(centre, dtype=float)
        self.axes = np.array(axes, dtype=float)
        rng = generator(f"vesicle {centre}")
        self.waves = [(rng.normal(size=3) * 2.2, rng.uniform(0, 2 * np.pi)) for _ in range(4)]
        self.dents = dents

    def distances(self, points):
        """Signed distances to the middle of the membrane, negative inside, to first order."""
        scaled_points = (points - self.centre) / self.axes
        length = np.linalg.norm(scaled_points, axis=-1) + 1e-9
        direction = scaled_points / length[..., None]
        bumps = sum(np.sin(direction @ wave + phase) for wave, phase in self.waves) / len(self.waves)
        beyond = length - 1 - self.dents * bumps
        slope = np.linalg.norm(direction / self.axes, axis=-1)
        return beyond / slope


class Scene:
    """The contents of one run's volume."""

    def __init__(self, name, shape, vesicles=(), tubes=()):
        self.name = name
        self.shape = shape
        self.size = np.array(shape[::-1]) * VOXEL
        self.vesicles = list(vesicles)
        self.tubes = [catmull_rom(np.array(tube, dtype=float)) for tube in tubes]
        self.controls = [np.array(tube, dtype=float) for tube in tubes]
        self.particles = {"ribosome": [], "proteasome": []}
        self.rng = generator(f"scene {name}")

    def place(self, kind, count, inside=None, near_middle=None):
        """Places particles at random in free space: inside the vesicles, outside them, or anywhere for None."""
        for _ in range(20_000):
            if count == 0:
                return
            edge = REACH[kind] * 0.8
            position = self.rng.uniform(edge, self.size - VOXEL - edge)
            if near_middle is not None:
                position[2] = self.size[2] / 2 + self.rng.uniform(-near_middle, near_middle)
            if self.is_free(position, REACH[kind], inside):
                rotation = Rotation.random(random_state=int(self.rng.integers(2**31))).as_matrix()
                self.particles[kind].append((np.round(position, 2), rotation))
                count -= 1
        raise SystemExit(f"{self.name}: no room for {count} more particles of {kind}")

    def is_free(self, position, reach, inside):
        """Whether nothing else is within ``reach``, on the wanted side of the membranes."""
        for vesicle in self.vesicles:
            if abs(vesicle.distances(position)) < reach + 20:
                return False
        within = any(vesicle.distances(position) < 0 for vesicle in self.vesicles)
        if inside is not None and within != inside:
            return False
        for tube in self.tubes:
            if np.linalg.norm(tube - position, axis=1).min() < reach + TUBE + 20:
                return False
        return all(
            np.linalg.norm(position - other) > reach + REACH[kind]
            for kind, found in self.particles.items() for other, _ in found
        )

    def membrane_distances(self, margin):
        """For every voxel, the signed distance to the nearest membrane."""
        axes = [(np.arange(-margin, n + margin)) * VOXEL for n in self.shape]
        z, y, x = np.meshgrid(*axes, indexing="ij")
        points = np.stack([x, y, z], axis=-1)
        distances = np.full(points.shape[:3], 1e6)
        for vesicle in self.vesicles:
            found = vesicle.distances(points)
            distances = np.where(abs(found) < abs(distances), found, distances)
        return distances

    def density(self):
        """The density with its margin; protein has about 1, water 0."""
        padded = [n + 2 * MARGIN for n in self.shape]
        volume = np.zeros(padded)
        for kind, particles in self.particles.items():
            for position, rotation in particles:
                add(volume, MODELS[kind], position, rotation, MARGIN)
        for tube in self.tubes:
            add_tube(volume, tube)
        if self.vesicles:
            far = self.membrane_distances(MARGIN)
            volume += 0.5 * (np.exp(-0.5 * ((far - LEAFLET) / HEADS) ** 2)
                             + np.exp(-0.5 * ((far + LEAFLET) / HEADS) ** 2))
            volume -= 0.1 * np.exp(-0.5 * (far / 8.0) ** 2)
        crowd = generator(f"crowd {self.name}").normal(size=padded)
        crowd = ndimage.gaussian_filter(crowd, 1.4)
        return volume + 0.10 * crowd / crowd.std()

    def labels(self):
        """The volume with the label of the object in each voxel; membrane below particles."""
        labels = np.zeros(self.shape, dtype=np.uint8)
        of = {item["name"]: item["label"] for item in OBJECTS}
        if self.vesicles:
            labels[abs(self.membrane_distances(0)) <= HALF_MEMBRANE] = of["membrane"]
        volume = np.zeros([n + 2 * MARGIN for n in self.shape])
        for tube in self.tubes:
            add_tube(volume, tube)
        labels[inner(volume) > 0.35] = of["microtubule"]
        for kind, particles in self.particles.items():
            volume[:] = 0
            for position, rotation in particles:
                add(volume, MODELS[kind], position, rotation, MARGIN)
            labels[ndimage.gaussian_filter(inner(volume), 1) > 0.3] = of[kind]
        return labels


def inner(volume):
    """The volume without its margin."""
    return volume[(slice(MARGIN, -MARGIN),) * 3]


def add_tube(volume, line):
    """A microtubule: tubulin along protofilaments around the centreline, a little higher in each one."""
    step = np.linalg.norm(np.diff(line, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(step)])
    frames_at = frames(line)
    model = (np.zeros((1, 3)), np.array([15.0]), np.array([1.0]))
    for number in range(PROTOFILAMENTS):
        angle = 2 * np.pi * number / PROTOFILAMENTS
        for length in np.arange(9.2 * number % TUBULIN, along[-1], TUBULIN):
            at = int(np.searchsorted(along, length))
            frame = frames_at[min(at, len(line) - 1)]
            centre = line[min(at, len(line) - 1)] + frame @ (TUBE * np.cos(angle), TUBE * np.sin(angle), 0)
            add(volume, model, centre, np.eye(3), MARGIN)


def catmull_rom(controls, step=2.0):
    """A smooth line through control points, with a point every ``step`` Å or closer."""
    ends = np.concatenate([[2 * controls[0] - controls[1]], controls, [2 * controls[-1] - controls[-2]]])
    pieces = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:]):
        t = np.linspace(0, 1, max(2, int(np.linalg.norm(c - b) / step)), endpoint=False)[:, None]
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                             + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate([*pieces, controls[-1:]])


def frames(line):
    """For each point of a line, a rotation whose third column is the tangent."""
    tangents = np.gradient(line, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    side = np.cross([0.0, 0.0, 1.0], tangents)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    return np.stack([side, np.cross(tangents, side), tangents], axis=-1)


# ---- The microscope --------------------------------------------------------------------------------------------------


def frequencies(shape):
    """kz, ky, kx in 1/Å, for numpy's real Fourier transform."""
    kz, ky = (np.fft.fftfreq(n, VOXEL) for n in shape[:2])
    return kz[:, None, None], ky[None, :, None], np.fft.rfftfreq(shape[2], VOXEL)[None, None, :]


def wedge(shape, tilt=TILT):
    """1 where a tilt series about y measures, with a soft edge."""
    kz, _, kx = frequencies(shape)
    beyond = abs(kz) - np.tan(np.radians(tilt)) * abs(kx)
    soft = 1.0 / (shape[0] * VOXEL)
    return np.clip(0.5 - beyond / soft, 0, 1)


def band(shape, low, high):
    """A band of frequencies: detail coarser than ``low`` Å is damped and finer than ``high`` Å is cut."""
    kz, ky, kx = frequencies(shape)
    k = np.sqrt(kz**2 + ky**2 + kx**2)
    return (1 - 0.85 * np.exp(-((k * low) ** 2))) * np.exp(-((k * high) ** 2))


def transfer(shape, defocus, amplitude):
    """A contrast transfer function at 300 kV, with its sign flipped to positive up to the first zero."""
    kz, ky, kx = frequencies(shape)
    k2 = kz**2 + ky**2 + kx**2
    wavelength = 0.0197
    return np.sin(np.pi * wavelength * defocus * k2 + amplitude) * np.exp(-k2 * 14.0**2)


def filtered(volume, transform):
    """The volume with its Fourier coefficients multiplied by ``transform``."""
    return np.fft.irfftn(np.fft.rfftn(volume) * transform, volume.shape, axes=(0, 1, 2))


def image(scene, name, noise, low, high, tilt=TILT):
    """A tomogram of the scene. Particles are dark; values are grey values, see ``quantised``."""
    density = scene.density()
    shape = density.shape
    seen = wedge(shape, tilt)
    signal = filtered(-density, seen * band(shape, low, high) * abs(transfer(shape, 22_000, 0.8)))
    grain = generator(f"noise {scene.name} {name}").normal(size=shape)
    grain = filtered(grain, seen * band(shape, low * 0.7, high * 0.8))
    volume = inner(signal) / inner(signal).std() + noise * inner(grain) / inner(grain).std()
    return quantised(volume)


def quantised(volume):
    """The volume as grey values."""
    volume = (volume - volume.mean()) / volume.std()
    return np.clip(np.round(MEAN + CONTRAST * volume), 128, 255).astype(np.float32)


def halved(volume):
    """The mean of each 2 × 2 × 2 voxels."""
    z, y, x = (n // 2 for n in volume.shape)
    return quantised(volume.reshape(z, 2, y, 2, x, 2).mean(axis=(1, 3, 5)))


def edges(volume):
    """The length of the Sobel gradient."""
    return quantised(np.sqrt(sum(ndimage.sobel(volume, axis) ** 2.0 for axis in range(3))))


# ---- The project -----------------------------------------------------------------------------------------------------


def scenes():
    """The contents of TS_001, TS_002 and TS_003."""
    first = Scene(
        "TS_001", (56, 192, 192),
        vesicles=[Vesicle((740, 1020, 278), (480, 430, 225), 0.2), Vesicle((1600, 1590, 275), (205, 190, 150), 0.15)],
        tubes=[[(-200, 470, 330), (300, 330, 300), (900, 205, 280), (1500, 190, 270), (2150, 320, 245)]],
    )
    first.place("proteasome", 4, inside=True, near_middle=25)
    first.place("ribosome", 2, inside=True, near_middle=50)
    first.place("ribosome", 9, inside=False, near_middle=60)
    first.place("proteasome", 6, inside=False, near_middle=25)
    first.place("ribosome", 2, inside=False)
    first.place("proteasome", 8, inside=False)

    second = Scene("TS_002", (32, 112, 112), vesicles=[Vesicle((400, 700, 156), (280, 250, 130), 0.15)])
    second.place("ribosome", 6, inside=False)
    second.place("proteasome", 6)

    third = Scene("TS_003", (32, 80, 80))
    third.place("ribosome", 4)
    return first, second, third


def points(particles):
    """Positions, and transforms that turn the density map into the particle."""
    transforms = np.tile(np.eye(4), (len(particles), 1, 1))
    for transform, (_, rotation) in zip(transforms, particles):
        transform[:3, :3] = np.round(rotation, 6)
    return np.array([position for position, _ in particles]), transforms


class Project:
    """The project, written through Python copick's API into a folder."""

    def __init__(self, folder):
        self.root = copick.from_string(json.dumps({
            "config_type": "filesystem", "name": "sample", "description": "", "version": copick.__version__,
            "pickable_objects": [PickableObject(**item).model_dump() for item in OBJECTS],
            "overlay_root": f"local://{folder}", "overlay_fs_args": {"auto_mkdir": True},
        }))

    def write(self):
        for kind, model in MODELS.items():
            self.root.get_object(kind).from_numpy(np.round(density_map(model) * 64) / 64, VOXEL)
        first, second, third = scenes()
        self.first(first)
        self.second(second)
        self.third(third)
        self.root.new_run("empty_run")

    def first(self, scene):
        run = self.root.new_run(scene.name)
        spacing = run.new_voxel_spacing(VOXEL)
        spacing.new_tomogram("wbp").from_numpy(image(scene, "wbp", 1.15, 400, 17), levels=3)
        denoised = image(scene, "denoised", 0.35, 600, 20)
        spacing.new_tomogram("denoised").from_numpy(denoised, levels=3)
        binned = halved(denoised)
        tomogram = run.new_voxel_spacing(2 * VOXEL).new_tomogram("denoised")
        tomogram.from_numpy(binned, levels=2)
        write_ome_zarr_3d(tomogram.new_features("sobel").zarr(), {2 * VOXEL: edges(binned)})

        for kind in ("ribosome", "proteasome"):
            self.matches(run, kind, scene.particles[kind])
            self.by_hand(run, kind, scene.particles[kind], "alice", skipped=1, spread=8)
            self.by_hand(run, kind, scene.particles[kind], "bob", skipped=3, spread=14)
        self.refined(run, "ribosome", scene.particles["ribosome"])

        labels = scene.labels()
        membrane = abs(scene.membrane_distances(0)) <= HALF_MEMBRANE
        run.new_segmentation(VOXEL, "membrane", "0", is_multilabel=False, user_id="membrain").from_numpy(
            membrane.astype(np.uint8))
        run.new_segmentation(VOXEL, "painting", "1", is_multilabel=True, user_id="alice").from_numpy(labels)
        self.surface(run, scene)
        self.lines(run, scene)

    def second(self, scene):
        run = self.root.new_run(scene.name)
        spacing = run.new_voxel_spacing(VOXEL)
        wbp = image(scene, "wbp", 1.15, 400, 17)
        spacing.new_tomogram("wbp").from_numpy(wbp, levels=3)
        run.new_voxel_spacing(2 * VOXEL).new_tomogram("wbp").from_numpy(halved(wbp), levels=1)
        self.matches(run, "ribosome", scene.particles["ribosome"])
        run.new_segmentation(VOXEL, "all-classes", "0", is_multilabel=True, user_id="deepfinder").from_numpy(
            scene.labels(), levels=3)

    def third(self, scene):
        run = self.root.new_run(scene.name)
        isonet = image(scene, "isonet2.0", 0.3, 600, 20, tilt=80)
        run.new_voxel_spacing(VOXEL).new_tomogram("isonet2.0").from_numpy(isonet, levels=2)
        self.refined(run, "ribosome", scene.particles["ribosome"])

    def matches(self, run, kind, particles):
        """Template matching: every particle, with orientation and score."""
        positions, transforms = points(particles)
        picks = run.new_picks(kind, "0", "gapstop")
        picks.meta.voxel_spacing = VOXEL
        scores = generator(f"scores {run.name} {kind}").uniform(0.18, 0.36, len(particles))
        picks.from_numpy(positions, transforms, scores=np.round(np.sort(scores)[::-1], 4))

    def refined(self, run, kind, particles):
        """Refinement: the nearest voxel as location, and the rest of the way as shift."""
        positions, transforms = points(particles)
        whole = np.round(positions / VOXEL) * VOXEL
        transforms[:, :3, 3] = np.round(positions - whole, 2)
        picks = run.new_picks(kind, "0", "relion-5.0")
        picks.meta.voxel_spacing = VOXEL
        picks.from_numpy(whole, transforms)

    def by_hand(self, run, kind, particles, user, skipped, spread):
        """A person's clicks: close to most particles, without orientations."""
        rng = generator(f"{user} {run.name} {kind}")
        positions, _ = points(particles)
        chosen = np.sort(rng.permutation(len(positions))[skipped:])
        clicked = np.round(positions[chosen] + rng.normal(scale=spread, size=(len(chosen), 3)), 1)
        run.new_picks(kind, "1", user).from_numpy(clicked)

    def surface(self, run, scene):
        """The middle of the membrane as closed surfaces."""
        step = 32.0
        margin = 3
        axes = [np.arange(-margin * step, size + margin * step, step) for size in scene.size]
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
        distances = np.min([vesicle.distances(grid) for vesicle in scene.vesicles], axis=0)
        vertices, faces, _, _ = marching_cubes(distances, 0.0, spacing=(step,) * 3)
        shape = trimesh.Trimesh(np.round(vertices - margin * step, 2), faces)
        shape.fix_normals()
        if not shape.is_watertight:  # two vertices of the rounded surface coincide
            raise SystemExit("the membrane's mesh has a hole; choose another step")
        mesh = run.new_mesh("membrane", "0", "membrain")
        mesh.mesh = shape
        mesh.store()

    def lines(self, run, scene):
        """The microtubule inside the volume: as a centreline with its control points, and as oriented picks."""
        traced, positions, transforms, numbers = [], [], [], []
        for number, line in enumerate(scene.tubes, start=1):
            within = ((line >= 0) & (line <= scene.size - VOXEL)).all(axis=1)
            line, turned = line[within], frames(line)[within]
            every = np.linspace(0, len(line) - 1, 9).round().astype(int)
            traced.append(np.round(line[every], 2))
            along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
            chosen = np.searchsorted(along, np.arange(TUBULIN, along[-1] - TUBULIN, 2 * TUBULIN))
            positions.append(np.round(line[chosen], 2))
            for rotation in turned[chosen]:
                transforms.append(np.eye(4))
                transforms[-1][:3, :3] = np.round(rotation, 6)
            numbers += [number] * len(chosen)
        run.new_filaments("microtubule", "0", "curation").from_control_points(
            traced, step=4 * VOXEL, voxel_spacing=VOXEL, polarity_known=[True] * len(traced),
            radii=[125.0] * len(traced))
        picks = run.new_picks("microtubule", "0", "curation")
        picks.meta.voxel_spacing = VOXEL
        picks.from_numpy(np.concatenate(positions), np.array(transforms), instance_ids=np.array(numbers))


def archive(folder, target):
    """Packs the project with fixed dates and modes, sorted by name."""
    objects = json.dumps({"pickable_objects": [PickableObject(**item).model_dump() for item in OBJECTS]}, indent=1)
    entries = {"objects.json": objects.encode()}
    for file in folder.rglob("*"):
        if file.is_file():
            entries[f"static/{file.relative_to(folder).as_posix()}"] = file.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            out.writestr(info, entries[name], compresslevel=9)
    target.write_bytes(packed.getvalue())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=pathlib.Path, help="archive to write, replaced if it exists")
    target = parser.parse_args().target
    numcodecs.blosc.set_nthreads(1)  # several threads store blocks in the order in which they finish
    with tempfile.TemporaryDirectory() as folder:
        Project(folder).write()
        archive(pathlib.Path(folder), target)
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
