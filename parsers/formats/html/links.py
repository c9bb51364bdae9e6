"""Files that a page offers: links, embedded viewers, frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from parsers.formats.html.tree import source_text

_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|mht|png|jpe?g|tiff?)(?:$|[?#])|downfile\.jsp|download\.jsp\?|/attach(?:ment)?/|"
    r"/resources/public/|/[PW]0\d{10,}",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|tiff?)(?:$|[?#])", re.IGNORECASE)


def links_of(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """(address, link text) of each file offered, in order, each address once; addresses stay as written."""
    found: dict[str, str] = {}
    for address, text in (*_anchors(root), *_viewers(root)):
        found.setdefault(address, text)
    return tuple(found.items())


def _anchors(root: etree._Element) -> Iterator[tuple[str, str]]:
    for link in root.iter("a"):
        address = (link.get("href") or "").strip()
        if not address or address.endswith("html"):
            continue  # most links of a page lead to pages
        if _FILE.search(address) and not (_PICTURE.search(address) and len(link) and link[0].tag == "img"):
            yield address, " ".join(source_text(link).split())


def _viewers(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Documents shown in place: the viewer's ``file`` parameter where there is one."""
    for frame in root.iter("iframe", "frame", "embed", "object"):
        address = (frame.get("src") or frame.get("data") or "").strip()
        shown = parse_qs(urlsplit(address).query).get("file") if address.isprintable() and "[" not in address else None
        if shown:
            yield shown[0], ""
        elif _FILE.search(address) or frame.tag == "frame":
            yield address, ""
