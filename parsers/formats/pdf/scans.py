"""Which pages of a PDF, or which parts of them, are pictures or letters without meaning, and their recognition."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.content import Box, Unreadable
from parsers.formats.paged.layout import Block
from parsers.formats.paged.sheet import Sheet
from parsers.formats.pdf.file import opened
from parsers.formats.pictures.read_image import read_image, reading_scale


def recognised(data: bytes, wanted: Sequence[tuple[Sheet, Sequence[Box]]]) -> tuple[dict[int, list[Block]], list[str]]:
    """Blocks by page number for the regions of pages. A page that fails is a note, unless all fail."""
    found: dict[int, list[Block]] = {}
    notes: list[str] = []
    failure: Unreadable | None = None
    with opened(data) as document:
        for sheet, boxes in wanted:
            page = document[sheet.page.number - 1]
            try:
                bitmap = page.render(scale=reading_scale(sheet.page.width, sheet.page.height))
                found[sheet.page.number] = read_image(bitmap.to_pil(), sheet.page, boxes)
                bitmap.close()
            except Unreadable as error:
                failure = error
                notes.append(f"page {sheet.page.number}: {error.message}")
            finally:
                page.close()
    if failure is not None and not found:
        raise failure
    return found, notes
