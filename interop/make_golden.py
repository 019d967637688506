#!/usr/bin/env python3
"""Write the golden corpora with Python copick and zarr-python, and the manifests that say what Python reads back.

Under copick 1.x (zarr-python 2) this writes OUT/v1 and OUT/zarr2; under copick 2.x (zarr-python 3) OUT/v2 and
OUT/zarr3. Existing corpora of those names are replaced.

    make_golden.py --out DIR --seed 20 --profile public

The public profile is a fixed list of cases, the hidden profile draws its cases from the seed. `check_project.py`
describes and compares such manifests.
"""

import argparse
import json
import logging
import os
import random
import shutil
import sys
import warnings
import zlib

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import check_project  # noqa: E402

import copick  # noqa: E402
import zarr  # noqa: E402
from copick.models import CopickFilamentCurve, CopickLocation, CopickPoint, PickableObject  # noqa: E402

MODERN = int(zarr.__version__.split(".")[0]) >= 3
INTEGERS = ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8")
FLOATS = ("f2", "f4", "f8")


# --------------------------------------------------------------------------------------------------------------------
# Values
# --------------------------------------------------------------------------------------------------------------------


def generator(seed, name):
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def density(seed, name, shape, dtype="f4"):
    """A smooth signal with a little quantised noise, so that it compresses but is nowhere constant. Large arrays get
    less noise, to keep the corpora small."""
    rng = generator(seed, name)
    signal = np.zeros(shape)
    for axis, size in enumerate(shape):
        wave = np.sin(np.arange(size) / rng.uniform(2.0, 6.0) + rng.uniform(0, 6.28))
        signal = signal + wave.reshape([-1 if i == axis else 1 for i in range(len(shape))])
    if signal.size < 200_000:
        noisy = np.round(signal * 32 + rng.integers(-8, 9, size=shape)) / 32
    else:
        noisy = np.round(signal * 4 + (rng.random(size=shape) < 0.02)) / 4
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return noisy > 0
    if dtype.kind == "f":
        return noisy.astype(dtype)
    return np.clip(np.round(noisy * 20) + (0 if dtype.kind == "i" else 100), *limits(dtype)).astype(dtype)


def limits(dtype):
    info = np.iinfo(dtype)
    return max(info.min, -(2**40)), min(info.max, 2**40)


def extremes(array):
    """Put the largest and smallest values of the type (and, for floats, NaN, infinities and -0) at its ends."""
    flat, dtype = array.reshape(-1), array.dtype
    if dtype.kind in "iu":
        special = [np.iinfo(dtype).min, np.iinfo(dtype).max]
    elif dtype.kind == "f":
        info = np.finfo(dtype)
        special = [np.nan, np.inf, -np.inf, -0.0, info.max, info.tiny, info.smallest_subnormal]
    else:
        special = []
    special = special[: flat.size]
    flat[: len(special)] = np.array(special, dtype=dtype) if special else flat[:0]
    return array


def blobs(seed, name, shape, values, background=0):
    """A label volume: one ball per value, so every value is present wherever the volume is large enough."""
    rng = generator(seed, name)
    volume = np.full(shape, background, dtype=np.int64)
    z, y, x = np.ogrid[tuple(slice(0, n) for n in shape)]
    for value in values:
        centre = [rng.uniform(0.15, 0.85) * n for n in shape]
        radius = rng.uniform(0.1, 0.2) * min(shape)
        volume[(z - centre[0]) ** 2 + (y - centre[1]) ** 2 + (x - centre[2]) ** 2 <= radius**2] = value
    return volume


def rotations(rng, count):
    """``count`` rigid transforms with a refinement shift of a few Angstrom."""
    transforms = np.tile(np.eye(4), (count, 1, 1))
    for transform in transforms:
        q, r = np.linalg.qr(rng.normal(size=(3, 3)))
        q = q * np.sign(np.diag(r))
        if np.linalg.det(q) < 0:
            q[:, 0] = -q[:, 0]
        transform[:3, :3] = q
        transform[:3, 3] = rng.normal(scale=3.0, size=3)
    return transforms


