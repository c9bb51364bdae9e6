"""Pictures inside a document that has no tables of a report: one that was pasted or scanned into it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from parsers.content import Content, Page, Place, Unreadable, placed
from parsers.formats.paged.page_breaks import continued
from parsers.formats.pictures import image
from parsers.formats.pictures.loose_tables import SeenPage, blocks_of, with_loose_tables

MOST = 20
"""Pictures read from one document."""

SMALLEST_BYTES = 20_000
"""A picture of a table is larger than any emblem."""

_SMALLEST_TABLE = 20
"""Cells. Table four has some 35; a letterhead, a signature or an index entry has fewer than this."""

Picture = tuple[str, bytes]

_RECORD = re.compile(rb"(?:[\x1d\x2a\x1e]\xf0)(?P<length>.{4})", re.DOTALL)
_MAGICS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def with_pictures(content: Content, pictures: Iterable[Picture]) -> Content:
    """The content followed by what recognition reads in its pictures, each a page; what fails is told as unread.

    Raises `Unreadable` as `image.read` does when there is nothing but pictures and none can be read.
    """
    given = list(pictures)
    seen: list[SeenPage] = []
    pages: list[Page] = []
    unread = [f"{len(given) - MOST} more pictures were not looked at"] if len(given) > MOST else []
    failed: Unreadable | None = None
    for name, data in given[:MOST]:
        try:
            own_pages, parts = image.seen_pages(data)
        except Unreadable as error:
            failed = failed or error
            unread.append(f"{name}: {error.kind}: {error.message}")
            continue
        first = len(pages)
        pages += [replace(page, number=page.number + first) for page in own_pages]
        seen += [_moved(part, name, first) for part in parts]
    if failed is not None and not pages and not content.text.strip():
        raise failed
    method = f"{content.method}+ocr" if pages else content.method
    blocks = (*content.blocks, *continued(blocks_of(seen)))
    found = replace(content, method=method, blocks=blocks, pages=tuple(pages), unread=(*content.unread, *unread))
    return found if content.words else with_loose_tables(found, seen)


def lacks_tables(content: Content) -> bool:
    """Whether none of the tables can be one of a report: what is missing may stand in the pictures."""
    return all(len(table.cells) < _SMALLEST_TABLE for table in content.tables)


def stored_pictures(stream: bytes) -> list[Picture]:
    """PNG and JPEG pictures in a stream of drawing records ([MS-ODRAW] 2.2.23): header, checksums, then the file."""
    found: list[Picture] = []
    for match in _RECORD.finditer(stream):
        end = match.end() + int.from_bytes(match["length"], "little")
        start = next((at for at in (match.end() + 17, match.end() + 33) if stream.startswith(_MAGICS, at)), None)
        if start is not None and end - start >= SMALLEST_BYTES:
            found.append((f"picture[{len(found) + 1}]", stream[start:end]))
    return found


def _moved(part: SeenPage, name: str, pages: int) -> SeenPage:
    within = partial(_inside, name=name, pages=pages)
    blocks = tuple(placed(block, within) for block in part.blocks)
    return replace(part, page=part.page + pages, blocks=blocks, path=f"{name}!")


def _inside(place: Place, name: str, pages: int) -> Place:
    page = None if place.page is None else place.page + pages
    return Place(page, place.box, f"{name}!{place.path or ''}")
