"""Writes the blocks of a page that stand for files: those after a comment `<!-- file: NAME -->`. Arguments: the page, a folder."""

import re
import sys
from pathlib import Path

page, folder = Path(sys.argv[1]), Path(sys.argv[2])
for name, text in re.findall(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
    (folder / name).write_text(text, encoding="utf-8")