def along(points):
    """Transforms whose +Z axis is the local tangent of an ordered line of points."""
    tangents = np.gradient(points, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    transforms = np.tile(np.eye(4), (len(points), 1, 1))
    for transform, tangent in zip(transforms, tangents):
        helper = np.eye(3)[np.argmin(np.abs(tangent))]
        side = np.cross(helper, tangent)
        side /= np.linalg.norm(side)
        transform[:3, :3] = np.column_stack([side, np.cross(tangent, side), tangent])
    return transforms


# --------------------------------------------------------------------------------------------------------------------
# Project plans
#
# A plan lists what a project holds. Every entry names a layer: "static" and "overlay" are written through a
# configuration that has only that root, "merged" through one that has both (so new data goes to the overlay).
# --------------------------------------------------------------------------------------------------------------------


def public_plan():
    filament = {"copick": {"filament": {"polar": True, "helical_rise_a": 9.2, "helical_twist_deg": -27.7}}}
    return {
        "name": "golden public project",
        "description": "Every kind of entity — größer als nötig; naïve \"quotes\" and \\ included",
        "user_id": "anna.b-1",
        "session_id": "12",
        "objects": [
            dict(name="proteasome", is_particle=True, label=1, color=(255, 0, 0, 255), emdb_id="3228", pdb_id="3J9I",
                 identifier="GO:0000502", map_threshold=0.0418, radius=60.0),
            dict(name="ribosome", is_particle=True, label=2, color=(0, 255, 0, 128), identifier="GO:0022626",
                 radius=150),
            dict(name="membrane", is_particle=False, label=3, color=(0, 0, 255, 255), metadata=None),
            dict(name="microtubule", is_particle=True, label=7, color=(1, 2, 3, 4), radius=125.5, metadata=filament),
            dict(name="beta-amylase.v2", is_particle=True, label=-10,
                 metadata={"source": {"lab": "Zürich", "year": 2024, "ok": True, "none": None}, "tags": ["a", 1.5]}),
            dict(name="thyroglobulin+1", is_particle=True, label=300),
        ],
        "maps": [
            ("static", "proteasome", (21, 22, 23), 4.0, "f4"),
            ("static", "ribosome", (16, 17, 18), 5.0, "f4"),
            ("overlay", "ribosome", (18, 17, 16), 6.5, "f2"),
            ("merged", "beta-amylase.v2", (9, 10, 11), 3.1, "f4"),
        ],
        "runs": [
            ("static", "TS_001"), ("static", "TS_002"), ("static", "TS_003"), ("static", "empty_run"),
            ("overlay", "TS_001"), ("overlay", "run-4.b"), ("overlay", "grid 2 tomo-14"),
        ],
        "spacings": [("overlay", "run-4.b", 7.8405), ("static", "TS_002", 20.0)],
        "tomograms": [
            dict(layer="static", run="TS_001", spacing=10.0, type="wbp", shape=(37, 50, 61), how="api"),
            dict(layer="static", run="TS_001", spacing=10.0, type="denoised", shape=(37, 50, 61), how="ops",
                 chunks=(16, 32, 32), levels=3),
            dict(layer="static", run="TS_001", spacing=13.48, type="wbp", shape=(28, 37, 45), how="ops",
                 chunks=(32, 32, 32), levels=3),
            dict(layer="static", run="TS_001", spacing=13.48, type="denoised", shape=(28, 37, 45), how="api",
                 dtype="f2", levels=2),
            dict(layer="static", run="TS_002", spacing=10.0, type="wbp", shape=(20, 129, 133), how="ops",
                 chunks=(16, 64, 64), levels=3),
            dict(layer="static", run="TS_002", spacing=10.0, type="raw-counts", shape=(11, 13, 17), how="ops",
                 dtype="i2", chunks=(8, 8, 8), levels=1),
            dict(layer="static", run="TS_003", spacing=10.0, type="isonet2.0", shape=(19, 23, 29), how="codec",
                 codec="zstd", chunks=(8, 16, 16), levels=2),
            dict(layer="overlay", run="TS_001", spacing=10.0, type="wbp", shape=(37, 50, 61), how="ops",
                 chunks=(37, 25, 61), levels=2),
            dict(layer="overlay", run="TS_001", spacing=10.0, type="ctf-deconv.v2", shape=(12, 14, 16), how="ops",
                 dtype="i2", chunks=(12, 14, 16), levels=1),
            dict(layer="overlay", run="run-4.b", spacing=7.8405, type="wbp", shape=(9, 8, 7), how="api", levels=3),
            dict(layer="overlay", run="grid 2 tomo-14", spacing=10.0, type="big-endian", shape=(10, 11, 12), how="ops",
                 dtype=">f4", chunks=(6, 6, 6), levels=1),
            dict(layer="merged", run="TS_003", spacing=5.0, type="wbp", shape=(14, 15, 16), how="legacy",
                 chunks=(8, 8, 8), levels=2),
            dict(layer="merged", run="TS_003", spacing=5.0, type="just-created", how="new"),
        ],
        "features": [
            dict(layer="static", run="TS_001", spacing=10.0, tomo="wbp", type="sobel", shape=(37, 50, 61),
                 chunks=(32, 32, 32), shards=(32, 64, 64), metadata={"filter": {"name": "sobel", "sigma": 1.5}}),
            dict(layer="static", run="TS_001", spacing=10.0, tomo="wbp", type="edge.v1", shape=(3, 18, 25, 30),
                 chunks=(16, 16, 16)),
            dict(layer="overlay", run="TS_001", spacing=10.0, tomo="wbp", type="sobel", shape=(37, 50, 61),
                 chunks=(37, 50, 61), dtype="f2"),
            dict(layer="merged", run="TS_001", spacing=10.0, tomo="denoised", type="gabor-3", shape=(2, 9, 10, 11),
                 chunks=(8, 8, 8)),
            dict(layer="merged", run="TS_003", spacing=10.0, tomo="isonet2.0", type="embedding", shape=(4, 5, 6, 7),
                 chunks=(5, 6, 7), dtype="u1"),
        ],
        "picks": [
            dict(layer="static", run="TS_001", object="proteasome", user="gapstop", session="0", count=12,
                 oriented=True, scored=True),
            dict(layer="static", run="TS_001", object="ribosome", user="gapstop", session="0", count=40, scored=True,
                 spacing=10.0, trust=False),
            dict(layer="static", run="TS_001", object="proteasome", user="anna.b-1", session="12", count=3),
            dict(layer="static", run="TS_001", object="membrane", user="curation", session="00", count=2),
            dict(layer="static", run="TS_002", object="ribosome", user="gapstop", session="0", count=5, oriented=True),
            dict(layer="static", run="TS_003", object="ribosome", user="relion-5.0", session="0", count=1),
            dict(layer="overlay", run="TS_001", object="proteasome", user="anna.b-1", session="12", count=5,
                 oriented=True, instances=True),
            dict(layer="overlay", run="TS_001", object="proteasome", user="gapstop", session="0", count=2),
            dict(layer="overlay", run="TS_001", object="proteasome", user="anna.b-1", session="2026-01-02.a", count=7),
            dict(layer="overlay", run="TS_001", object="ribosome", user="anna.b-1", session="empty-1", count=0),
            dict(layer="overlay", run="TS_001", object="beta-amylase.v2", user="j@k=l", session="s+1", count=4,
                 unset=True),
            dict(layer="overlay", run="TS_001", object="microtubule", user="tracer.v2", session="0",
                 lines=(5, 3, 8), spacing=10.0),
            dict(layer="overlay", run="run-4.b", object="thyroglobulin+1", user="a", session="a", count=6,
                 extreme=True),
            dict(layer="merged", run="TS_003", object="ribosome", user="anna.b-1", session="12", count=6,
                 oriented=True, scored=True, instances=True),
        ],
        "filaments": [
            dict(layer="static", run="TS_001", object="microtubule", user="curation", session="0", kind="polylines"),
            dict(layer="overlay", run="TS_001", object="microtubule", user="anna.b-1", session="12",
                 kind="catmull-rom"),
            dict(layer="overlay", run="TS_001", object="microtubule", user="anna.b-1", session="lin", kind="linear"),
            dict(layer="overlay", run="TS_001", object="microtubule", user="fit.v1", session="0", kind="bspline"),
            dict(layer="overlay", run="run-4.b", object="microtubule", user="anna.b-1", session="12", kind="empty"),
        ],
        "meshes": [
            dict(layer="static", run="TS_001", object="membrane", user="membrain", session="0", kind="sphere"),
            dict(layer="static", run="TS_001", object="membrane", user="anna.b-1", session="12", kind="box"),
            dict(layer="overlay", run="TS_001", object="membrane", user="anna.b-1", session="12", kind="scene"),
            dict(layer="overlay", run="TS_001", object="ribosome", user="anna.b-1", session="1.0", kind="colours"),
            dict(layer="overlay", run="TS_001", object="proteasome", user="anna.b-1", session="new", kind="empty"),
            dict(layer="merged", run="TS_003", object="membrane", user="anna.b-1", session="12", kind="soup"),
        ],
        "segmentations": [
            dict(layer="static", run="TS_001", name="membrane", user="membrain", session="0", spacing=10.0,
                 type="binary", shape=(37, 50, 61)),
            dict(layer="static", run="TS_001", name="painting", user="anna.b-1", session="12", spacing=10.0,
                 type="multilabel", shape=(37, 50, 61)),
            dict(layer="static", run="TS_001", name="membrane", user="membrain", session="0", spacing=13.48,
                 type="binary", shape=(28, 37, 45), levels=2, dtype="u2"),
            dict(layer="static", run="TS_002", name="all-classes.v3", user="deepfinder", session="0", spacing=10.0,
                 type="multilabel", shape=(13, 11, 9), levels=4, dtype="i2"),
            dict(layer="overlay", run="TS_001", name="membrane", user="membrain", session="0", spacing=10.0,
                 type="binary", shape=(36, 50, 61)),
            dict(layer="overlay", run="TS_001", name="membrane", user="anna.b-1", session="12", spacing=10.0,
                 type="multilabel", shape=(15, 16, 17)),
            dict(layer="overlay", run="TS_001", name="membrane", user="anna.b-1", session="12", spacing=10.0,
                 type="binary", shape=(15, 16, 17)),
            dict(layer="overlay", run="TS_001", name="ribosome", user="anna.b-1", session="12", spacing=10.0,
                 type="instance", shape=(20, 21, 22), levels=2),
            dict(layer="overlay", run="TS_001", name="cell", user="anna.b-1", session="12", spacing=10.0,
                 type="panoptic", shape=(13, 14, 15), levels=2),
            dict(layer="merged", run="TS_003", name="painting", user="anna.b-1", session="12", spacing=10.0,
                 type="multilabel", shape=(10, 10, 10), dtype="u4"),
        ],
    }


LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAME_EXTRAS = ".-+=~,;!%&'()#$^"


class Names:
    """Random names that copick accepts unchanged and that survive listing."""

    def __init__(self, draw):
        self.draw = draw
        self.used = set()

    def fresh(self, extras=NAME_EXTRAS, shortest=1, longest=12):
        while True:
            body = [self.draw.choice(LETTERS + LETTERS.upper() + "0123456789") for _ in
                    range(self.draw.randint(shortest, longest))]
            for _ in range(self.draw.choice((0, 0, 1, 1, 2))):
                if len(body) > 2:
                    body[self.draw.randrange(1, len(body) - 1)] = self.draw.choice(extras)
            name = "".join(body)
            if name.lower() not in self.used and "features" not in name and "multilabel" not in name:
                self.used.add(name.lower())
                return name

    def run(self):
        return self.fresh(extras="_-. +", longest=16)


def hidden_plan(seed):
    draw = random.Random(seed)
    names = Names(draw)
    count = draw.randint(5, 8)
    labels = draw.sample(range(1, 1000), count)
    if draw.random() < 0.5:
        labels[0] = -labels[0]
    objects = []
    for index, label in enumerate(labels):
        item = dict(name=names.fresh(), is_particle=index != 1, label=label,
                    color=tuple(draw.randrange(256) for _ in range(4)))
        if draw.random() < 0.6:
            item["radius"] = round(draw.uniform(1, 300), draw.randint(0, 6))
        if draw.random() < 0.4:
            item["map_threshold"] = draw.uniform(-1, 1)
        if draw.random() < 0.4:
            item["identifier"] = f"GO:{draw.randrange(10**7):07d}"
        if draw.random() < 0.5:
            item["metadata"] = {names.fresh(): draw.choice([None, True, 1.25, "Ω≈ç√", [1, [2, {"k": []}]], {}])}
        objects.append(item)
    objects[-1]["label"] = draw.choice((None, labels[-1]))
    objects[2]["metadata"] = {"copick": {"filament": {"polar": False}}, "note": "kept"}
    objects[2]["is_particle"] = True
    line_object = objects[2]["name"]
    particles = [item["name"] for item in objects if item["is_particle"]]
    everything = [item["name"] for item in objects]

    both, static_only, overlay_only, mixed = names.run(), names.run(), names.run(), names.run()
    user, session = names.fresh(), names.fresh()
    plan = {
        "name": names.fresh(), "description": "hidden", "user_id": user, "session_id": session, "objects": objects,
        "maps": [(layer, draw.choice([p for p in particles if p != line_object]), shape(draw, 3, 6, 20),
                  round(draw.uniform(1, 20), 3), draw.choice(("f2", "f4", "f8")))
                 for layer in ("static", "overlay", "merged")],
        "runs": [("static", both), ("static", static_only), ("static", mixed), ("overlay", both),
                 ("overlay", overlay_only), (draw.choice(("static", "overlay")), names.run())],
        "spacings": [("overlay", overlay_only, round(draw.uniform(1, 30), 3))],
        "tomograms": [], "features": [], "picks": [], "filaments": [], "meshes": [], "segmentations": [],
    }
    if len({target for _, target, *_ in plan["maps"]}) < 3:  # "merged" must not write to a read-only map
        plan["maps"] = plan["maps"][:2]
    empty = dict(layer="merged", run=mixed, spacing=round(draw.uniform(1, 30), 2), type=names.fresh(), how="new")
    plan["tomograms"].append(empty)
    places = [("static", both), ("static", static_only), ("overlay", both), ("overlay", overlay_only),
              ("merged", mixed), ("static", both), ("overlay", both)]
    sizes = [round(draw.uniform(1, 30), draw.choice((0, 1, 2, 3))) for _ in range(3)]
    for layer, run in places:
        size, kind = draw.choice(sizes), names.fresh()
        levels = draw.randint(1, 4)
        how = draw.choice(("ops", "ops", "ops", "codec", "api", "legacy"))
        dtype = draw.choice(("f4", "f4", "f2", "i1", "u2", "f8", ">f4", ">i2"))
        if how == "ops" and levels > 1:
            dtype = "f4"
        if MODERN and np.dtype(dtype).byteorder == ">":
            dtype = dtype[1:]
        plan["tomograms"].append(dict(layer=layer, run=run, spacing=size, type=kind, shape=shape(draw, 3, 7, 45),
                                      how=how, dtype=dtype, chunks=shape(draw, 3, 5, 40), levels=levels,
                                      codec=draw.choice(("zstd", "zlib", "blosc", "none"))))
        if draw.random() < 0.7:
            rank, chunks = draw.choice((3, 4)), shape(draw, 3, 3, 10)
            plan["features"].append(dict(layer=layer, run=run, spacing=size, tomo=kind, type=names.fresh(),
                                         shape=shape(draw, rank, 2, 16), chunks=chunks,
                                         shards=tuple(n * draw.randint(1, 3) for n in chunks) if rank == 3 else None,
                                         dtype=draw.choice(("f2", "f4", "u1", "i4"))))
    first = next(item for item in plan["tomograms"] if item["layer"] == "static" and item["run"] == both)
    plan["tomograms"].append({**first, "layer": "overlay", "shape": shape(draw, 3, 7, 30), "how": "ops",
                              "dtype": "f4", "levels": 2})
    plan["features"].append(dict(layer="merged", run=both, spacing=first["spacing"], tomo=first["type"],
                                 type=names.fresh(), shape=shape(draw, 4, 2, 12), chunks=shape(draw, 3, 3, 12)))

    shared = dict(object=draw.choice(particles), user=names.fresh(), session=draw.choice(("0", names.fresh())))
    for layer, run in [("static", both), ("overlay", both)]:
        plan["picks"].append(dict(layer=layer, run=run, **shared, count=draw.randint(1, 9), oriented=True))
        plan["meshes"].append(dict(layer=layer, run=run, **shared, kind=draw.choice(("sphere", "scene"))))
    for index in range(12):
        layer, run = draw.choice(places)
        plan["picks"].append(dict(layer=layer, run=run, object=draw.choice(everything), user=names.fresh(),
                                  session=draw.choice(("0", names.fresh())), count=draw.choice((0, 1, 4, 25)),
                                  oriented=draw.random() < 0.6, scored=draw.random() < 0.6,
                                  instances=draw.random() < 0.4, unset=index % 6 == 5, extreme=index % 5 == 4,
                                  trust=draw.choice((None, False)), spacing=draw.choice((None, sizes[0]))))
    plan["picks"].append(dict(layer="static", run=static_only, object=line_object, user=names.fresh(), session="0",
                              lines=tuple(draw.randint(2, 9) for _ in range(draw.randint(1, 5)))))
    for kind in ("polylines", "catmull-rom", "linear", "bspline", "empty"):
        layer, run = draw.choice(places)
        plan["filaments"].append(dict(layer=layer, run=run, object=line_object, user=names.fresh(),
                                      session=draw.choice(("0", names.fresh())), kind=kind))
    for kind in ("sphere", "box", "scene", "colours", "empty", "soup"):
        layer, run = draw.choice(places)
        plan["meshes"].append(dict(layer=layer, run=run, object=draw.choice(everything), user=names.fresh(),
                                   session=draw.choice(("0", names.fresh())), kind=kind))
    for index in range(9):
        layer, run = draw.choice(places)
        kind = ("binary", "multilabel", "instance", "panoptic")[index % 4]
        named = kind in ("binary", "instance")
        plan["segmentations"].append(dict(layer=layer, run=run, user=names.fresh(), spacing=draw.choice(sizes),
                                          name=draw.choice(everything) if named else names.fresh(), type=kind,
                                          session=draw.choice(("0", names.fresh())), shape=shape(draw, 3, 5, 40),
                                          levels=draw.randint(1, 3),
                                          dtype=draw.choice((None, None, "u2", "u4", "i4"))))
    twin = dict(next(s for s in plan["segmentations"] if s["type"] == "binary"), run=both, shape=shape(draw, 3, 5, 20))
    for layer in ("static", "overlay"):
        plan["segmentations"].append({**twin, "layer": layer, "user": user, "shape": shape(draw, 3, 5, 20)})
    return plan


def shape(draw, rank, low, high):
    return tuple(draw.randint(low, high) for _ in range(rank))


# --------------------------------------------------------------------------------------------------------------------
# Writing a project
# --------------------------------------------------------------------------------------------------------------------


class ProjectWriter:
    """Writes a plan with the copick API."""

    def __init__(self, plan, folder, seed):
        self.plan = plan
        self.folder = folder
        self.seed = seed
        self.objects = [PickableObject(**item) for item in plan["objects"]]

    def open(self, layer):
        config = {
            "config_type": "filesystem",
            "name": self.plan["name"],
            "description": self.plan["description"],
            "version": copick.__version__,
            "pickable_objects": [item.model_dump() for item in self.objects],
            "user_id": self.plan["user_id"],
            "session_id": self.plan["session_id"],
            "overlay_root": f"local://{self.folder}/{'static' if layer == 'static' else 'overlay'}",
            "overlay_fs_args": {"auto_mkdir": True},
        }
        if layer == "merged":
            config["static_root"] = f"local://{self.folder}/static"
            config["static_fs_args"] = {"auto_mkdir": False}
        return copick.from_string(json.dumps(config))

    def write(self):
        for layer in ("static", "overlay", "merged"):
            root = self.open(layer)
            for target, name, size, voxel, dtype in self.plan["maps"]:
                if target == layer:
                    values = density(self.seed, f"map/{layer}/{name}", size)
                    root.get_object(name).from_numpy(values, voxel, dtype=np.dtype(dtype))
            for target, name in self.plan["runs"]:
                if target == layer:
                    root.new_run(name)
            for target, run, size in self.plan["spacings"]:
                if target == layer:
                    root.get_run(run).new_voxel_spacing(size, exist_ok=True)
            for kind, write in (
                ("tomograms", self.tomogram), ("features", self.features), ("picks", self.picks),
                ("filaments", self.filaments), ("meshes", self.mesh), ("segmentations", self.segmentation),
            ):
                for item in self.plan[kind]:
                    if item["layer"] == layer:
                        write(root, item)

    def key(self, kind, item):
        return f"{kind}/{item['layer']}/{item['run']}/" + "/".join(
            str(item.get(part, "")) for part in ("spacing", "tomo", "type", "name", "object", "user", "session", "kind")
        )

    def tomogram(self, root, item):
        if item["how"] == "new":
            if MODERN:  # 2.x leaves an empty group behind, 1.x an empty folder, which archives do not keep
                run, size = root.get_run(item["run"]), item["spacing"]
                (run.get_voxel_spacing(size) or run.new_voxel_spacing(size)).new_tomogram(item["type"])
            return
        dtype = np.dtype(item.get("dtype", "f4"))
        values = density(self.seed, self.key("tomogram", item), item["shape"], dtype)
        levels = item.get("levels", 3)
        how = item["how"]
        if how == "codec" and MODERN:
            how = "ops"
        if how == "legacy" and not MODERN:
            how = "codec"
        if MODERN and dtype.byteorder == ">":
            values, dtype = values.astype(dtype.newbyteorder("<")), dtype.newbyteorder("<")
        run, size = root.get_run(item["run"]), item["spacing"]
        if how == "ops":
            from copick.ops.add import add_tomogram

            add_tomogram(root, item["run"], item["type"], values, voxel_spacing=size, create_pyramid=levels > 1,
                         pyramid_levels=levels, chunks=item["chunks"])
            return
        spacing = run.get_voxel_spacing(size) or run.new_voxel_spacing(size)
        tomogram = spacing.new_tomogram(item["type"])
        if how == "api":
            tomogram.from_numpy(values, levels=levels, dtype=dtype)
            return
        from copick.util.ome import volume_pyramid

        pyramid = volume_pyramid(values, size, levels, dtype=dtype)
        if how == "codec":
            self.with_codec(tomogram.zarr(), pyramid, item["chunks"], item.get("codec", "zstd"))
        else:
            self.older_format(tomogram.zarr(), pyramid, item["chunks"])

    @staticmethod
    def with_codec(store, pyramid, chunks, codec):
        """A 1.x store with another compressor than the default, as other programs write into copick projects."""
        import numcodecs
        from copick.util.ome import ome_metadata
        from ome_zarr.writer import write_multiscale

        compressor = {
            "zstd": numcodecs.Zstd(3), "zlib": numcodecs.Zlib(4), "none": None,
            "blosc": numcodecs.Blosc("zstd", 3, numcodecs.Blosc.BITSHUFFLE),
        }[codec]
        metadata = ome_metadata(pyramid)
        write_multiscale(list(pyramid.values()), group=zarr.group(store=store, overwrite=True), axes=metadata["axes"],
                         coordinate_transformations=metadata["coordinate_transformations"],
                         storage_options=dict(chunks=chunks, compressor=compressor, overwrite=True), compute=True)

    @staticmethod
    def older_format(store, pyramid, chunks):
        """A Zarr v2 / OME-NGFF 0.4 store inside a 2.x project, with dataset paths that are not plain numbers."""
        from copick.util.ome import ome_zarr_axes
        from ome_zarr.format import FormatV04
        from ome_zarr.writer import write_multiscales_metadata

        group = zarr.group(store=store, overwrite=True, zarr_format=2)
        datasets = []
        for level, (size, values) in enumerate(pyramid.items()):
            group.create_array(f"s{level}", data=values, chunks=chunks,
                               chunk_key_encoding={"name": "v2", "separator": "/"})
            scale = {"type": "scale", "scale": [size] * 3}
            datasets.append({"path": f"s{level}", "coordinateTransformations": [scale]})
        write_multiscales_metadata(group, datasets, fmt=FormatV04(), axes=ome_zarr_axes())

    def features(self, root, item):
        values = density(self.seed, self.key("features", item), item["shape"], item.get("dtype", "f4"))
        tomogram = root.get_run(item["run"]).get_voxel_spacing(item["spacing"]).get_tomograms(item["tomo"])[0]
        features = tomogram.new_features(item["type"])
        if MODERN:
            features.from_numpy(values, chunks=item["chunks"], shards=item.get("shards"),
                                metadata=item.get("metadata"))
            return
        from copick.util.ome import write_ome_zarr_3d

        write_ome_zarr_3d(features.zarr(), {item["spacing"]: values}, chunk_size=item["chunks"],
                          channel_axis=values.ndim == 4, metadata=item.get("metadata"))

    def picks(self, root, item):
        rng = generator(self.seed, self.key("picks", item))
        picks = root.get_run(item["run"]).new_picks(item["object"], item["session"], item["user"])
        if item.get("spacing"):
            picks.meta.voxel_spacing = item["spacing"]
        if item.get("trust") is not None:
            picks.meta.trust_orientation = item["trust"]
        if item.get("lines"):
            positions, transforms, ids = [], [], []
            for number, length in enumerate(item["lines"], start=1):
                line = np.cumsum(rng.uniform(20, 60, size=(length, 3)), axis=0)
                positions.append(line)
                transforms.append(along(line))
                ids += [number] * length
            picks.from_numpy(np.concatenate(positions), np.concatenate(transforms), instance_ids=np.array(ids))
            return
        count = item["count"]
        positions = np.round(rng.uniform(-20, 900, size=(count, 3)), 4)
        if item.get("unset") or item.get("extreme"):
            picks.points = [self.point(position, item, index) for index, position in enumerate(positions)]
            picks.store()
        elif count or item.get("oriented") or item.get("trust") is not None:
            picks.from_numpy(positions,
                             rotations(rng, count) if item.get("oriented") else None,
                             instance_ids=rng.integers(0, 5, count) if item.get("instances") else None,
                             scores=rng.uniform(-1, 1, count) if item.get("scored") else None)

    @staticmethod
    def point(position, item, index):
        x, y, z = map(float, position)
        if item.get("unset"):
            return CopickPoint(location=CopickLocation(x=x, y=y, z=z), score=None, instance_id=None)
        extreme = [1e-300, -0.0, 1.7976931348623157e308, 5e-324, 123456789.123456789, 0.1 + 0.2]
        value = extreme[index % len(extreme)]
        return CopickPoint(location=CopickLocation(x=value, y=-value, z=z), instance_id=2**53 + 1, score=1e16)

    def filaments(self, root, item):
        rng = generator(self.seed, self.key("filaments", item))
        filaments = root.get_run(item["run"]).new_filaments(item["object"], item["session"], item["user"])
        lines = [np.round(np.cumsum(rng.uniform(15, 60, size=(n, 3)), axis=0), 3) for n in (6, 4, 9)]
        kind = item["kind"]
        if kind == "polylines":
            filaments.from_numpy(lines, instance_ids=[4, 1, 9], polarity_known=[True, False, True],
                                 scores=[0.5, 1.0, -2.0], radii=[125.0, None, 90.5], voxel_spacing=10.0,
                                 metadata=[{"fit": {"ok": True}}, None, {}])
        elif kind in ("catmull-rom", "linear"):
            filaments.from_control_points(lines[:2], step=20.0, kind=kind, alpha=0.25, voxel_spacing=10.0)
        elif kind == "bspline":
            points = [tuple(map(float, p)) for p in lines[0]]
            curve = CopickFilamentCurve(kind="bspline", control_points=points, step=25.0, degree=3,
                                        knots=[0, 0, 0, 0, 0.3, 0.75, 1, 1, 1, 1], smoothing=1.5)
            filaments.from_curves([curve], voxel_spacing=7.84)

    def mesh(self, root, item):
        import trimesh

        rng = generator(self.seed, self.key("mesh", item))
        mesh = root.get_run(item["run"]).new_mesh(item["object"], item["session"], item["user"])
        kind = item["kind"]
        shift = np.round(rng.uniform(0, 500, size=3), 2)
        if kind == "empty":
            return
        if kind == "sphere":
            geometry = trimesh.creation.icosphere(subdivisions=2, radius=123.4)
            geometry.apply_translation(shift)
        elif kind == "box":
            geometry = trimesh.creation.box(extents=(10.0, 20.5, 30.25))
            geometry.apply_translation(shift)
        elif kind == "colours":
            geometry = trimesh.creation.icosphere(subdivisions=1, radius=50.0)
            geometry.apply_translation(shift)
            geometry.visual.vertex_colors = rng.integers(0, 256, size=(len(geometry.vertices), 4), dtype=np.uint8)
        elif kind == "soup":
            geometry = trimesh.Trimesh(vertices=rng.uniform(0, 1000, size=(90, 3)),
                                       faces=rng.integers(0, 90, size=(60, 3)), process=False)
        else:
            geometry = trimesh.Scene()
            geometry.add_geometry(trimesh.creation.box(extents=(5, 6, 7)), geom_name="inner box", node_name="inner")
            move = trimesh.transformations.rotation_matrix(0.7, [1, 2, 3])
            move[:3, 3] = shift
            geometry.add_geometry(trimesh.creation.cylinder(radius=12, height=40, sections=16), geom_name="tube",
                                  node_name="tube one", transform=move)
            move = move.copy()
            move[:3, 3] += 200
            geometry.graph.update(frame_to="tube two", matrix=move, geometry="tube")
            geometry.add_geometry(trimesh.creation.icosphere(subdivisions=1, radius=9), geom_name="ball",
                                  transform=trimesh.transformations.scale_and_translate(2.5, shift))
        mesh.mesh = geometry
        mesh.store()

    def segmentation(self, root, item):
        run = root.get_run(item["run"])
        kind = item["type"]
        flags = {} if kind == "binary" else {f"is_{kind}": True}
        segmentation = run.new_segmentation(item["spacing"], item["name"], item["session"], user_id=item["user"],
                                            **flags)
        key = self.key("segmentation", item)
        dtype = None if item.get("dtype") is None else np.dtype(item["dtype"])
        labels = [entry.label for entry in self.objects if entry.label and entry.label > 0]
        if dtype is None or dtype.itemsize < 2:
            labels = [value for value in labels if value < 256]
        if kind == "binary":
            values = blobs(self.seed, key, item["shape"], [1, 1, 1])
        elif kind == "multilabel":
            values = blobs(self.seed, key, item["shape"], labels)
        elif kind == "instance":
            values = blobs(self.seed, key, item["shape"], [1, 2, 300, 7])
        else:
            known = blobs(self.seed, key, item["shape"], labels)
            instances = np.where(known == 0, 0, blobs(self.seed, key + "#", item["shape"], [1, 2, 3]))
            values = np.stack([known, instances])
        segmentation.from_numpy(values, levels=item.get("levels", 1), dtype=dtype)


def write_project(folder, profile, seed):
    """A project, the configurations it can be opened with, and its manifest."""
    recreate(folder)
    plan = public_plan() if profile == "public" else hidden_plan(seed)
    writer = ProjectWriter(plan, folder, seed)
    writer.write()

    configs = {
        "merged": "copick.template.json",
        "overlay": "copick.overlay.template.json",
        "static": "copick.static.template.json",
        "static-readonly": "copick.static-readonly.template.json",
    }
    writer.open("merged").save_config(f"{folder}/{configs['merged']}")
    copick.new_config(f"{folder}/{configs['overlay']}", f"{folder}/overlay", plan["name"], plan["description"],
                      writer.objects)
    objects = [item.model_dump(exclude_defaults=True) for item in writer.objects]
    for item in objects:
        if "identifier" in item:
            item["go_id"] = item.pop("identifier")
    single = {"config_type": "filesystem", "pickable_objects": objects, "overlay_root": f"local://{folder}/static",
              "overlay_fs_args": {"auto_mkdir": True}}
    readonly = dict(single, name=None, unknown_field=[1, 2], overlay_root=f"{folder}/absent",
                    static_root=f"file://{folder}/static", static_fs_args=None)
    for view, values in (("static", single), ("static-readonly", readonly)):
        with open(f"{folder}/{configs[view]}", "w", encoding="utf-8") as file:
            json.dump(values, file, indent=4, ensure_ascii=False)
    for name in configs.values():
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            text = file.read()
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text.replace(folder, "{ROOT}"))

    manifest = None
    for view, name in configs.items():
        described, errors = check_project.describe_project(f"{folder}/{name}", folder, view)
        if errors:
            raise SystemExit("\n".join(errors))
        if manifest is None:
            manifest = {**described, "profile": profile, "seed": seed, "configs": configs}
        manifest["views"].update(described["views"])
        manifest["contents"].update(described["contents"])
    manifest["contents"] = dict(sorted(manifest["contents"].items()))
    order = ("schema", "kind", "profile", "seed", "software", "configs", "views", "contents")
    check_project.write_manifest({key: manifest[key] for key in order}, f"{folder}/manifest.json")


