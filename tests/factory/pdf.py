"""Reports as PDF by reportlab: ruled, with tables that run over pages."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from random import Random

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

from tests.factory.grids import Grid
from tests.factory.story import Heading, Prose, Story

STYLES = ("ruled", "header_repeated", "small_pages", "landscape", "embedded")

UNRULED = ("unruled", "unruled_top", "striped")
"""Styles without lines: what cannot be told apart may be refused, but no number may be another's."""

_TRUETYPE = ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/arphic/uming.ttc")


def render(story: Story, random: Random, style: str = "ruled") -> bytes:
    """A PDF in one of STYLES."""
    buffer = io.BytesIO()
    size = landscape(A4) if style == "landscape" else (A4[0], 430) if style == "small_pages" else A4
    margin = random.choice([36, 50])
    document = SimpleDocTemplate(buffer, pagesize=size, leftMargin=margin, rightMargin=margin, invariant=1)
    font = _font(style == "embedded")
    flow = [_flowable(block, font, style, size[0] - 2 * margin) for block in story]
    document.build(flow)
    return buffer.getvalue()


@cache
def _font(embedded: bool) -> str:
    """A Chinese font: the reader's own (not embedded) or, where the machine has one, a TrueType subset."""
    path = next((path for path in _TRUETYPE if Path(path).is_file()), None)
    if embedded and path:
        pdfmetrics.registerFont(TTFont("han", path, subfontIndex=0))
        return "han"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def _flowable(block: Heading | Prose | Grid, font: str, style: str, width: float) -> LongTable | Paragraph:
    if isinstance(block, Grid):
        return _table(block, font, style, width)
    look = ParagraphStyle("p", fontName=font, fontSize=14 if isinstance(block, Heading) else 10.5, leading=20)
    look.wordWrap = "CJK"
    return Paragraph(block.text, look)


def _table(grid: Grid, font: str, style: str, width: float) -> LongTable:
    """Cells are framed one by one. Below the header the text of a cell over several rows stands in its first row,
    so that the table may break between any two rows, as it does in a word processor."""
    look = ParagraphStyle("c", fontName=font, fontSize=8, leading=10)
    look.wordWrap = "CJK"
    texts: list[list[str | Paragraph]] = [[""] * grid.width for _ in range(grid.height)]
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP" if style == "unruled_top" else "MIDDLE")]
    for slot in grid.slots:
        texts[slot.row][slot.column] = Paragraph(slot.text.strip(), look) if slot.text.strip() else ""
        first = (slot.column, slot.row)
        bottom = slot.row + slot.rowspan - 1
        last = (slot.column + slot.colspan - 1, bottom)
        commands.append(("SPAN", first, last if bottom < grid.header else (last[0], slot.row)))
        if style not in UNRULED:
            commands.append(("BOX", first, last, 0.5, colors.black))
        if style == "striped" and slot.row % 2:
            commands.append(("BACKGROUND", first, (last[0], slot.row), colors.lightgrey))
    repeat = grid.header if style == "header_repeated" and grid.height > 10 else 0
    return LongTable(texts, colWidths=_widths(grid.width, width), style=TableStyle(commands), repeatRows=repeat)


def _widths(columns: int, width: float) -> list[float]:
    """Labels get more room than numbers."""
    shares = [2.0, 2.2, 3.2] + [1.0] * (columns - 3) if columns == 10 else [1.0] * columns
    return [width * share / sum(shares) for share in shares]
