#!/usr/bin/env python3
"""Open a copick project with Python copick and describe, or check, everything it can read from it.

Runs in any environment that has copick installed (1.31 or 2.0 alpha); comparing two files needs only Python.

    check_project.py CONFIG --dump out.json                     describe the project as a manifest
    check_project.py CONFIG --expect manifest.json              exit 1 and list the differences, if any
    check_project.py --zarr DIR --expect manifest.json          the same for a folder of plain zarr arrays
    check_project.py --actual made.json --expect manifest.json  compare two manifests (needs neither copick nor numpy)

CONFIG may contain the placeholder {ROOT}; it stands for the folder given with --root (default: the folder of CONFIG).
Paths in a manifest are relative to that folder. `copick manifest` writes the same schema.

The project is only read: no file is created or changed.
"""

import argparse
import hashlib
import json
import logging
import math
import os
import platform
import random
import sys
import warnings

try:
    import numpy as np
except ImportError:  # comparing two manifests does without
    np = None

SCHEMA = 1

#: Members of a list of entities are matched by these fields, so the order of the list does not matter.
IDENTITY = (
    "name", "voxel_size", "tomo_type", "feature_type", "object_name", "user_id", "session_id", "type", "instance_id",
    "read_only",
)


# --------------------------------------------------------------------------------------------------------------------
# Plain values
# --------------------------------------------------------------------------------------------------------------------


def plain(value):
    """``value`` as strict JSON: numpy scalars become numbers, non-finite floats become strings, tuples lists."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, bytes):
        return value.hex()
    return value


def digest(array):
    """SHA-256 of the array's elements in C order, little-endian."""
    array = np.asarray(array)
    return hashlib.sha256(np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()).hexdigest()


