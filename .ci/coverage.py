"""Measures with JaCoCo how much published code the tests of all legs cover; it must not fall below the file `coverage`."""

import csv
import subprocess
from pathlib import Path

FLOOR = Path(__file__).with_name("coverage")
KINDS = {"INSTRUCTION": "instructions", "BRANCH": "branches"}
#: Tolerance in percentage points, because tests of races and random regions do not reach the same branches in every run.
JITTER = 0.15
#: All modules except the benchmark, which is not published and has no tests, and the kit, which contains tests.
MODULES = "copick-[!bt]*"


def floor():
    return {kind: float(percent) for kind, percent in (line.split() for line in FLOOR.read_text().splitlines())}


def measure(cli, checkout, trees, work):
    """Returns the percentage of each kind; trees contain JaCoCo's records, the checkout contains the classes."""
    records = [record for tree in trees for record in sorted(tree.glob("**/target/jacoco.exec"))]
    # modules with tests only, such as the fuzz targets, have no classes
    folders = [folder for folder in sorted(checkout.glob(f"{MODULES}/target/classes")) if folder.is_dir()]
    classes = [part for folder in folders for part in ["--classfiles", folder]]
    table = work / "coverage.csv"
    subprocess.run(["java", "-jar", cli / "org.jacoco.cli-nodeps.jar", "report", *records, *classes, "--csv", table, "--quiet"],
                   check=True)
    missed, covered = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    with open(table, newline="") as rows:
        for row in csv.DictReader(rows):
            for kind in KINDS:
                missed[kind] += int(row[f"{kind}_MISSED"])
                covered[kind] += int(row[f"{kind}_COVERED"])
    return {kind: 100 * covered[kind] / (covered[kind] + missed[kind]) for kind in KINDS}


def fallen(measured):
    """Returns a message for each kind whose coverage fell."""
    return [f"coverage of {KINDS[kind]} fell from {least:.1f} % to {measured[kind]:.1f} %"
            for kind, least in floor().items() if measured[kind] < least - JITTER]
