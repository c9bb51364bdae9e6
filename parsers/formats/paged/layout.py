"""Sheets → tables and paragraphs in reading order, with running heads and page numbers taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.content import Box, Cell, Paragraph, Place, Table
from parsers.formats.paged.glyphs import Glyph, TextLine, around, lines_of, placed, text_of
from parsers.formats.paged.lattice import SNAP, GridCell, Lattice, Ruling, grids
from parsers.formats.paged.sheet import Sheet

Block = Paragraph | Table

UNMAPPED = re.compile("[\ufffc\ufffd\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010fffd\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Glyphs without a meaning: doubtful, no Unicode or half a character, private use, control codes."""

_PAGE_NUMBER = re.compile(
    r"[-—–－_·\s~]*(第?\s*\d{1,4}\s*页?|[ivxlcⅠ-Ⅻ]+)\s*([/／,，共]+\s*\d{1,4}\s*页?)?[-—–－_·\s~]*"
)
_MARGIN = 0.1  # of the page's height: where running heads and page numbers stand
_REPEATED = 0.6  # of the pages that print a running head; covers and landscape pages do not; chosen
_FEW_FILLS = 5  # filled areas of a page that draws no cells with them; chosen
_BACKGROUND = 0.5  # of the area of all tables: a fill as large lies behind them; chosen
_UNSHADED = 0.1  # of the digits outside all shades, from which on only some rows or columns are shaded; chosen
_NARROW = 0.8  # of the narrowest column: an outer one of that width is a column and no band; chosen
_ANOTHER_SIZE = 0.25  # of a line's height, by which the next one is set larger or smaller; chosen
INDENTED, HANGING = (
    1.2,
    0.8,
)  # of a line's height from the left edge, and from the line before; an indent is two letters
ENDS_SHORT = 2.5  # of a line's height that its paragraph's last line leaves blank at the right; chosen
_FAR_BELOW = 1.6  # of a line's height between two paragraphs; chosen, as reports are set with 28 points to 16


def ruled(sheet: Sheet) -> list[Lattice]:
    """The lattices of a sheet. Filled areas are read as cells only where no lines are drawn and every number has its
    own: most are shading behind words and would cut cells in two."""
    found = _tables(grids(sheet.horizontal, sheet.vertical))
    if not found and len(sheet.fills) > _FEW_FILLS:
        edges_across, edges_down = _edges(sheet.fills)
        found = _tables(grids([*sheet.horizontal, *edges_across], [*sheet.vertical, *edges_down]))
        if _striped(found, sheet):
            return []
    return found


def _striped(found: Sequence[Lattice], sheet: Sheet) -> bool:
    """Are only some rows or columns shaded, and numbers printed on the rest too? Then shading bounds no cells."""
    if all(len(grid.ys) == 2 for grid in found):
        return True
    x0, top, x1, bottom = zip(*(grid.box for grid in found), strict=True)
    whole = (min(x0), min(top), max(x1), max(bottom))
    shades = [fill for fill in sheet.fills if _area(fill) < _BACKGROUND * _area(whole)]
    digits = [glyph for glyph in sheet.glyphs if glyph.text.isdecimal() and _holds(whole, glyph)]
    return sum(not any(_holds(shade, glyph) for shade in shades) for glyph in digits) > _UNSHADED * len(digits)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _tables(found: list[Lattice]) -> list[Lattice]:
    """Grids of at least two columns, innermost first, so that a table inside a frame is the table."""
    kept = [grid for grid in found if len(grid.xs) > 2 and len(grid.cells) > 1]
    return sorted(kept, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


def _edges(fills: Sequence[Box]) -> tuple[list[Ruling], list[Ruling]]:
    across = [Ruling(y, x0, x1) for x0, top, x1, bottom in fills for y in (top, bottom)]
    down = [Ruling(x, top, bottom) for x0, top, x1, bottom in fills for x in (x0, x1)]
    return across, down


def tables_and_lines(sheet: Sheet) -> tuple[list[tuple[Table, Box]], list[TextLine]]:
    """The ruled tables of one sheet from the top, and its other lines of text."""
    found = ruled(sheet)
    filled, outside = placed(sheet.glyphs, found)
    tables = []
    for grid, cells in zip(found, filled, strict=True):
        if any(cells.values()):
            tables.append((_table(sheet, grid, cells), grid.box))
    tables.sort(key=lambda pair: (pair[1][1], pair[1][0]))
    return tables, lines_of(outside)


def _table(sheet: Sheet, grid: Lattice, filled: dict[GridCell, list[Glyph]]) -> Table:
    page = sheet.page.number
    shown = framed(grid, {cell for cell in filled if filled[cell]})
    cells = (cell_of(page, cell, filled[cell]) for cell in shown)
    told = (replace(cell, readable=False) if _is_drawn(sheet, cell) else cell for cell in cells)
    return Table(cells=tuple(told), place=Place(page, _rounded(grid.box)))


def _is_drawn(sheet: Sheet, cell: Cell) -> bool:
    """Is a cell without text not blank: a number drawn as lines, a field of a form?"""
    box = cell.place.box
    return sheet.ink is not None and box is not None and not cell.text.strip() and sheet.ink.inside(box)


def framed(grid: Lattice, filled: Container[GridCell]) -> list[GridCell]:
    """The cells of a grid. Where the frame is open, a band of cells of which none is filled is no part of it."""
    band_of = {cell: _bands(cell, grid) for cell in grid.cells}
    full = {band for cell, bands in band_of.items() if cell in filled or not cell.open for band in bands}
    return [cell for cell in grid.cells if not band_of[cell] - full]


def _bands(cell: GridCell, grid: Lattice) -> set[str]:
    """Which open outer bands of the grid a cell lies in, one row or column deep. A column as wide as others is no
    band: it may be blank."""
    narrowest = min((right - left for left, right in pairwise(grid.xs[1:-1])), default=0.0)
    spare = narrowest == 0 or cell.box[2] - cell.box[0] < _NARROW * narrowest
    outermost = {
        "t": cell.row == 0 and cell.rowspan == 1,
        "b": cell.row == len(grid.ys) - 2,
        "l": cell.column == 0 and cell.colspan == 1 and spare,
        "r": cell.column == len(grid.xs) - 2 and spare,
    }
    return {side for side in cell.open if outermost[side]}


def cell_of(page: int, cell: GridCell, glyphs: list[Glyph]) -> Cell:
    """One cell; not readable where a glyph has no meaning."""
    text = text_of(glyphs, cell.box[2] - cell.box[0])
    return Cell(
        row=cell.row,
        column=cell.column,
        text=text,
        place=Place(page, _rounded(cell.box)),
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        readable=not UNMAPPED.search(text),
    )


def _rounded(box: Box) -> Box:
    x0, top, x1, bottom = box
    return (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))


