"""The text at a place of a paged document, found again: proof that a cell's box points at what was read."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.content import Box
from parsers.formats.paged.glyphs import text_of
from parsers.formats.paged.picture_regions import regions
from parsers.formats.paged.sheet import Sheet

_EDGE = 0.6  # points: boxes are rounded to a tenth, letters may touch them


def text_at(sheets: Iterable[Sheet], page: int, box: Box) -> str | None:
    """The letters whose middle lies in the box; None where the page or that part of it is a picture."""
    sheet = next((sheet for sheet in sheets if sheet.page.number == page), None)
    if sheet is None:
        return ""
    x0, top, x1, bottom = box[0] - _EDGE, box[1] - _EDGE, box[2] + _EDGE, box[3] + _EDGE
    pictured = any(
        x0 < right and left < x1 and top < low and high < bottom for left, high, right, low in regions(sheet)
    )
    glyphs = [g for g in sheet.glyphs if x0 < (g.x0 + g.x1) / 2 < x1 and top < (g.top + g.bottom) / 2 < bottom]
    return None if pictured else text_of(glyphs, x1 - x0)
