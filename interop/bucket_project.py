"""Writes configurations with roots in a bucket, and puts projects there with Python."""

import json
import sys
from pathlib import Path

import fsspec

what, source, target, root = sys.argv[1:5]
arguments = json.loads(sys.argv[5])
config = json.loads(Path(source).read_text(encoding="utf-8"))
folders = {name: config[f"{name}_root"].replace("local://", "") for name in ("static", "overlay") if f"{name}_root" in config}


def in_bucket(name, folder):
    config[f"{name}_root"] = f"{root}/{folder}"
    config[f"{name}_fs_args"] = arguments


if what == "upload":  # copies both roots
    files = fsspec.filesystem(root.split(":")[0], **arguments)
    for name, folder in folders.items():
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                files.pipe_file(f"{root}/{name}/{path.relative_to(folder)}", path.read_bytes())
        in_bucket(name, name)
elif what == "static":  # the shared root in the bucket, an overlay on this disk
    in_bucket("static", "static")
    overlay = Path(target).parent / "overlay-on-disk"
    overlay.mkdir()
    config["overlay_root"], config["overlay_fs_args"] = f"local://{overlay}", {"auto_mkdir": True}
else:  # one empty root in the bucket
    for field in ("static_root", "static_fs_args"):
        config.pop(field, None)
    in_bucket("overlay", "written")
Path(target).write_text(json.dumps(config), encoding="utf-8")
