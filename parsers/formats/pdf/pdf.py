"""PDF files. Three readings, each independent of the others:

`read`: pdfium's characters in an own lattice of ruling lines; what stands in no lattice, by text lines.
`second_reading`: text lines alone, columns by where the numbers stand, no ruling looked at. As fast as the first.
`arbitrate`: pdfplumber. Ten times dearer; to be asked where the first two differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from parsers.content import Box, Content, Place, Table, Unreadable
from parsers.formats.paged.layout import ruled
from parsers.formats.paged.page_breaks import continued
from parsers.formats.paged.picture_regions import regions as regions_to_recognise
from parsers.formats.paged.sheet import Sheet
from parsers.formats.paged.text_at import text_at
from parsers.formats.paged.two_readings import Told, by_lattice, by_words
from parsers.formats.pdf import plumber as pdf_plumber
from parsers.formats.pdf.file import sheets
from parsers.formats.pdf.scans import recognised
from parsers.formats.pictures.loose_tables import blocks_of, with_loose_tables

MEDIA_TYPE = "application/pdf"


_MARK = b"%PDF-"
_BLANK = b"\xef\xbb\xbf\x00 \t\r\n\x0c"
_OBJECT = re.compile(rb"\d[ \r\n\t]+obj\b|startxref")
_WINDOW, _NEAR = 1024, 65536  # bytes: where readers accept the mark, and where its first object has to follow


def recognise(data: bytes) -> str | None:
    """The mark at the beginning, but for white space."""
    return MEDIA_TYPE if data[:_WINDOW].lstrip(_BLANK).startswith(_MARK) else None


def recognise_loosely(data: bytes) -> str | None:
    """The mark anywhere in the first kilobyte, as readers accept it, and an object behind it: pages and letters may
    speak of the mark, and archives hold files that begin with it."""
    at = data.find(_MARK, 0, _WINDOW)
    return MEDIA_TYPE if at >= 0 and _OBJECT.search(data, at, at + _NEAR) else None


def read(data: bytes) -> Content:
    """Paragraphs and tables of every page, by lines drawn; without them by words."""
    found, told = sheets(data)
    wanted = [(sheet, boxes) for sheet in found if (boxes := regions_to_recognise(sheet))]
    if not wanted:
        return by_lattice(found, told, MEDIA_TYPE, "pdf")
    return _with_scans(data, found, told, wanted)


def _with_scans(
    data: bytes, found: Sequence[Sheet], told: Told, wanted: Sequence[tuple[Sheet, Sequence[Box]]]
) -> Content:
    """Text where pages hold text, recognition where they hold pictures of it."""
    whole = {
        sheet.page.number for sheet, boxes in wanted if boxes[0] == (0.0, 0.0, sheet.page.width, sheet.page.height)
    }
    texts = [
        replace(s, glyphs=(), horizontal=(), vertical=(), fills=()) if s.page.number in whole else s for s in found
    ]
    printed = by_lattice(texts, told, MEDIA_TYPE, "pdf")
    try:
        seen, failures = recognised(data, wanted)
    except Unreadable as error:
        if not printed.tables:
            raise
        return replace(printed, unread=(*printed.unread, error.message))
    blocks = [*printed.blocks, *blocks_of(seen)]
    blocks.sort(key=lambda block: (block.place.page or 0, block.place.box[1] if block.place.box else 0.0))
    by_sight = sum(isinstance(block, Table) for block in blocks_of(seen))
    method = "ocr" if 2 * by_sight >= sum(isinstance(block, Table) for block in blocks) else printed.method
    content = replace(printed, method=method, blocks=tuple(continued(blocks)), unread=(*printed.unread, *failures))
    return content if printed.words else with_loose_tables(content, seen)


def second_reading(data: bytes) -> Content | None:
    """Tables by text lines alone; None where the first reading had to be made that way too."""
    found, told = sheets(data)
    if any(map(regions_to_recognise, found)) or not any(map(ruled, found)):
        return None
    return replace(by_words(found, told, MEDIA_TYPE, "pdf"), independent=True)


def arbitrate(data: bytes) -> Content | None:
    """Tables as pdfplumber finds them; None where it finds none."""
    content = pdf_plumber.read(data)
    return content if content.tables else None


def locate(data: bytes, page: int, box: Box) -> str | None:
    """The text in a box (points as shown) of a page (from 1); None where a picture stands there."""
    return text_at(sheets(data)[0], page, box)


def finder(data: bytes) -> Callable[[Place], str | None]:
    """`locate` for many places of one document."""
    found = sheets(data)[0]
    return lambda place: text_at(found, place.page, place.box) if place.page and place.box else None
