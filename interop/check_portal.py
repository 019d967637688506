#!/usr/bin/env python3
"""Describes a project of config_type cryoet_data_portal as Python copick 1.31 reads it from a portal on loopback.

    check_portal.py CONFIG --overlay FOLDER --graphql-url URL --s3-url URL --dump out.json

The manifest is that of check_project.py, with these differences: portal paths are whole URLs (s3://…); {OVERLAY} in CONFIG stands
for --overlay; portal entities carry what the portal says of them in `portal`; a list that Python could not make is {"error": …}.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import check_project as base  # noqa: E402


def point_at(graphql, s3):
    """Let the real client ask these servers; nothing else is changed."""
    import cryoet_data_portal._client as client

    client.DEFAULT_URL = graphql
    os.environ["AWS_ENDPOINT_URL_S3"] = s3
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    os.environ.setdefault("XDG_CACHE_HOME", tempfile.mkdtemp())


def known(model, without=()):
    return {key: base.plain(value) for key, value in model.model_dump().items() if value is not None and key not in without}


class PortalProject(base.Project):
    def __init__(self, config_path, overlay):
        import copick

        self.folder = os.path.abspath(overlay)
        with open(config_path, encoding="utf-8") as file:
            text = file.read().replace("{OVERLAY}", json.dumps(self.folder)[1:-1])
        self.root = copick.from_string(text)
        self.contents, self.errors = {}, []

    def relative(self, path):
        return path if str(path).startswith("s3://") or path is None else super().relative(path)

    def portable(self, text):
        return text.replace(self.folder, "{OVERLAY}") if isinstance(text, str) else text

    def attempt(self, make):
        try:
            return make()
        except Exception as error:
            self.errors.append(f"{type(error).__name__}: {error}")
            return {"error": self.portable(f"{type(error).__name__}: {error}")}

    def object(self, item):
        described = base.plain(item.meta.model_dump())
        described.update(is_filament=bool(item.is_filament), read_only=bool(item.read_only), path=None)
        if item.is_particle and item.fs.exists(f"{item.path}/.zgroup"):
            described["path"] = self.content(item.path, base.describe_volume, item)
        return described

    def run(self, run):
        spacings = sorted(run.voxel_spacings, key=lambda spacing: spacing.voxel_size)
        described = {
            "name": run.name,
            "portal": {"run_id": run.portal_run_id, "run_name": run.portal_run_name, "dataset_id": run.portal_dataset_id},
            "voxel_spacings": [self.voxel_spacing(spacing) for spacing in spacings],
        }
        for name, describe in (("picks", base.describe_picks), ("filaments", base.describe_filaments), ("meshes", base.describe_mesh)):
            described[name] = self.attempt(lambda: [self.annotation(item, describe) for item in getattr(run, name)])  # noqa: B023
        described["segmentations"] = self.attempt(lambda: [self.segmentation(item) for item in run.segmentations])
        return described

    def voxel_spacing(self, spacing):
        described = super().voxel_spacing(spacing)
        described["portal_vs_id"] = spacing.portal_vs_id
        return described

    def tomogram(self, item):
        if item.read_only and item.static_path is None:
            described = {"tomo_type": item.tomo_type, "read_only": True, "path": None, "features": []}
        else:
            described = super().tomogram(item)
        if item.read_only:
            meta = item.meta.portal_metadata
            described["portal"] = {
                "tomogram_id": item.meta.portal_tomo_id,
                "metadata": known(meta.portal_metadata, ("neuroglancer_config",)),
                "authors": meta.portal_authors,
            }
        return described

    def marked(self, item, described):
        if item.read_only:
            meta = item.meta.portal_metadata
            described["portal"] = {
                "annotation": known(meta.portal_annotation),
                "shape": known(meta.portal_annotation_shape),
                "file": known(meta.portal_annotation_file),
                "voxel_spacing": meta.voxel_spacing,
                "authors": meta.portal_author_names,
            }
        return described

    def annotation(self, item, describe):
        return self.marked(item, super().annotation(item, describe))

    def segmentation(self, item):
        return self.marked(item, super().segmentation(item))


def describe_picks(picks):
    """Without portal_metadata, which for portal picks is in the view, once."""
    document = base.plain(picks.load().model_dump())
    document.pop("portal_metadata", None)
    return {"kind": "picks", "document": document}


base.describe_picks = describe_picks


def describe(config, overlay, view):
    project = PortalProject(config, overlay)
    described = project.view()
    described["runs"].sort(key=lambda run: run["name"])
    manifest = {
        "schema": base.SCHEMA, "kind": "project", "software": software(), "views": {view: described},
        "contents": dict(sorted(project.contents.items(), key=lambda item: str(item[0]))),
    }
    return manifest, project.errors


def software():
    import cryoet_data_portal

    return {**base.software(), "cryoet_data_portal": cryoet_data_portal.__version__}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config")
    parser.add_argument("--overlay", required=True)
    parser.add_argument("--view", default="main")
    parser.add_argument("--dump", metavar="FILE")
    parser.add_argument("--expect", metavar="FILE")
    parser.add_argument("--ignore", default="", help="comma-separated field names to leave out")
    parser.add_argument("--graphql-url", required=True)
    parser.add_argument("--s3-url", required=True)
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    point_at(options.graphql_url, options.s3_url)
    os.environ["COPICK_PORTAL_CACHE"] = "0"
    manifest, errors = describe(options.config, options.overlay, options.view)
    for error in errors:
        print(f"unreadable: {error}", file=sys.stderr)
    if options.dump:
        base.write_manifest(manifest, options.dump)
    if options.expect:
        with open(options.expect, encoding="utf-8") as file:
            expected = json.load(file)
        found = base.compare_projects(expected, manifest, options.view, tuple(filter(None, options.ignore.split(","))))
        print("\n".join(found + [f"{len(found)} difference(s)" if found else "no differences"]))
        return 1 if found else 0
    return 2 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