def spots(array, count=6):
    """A few ``[index, value]`` pairs, spread over the array; the same for every array of the same shape."""
    if array.size == 0:
        return []
    if array.ndim == 0:
        return [[[], plain(array[()])]]
    generator = random.Random(repr(array.shape))
    indices = [tuple(0 for _ in array.shape), tuple(n - 1 for n in array.shape), tuple(n // 2 for n in array.shape)]
    indices += [tuple(generator.randrange(n) for n in array.shape) for _ in range(count - len(indices))]
    unique = list(dict.fromkeys(indices))
    return [[list(index), plain(array[index])] for index in unique]


def software():
    import copick
    import numcodecs
    import zarr

    return {
        "copick": copick.__version__,
        "zarr": zarr.__version__,
        "numcodecs": numcodecs.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }


# --------------------------------------------------------------------------------------------------------------------
# Zarr
# --------------------------------------------------------------------------------------------------------------------


def zarr_format(node):
    """2 or 3, for a group or array of either generation of zarr-python."""
    metadata = getattr(node, "metadata", None)
    return int(getattr(metadata, "zarr_format", 2))


def describe_values(array, values):
    return {
        "shape": list(values.shape),
        "dtype": array.dtype.str,
        "chunks": list(array.chunks),
        "shards": None if getattr(array, "shards", None) is None else list(array.shards),
        "sha256": digest(values),
        "spots": spots(values),
    }


def describe_array(array):
    """Everything a manifest says about one plain zarr array."""
    version = zarr_format(array)
    described = {"zarr_format": version, **describe_values(array, np.asarray(array[...]))}
    described["fill_value"] = plain(array.fill_value)
    if version == 2:
        described["order"] = getattr(getattr(array, "metadata", array), "order")
    else:
        names = array.metadata.dimension_names
        described["dimension_names"] = None if names is None else list(names)
    described["attributes"] = plain(dict(array.attrs))
    return described


def open_readable(store):
    """The node at the root of ``store``, or None if this generation of zarr-python finds nothing there."""
    import zarr

    names = ("PathNotFoundError", "GroupNotFoundError", "NodeNotFoundError")
    missing = [FileNotFoundError, KeyError] + [getattr(zarr.errors, n) for n in names if hasattr(zarr.errors, n)]
    try:
        return zarr.open(store, mode="r")
    except tuple(missing):
        return None


def multiscale_of(group):
    """The first multiscales entry of a group and its OME-NGFF version, for both metadata layouts."""
    attributes = dict(group.attrs)
    if "multiscales" in attributes:
        entry = attributes["multiscales"][0]
        return entry, entry.get("version")
    ome = attributes.get("ome")
    if isinstance(ome, dict) and "multiscales" in ome:
        return ome["multiscales"][0], ome.get("version")
    return None, None


def describe_volume(entity):
    """A tomogram, feature map, segmentation or density map: every pyramid level, read through the entity."""
    group = open_readable(entity.zarr())
    if group is None:
        return {"kind": "volume", "levels": []}
    multiscale, version = multiscale_of(group)
    if multiscale is None:
        keys = sorted(group.array_keys()) if hasattr(group, "array_keys") else []
        datasets, axes = [{"path": key} for key in keys], None
    else:
        datasets = multiscale["datasets"]
        axes = [axis["name"] for axis in multiscale["axes"]]
    levels = []
    for dataset in datasets:
        array = group[dataset["path"]]
        values = np.asarray(entity.numpy(dataset["path"]))
        scales = [t["scale"] for t in dataset.get("coordinateTransformations", []) if t["type"] == "scale"]
        levels.append(
            {
                "path": dataset["path"],
                "scale": plain(scales[0]) if scales else None,
                **describe_values(array, values),
            },
        )
    return {
        "kind": "volume",
        "zarr_format": zarr_format(group),
        "ome_version": version,
        "axes": axes,
        "metadata": None if multiscale is None else plain(multiscale.get("metadata")),
        "levels": levels,
    }


def zarr_nodes(root):
    """The folders below ``root`` that hold zarr metadata, in path order."""
    for folder, children, files in os.walk(root):
        children.sort()
        if {".zarray", ".zgroup", "zarr.json"} & set(files):
            yield folder


def describe_zarr_folder(root):
    """The manifest of a folder of plain zarr arrays and groups."""
    import zarr

    arrays, groups = [], []
    for folder in zarr_nodes(root):
        path = os.path.relpath(folder, root).replace(os.sep, "/")
        node = zarr.open(folder, mode="r")
        if hasattr(node, "chunks"):
            arrays.append({"path": path, **describe_array(node)})
        else:
            consolidated = os.path.exists(os.path.join(folder, ".zmetadata"))
            metadata = getattr(node, "metadata", None)
            if getattr(metadata, "consolidated_metadata", None) is not None:
                consolidated = True
            members = sorted(list(node.array_keys()) + list(node.group_keys()))
            groups.append(
                {
                    "path": path,
                    "zarr_format": zarr_format(node),
                    "attributes": plain(dict(node.attrs)),
                    "members": members,
                    "consolidated": consolidated,
                },
            )
    return {"schema": SCHEMA, "kind": "zarr", "software": software(), "groups": groups, "arrays": arrays}


# --------------------------------------------------------------------------------------------------------------------
# Documents
# --------------------------------------------------------------------------------------------------------------------


def describe_picks(picks):
    return {"kind": "picks", "document": plain(picks.load().model_dump())}


def describe_filaments(filaments):
    return {"kind": "filaments", "document": plain(filaments.load().model_dump())}


def describe_mesh(mesh):
    scene = mesh.load()
    geometries = []
    for name, geometry in scene.geometry.items():
        vertices = np.asarray(geometry.vertices)
        faces = np.asarray(getattr(geometry, "faces", np.zeros((0, 3), dtype=np.int64)))
        described = {
            "name": name,
            "type": type(geometry).__name__,
            "vertices": len(vertices),
            "faces": len(faces),
            "bounds": plain(geometry.bounds),
            "vertices_sha256": digest(vertices.astype("<f4")),
            "faces_sha256": digest(faces.astype("<u4")),
            "colors_sha256": None,
        }
        visual = getattr(geometry, "visual", None)
        if getattr(visual, "kind", None) == "vertex":
            described["colors_sha256"] = digest(np.asarray(visual.vertex_colors, dtype=np.uint8))
        geometries.append(described)
    nodes = []
    for node in sorted(scene.graph.nodes_geometry):
        matrix, geometry = scene.graph[node]
        nodes.append({"node": node, "geometry": geometry, "matrix": plain(np.asarray(matrix))})
    return {
        "kind": "mesh",
        "bounds": plain(scene.bounds) if geometries else None,
        "geometries": geometries,
        "nodes": nodes,
    }


# --------------------------------------------------------------------------------------------------------------------
# Projects
# --------------------------------------------------------------------------------------------------------------------


class Project:
    """A project opened with real copick, and the descriptions gathered from it."""

    def __init__(self, config_path, root=None):
        import copick

        self.folder = os.path.abspath(root if root is not None else os.path.dirname(config_path) or ".")
        with open(config_path, encoding="utf-8") as file:
            text = file.read()
        escaped = json.dumps(self.folder)[1:-1]
        self.root = copick.from_string(text.replace("{ROOT}", escaped))
        self.contents = {}
        self.errors = []

    def relative(self, path):
        path = str(path).replace("//", "/")
        absolute = os.path.abspath(path)
        if absolute == self.folder or absolute.startswith(self.folder + os.sep):
            return os.path.relpath(absolute, self.folder).replace(os.sep, "/")
        return path

    def portable(self, text):
        """``text`` with this machine's project folder replaced by the placeholder."""
        return text.replace(self.folder, "{ROOT}") if isinstance(text, str) else text

    def content(self, path, describe, entity):
        """Describe ``entity`` once, remember it under its path, and return the path."""
        path = self.relative(path)
        if path not in self.contents:
            try:
                self.contents[path] = describe(entity)
            except Exception as error:  # an unreadable entity is a finding, not the end of the check
                message = self.portable(f"{type(error).__name__}: {error}")
                self.contents[path] = {"kind": "error", "error": message}
                self.errors.append(f"{path}: {message}")
        return path

    def view(self):
        """Returns what the Python API lists for this configuration; `contents` collects file contents."""
        return {
            "config": self.config(),
            "objects": [self.object(item) for item in self.root.pickable_objects],
            "runs": [self.run(run) for run in self.root.runs],
        }

    def config(self):
        values = self.root.config.model_dump()
        values.pop("pickable_objects")
        return {key: plain(self.portable(value)) for key, value in values.items()}

    def object(self, item):
        described = plain(item.meta.model_dump())
        described["is_filament"] = bool(item.is_filament)
        described["read_only"] = bool(item.read_only)
        described["path"] = None
        path = item.static_path if item.read_only else item.overlay_path
        files = item.fs_static if item.read_only else item.fs_overlay
        if item.is_particle and any(files.exists(f"{path}/{name}") for name in (".zgroup", "zarr.json")):
            described["path"] = self.content(path, describe_volume, item)
        return described

    def run(self, run):
        by_size = sorted(run.voxel_spacings, key=lambda spacing: spacing.voxel_size)
        return {
            "name": run.name,
            "voxel_spacings": [self.voxel_spacing(spacing) for spacing in by_size],
            "picks": [self.annotation(item, describe_picks) for item in run.picks],
            "filaments": [self.annotation(item, describe_filaments) for item in run.filaments],
            "meshes": [self.annotation(item, describe_mesh) for item in run.meshes],
            "segmentations": [self.segmentation(item) for item in run.segmentations],
        }

    def voxel_spacing(self, spacing):
        tomograms = sorted(spacing.tomograms, key=lambda item: (not item.read_only, item.tomo_type))
        return {
            "voxel_size": spacing.voxel_size,
            "directory": f"VoxelSpacing{spacing.voxel_size:.3f}",
            "tomograms": [self.tomogram(item) for item in tomograms],
        }

    def tomogram(self, item):
        path = item.static_path if item.read_only else item.overlay_path
        features = sorted(item.features, key=lambda feature: (not feature.read_only, feature.feature_type))
        return {
            "tomo_type": item.tomo_type,
            "read_only": bool(item.read_only),
            "path": self.content(path, describe_volume, item),
            "features": [
                {
                    "feature_type": feature.feature_type,
                    "read_only": bool(feature.read_only),
                    "path": self.content(feature.path, describe_volume, feature),
                }
                for feature in features
            ],
        }

    def annotation(self, item, describe):
        return {
            "object_name": item.pickable_object_name,
            "user_id": item.user_id,
            "session_id": item.session_id,
            "from_tool": bool(item.from_tool),
            "read_only": bool(item.read_only),
            "path": self.content(item.path, describe, item),
        }

    def segmentation(self, item):
        return {
            "name": item.name,
            "user_id": item.user_id,
            "session_id": item.session_id,
            "voxel_size": item.voxel_size,
            "type": getattr(item, "segmentation_type", "multilabel" if item.is_multilabel else "binary"),
            "is_multilabel": bool(item.is_multilabel),
            "from_tool": bool(item.from_tool),
            "color": plain(item.color),
            "read_only": bool(item.read_only),
            "path": self.content(item.path, describe_volume, item),
        }


def describe_project(config_path, root=None, view="project"):
    """The manifest of one project with a single view, and the list of entities that could not be read."""
    project = Project(config_path, root)
    described = project.view()
    manifest = {
        "schema": SCHEMA,
        "kind": "project",
        "software": software(),
        "views": {view: described},
        "contents": dict(sorted(project.contents.items())),
    }
    return manifest, project.errors


# --------------------------------------------------------------------------------------------------------------------
# Comparison
# --------------------------------------------------------------------------------------------------------------------


def inline(value, contents):
    """A view with the described content put in place beside every path."""
    if isinstance(value, dict):
        result = {key: inline(item, contents) for key, item in value.items()}
        if value.get("path") is not None and value["path"] in contents:
            result["content"] = contents[value["path"]]
        return result
    if isinstance(value, list):
        return [inline(item, contents) for item in value]
    return value


def identity(item, ignored=()):
    if not isinstance(item, dict):
        return None
    key = tuple((field, item[field]) for field in IDENTITY if field in item and field not in ignored)
    return key or None


def label(key):
    return ",".join(f"{field}={value}" for field, value in key)


def differences(expected, actual, ignored=(), allow_extra=False, where=""):
    """Readable lines, one per difference."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        if "kind" in expected and actual.get("kind") != expected["kind"]:
            yield f"{where}: expected {expected['kind']}, found {actual.get('error', actual.get('kind'))}"
            return
        for key in expected:
            if key in ignored:
                continue
            if key not in actual:
                yield f"{where}.{key}: missing"
            else:
                yield from differences(expected[key], actual[key], ignored, allow_extra, f"{where}.{key}")
        for key in actual:
            if key not in expected and key not in ignored and not allow_extra:
                yield f"{where}.{key}: unexpected, {short(actual[key])}"
        return
    if isinstance(expected, list) and isinstance(actual, list):
        wanted = [identity(item, ignored) for item in expected]
        found = [identity(item, ignored) for item in actual]
        matchable = all(wanted + found) and len(set(wanted)) == len(wanted) and len(set(found)) == len(found)
        if matchable and (wanted or found):
            have = dict(zip(found, actual))
            for key, item in zip(wanted, expected):
                if key in have:
                    yield from differences(item, have[key], ignored, allow_extra, f"{where}[{label(key)}]")
                else:
                    yield f"{where}[{label(key)}]: missing"
            if not allow_extra:
                for key in found:
                    if key not in set(wanted):
                        yield f"{where}[{label(key)}]: unexpected"
            return
        if len(expected) != len(actual):
            yield f"{where}: {len(expected)} elements expected, {len(actual)} found"
            return
        for position, (item, other) in enumerate(zip(expected, actual)):
            yield from differences(item, other, ignored, allow_extra, f"{where}[{position}]")
        return
    if expected != actual or isinstance(expected, bool) != isinstance(actual, bool):
        yield f"{where}: expected {short(expected)}, found {short(actual)}"


def short(value, limit=120):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def pick_view(manifest, name):
    views = manifest["views"]
    if name is None:
        name = next(iter(views))
    if name not in views:
        raise SystemExit(f"The expected manifest has no view {name!r}; it has {', '.join(views)}.")
    return name, inline(views[name], manifest["contents"])


def compare_projects(expected, actual, view=None, ignored=(), allow_extra=False):
    _, wanted = pick_view(expected, view)
    _, found = pick_view(actual, None)
    return list(differences(wanted, found, ignored, allow_extra))


def compare_zarr(expected, actual, ignored=(), allow_extra=False):
    result = []
    for part in ("groups", "arrays"):
        wanted = {item["path"]: item for item in expected[part]}
        found = {item["path"]: item for item in actual[part]}
        # Notes about how a corpus array was made are not something a reader reports.
        ignored_here = tuple(ignored) + ("codecs", "tier", "about")
        result += differences(wanted, found, ignored_here, allow_extra, part)
    return result


# --------------------------------------------------------------------------------------------------------------------
# Command line
# --------------------------------------------------------------------------------------------------------------------


def write_manifest(manifest, path):
    """Write a manifest: indented, but with short lists (shapes, points, matrices) kept on one line."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(layout(manifest) + "\n")


def layout(value, indent=0, width=140):
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if len(flat) + indent <= width or not isinstance(value, (dict, list)) or not value:
        return flat
    pad, closing = " " * (indent + 1), " " * indent
    if isinstance(value, dict):
        items = [f"{pad}{json.dumps(k, ensure_ascii=False)}: {layout(v, indent + 1, width)}" for k, v in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{closing}}}"
    return "[\n" + ",\n".join(pad + layout(item, indent + 1, width) for item in value) + f"\n{closing}]"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("config", nargs="?", help="copick configuration; {ROOT} in it stands for --root")
    parser.add_argument("--zarr", metavar="DIR", help="describe a folder of plain zarr arrays instead of a project")
    parser.add_argument("--actual", metavar="FILE", help="compare this manifest, whoever made it, instead of reading anything")
    parser.add_argument("--root", help="what {ROOT} stands for, and what paths are relative to")
    parser.add_argument("--dump", metavar="FILE", help="write the manifest here ('-' for standard output)")
    parser.add_argument("--expect", metavar="FILE", help="compare with this manifest")
    parser.add_argument("--view", help="which view of the expected manifest to compare with (default: its first)")
    parser.add_argument("--ignore", default="", help="comma-separated field names to leave out, e.g. path,chunks")
    parser.add_argument("--allow-extra", action="store_true", help="accept entities and fields that are not expected")
    options = parser.parse_args(arguments)
    if sum(source is not None for source in (options.config, options.zarr, options.actual)) != 1:
        parser.error("give one of a configuration, --zarr DIR or --actual FILE")
    if not (options.dump or options.expect):
        parser.error("give --dump or --expect")
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)

    if options.actual:
        with open(options.actual, encoding="utf-8") as file:
            manifest, errors = json.load(file), []
    elif options.zarr:
        manifest, errors = describe_zarr_folder(options.zarr), []
    else:
        manifest, errors = describe_project(options.config, options.root)
    for error in errors:
        print(f"unreadable: {error}", file=sys.stderr)
    if options.dump == "-":
        print(layout(manifest))
    elif options.dump:
        write_manifest(manifest, options.dump)
    if not options.expect:
        return 2 if errors else 0

    with open(options.expect, encoding="utf-8") as file:
        expected = json.load(file)
    ignored = tuple(filter(None, options.ignore.split(",")))
    if "arrays" in expected:
        found = compare_zarr(expected, manifest, ignored, options.allow_extra)
    else:
        found = compare_projects(expected, manifest, options.view, ignored, options.allow_extra)
    for line in found:
        print(line)
    print(f"{len(found)} difference(s)" if found else "no differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
