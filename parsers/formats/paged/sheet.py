"""A page as marks: glyphs, ruling lines, filled areas and pictures. What PDF and OFD pages become first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.content import Box, Page
from parsers.formats.paged.glyphs import Glyph
from parsers.formats.paged.lattice import Ruling

if TYPE_CHECKING:
    from parsers.formats.paged.page_ink import PageInk  # with numpy, which few documents need


@dataclass(frozen=True, slots=True)
class Sheet:
    """Marks of one page, in points as the page is shown.

    `fills` are the boxes of filled areas: shading, but also the borders of producers that draw no lines.
    `hidden` counts glyphs that are in the file but not to be seen (the text layer of a scanner). `sideways` is by how
    many quarters clockwise the page has to be turned for its text to stand upright.
    """

    page: Page
    glyphs: tuple[Glyph, ...] = ()
    horizontal: tuple[Ruling, ...] = ()
    vertical: tuple[Ruling, ...] = ()
    fills: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    hidden: int = 0
    sideways: int = 0
    notes: tuple[str, ...] = ()
    ink: PageInk | None = field(default=None, compare=False)
    """What is drawn, where the page could be drawn; only of pages whose text stands upright."""

    @property
    def is_empty(self) -> bool:
        return not (self.glyphs or self.horizontal or self.vertical or self.fills or self.pictures or self.hidden)

    def turned(self, quarters: int) -> Sheet:
        """The sheet turned clockwise by quarters of a circle."""
        sheet = self
        for _ in range(quarters % 4):
            sheet = sheet._turned_once()
        return sheet

    def _turned_once(self) -> Sheet:
        height = self.page.height
        return replace(
            self,
            page=Page(self.page.number, height, self.page.width),
            glyphs=tuple(Glyph(g.text, *turned_box(g.box, height)) for g in self.glyphs),
            horizontal=tuple(Ruling(at, height - end, height - start) for at, start, end in self.vertical),
            vertical=tuple(Ruling(height - at, start, end) for at, start, end in self.horizontal),
            fills=tuple(turned_box(box, height) for box in self.fills),
            pictures=tuple(turned_box(box, height) for box in self.pictures),
        )


def turned_back(box: Box, sheet: Sheet) -> Box:
    """Where a box found on the sheet made upright lies on the sheet as it is shown."""
    width, height = sheet.page.width, sheet.page.height
    if sheet.sideways % 2:
        width, height = height, width
    for _ in range(-sheet.sideways % 4):
        box = turned_box(box, height)
        width, height = height, width
    return box


def turned_box(box: Box, height: float) -> Box:
    """The box after a quarter turn clockwise of a page of this height."""
    x0, top, x1, bottom = box
    return (height - bottom, x0, height - top, x1)