def recreate(folder):
    if os.path.exists(folder):
        shutil.rmtree(folder)
    os.makedirs(folder)


# --------------------------------------------------------------------------------------------------------------------
# Zarr cases
#
# A case is a dictionary: path, shape, chunks, dtype and how the array is encoded. "write" says which chunks get data
# ("all", "some" or "none"), "tier" is "core" for what projects hold and "rare" for what a reader may refuse with a
# clear message.
# --------------------------------------------------------------------------------------------------------------------


def fill_array(array, case, seed):
    values = density(seed, case["path"], case["shape"], case["dtype"])
    if case.get("extremes"):
        values = extremes(values)
    if case.get("binary"):
        values = (values > np.median(values)).astype(values.dtype)
    part = case.get("write", "all")
    if part == "none" or values.size == 0:
        return
    if part == "all" or values.ndim == 0:
        array[...] = values
        return
    # Some: only the grid cells whose coordinates add up to an even number.
    step = case["chunks"]
    for cell in np.ndindex(*[-(-n // c) for n, c in zip(case["shape"], step)]):
        if sum(cell) % 2 == 0:
            window = tuple(slice(i * c, min((i + 1) * c, n)) for i, c, n in zip(cell, step, case["shape"]))
            array[window] = values[window]


def describe_corpus(folder, cases, profile, seed):
    manifest = check_project.describe_zarr_folder(folder)
    about = {case["path"]: case for case in cases}
    for item in manifest["arrays"]:
        case = about.get(item["path"], {})
        item["tier"] = case.get("tier", "core")
        item["about"] = case.get("about", "")
    manifest = {"schema": manifest["schema"], "kind": "zarr", "profile": profile, "seed": seed,
                **{key: manifest[key] for key in ("software", "groups", "arrays")}}
    check_project.write_manifest(manifest, f"{folder}/manifest.json")


# ---- Zarr v2, written by zarr-python 2 -----------------------------------------------------------------------------


def blosc2(cname="lz4", clevel=5, shuffle=1, blocksize=0):
    return {"id": "blosc", "cname": cname, "clevel": clevel, "shuffle": shuffle, "blocksize": blocksize}


BY_ITEMSIZE = {1: "u1", 2: "i2", 4: "f4", 8: "f8"}
CNAMES = ("lz4", "lz4hc", "zstd", "zlib", "blosclz")
SIMPLE_COMPRESSORS = {
    "zlib": {"id": "zlib", "level": 1}, "zlib-9": {"id": "zlib", "level": 9}, "zlib-0": {"id": "zlib", "level": 0},
    "gzip": {"id": "gzip", "level": 5}, "zstd": {"id": "zstd", "level": 3},
    "zstd-checksum": {"id": "zstd", "level": 1, "checksum": True}, "zstd-19": {"id": "zstd", "level": 19},
    "lz4": {"id": "lz4", "acceleration": 1}, "bz2": {"id": "bz2", "level": 1}, "none": None,
}
RARE_FILTERS = {
    "fixedscaleoffset": (
        "f4", [{"id": "fixedscaleoffset", "offset": -3, "scale": 32, "dtype": "<f4", "astype": "<i2"}],
    ),
    "quantize": ("f4", [{"id": "quantize", "digits": 2, "dtype": "<f4"}]),
    "bitround": ("f4", [{"id": "bitround", "keepbits": 7}]),
    "packbits": ("b1", [{"id": "packbits"}]),
    "astype": ("f4", [{"id": "astype", "encode_dtype": "<f2", "decode_dtype": "<f4"}]),
    "crc32": ("u2", [{"id": "crc32"}]),
    "adler32": ("u2", [{"id": "adler32"}]),
    "fletcher32": ("u4", [{"id": "fletcher32"}]),
}


def public_v2():
    cases = []

    def add(path, shape, chunks, dtype, compressor=blosc2(), **more):
        cases.append(dict(path=path, shape=shape, chunks=chunks, dtype=dtype, compressor=compressor, **more))

    for cname in CNAMES:
        for shuffle in (0, 1, 2):
            for size, dtype in BY_ITEMSIZE.items():
                add(f"blosc/{cname}-shuffle{shuffle}-{dtype}", (13, 17, 19), (9, 17, 19), dtype,
                    blosc2(cname, 5, shuffle))
    for cname, clevel, shuffle in (("lz4", 5, 1), ("zstd", 3, 2), ("blosclz", 9, 1), ("zlib", 1, 0), ("lz4hc", 5, 1)):
        add(f"blosc/large-{cname}-shuffle{shuffle}", (96, 96, 96), (96, 96, 96), "<f4", blosc2(cname, clevel, shuffle))
    add("blosc/large-u2", (80, 90, 100), (80, 64, 100), "<u2", blosc2("lz4", 5, 1))
    add("blosc/large-u1-no-shuffle", (64, 128, 128), (64, 128, 128), "|u1", blosc2("lz4", 5, 0))
    for cname in CNAMES:
        add(f"blosc/blocksize-4096-{cname}", (24, 32, 36), (24, 32, 30), "<f4", blosc2(cname, 5, 1, 4096))
    add("blosc/blocksize-odd", (11, 33, 37), (11, 33, 37), "<i2", blosc2("lz4", 5, 1, 5000))
    add("blosc/bitshuffle-odd-length", (7, 11, 13), (7, 11, 13), "<f4", blosc2("lz4", 5, 2),
        about="element count not a multiple of eight")
    add("blosc/level-0", (8, 9, 10), (8, 9, 10), "<f4", blosc2("lz4", 0, 1), about="stored, not compressed")
    add("blosc/level-9", (8, 9, 10), (8, 9, 10), "<f4", blosc2("lz4", 9, 1))
    add("blosc/auto-shuffle", (8, 9, 10), (8, 9, 10), "|u1", blosc2("zstd", 3, -1))
    add("blosc/tiny", (2, 3), (2, 3), "<u2", blosc2(), about="below the smallest size blosc compresses")
    add("blosc/copick-chunk", (5, 6, 7), (256, 256, 256), "|u1", blosc2(), about="chunk much larger than the array")
    add("blosc/incompressible", (12, 13, 14), (12, 13, 14), "<f8", blosc2("lz4", 1, 0), noise=True)

    for name, compressor in SIMPLE_COMPRESSORS.items():
        for dtype in ("<f4", "|u1"):
            add(f"compressors/{name}-{dtype[1:]}", (11, 13, 17), (6, 13, 9), dtype, compressor)
    add("compressors/lz4-large", (40, 41, 42), (40, 41, 42), "<f4", {"id": "lz4", "acceleration": 1})
    add("compressors/lzma", (9, 10, 11), (9, 10, 11), "<f4",
        {"id": "lzma", "format": 1, "check": -1, "preset": 1, "filters": None}, tier="rare")

    for dtype in INTEGERS + FLOATS:
        for order in "<>" if np.dtype(dtype).itemsize > 1 else "|":
            code = order + dtype
            add(f"dtypes/{'big' if order == '>' else 'little'}-{dtype}", (5, 4, 6), (3, 3, 4), code,
                None if order == ">" else blosc2(), extremes=True)
    add("dtypes/bool", (5, 6, 7), (3, 4, 5), "|b1")
    add("dtypes/bool-zlib", (5, 6, 7), (5, 6, 7), "|b1", {"id": "zlib", "level": 1})
    add("dtypes/big-f4-blosc", (9, 10, 11), (9, 10, 11), ">f4", blosc2("zstd", 3, 2))
    add("dtypes/big-i2-zlib", (9, 10, 11), (5, 5, 5), ">i2", {"id": "zlib", "level": 3})

    for separator, word in ((".", "dot"), ("/", "slash")):
        for order in "CF":
            add(f"layout/{word}-{order}", (7, 8, 9), (3, 4, 5), "<i4", separator=separator, order=order)
            add(f"layout/{word}-{order}-none", (5, 9, 4), (2, 4, 4), ">f4", None, separator=separator, order=order)
    add("layout/F-delta", (6, 7, 8), (4, 4, 4), "<i4", blosc2(), order="F", filters=[delta("<i4")],
        about="filters see the bytes of the Fortran-ordered chunk")
    add("layout/1d", (29,), (10,), "<f4")
    add("layout/2d", (9, 31), (4, 10), "<u2", order="F")
    add("layout/4d", (2, 5, 6, 7), (1, 5, 4, 7), "<f4", separator="/")
    add("layout/5d", (2, 3, 3, 2, 4), (1, 2, 3, 2, 3), "|i1", separator="/")
    add("layout/ones", (1, 1, 1), (1, 1, 1), "<f4")
    add("layout/scalar-i4", (), (), "<i4")
    add("layout/scalar-f8-unwritten", (), (), "<f8", fill=2.5, write="none")
    add("layout/empty-0x3", (0, 3), (1, 3), "<f4")
    add("layout/empty-4x0x2", (4, 0, 2), (2, 1, 2), "<i2")
    add("layout/chunk-1x1x1", (2, 3, 2), (1, 1, 1), "<u2", separator="/")

    fills = (
        ("zero-f4", "<f4", 0), ("nan-f4", "<f4", float("nan")), ("infinity-f8", "<f8", float("inf")),
        ("minus-infinity-f4", "<f4", float("-inf")), ("minus5-i2", "<i2", -5), ("minus5-f4", "<f4", -5.0),
        ("true-bool", "|b1", True), ("max-u8", "<u8", 2**64 - 1), ("min-i8", "<i8", -(2**63)), ("tenth-f4", "<f4", 0.1),
        ("tenth-f2", "<f2", 0.1), ("255-u1", "|u1", 255), ("big-endian-7", ">i4", 7),
    )
    for name, dtype, value in fills:
        add(f"fill/{name}", (6, 7, 5), (4, 4, 3), dtype, fill=value, write="some")
    add("fill/null", (6, 7, 5), (4, 4, 3), "<f4", fill=None, about="null fill value, every chunk present")
    add("fill/nothing-written", (40, 50, 60), (16, 16, 16), "<f4", fill=1.5, write="none")
    add("fill/skipped-empty-chunks", (8, 8, 8), (4, 4, 4), "|u1", fill=0, write="some", skip_empty=True)

    for dtype in ("<i2", "<i4", "|u1", "<u8"):
        add(f"filters/delta-{dtype[1:]}", (7, 9, 11), (4, 9, 6), dtype, {"id": "zlib", "level": 1},
            filters=[delta(dtype)])
    add("filters/delta-f4", (7, 9, 11), (7, 9, 11), "<f4", blosc2(), filters=[delta("<f4")])
    add("filters/delta-narrowed", (7, 9, 11), (7, 9, 11), "<i4", {"id": "zstd", "level": 1},
        filters=[{"id": "delta", "dtype": "<i4", "astype": "<i2"}])
    for size, dtype in BY_ITEMSIZE.items():
        add(f"filters/shuffle-{size}", (7, 9, 11), (5, 9, 11), dtype, {"id": "zlib", "level": 6},
            filters=[{"id": "shuffle", "elementsize": size}])
    add("filters/shuffle-wider-than-type", (5, 7, 4), (5, 7, 4), "|u1", {"id": "gzip", "level": 1},
        filters=[{"id": "shuffle", "elementsize": 4}])
    add("filters/delta-shuffle", (7, 9, 11), (7, 9, 11), "<i4", {"id": "zstd", "level": 5},
        filters=[delta("<i4"), {"id": "shuffle", "elementsize": 4}])
    for name, (dtype, filters) in RARE_FILTERS.items():
        add(f"filters/{name}", (7, 9, 11), (7, 5, 11), dtype, {"id": "zlib", "level": 1}, filters=filters, tier="rare")
    return cases


def delta(dtype):
    return {"id": "delta", "dtype": dtype}


def hidden_v2(seed):
    draw = random.Random(seed * 7 + 2)
    names = Names(draw)
    cases = []
    for _ in range(90):
        rank = draw.choice((1, 2, 3, 3, 3, 3, 4, 5))
        size = shape(draw, rank, 1, {1: 400, 2: 40, 3: 24, 4: 8, 5: 5}[rank])
        chunks = tuple(draw.choice((max(1, n // 3), max(1, n // 2), n, n + draw.randint(1, 9))) for n in size)
        base = draw.choice(INTEGERS + FLOATS + ("b1", "f4", "f4"))
        itemsize = np.dtype(base).itemsize
        dtype = ("|" if itemsize == 1 else draw.choice("<<>")) + base
        pick = draw.random()
        if pick < 0.5:
            compressor = blosc2(draw.choice(CNAMES), draw.randint(0, 9), draw.choice((-1, 0, 1, 2)),
                                draw.choice((0, 0, 0, 64, 1000, 8192)))
        else:
            compressor = draw.choice(list(SIMPLE_COMPRESSORS.values()))
        filters = None
        if draw.random() < 0.3:
            filters = []
            if base[0] in "iu" and draw.random() < 0.6:
                filters.append(delta(dtype))
            if draw.random() < 0.6:
                filters.append({"id": "shuffle", "elementsize": draw.choice((itemsize, itemsize, 2, 4))})
        if base[0] == "f":
            fill = draw.choice((0, float("nan"), float("inf"), float("-inf"), -5.25, 0.1))
        elif base[0] == "b":
            fill = draw.choice((True, False))
        else:
            fill = draw.choice((0, int(np.iinfo(base).max), int(np.iinfo(base).min), 5))
        cases.append(dict(path=f"{names.fresh(extras='-.')}/{names.fresh(extras='-.')}", shape=size, chunks=chunks,
                          dtype=dtype, compressor=compressor, filters=filters or None, order=draw.choice("CCF"),
                          separator=draw.choice("./"), fill=fill, write=draw.choice(("all", "all", "some", "none")),
                          extremes=draw.random() < 0.3, skip_empty=draw.random() < 0.3, noise=draw.random() < 0.2))
    for cname in draw.sample(CNAMES, 3):
        cases.append(dict(path=f"large/{names.fresh()}", shape=shape(draw, 3, 70, 100), chunks=shape(draw, 3, 60, 110),
                          dtype=draw.choice(("<f4", ">f4", "<u2", "<f8")),
                          compressor=blosc2(cname, draw.randint(1, 9), draw.choice((0, 1, 2)))))
    for name, (dtype, filters) in RARE_FILTERS.items():
        cases.append(dict(path=f"rare/{names.fresh()}", shape=shape(draw, 3, 4, 12), chunks=shape(draw, 3, 3, 12),
                          dtype=dtype, compressor={"id": "zlib", "level": 1}, filters=filters, tier="rare",
                          about=name))
    return cases


def write_v2(folder, case, seed):
    import numcodecs

    compressor = case.get("compressor")
    filters = case.get("filters")
    array = zarr.create(
        shape=case["shape"], chunks=case["chunks"] or True, dtype=case["dtype"],
        compressor=None if compressor is None else numcodecs.get_codec(dict(compressor)),
        filters=None if filters is None else [numcodecs.get_codec(dict(item)) for item in filters],
        order=case.get("order", "C"), fill_value=case.get("fill", 0),
        store=zarr.DirectoryStore(f"{folder}/{case['path']}", dimension_separator=case.get("separator", ".")),
        write_empty_chunks=not case.get("skip_empty", False), overwrite=True,
    )
    if case.get("noise"):
        raw = generator(seed, case["path"]).bytes(int(np.prod(case["shape"])) * np.dtype(case["dtype"]).itemsize)
        values = np.frombuffer(raw, dtype=case["dtype"]).reshape(case["shape"])
        if values.dtype.kind == "f":
            values = np.where(np.isfinite(values), values, 0).astype(values.dtype)
        elif values.dtype.kind == "b":
            values = np.frombuffer(raw, dtype="u1").reshape(case["shape"]) > 127
        array[...] = values
    else:
        fill_array(array, case, seed)


def groups_v2(folder, draw):
    """Hierarchies: attributes, nested groups, consolidated metadata."""
    root = zarr.open_group(zarr.DirectoryStore(f"{folder}/groups/consolidated"), mode="w")
    root.attrs.update({"title": "grüße", "nested": {"list": [1, 2.5, None, True]}, "empty": {}})
    inner = root.create_group("inner/deep")
    inner.attrs["unit"] = "angstrom"
    values = np.arange(24, dtype="<i4").reshape(4, 6)
    inner.create_dataset("values", data=values, chunks=(2, 4)).attrs["offset"] = [0.5, draw.randint(1, 9)]
    root.create_dataset("top", data=values.astype("<f4"), chunks=(4, 6), dimension_separator="/")
    root.create_group("nothing")
    zarr.consolidate_metadata(root.store)
    plain = zarr.open_group(zarr.NestedDirectoryStore(f"{folder}/groups/plain"), mode="w")
    plain.create_dataset("a/b/c", data=values, chunks=(3, 3))


# ---- Zarr v3 (and v2 as zarr-python 3 writes it) -------------------------------------------------------------------


def named(name, **configuration):
    return {"name": name, "configuration": configuration}


def bytes_codec(endian="little"):
    return named("bytes", endian=endian) if endian else {"name": "bytes"}


def blosc3(cname="lz4", clevel=5, shuffle="shuffle", typesize=4, blocksize=0):
    return named("blosc", cname=cname, clevel=clevel, shuffle=shuffle, typesize=typesize, blocksize=blocksize)


def sharding(chunk_shape, codecs, location="end", index_codecs=None):
    index_codecs = [bytes_codec(), {"name": "crc32c"}] if index_codecs is None else index_codecs
    return named("sharding_indexed", chunk_shape=list(chunk_shape), codecs=codecs, index_codecs=index_codecs,
                 index_location=location)


SEPARATORS = {"default-slash": ("default", "/"), "default-dot": ("default", "."), "v2-dot": ("v2", "."),
              "v2-slash": ("v2", "/")}
SIMPLE_V3 = {
    "gzip": [named("gzip", level=5)],
    "zstd": [named("zstd", level=3, checksum=False)],
    "zstd-checksum": [named("zstd", level=1, checksum=True)],
    "zstd-negative": [named("zstd", level=-5, checksum=False)],
    "crc32c": [{"name": "crc32c"}], "gzip-crc32c": [named("gzip", level=1), {"name": "crc32c"}], "none": [],
}
NUMCODECS_CORE = {
    "shuffle": ([], [named("numcodecs.shuffle", elementsize=4), named("zstd", level=3, checksum=False)]),
    "shuffle-zlib": ([], [named("numcodecs.shuffle", elementsize=4), named("numcodecs.zlib", level=1)]),
    "zlib": ([], [named("numcodecs.zlib", level=6)]), "gzip": ([], [named("numcodecs.gzip", level=2)]),
    "zstd": ([], [named("numcodecs.zstd", level=2)]), "lz4": ([], [named("numcodecs.lz4", acceleration=1)]),
    "blosc": ([], [named("numcodecs.blosc", cname="zstd", clevel=4, shuffle=2, blocksize=0)]),
    "bz2": ([], [named("numcodecs.bz2", level=1)]),
}
NUMCODECS_RARE = {
    "lzma": ("f4", [], [named("numcodecs.lzma", preset=1)]),
    "delta": ("i4", [named("numcodecs.delta", dtype="<i4")], [named("zstd", level=1, checksum=False)]),
    "fixedscaleoffset": (
        "f4", [named("numcodecs.fixedscaleoffset", offset=-3, scale=32, dtype="<f4", astype="<i2")], [],
    ),
    "bitround": ("f4", [named("numcodecs.bitround", keepbits=7)], []),
    "quantize": ("f4", [named("numcodecs.quantize", digits=2, dtype="<f4")], []),
    "packbits": ("b1", [named("numcodecs.packbits")], []),
    "crc32": ("u2", [], [named("numcodecs.crc32")]), "adler32": ("u2", [], [named("numcodecs.adler32")]),
    "crc32c": ("u2", [], [named("numcodecs.crc32c")]), "fletcher32": ("u4", [], [named("numcodecs.fletcher32")]),
    "jenkins": ("u4", [], [named("numcodecs.jenkins_lookup3")]),
}
ZSTD3 = named("zstd", level=3, checksum=False)


def public_v3():
    cases = []

    def add(path, shape, chunks, dtype="f4", filters=(), serializer=None, compressors=(ZSTD3,), **more):
        if serializer is None:
            serializer = bytes_codec("little" if np.dtype(dtype).itemsize > 1 else None)
        cases.append(dict(path=path, shape=shape, chunks=chunks, dtype=dtype, filters=list(filters),
                          serializer=serializer, compressors=list(compressors), **more))

    for dtype in INTEGERS + FLOATS:
        add(f"dtypes/little-{dtype}", (5, 4, 6), (3, 3, 4), dtype, extremes=True)
        if np.dtype(dtype).itemsize > 1:
            add(f"dtypes/big-{dtype}", (5, 4, 6), (3, 3, 4), dtype, serializer=bytes_codec("big"), compressors=[],
                extremes=True)
    add("dtypes/bool", (5, 6, 7), (3, 4, 5), "b1")

    for cname in CNAMES:
        for shuffle in ("noshuffle", "shuffle", "bitshuffle"):
            for size, dtype in BY_ITEMSIZE.items():
                if size in (1, 4) or cname in ("lz4", "zstd"):
                    add(f"blosc/{cname}-{shuffle}-{dtype}", (13, 17, 19), (9, 17, 19), dtype,
                        compressors=[blosc3(cname, 5, shuffle, size)])
    add("blosc/large-zstd", (96, 96, 96), (96, 96, 96), compressors=[blosc3("zstd", 3, "bitshuffle")])
    add("blosc/large-lz4", (96, 96, 96), (96, 96, 96), compressors=[blosc3("lz4", 5, "shuffle")])
    add("blosc/blocksize-4096", (24, 32, 36), (24, 32, 30), compressors=[blosc3("lz4", 5, "shuffle", 4, 4096)])
    add("blosc/typesize-differs", (8, 9, 11), (8, 9, 11), compressors=[blosc3("lz4", 5, "shuffle", 3)])
    add("blosc/level-0", (8, 9, 11), (8, 9, 11), compressors=[blosc3("lz4", 0, "shuffle")])
    for name, compressors in SIMPLE_V3.items():
        add(f"compressors/{name}", (11, 13, 17), (6, 13, 9), compressors=compressors)

    add("transpose/210", (7, 8, 9), (3, 4, 5), "i4", filters=[named("transpose", order=[2, 1, 0])])
    add("transpose/120", (7, 8, 9), (3, 4, 5), "f4", filters=[named("transpose", order=[1, 2, 0])],
        compressors=[named("gzip", level=1)])
    add("transpose/201-big", (7, 8, 9), (7, 4, 5), "u2", filters=[named("transpose", order=[2, 0, 1])],
        serializer=bytes_codec("big"), compressors=[])
    add("transpose/twice", (5, 6, 7), (5, 3, 4), "f4",
        filters=[named("transpose", order=[1, 2, 0]), named("transpose", order=[0, 2, 1])])
    add("transpose/4d", (2, 5, 6, 7), (1, 5, 6, 4), "f4", filters=[named("transpose", order=[3, 1, 0, 2])])

    for name, (encoding, separator) in SEPARATORS.items():
        add(f"keys/{name}", (5, 9, 6), (3, 4, 6), "u2", keys=(encoding, separator))
    for name in ("v2-dot", "v2-slash", "default-dot"):
        add(f"keys/scalar-{name}", (), (), "i4", keys=SEPARATORS[name])

    inner = [bytes_codec(), ZSTD3]
    add("sharding/end", (13, 14, 15), (8, 8, 16), serializer=sharding((4, 4, 8), inner), compressors=[])
    add("sharding/start", (13, 14, 15), (8, 8, 16), serializer=sharding((4, 4, 8), inner, "start"), compressors=[])
    add("sharding/canonical-f4", (20, 21, 22), (24, 24, 24), serializer=sharding(
        (8, 8, 8), [bytes_codec(), named("numcodecs.shuffle", elementsize=4), ZSTD3]), compressors=[],
        keys=("v2", "/"), names=("z", "y", "x"), about="the layout copick 2.0 writes, with small chunks")
    add("sharding/canonical-u2-4d", (2, 9, 10, 11), (1, 12, 12, 12), "u2", serializer=sharding(
        (1, 4, 4, 4), inner), compressors=[], keys=("v2", "/"), names=("c", "z", "y", "x"))
    add("sharding/one-large", (40, 50, 60), (48, 64, 64), serializer=sharding(
        (16, 16, 16), [bytes_codec(), named("numcodecs.shuffle", elementsize=4), ZSTD3]), compressors=[])
    add("sharding/raw", (9, 9, 9), (6, 6, 6), "i2", serializer=sharding((3, 3, 3), [bytes_codec()]), compressors=[])
    add("sharding/big-endian", (9, 9, 9), (6, 6, 6), "f8", serializer=sharding((3, 2, 6), [bytes_codec("big")]),
        compressors=[])
    add("sharding/blosc", (16, 17, 18), (16, 16, 16), serializer=sharding(
        (8, 16, 16), [bytes_codec(), blosc3("lz4", 5, "bitshuffle")]), compressors=[])
    add("sharding/transpose-inside", (9, 10, 11), (8, 8, 8), "i4", serializer=sharding(
        (4, 2, 8), [named("transpose", order=[2, 0, 1]), bytes_codec(), named("gzip", level=1)]), compressors=[])
    add("sharding/transpose-outside", (9, 10, 12), (6, 4, 12), "i4", filters=[named("transpose", order=[1, 2, 0])],
        serializer=sharding((2, 2, 6), inner), compressors=[])
    add("sharding/index-without-checksum", (9, 9), (6, 6), "u4", serializer=sharding(
        (3, 3), inner, index_codecs=[bytes_codec()]), compressors=[])
    add("sharding/index-big-endian", (9, 9), (6, 6), "u4", serializer=sharding(
        (3, 3), inner, "start", index_codecs=[bytes_codec("big"), {"name": "crc32c"}]), compressors=[])
    add("sharding/inner-crc32c", (9, 9), (6, 6), "u4", serializer=sharding(
        (3, 3), [bytes_codec(), ZSTD3, {"name": "crc32c"}]), compressors=[])
    add("sharding/nested", (16, 16), (16, 16), "u2", serializer=sharding(
        (8, 8), [sharding((4, 4), inner, "start")]), compressors=[])
    add("sharding/compressed-outside", (9, 9), (6, 6), "u2", serializer=sharding((3, 3), inner),
        compressors=[named("gzip", level=1)], about="a codec after sharding: no partial reads are possible")
    add("sharding/missing-inner", (20, 20), (10, 10), "f4", serializer=sharding((5, 5), inner), compressors=[],
        fill=-1.5, write="inner", inner=(5, 5), about="some inner chunks and one whole shard were never written")
    add("sharding/missing-shards", (12, 12, 12), (6, 6, 6), "u2", serializer=sharding((3, 3, 3), inner),
        compressors=[], fill=7, write="some")
    add("sharding/one-inner", (5, 6, 7), (8, 8, 8), serializer=sharding((8, 8, 8), inner), compressors=[])
    add("sharding/f4-128", (5, 7, 9), (128, 128, 128), serializer=sharding(
        (128, 128, 128), [bytes_codec(), named("numcodecs.shuffle", elementsize=4), ZSTD3]), compressors=[],
        keys=("v2", "/"), names=("z", "y", "x"), about="exactly what copick 2.0 writes for a small volume")
    add("sharding/1d", (100,), (32,), "i8", serializer=sharding((8,), inner), compressors=[])

    for name, (filters, compressors) in NUMCODECS_CORE.items():
        add(f"numcodecs/{name}", (7, 9, 11), (5, 9, 11), filters=filters, compressors=compressors)
    for name, (dtype, filters, compressors) in NUMCODECS_RARE.items():
        add(f"numcodecs/{name}", (7, 9, 11), (7, 5, 11), dtype, filters=filters, compressors=compressors, tier="rare")

    fills = (
        ("zero-f4", "f4", 0.0), ("nan-f4", "f4", float("nan")), ("infinity-f8", "f8", float("inf")),
        ("minus-infinity-f2", "f2", float("-inf")), ("minus5-i2", "i2", -5), ("true-bool", "b1", True),
        ("max-u8", "u8", 2**64 - 1), ("min-i8", "i8", -(2**63)), ("tenth-f4", "f4", 0.1),
    )
    for name, dtype, value in fills:
        add(f"fill/{name}", (6, 7, 5), (4, 4, 3), dtype, fill=value, write="some")
    add("fill/nothing-written", (40, 50, 60), (16, 16, 16), fill=1.5, write="none")

    add("layout/1d", (29,), (10,))
    add("layout/2d-named", (9, 31), (4, 10), "u2", names=("y", None))
    add("layout/5d", (2, 3, 3, 2, 4), (1, 2, 3, 2, 3), "i1")
    add("layout/scalar", (), (), "f8")
    add("layout/scalar-unwritten", (), (), "i2", fill=-9, write="none")
    add("layout/empty-0x3", (0, 3), (1, 3))
    add("layout/empty-4x0x2", (4, 0, 2), (2, 1, 2), "i2")
    add("layout/ones", (1, 1, 1), (1, 1, 1))
    add("layout/chunk-larger", (5, 6, 7), (64, 64, 64), "u1")

    # Zarr v2 as zarr-python 3 writes it.
    for name, dtype, compressor, filters, more in (
        ("default-f4", "<f4", "auto", None, {}),
        ("blosc", "<f4", blosc2("zstd", 3, 2), None, dict(separator="/")),
        ("zlib-delta", "<i4", {"id": "zlib", "level": 1}, [delta("<i4")], {}),
        ("zstd-shuffle", "<f4", {"id": "zstd", "level": 3}, [{"id": "shuffle", "elementsize": 4}], dict(separator="/")),
        ("big-endian", ">f4", None, None, dict(order="F")),
        ("gzip-F", "<u2", {"id": "gzip", "level": 1}, None, dict(order="F", separator="/")),
        ("bool-lz4", "|b1", {"id": "lz4", "acceleration": 1}, None, {}),
        ("missing-chunks", "<f8", blosc2(), None, dict(write="some", fill=float("nan"))),
    ):
        cases.append(dict(path=f"format2/{name}", shape=(7, 8, 9), chunks=(4, 5, 9), dtype=dtype, format=2,
                          compressor=compressor, v2_filters=filters, **more))
    return cases


def hidden_v3(seed):
    draw = random.Random(seed * 7 + 3)
    names = Names(draw)
    cases = []
    for _ in range(100):
        rank = draw.choice((1, 2, 3, 3, 3, 3, 4, 5))
        size = shape(draw, rank, 1, {1: 400, 2: 40, 3: 24, 4: 8, 5: 5}[rank])
        dtype = draw.choice(INTEGERS + FLOATS + ("b1", "f4", "f4"))
        itemsize = np.dtype(dtype).itemsize
        endian = draw.choice(("little", "little", "big")) if itemsize > 1 else None

        def tail():
            choice = draw.random()
            if choice < 0.4:
                mode = draw.choice(("noshuffle", "shuffle", "bitshuffle"))
                return [blosc3(draw.choice(CNAMES), draw.randint(0, 9), mode, itemsize,
                               draw.choice((0, 0, 1000, 8192)))]
            if choice < 0.6:
                return [named("numcodecs.shuffle", elementsize=itemsize), ZSTD3]
            return list(draw.choice(list(SIMPLE_V3.values())))

        def turn():
            order = list(range(rank))
            draw.shuffle(order)
            return [named("transpose", order=order)] if draw.random() < 0.35 else []

        filters, write, inner = turn(), draw.choice(("all", "all", "some", "none")), None
        if draw.random() < 0.5:
            inner = tuple(draw.randint(1, max(1, n // 2)) for n in size)
            if filters:  # the library wants inner chunks to divide the shard before and after the transposition
                inner = (min(inner),) * rank
            chunks = tuple(i * draw.randint(1, max(1, -(-n // i))) for i, n in zip(inner, size))
            location = draw.choice(("start", "end"))
            index = draw.choice(([bytes_codec(), {"name": "crc32c"}], [bytes_codec(draw.choice(("little", "big")))]))
            serializer = sharding(inner, turn() + [bytes_codec(endian)] + tail(), location, index)
            compressors = [{"name": "crc32c"}] if draw.random() < 0.1 else []
            if write == "some":
                write = draw.choice(("some", "inner"))
        else:
            chunks = tuple(draw.choice((max(1, n // 3), max(1, n // 2), n, n + draw.randint(1, 9))) for n in size)
            serializer, compressors = bytes_codec(endian), tail()
        if dtype[0] == "f":
            fill = draw.choice((0.0, float("nan"), float("inf"), float("-inf"), -5.25, 0.1))
        elif dtype[0] == "b":
            fill = draw.choice((True, False))
        else:
            fill = draw.choice((0, int(np.iinfo(dtype).max), int(np.iinfo(dtype).min), 5))
        cases.append(dict(path=f"{names.fresh(extras='-.')}/{names.fresh(extras='-.')}", shape=size, chunks=chunks,
                          dtype=dtype, filters=filters, serializer=serializer, compressors=compressors, fill=fill,
                          keys=draw.choice(list(SEPARATORS.values())), write=write, inner=inner,
                          extremes=draw.random() < 0.3,
                          names=draw.choice((None, tuple(names.fresh() for _ in size)))))
    cases.append(dict(path=f"large/{names.fresh()}", shape=shape(draw, 3, 70, 100), chunks=(128, 128, 128), dtype="f4",
                      filters=[], serializer=sharding((32, 32, 32), [bytes_codec(), blosc3("lz4")]), compressors=[]))
    for name, (filters, compressors) in NUMCODECS_CORE.items():
        cases.append(dict(path=f"numcodecs/{names.fresh()}", shape=shape(draw, 3, 4, 12), chunks=shape(draw, 3, 3, 12),
                          dtype="f4", filters=filters, serializer=bytes_codec(draw.choice(("little", "big"))),
                          compressors=compressors, about=name))
    for name, (dtype, filters, compressors) in NUMCODECS_RARE.items():
        cases.append(dict(path=f"rare/{names.fresh()}", shape=shape(draw, 3, 4, 12), chunks=shape(draw, 3, 3, 12),
                          dtype=dtype, filters=filters, serializer=bytes_codec("little" if dtype != "b1" else None),
                          compressors=compressors, tier="rare", about=name))
    for _ in range(12):
        dtype = draw.choice(("<f4", ">f4", "<i2", ">u2", "|u1", "<f8"))
        cases.append(dict(path=f"format2/{names.fresh()}", shape=shape(draw, 3, 3, 12), chunks=shape(draw, 3, 2, 12),
                          dtype=dtype, format=2, order=draw.choice("CF"), separator=draw.choice("./"),
                          compressor=draw.choice((None, blosc2(draw.choice(CNAMES), 5, draw.choice((0, 1, 2))),
                                                  {"id": "zstd", "level": 2}, {"id": "zlib", "level": 2})),
                          v2_filters=draw.choice((None, [{"id": "shuffle", "elementsize": 4}]))))
    return cases


def write_v3(folder, case, seed):
    options = dict(store=f"{folder}/{case['path']}", shape=case["shape"], chunks=case["chunks"], dtype=case["dtype"],
                   fill_value=case.get("fill", 0 if case["dtype"] != "b1" else False))
    if case.get("format") == 2:
        import numcodecs

        options.update(zarr_format=2, order=case.get("order", "C"),
                       chunk_key_encoding={"name": "v2", "separator": case.get("separator", ".")})
        if case["compressor"] != "auto":
            options["compressors"] = None if case["compressor"] is None else numcodecs.get_codec(case["compressor"])
        filters = case.get("v2_filters")
        options["filters"] = None if filters is None else [numcodecs.get_codec(dict(item)) for item in filters]
    else:
        encoding, separator = case.get("keys", ("default", "/"))
        options.update(zarr_format=3, filters=case["filters"] or None, serializer=case["serializer"],
                       compressors=case["compressors"] or None, dimension_names=case.get("names"),
                       chunk_key_encoding={"name": encoding, "separator": separator},
                       attributes=case.get("attributes"))
    array = zarr.create_array(**options)
    if case.get("write") == "inner":
        fill_array(array, dict(case, chunks=case["inner"], write="some"), seed)
    else:
        fill_array(array, case, seed)


def groups_v3(folder, draw):
    for version in (3, 2):
        root = zarr.open_group(f"{folder}/groups/consolidated-v{version}", mode="w", zarr_format=version)
        root.attrs.update({"title": "grüße", "nested": {"list": [1, 2.5, None, True]}, "empty": {}})
        inner = root.create_group("inner/deep", attributes={"unit": "angstrom"})
        values = np.arange(24, dtype="<i4").reshape(4, 6)
        inner.create_array("values", data=values, chunks=(2, 4), attributes={"offset": [0.5, draw.randint(1, 9)]})
        root.create_array("top", data=values.astype("<f4"), chunks=(4, 6))
        root.create_group("nothing")
        zarr.consolidate_metadata(root.store)
    plain = zarr.open_group(f"{folder}/groups/plain-v3", mode="w", zarr_format=3)
    plain.create_array("a/b/c", data=np.arange(24, dtype="<i4").reshape(4, 6), chunks=(3, 3))


def write_zarr(folder, profile, seed):
    recreate(folder)
    if MODERN:
        cases, write, groups = (public_v3() if profile == "public" else hidden_v3(seed)), write_v3, groups_v3
    else:
        cases, write, groups = (public_v2() if profile == "public" else hidden_v2(seed)), write_v2, groups_v2
    skipped = []
    for case in cases:
        try:
            write(folder, case, seed)
            values = zarr.open(f"{folder}/{case['path']}", mode="r")[...]
            del values
        except Exception as error:
            if profile == "public":
                print(f"cannot write {case['path']}: {type(error).__name__}: {error}", file=sys.stderr)
            skipped.append(f"{case['path']}: {type(error).__name__}: {str(error)[:160]}")
            shutil.rmtree(f"{folder}/{case['path']}", ignore_errors=True)
            parent = os.path.dirname(f"{folder}/{case['path']}")
            if os.path.isdir(parent) and not os.listdir(parent):
                os.rmdir(parent)
    groups(folder, random.Random(seed))
    describe_corpus(folder, cases, profile, seed)
    print(f"{folder}: {len(cases) - len(skipped)} arrays, {len(skipped)} not possible with this library")
    return skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", required=True, help="folder that receives the corpora")
    parser.add_argument("--seed", type=int, default=20, help="seed of every random choice (default 20)")
    parser.add_argument("--profile", choices=("public", "hidden"), default="public")
    parser.add_argument("--only", choices=("project", "zarr"), help="write only one of the two corpora")
    parser.add_argument("--verbose", action="store_true", help="list the cases the library cannot write")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    out = os.path.abspath(options.out)
    if options.only != "zarr":
        write_project(os.path.join(out, "v2" if MODERN else "v1"), options.profile, options.seed)
    if options.only != "project":
        skipped = write_zarr(os.path.join(out, "zarr3" if MODERN else "zarr2"), options.profile, options.seed)
        if options.verbose:
            print("\n".join(skipped))


if __name__ == "__main__":
    main()
