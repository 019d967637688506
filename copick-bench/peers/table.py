"""Formats the lines of runs as Markdown tables."""

import json
import statistics

import plan


class Row:
    """All repeats of one case, dataset and peer."""

    def __init__(self, lines):
        self.lines = [line for line in lines if line["seconds"] is not None]
        self.failure = next((line.get("note", "failed") for line in lines if line["seconds"] is None), None)
        self.checks = {line["check"] for line in self.lines if "check" in line}

    def median(self, field="seconds"):
        values = [line[field] for line in self.lines if field in line]
        return statistics.median(values) if values else None

    def most(self, field):
        return max((line[field] for line in self.lines if field in line), default=None)

    def best(self):
        return min(line["seconds"] for line in self.lines)

    def note(self):
        return next((line["note"] for line in self.lines if line.get("note")), "")


def load(files):
    """Returns (metas, rows by case, dataset and peer). If files have the same row, the last file's is used."""
    metas, rows = [], {}
    for file in files:
        groups = {}
        for text in open(file):
            line = json.loads(text)
            if "meta" in line:
                metas.append(line["meta"])
            else:
                groups.setdefault((line["case"], line["dataset"], line["peer"]), []).append(line)
        rows.update((key, Row(lines)) for key, lines in groups.items())
    return metas, rows


def differing(rows):
    """Returns the cases and datasets whose peers have different results; sizes on disk may differ."""
    seen = {}
    for (case, dataset, _), row in rows.items():
        seen.setdefault((case, dataset), set()).update(each for each in row.checks if not each.startswith("bytes:"))
    return {key for key, checks in seen.items() if len(checks) > 1}


def faults(files):
    """Yields the faults that invalidate a run: peers with different results, and failed Java cases."""
    rows = load(files)[1]
    for case, dataset in sorted(differing(rows)):
        yield f"{case} of {dataset}: the peers have different results"
    for (case, dataset, peer), row in sorted(rows.items()):
        if plan.is_java(peer) and row.failure:
            yield f"{case} of {dataset}: {peer} {row.failure}"


def number(value, digits=3):
    if value is None:
        return ""
    return f"{value:.{digits}g}" if abs(value) < 10 ** (digits - 1) else f"{value:.0f}"


def times(row):
    return f"{number(row.best())} / {number(row.median())}" if row and row.lines else "failed" if row else "–"


def markdown(titles, lines):
    yield ""
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for line in lines:
        yield "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in line) + " |"


def heading(metas):
    for meta in metas:
        trip = meta.get("remote_rtt_ms")
        yield (f"- {meta['date']}, {meta.get('processor', '?')}, {meta['cores']} cores, {meta['memory_gib']} GiB,"
               f" load {meta['load'][0]:.2f} at the start{'' if trip is None else f', round trip {trip} ms'}")
        for name, versions in meta.get("versions", {}).items():
            yield f"  - {name}: {', '.join(f'{key} {value}' for key, value in versions.items() if value != '')}"


def of_kind(rows, case, kind):
    """Returns the datasets of a goal that have rows, one for each size."""
    found = {key[1] for key in rows if key[0] == case}
    return sorted(name for name in found if name == kind or name.startswith(kind + "-"))


def judge(goal, java, rivals):
    """Returns (ratio, goals, missed goals)."""
    aims, missed, ratio = [], [], None
    others = [row for row in rivals if row and row.lines]
    if others:
        ratio = min(row.median() for row in others) / java.median()
    if goal.factor is not None:
        aims.append(f"≥ {round(goal.factor, 2):g}×")
        if ratio is None or ratio < goal.factor:
            missed.append("time")
    if goal.seconds is not None:
        aims.append(f"≤ {goal.seconds:g} s")
        if java.median() > goal.seconds:
            missed.append("time")
    if goal.bytes_share is not None:
        share = java.median("bytes_moved") / min(row.median("bytes_moved") for row in others)
        aims.append(f"bytes ≤ {goal.bytes_share:.0%} (are {share:.2%})")
        if share > goal.bytes_share:
            missed.append("bytes")
    if goal.requests is not None:
        requests = java.median("requests")
        aims.append(f"≤ {goal.requests} requests (are {number(requests)})")
        if requests is None or requests > goal.requests:
            missed.append("requests")
    return ratio, aims, missed


