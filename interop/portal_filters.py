#!/usr/bin/env python3
"""Compares filters of portal metadata: Python copick 1.31 against `copick ls --where … --author …`.

    portal_filters.py COPICK CONFIG --overlay FOLDER --graphql-url URL --s3-url URL

Asks for each value of a sample of fields, and for each set of authors. Python needs a type to find tomograms, so it is asked for each.
Dates, nulls and unknown fields are left out: Python ignores them, copick for Java does not.
"""

import argparse
import itertools
import json
import subprocess

import check_portal

PICKS = ("deposition_id", "method_type", "confidence_precision", "ground_truth_status", "annotation_software", "object_count")
TOMOGRAMS = ("processing", "ctf_corrected", "is_portal_standard", "tomogram_version", "size_x")


def values(fields, rows):
    for field in fields:
        for value in sorted({getattr(row, field) for row in rows} - {None}, key=str):
            yield field, value


def authors(lists):
    names = sorted({name for names in lists for name in names})
    for count in (1, 2):
        yield from map(list, itertools.combinations(names, count))


def listed(command, kinds):
    rows = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return sorted(
        f"{row['run']} {row['portal']['tomogram_id'] if row['kind'] == 'tomogram' else row['uri'].split('/')[1].split('@')[0].split('?')[0]}"
        for row in rows
        if row["kind"] in kinds
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("copick")
    parser.add_argument("config")
    for name in ("--overlay", "--graphql-url", "--s3-url"):
        parser.add_argument(name, required=True)
    options = parser.parse_args()
    check_portal.point_at(options.graphql_url, options.s3_url)
    root = check_portal.PortalProject(options.config, options.overlay).root
    annotations = [item for run in root.runs for item in run.picks + run.segmentations]
    tomograms = [tomogram for run in root.runs for spacing in run.voxel_spacings for tomogram in spacing.tomograms]

    def found_annotations(**query):
        return sorted(
            f"{run.name} {item.session_id}"
            for run in root.runs
            for item in run.get_picks(**query) + run.get_segmentations(is_instance=None, **query)
        )

    def found_tomograms(**query):
        return sorted(
            f"{spacing.run.name} {tomogram.meta.portal_tomo_id}"
            for spacing, kind in {(t.voxel_spacing, t.tomo_type) for t in tomograms}
            for tomogram in spacing.get_tomograms(kind, **query)
        )

    known = [item.meta.portal_metadata for item in annotations]
    queries = [
        (("picks", "segmentation"), found_annotations, {"portal_meta_query": {field: value}}, ["--where", f"{field}={value}"])
        for field, value in values(PICKS, [each.portal_annotation for each in known])
    ]
    known_tomograms = [tomogram.meta.portal_metadata for tomogram in tomograms]
    queries += [
        (("tomogram",), found_tomograms, {"portal_meta_query": {field: value}}, ["--where", f"{field}={value}"])
        for field, value in values(TOMOGRAMS, [each.portal_metadata for each in known_tomograms])
    ]
    for kinds, found, all_known in (
        (("picks", "segmentation"), found_annotations, known),
        (("tomogram",), found_tomograms, known_tomograms),
    ):
        queries += [
            (kinds, found, {"portal_author_query": names}, [part for name in names for part in ("--author", name)])
            for names in authors(each.portal_authors for each in all_known)
        ]
    matches = 0
    for kinds, found, query, arguments in queries:
        expected = found(**query)
        actual = listed([options.copick, "ls", "--json", *arguments], kinds)
        assert actual == expected, (arguments, actual, expected)
        matches += len(expected)
    assert matches > len(queries) / 2, (matches, len(queries))
    print(f"interop: {len(queries)} filters find what Python copick finds, {matches} entities in all")


if __name__ == "__main__":
    main()
