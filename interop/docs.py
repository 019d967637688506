#!/usr/bin/env python3
"""Runs the blocks that pages of documentation show, each page from top to bottom in an empty folder.

`sh` blocks run in one shell, so that `cd` and `export` last to the end of the page. A `text` block right after an `sh` block is what
that block must print; `…` stands for anything within a line, a line with `…` alone for any lines. `python` blocks run together, after
the shell's. A block after the comment `<!-- not run here: why -->` is passed over.

    docs.py COPICK PYTHON PAGE…
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"(<!-- not run here:[^>]*-->\s*)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page):
    """The language, text and distance to the block before, of each block that is run or compared."""
    text, end = page.read_text(encoding="utf-8"), 0
    for match in BLOCK.finditer(text):
        if not match.group(1):
            yield match.group(2), match.group(3), text[end:match.start()].strip() == ""
        end = match.end()


def pattern(expected):
    lines = []
    for line in expected.rstrip("\n").split("\n"):
        lines.append(r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n")
    return re.compile("".join(lines))


def run_page(page, copick, python):
    """The number of blocks that ran, or the reason why the page is wrong."""
    shell, expected, code = [], {}, []
    for language, text, adjacent in blocks(page):
        if language == "sh":
            shell.append(text)
        elif language == "text" and adjacent and shell:
            expected[len(shell) - 1] = text
        elif language == "python":
            code.append(text)
    with tempfile.TemporaryDirectory(prefix="copick-docs-") as folder:
        work = Path(folder)
        for name in ("bin", "page", "printed"):
            (work / name).mkdir()
        for place in (work / "bin", work / "page"):
            (place / "copick").symlink_to(copick)
        script = ["set -euo pipefail"]
        for number, text in enumerate(shell):
            script.append(f"echo '+ block {number + 1}' >&2\n{{\n{text}}} >'{work}/printed/{number}'")
        if code:
            (work / "page.py").write_text("\n".join(code), encoding="utf-8")
            script.append(f"'{python}' '{work}/page.py'")
        environment = {**os.environ, "PATH": f"{work}/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        environment.pop("COPICK_CONFIG", None)
        done = subprocess.run(["bash", "-c", "\n".join(script)], cwd=work / "page", env=environment, capture_output=True, text=True)
        if done.returncode:
            return f"exit status {done.returncode}\n{done.stdout}{done.stderr}"
        for number, text in expected.items():
            printed = (work / "printed" / str(number)).read_text(encoding="utf-8")
            if not pattern(text).fullmatch(printed):
                return f"block {number + 1} printed\n{printed}instead of\n{text}"
    passed_over = any(match.group(1) for match in BLOCK.finditer(page.read_text(encoding="utf-8")))
    if not shell and not code and not passed_over:
        return "no block to run"
    return len(shell) + len(code)


def main():
    copick, python, pages = Path(sys.argv[1]).resolve(), sys.argv[2], [Path(page) for page in sys.argv[3:]]
    wrong = 0
    for page in pages:
        result = run_page(page, copick, python)
        wrong += isinstance(result, str)
        print(f"docs: {page.name}: " + (f"{result} blocks ran" if isinstance(result, int) else f"WRONG: {result}"), flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