def ratios(rows):
    titles = ["case", "dataset", "Java, s", "rivals, s", "best rival / Java", "goal", "met"]
    void, lines = differing(rows), []
    for goal in plan.GOALS:
        for dataset in of_kind(rows, goal.case, goal.dataset):
            java = rows.get((goal.case, dataset, goal.java))
            if not java:
                continue
            rivals = {name: rows.get((goal.case, dataset, name)) for name in goal.rivals}
            beside = "<br>".join(f"{name} {times(row)}" for name, row in rivals.items() if row)
            line = [goal.case, dataset, f"{goal.java} {times(java)}", beside or "–"]
            if not java.lines:
                lines.append([*line, "", "", "no: failed"])
                continue
            if goal.rivals and not any(row and row.lines for row in rivals.values()):
                lines.append([*line, "", "", "– (no rival)"])
                continue
            ratio, aims, missed = judge(goal, java, rivals.values())
            met = f"no: {', '.join(missed)}" if missed else "yes" if aims else "–"
            if (goal.case, dataset) in void:
                met = "void: CHECKS DIFFER"
            lines.append([*line, f"{number(ratio)}×" if ratio else "–", ", ".join(aims) or "–", met])
    yield "\n## Ratios of medians (each cell: min / median)"
    yield from markdown(titles, lines)
    met = sum(line[-1] == "yes" for line in lines)
    missed = sum(line[-1].startswith(("no", "void")) for line in lines)
    yield f"\n{met} goals met, {missed} missed."


def everything(rows):
    titles = ["case", "dataset", "peer", "n", "min s", "median s", "cpu s", "GiB/s", "MB moved", "requests", "RSS MiB",
              "load", "check", "note"]
    void, lines = differing(rows), []
    for (case, dataset, peer), row in rows.items():
        if not row.lines:
            lines.append([case, dataset, peer, 0, *[""] * 9, row.failure])
            continue
        moved, size = row.median("bytes_moved"), row.median("bytes_out")
        check = "CHECKS DIFFER " if (case, dataset) in void else ""
        lines.append([
            case, dataset, peer, len(row.lines), number(row.best()), number(row.median()), number(row.median("cpu_seconds")),
            number(size / row.median() / 2**30) if size else "", number(moved / 1e6) if moved is not None else "",
            number(row.median("requests"), 5), number(row.most("peak_rss_mib"), 6), number(row.most("load1")),
            check + " ".join(sorted(row.checks)), "; ".join(filter(None, [row.note(), row.failure]))])
    yield "\n## All rows"
    yield from markdown(titles, lines)


def wide(rows):
    """Yields a table with a column per peer: min / median seconds, and for remote cases [MB on the wire, requests]."""
    peers = list(dict.fromkeys(peer for _, _, peer in rows))
    lines = []
    for case, dataset in dict.fromkeys(key[:2] for key in rows):
        line = [case, dataset]
        for peer in peers:
            row = rows.get((case, dataset, peer))
            cell = times(row) if row else ""
            if row and row.median("requests") is not None:
                cell += f" [{number(row.median('bytes_moved') / 1e6)}, {number(row.median('requests'), 5)}]"
            line.append(cell)
        lines.append(line)
    yield "\n## A column for each peer"
    yield from markdown(["case", "dataset", *peers], lines)


def render(files):
    metas, rows = load(files)
    for lines in (heading(metas), ratios(rows), wide(rows), everything(rows)):
        for line in lines:
            yield line
