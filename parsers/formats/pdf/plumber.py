"""The third reading of a PDF: pdfplumber's table finder over pdfminer's characters.

It shares no code with the first two, neither for lines nor for the decoding of fonts, and costs ten times as much.
"""

from __future__ import annotations

import io
import logging
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsers.content import Cell, Content, Page, Place, Table
from parsers.formats.damage import refusing
from parsers.formats.paged.glyphs import Glyph, once, text_of
from parsers.formats.paged.lattice import THINNEST, positions
from parsers.formats.paged.layout import UNMAPPED, Block
from parsers.formats.paged.page_breaks import continued

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # thousands of lines about odd fonts otherwise
_DAMAGE = (PDFException, PSException, MalformedPDFException, PdfminerException, OSError)
"""What pdfminer raises on damaged files, besides whatever its code meets."""

MOST_PAGES = 60
MOST_MARKS = 20_000  # on one page: beyond that pdfplumber takes minutes


def read(data: bytes) -> Content:
    """Tables only; raises `Unreadable` for what pdfminer cannot open."""
    blocks: list[Block] = []
    pages: list[Page] = []
    with refusing("pdfplumber cannot read the PDF", *_DAMAGE), pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages[:MOST_PAGES]:
            pages.append(Page(page.page_number, float(page.width), float(page.height)))
            if len(page.chars) + len(page.edges) <= MOST_MARKS:
                blocks.extend(_tables(page))
            page.close()
    return Content("application/pdf", "pdf-plumber", tuple(continued(blocks)), tuple(pages), independent=True)


def _tables(page: Any) -> list[Table]:
    chars = [Glyph(c["text"], c["x0"], c["top"], c["x1"], c["bottom"]) for c in page.chars if c["upright"]]
    glyphs = once(glyph for glyph in chars if glyph.text.strip())
    found = []
    for table in page.find_tables():
        boxes = [tuple(float(v) for v in cell) for cell in table.cells]
        xs = positions([v for box in boxes for v in (box[0], box[2])], THINNEST)
        ys = positions([v for box in boxes for v in (box[1], box[3])], THINNEST)
        if len(xs) > 2:
            cells = [_cell(page.page_number, box, xs, ys, glyphs) for box in boxes]
            x0, top, x1, bottom = (round(float(value), 1) for value in table.bbox)
            found.append(Table(tuple(cells), Place(page.page_number, (x0, top, x1, bottom))))
    return found


def _cell(page: int, box: tuple[float, ...], xs: list[float], ys: list[float], glyphs: list[Glyph]) -> Cell:
    x0, top, x1, bottom = box
    inside = [g for g in glyphs if x0 <= (g.x0 + g.x1) / 2 < x1 and top <= (g.top + g.bottom) / 2 < bottom]
    text = text_of(inside, x1 - x0)
    row, column = _nearest(ys, top), _nearest(xs, x0)
    return Cell(
        row,
        column,
        text,
        Place(page, (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))),
        max(_nearest(ys, bottom) - row, 1),
        max(_nearest(xs, x1) - column, 1),
        not UNMAPPED.search(text) and "(cid:" not in text,
    )


def _nearest(stops: list[float], value: float) -> int:
    return min(range(len(stops)), key=lambda i: abs(stops[i] - value))
