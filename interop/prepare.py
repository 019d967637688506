"""Unpack the golden project and write its merged configuration with real paths."""

import sys
import zipfile
from pathlib import Path

archive, folder = Path(sys.argv[1]), Path(sys.argv[2])
with zipfile.ZipFile(archive) as entries:
    entries.extractall(folder)
template = (folder / "copick.template.json").read_text(encoding="utf-8")
(folder / "copick.json").write_text(template.replace("{ROOT}", str(folder)), encoding="utf-8")