def is_page_number(text: str, top: float, bottom: float, height: float) -> bool:
    """Does this line in the page's margin count pages?"""
    in_margin = bottom < _MARGIN * height or top > (1 - _MARGIN) * height
    return in_margin and _PAGE_NUMBER.fullmatch(text.strip()) is not None


def running(pages: Sequence[tuple[Sheet, Sequence[TextLine]]]) -> set[tuple[int, TextLine]]:
    """(page number, line) of page numbers, and of heads and feet that stand on most pages."""
    margin = [
        (sheet, line)
        for sheet, lines in pages
        for line in lines
        if line.box[3] < _MARGIN * sheet.page.height or line.box[1] > (1 - _MARGIN) * sheet.page.height
    ]
    texts = {sheet.page.number: lines for sheet, lines in pages}
    shapes = [re.sub(r"\d+", "#", line.text.strip()) for _, line in margin]
    often = Counter(shapes)
    found: set[tuple[int, TextLine]] = set()
    for (sheet, line), shape in zip(margin, shapes, strict=True):
        worded = re.search(r"[^\W\d_]", shape)  # rows of numbers look alike and are no heads
        repeated = worded and len(pages) > 2 and often[shape] > _REPEATED * len(pages)
        counts = is_page_number(line.text, line.box[1], line.box[3], sheet.page.height)
        if repeated or (counts and _stands_alone(line, texts[sheet.page.number])):
            found.add((sheet.page.number, line))
    return found


def _stands_alone(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Is there room above and below? A number in the middle of a label of two lines has none, and counts no pages."""
    room = 0.5 * (line.box[3] - line.box[1])
    return all(
        other is line or other.box[3] + room < line.box[1] or line.box[3] + room < other.box[1] for other in lines
    )


def paragraphs(page: int, lines: Sequence[TextLine], walls: Sequence[Box]) -> Iterator[Paragraph]:
    """Lines joined into paragraphs: a new one begins after a wide gap, an indent, a short line or a table."""
    pending: list[TextLine] = []
    left = min((line.box[0] for line in lines), default=0.0)
    right = max((line.box[2] for line in lines), default=0.0)
    for line in lines:
        if pending and _begins(line, pending[-1], left, right, walls):
            yield _paragraph(page, pending)
            pending = []
        pending.append(line)
    if pending:
        yield _paragraph(page, pending)


def _begins(line: TextLine, before: TextLine, left: float, right: float, walls: Sequence[Box]) -> bool:
    size = before.box[3] - before.box[1]
    if any(before.box[3] - SNAP <= wall[1] and wall[3] <= line.box[1] + SNAP for wall in walls):
        return True
    other_size = abs((line.box[3] - line.box[1]) - size) > _ANOTHER_SIZE * size
    indented = line.box[0] - left > INDENTED * size and line.box[0] > before.box[0] + HANGING * size
    ends_short = right - before.box[2] > ENDS_SHORT * size
    return line.box[1] - before.box[3] > _FAR_BELOW * size or other_size or indented or ends_short


def _paragraph(page: int, lines: list[TextLine]) -> Paragraph:
    text = "\n".join(line.text for line in lines).strip()
    return Paragraph(text, Place(page, _rounded(around([Glyph("", *line.box) for line in lines]))))


def in_order(page: int, tables: Sequence[tuple[Table, Box]], lines: Sequence[TextLine]) -> list[Block]:
    """Paragraphs and tables of a page from top to bottom."""
    placed_blocks: list[tuple[float, Block]] = [(box[1], table) for table, box in tables]
    for paragraph in paragraphs(page, lines, [box for _, box in tables]):
        if paragraph.text:
            placed_blocks.append((paragraph.place.box[1] if paragraph.place.box else 0.0, paragraph))
    return [block for _, block in sorted(placed_blocks, key=lambda pair: pair[0])]
