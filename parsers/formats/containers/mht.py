"""Web archives (.mht, .mhtml): one page and what it needs, packed as a MIME message. The page is read as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from parsers.content import Content, Paragraph, Place, Table, Unreadable
from parsers.formats.html import html
from parsers.formats.limits import MAX_MEMBERS, check_size

MEDIA_TYPE = "multipart/related"
_HEADER = re.compile(rb"\A\s*(?:[A-Za-z-]{2,40}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+")
_PREFIX = "page!"


def recognise(data: bytes) -> str | None:
    """MIME headers at the beginning, naming a multipart type or a page."""
    match = _HEADER.match(data[:8192].removeprefix(b"\xef\xbb\xbf"))
    if match is None:
        return None
    headers = match[0].lower()
    kinds = (b"multipart/related", b"multipart/alternative", b"text/html")
    is_mime = b"mime-version:" in headers or b"snapshot-content-location:" in headers
    return MEDIA_TYPE if is_mime and any(kind in headers for kind in kinds) else None


def read(data: bytes) -> Content:
    """The page. Raises `Unreadable` (``corrupt``) when the message holds none."""
    content = html.read(page(data))
    blocks = tuple(_prefixed(block) for block in content.blocks)
    return replace(content, media_type=MEDIA_TYPE, method="mht", blocks=blocks)


def second_reading(data: bytes) -> Content | None:
    """A second reading of the page, as of any page of the web."""
    return html.second_reading(page(data))


def locate(data: bytes, path: str) -> str:
    """The printed text at a path that `read` gave."""
    return html.locate(page(data), path.removeprefix(_PREFIX))


def finder(data: bytes) -> Callable[[Place], str | None]:
    """`locate` for many places of one page."""
    found = html.finder(page(data))
    return lambda place: found(replace(place, path=(place.path or "").removeprefix(_PREFIX)))


def page(data: bytes) -> bytes:
    """The HTML of the root page: the part that the message starts with, else the largest page."""
    check_size(data)
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"))
    pages = [part for part in _parts(message) if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise Unreadable("corrupt", "the web archive holds no page")
    start = str(message.get_param("start") or "")
    root = next((part for part in pages if start and part.get("Content-ID") == start), None)
    return _decoded(root) if root is not None else max(map(_decoded, pages), key=len)


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number > MAX_MEMBERS:
            raise Unreadable("too_large", f"the web archive has more than {MAX_MEMBERS} parts")
        yield part


def _decoded(part: Message) -> bytes:
    """The page's bytes; where the part names a charset that fits, as UTF-8 with a mark that says so."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_param("charset") or "").strip('"')
    if not charset or raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return raw
    try:
        return raw.decode("gb18030" if charset.lower() in {"gb2312", "gbk"} else charset).encode("utf-8-sig")
    except (ValueError, LookupError):
        return raw


def _prefixed(block: Paragraph | Table) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return replace(block, place=_inside(block.place))
    cells = tuple(replace(cell, place=_inside(cell.place)) for cell in block.cells)
    return replace(block, place=_inside(block.place), cells=cells)


def _inside(place: Place) -> Place:
    return replace(place, path=_PREFIX + place.path) if place.path is not None else place
