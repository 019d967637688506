"""A hook of MkDocs: takes the navigation from docs/README.md and points links that leave the pages at the project's address.

The pages are written for the repository's web page, so they link to sources, tests and folders by relative paths. The site does not
have those files. A link to one becomes a link to the project's address, if the file, and the heading for an anchor of a Markdown file,
exists in the checkout. Every other link is left to MkDocs, which checks it.
"""

import logging
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mkdocs.structure.nav import Link
from pymdownx.slugs import slugify

CHECKOUT = Path(__file__).resolve().parent.parent.parent
FRONT, CONTENTS = "README.md", "docs/README.md"
#: A link of a list of pages, and the heading above a list.
ENTRY = re.compile(r"^## (?P<heading>.+)$|\[[^\]]+\]\((?P<page>[^)#]+\.md)\)", re.MULTILINE)
#: The start of a list, which ends a paragraph; and a line of a list.
FIRST, ITEM = re.compile(r"(?:[-*+]|1[.)]) "), re.compile(r"(?:[-*+]|\d+[.)]) |\s")
#: A warning fails the build, because it is strict.
LOG = logging.getLogger("mkdocs.hooks.copick")


def home():
    """Returns the project's address, from the parent POM."""
    pom = ElementTree.parse(CHECKOUT / "pom.xml")
    address = pom.findtext("{*}properties/{*}project.home") or ""
    if not address.startswith("https://"):
        raise ValueError(f"pom.xml: project.home is no address: {address!r}")
    return address


def entries(contents):
    """Yields the headings and the links to pages of a list of pages, in order, as pairs of which one half is None."""
    folder = posixpath.dirname(contents)
    for found in ENTRY.finditer((CHECKOUT / contents).read_text(encoding="utf-8")):
        page = found["page"] and posixpath.normpath(posixpath.join(folder, found["page"]))
        yield found["heading"], page


def navigation():
    """Returns the sections of docs/README.md with their pages; a page that is a list itself is followed by the pages it lists."""
    sections, seen = [{"Home": FRONT}, {"All pages": CONTENTS}], {FRONT, CONTENTS}
    for heading, page in entries(CONTENTS):
        if heading:
            pages = []
            sections.append({heading: pages})
            continue
        listed = [each for _, each in entries(page) if each] if posixpath.basename(page) == "README.md" else []
        for each in [page, *listed]:
            if each not in seen:
                seen.add(each)
                pages.append(each)
    return sections


def anchors(file):
    """Returns the anchors of a Markdown file's headings."""
    reader = Markdown(extensions=["toc", "fenced_code"], extension_configs={"toc": {"slugify": slugify(case="lower")}})
    reader.convert(file.read_text(encoding="utf-8"))
    found, left = set(), list(reader.toc_tokens)
    while left:
        token = left.pop()
        found.add(token["id"])
        left += token["children"]
    return found


class Pages(Treeprocessor):
    """Points links to files that are not pages at the project's address, and shows escaped bars in code in tables as bars."""

    def __init__(self, reader, hook):
        super().__init__(reader)
        self.hook = hook

    def run(self, root):
        for link in root.iter("a"):
            if link.get("href"):
                link.set("href", self.hook.outwards(link.get("href")))
        for cell in root.iter("td"):
            for code in cell.iter("code"):
                code.text = AtomicString((code.text or "").replace(r"\|", "|"))


class Hook(Extension):
    """The state of one build."""

    def __init__(self):
        super().__init__()
        self.home, self.page, self.files = home(), None, None

    def extendMarkdown(self, md):
        # after links are parsed (20), before MkDocs checks them (0)
        md.treeprocessors.register(Pages(md, self), "copick", 10)

    def outwards(self, link):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return link
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.file.src_uri), unquote(parts.path)))
        if self.files.get_file_from_path(path):
            return link
        file = CHECKOUT / path
        if path.startswith("..") or not file.exists():
            return link  # MkDocs reports it
        if parts.fragment and file.suffix == ".md" and parts.fragment not in anchors(file):
            LOG.warning("%s: %s has no heading with the anchor #%s", self.page.file.src_uri, path, parts.fragment)
        kind = "tree" if file.is_dir() else "blob"
        return f"{self.home}/{kind}/HEAD/{path}" + (f"#{parts.fragment}" if parts.fragment else "")


def spaced(markdown):
    """Puts empty lines around lists and blocks of code that follow text directly; MkDocs would take the former for text."""
    lines, start, code = [], "", False
    for line in markdown.split("\n"):
        fence = line.startswith("```")
        begins = fence and not code or FIRST.match(line) and not code and not ITEM.match(start)
        if begins and start:
            lines.append("")
            start = ""
        lines.append(line)
        if fence and code:
            lines.append("")
        code ^= fence
        # the first line since an empty one says whether this is a list
        start = "" if fence or not line.strip() else start or line
    return "\n".join(lines)


hook = None


def on_config(config):
    global hook
    hook = Hook()
    config.nav = navigation()
    config.markdown_extensions.append(hook)
    return config


def on_nav(nav, config, files):
    # Javadoc is no page of MkDocs, which would report its link as broken; docs/mkdocs/links.py checks it
    nav.items += [Link("Javadoc", "api/index.html"), Link("Source code", hook.home)]
    return nav


def on_page_markdown(markdown, page, config, files):
    hook.page, hook.files = page, files
    return spaced(markdown)
