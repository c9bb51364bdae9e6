"""Which pages of a PDF, or which parts of them, are pictures or letters without meaning, and their recognition."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from parsers.content import Box, Unreadable
from parsers.formats.paged.sheet import Sheet
from parsers.formats.pdf.file import opened
from parsers.formats.pictures.loose_tables import SeenPage
from parsers.formats.pictures.read_image import read_drawn

if TYPE_CHECKING:
    from PIL.Image import Image


def _drawn(page: pdfium.PdfPage, scale: float) -> Image:
    bitmap = page.render(scale=scale)
    try:
        picture: Image = bitmap.to_pil().copy()
    finally:
        bitmap.close()
    return picture


def recognised(data: bytes, wanted: Sequence[tuple[Sheet, Sequence[Box]]]) -> tuple[list[SeenPage], list[str]]:
    """What the regions of pages show. A page that fails is a note, unless all fail."""
    found: list[SeenPage] = []
    notes: list[str] = []
    failure: Unreadable | None = None
    with opened(data) as document:
        for sheet, boxes in wanted:
            page = document[sheet.page.number - 1]
            try:
                found += read_drawn(partial(_drawn, page), sheet.page, boxes)
            except Unreadable as error:
                failure = error
                notes.append(f"page {sheet.page.number}: {error.message}")
            finally:
                page.close()
    if failure is not None and not found:
        raise failure
    return found, notes
