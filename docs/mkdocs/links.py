#!/usr/bin/env python3
"""Checks the links of a built site: every relative link names a file of the site, and its anchor an element of that file.

Scripts, style sheets, fonts and pictures must be files of the site, too; links to other hosts are counted and not fetched.

    links.py SITE
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Attributes with an address that a browser loads by itself.
LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("object", "data"), ("embed", "src")}
#: Faults of the javadoc command: JDK 17 links to a prefix of packages, JDK 25 to annotated type parameters, and both miss the anchor.
TOLERATED = re.compile(r"api/(?:constant-values\.html: #org\.copick|.*#type-param-\w+)")
FOREIGN_STYLE = re.compile(r"(?:@import|url\()\s*(?:url\()?[\"']?(?:https?:)?//[^\s\"')]+")


class Page(HTMLParser):
    """The links and anchors of a page."""

    def __init__(self, file):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(file.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.anchors.update(filter(None, (values.get("id"), values.get("name") if tag == "a" else None)))
        if tag == "link":
            loaded = {"stylesheet", "icon", "preload"} & set((values.get("rel") or "").split())
            self.links.append((values.get("href"), bool(loaded)))
        for name, value in attributes:
            if name in ("href", "src", "data") and tag != "link" and value is not None:
                self.links.append((value, (tag, name) in LOADED))


class Site:
    """The pages of a folder, each read once."""

    def __init__(self, folder):
        self.folder = folder
        self.pages = {}
        self.inside = self.outside = 0

    def page(self, file):
        if file not in self.pages:
            self.pages[file] = Page(file)
        return self.pages[file]

    def fault(self, file, link, loaded):
        """Returns what is wrong with a link of a file, or None."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            self.outside += 1
            return "loaded from another host" if loaded and parts.scheme != "data" else None
        self.inside += 1
        if parts.path.startswith("/"):
            return "absolute path, which depends on where the site is"
        target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
        if target.is_dir():
            target /= "index.html"
        if not target.is_file() or not target.is_relative_to(self.folder):
            return "no such file"
        anchor = unquote(parts.fragment)
        if anchor and target.suffix == ".html" and anchor not in self.page(target).anchors:
            return "no such anchor"
        return None

    def faults(self):
        # a server shows 404.html at any path, so its links are absolute
        files = [file for file in sorted(self.folder.rglob("*.html")) if file != self.folder / "404.html"]
        for file in files:
            for link, loaded in self.page(file).links:
                place = f"{file.relative_to(self.folder).as_posix()}: {link}"
                fault = self.fault(file, link, loaded)
                if fault and not TOLERATED.fullmatch(place):
                    yield f"{place}: {fault}"
        for file in sorted(self.folder.rglob("*.css")):
            for found in FOREIGN_STYLE.finditer(file.read_text(encoding="utf-8")):
                yield f"{file.relative_to(self.folder)}: {found[0]}: loaded from another host"


def main():
    site = Site(Path(sys.argv[1]).resolve())
    faults = list(dict.fromkeys(site.faults()))
    if not site.inside:
        faults.append(f"{site.folder} has no pages")
    print("\n".join(f"links: {fault}" for fault in faults), end="\n" if faults else "", file=sys.stderr)
    print(f"links: {len(site.pages)} pages, {site.inside} links within the site, {site.outside} to others, {len(faults)} broken")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
