"""Glyphs → text: which glyph stands in which cell, and in which order a person reads them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from parsers.content import Box
from parsers.formats.paged.lattice import GridCell, Lattice

_NUMERAL = frozenset("0123456789.,０１２３４５６７８９")

DOUBTFUL = "\ufffc"
"""Stands for a digit that may be a stamp's or printed: not to be read, though its font says what it is."""

WATERMARK_SIZE = 34.0  # points: larger pale letters are a watermark, not text
_SHOWS_THROUGH, _PALE, _RED = 160, 120, 180  # of 255: alpha, least of three colours, and red of watermarks; chosen
LARGEST, FARTHEST = 800.0, 50_000.0  # points
CELL_MARGINS = 11  # points of a cell beside its text: Word leaves 5.4 on either side
_DOUBLED_BESIDE, _DOUBLED_BELOW = 0.4, 0.3  # of a glyph's width and height: drawn twice for bold type, or as a shadow
_SAME_LINE = 0.45  # of the lower glyph's height, between the middles of glyphs on one baseline; chosen
_ROOM = 1.2  # digits: where there is less room a number was broken for want of it; chosen
_SAME_BORDER = 0.1  # points by which two cells may miss their common border: rounding
_STICKS_OUT = -0.05  # of a glyph's width over the border of its cell; those that touch it count; chosen
_TOUCHING = 0.12  # of a glyph's height: a wider gap parts two numbers; chosen
GAP = 0.4  # of the glyph's height: a wider gap is read as a space, so that two numbers never become one


def is_pale(colour: Sequence[float], alpha: float) -> bool:
    """Is a colour (red, green, blue, to 255) pale or reddish, or does the print shine through it?"""
    is_rgb = len(colour) == 3
    return alpha < _SHOWS_THROUGH or (is_rgb and (min(colour) > _PALE or colour[0] > _RED))


class Glyph(NamedTuple):
    """One printed character and its box in points as shown. `text` is U+FFFD where the font names no character."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)


class TextLine(NamedTuple):
    """Glyphs on one baseline, from the left."""

    text: str
    box: Box
    glyphs: tuple[Glyph, ...]


def once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those drawn a second time a hair beside the first, as poor man's bold is.

    Doubles overlap by most of their width; the two 1s of a real 11 stand side by side.
    """
    kept: list[Glyph] = []
    near: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        text, x0, top, x1, bottom = glyph
        if not (x1 - x0 < LARGEST and bottom - top < LARGEST and abs(x0) < FARTHEST and abs(top) < FARTHEST):
            continue  # damaged; not a number counts as too large
        if not _doubles(glyph, near):
            near.setdefault((text, int(x0 / 8), int(top / 8)), []).append(glyph)
            kept.append(glyph)
    return kept


def _doubles(glyph: Glyph, near: dict[tuple[str, int, int], list[Glyph]]) -> bool:
    text, x0, top, x1, bottom = glyph
    wide, high = _DOUBLED_BESIDE * (x1 - x0), _DOUBLED_BELOW * (bottom - top)
    for column in range(int((x0 - wide) / 8), int((x0 + wide) / 8) + 1):
        for row in range(int((top - high) / 8), int((top + high) / 8) + 1):
            for _, other_x0, other_top, other_x1, _ in near.get((text, column, row), ()):
                if (
                    abs(other_x0 - x0) < min(wide, _DOUBLED_BESIDE * (other_x1 - other_x0))
                    and abs(other_top - top) < high
                ):
                    return True
    return False


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Glyphs grouped by baseline, from the top."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        centre = (glyph.top + glyph.bottom) / 2
        if rows and centre - middle <= _SAME_LINE * min(glyph.bottom - glyph.top, rows[-1][0].bottom - rows[-1][0].top):
            rows[-1].append(glyph)
            middle += (centre - middle) / len(rows[-1])
        else:
            rows.append([glyph])
            middle = centre
    return [line_of(row) for row in rows]


def line_of(glyphs: Iterable[Glyph]) -> TextLine:
    """One line's text; a gap wider than `GAP` becomes a space."""
    row = sorted(glyphs, key=lambda g: g.x0 + g.x1)
    pieces: list[str] = []
    end = row[0].x0
    for glyph in row:
        if pieces and glyph.x0 - end > GAP * (glyph.bottom - glyph.top):
            pieces.append(" ")
        pieces.append(glyph.text)
        end = max(end, glyph.x1)
    return TextLine("".join(pieces), around(row), tuple(row))


def around(boxes: Iterable[Glyph]) -> Box:
    """The smallest box around all."""
    x0, top, x1, bottom = zip(*((g.x0, g.top, g.x1, g.bottom) for g in boxes), strict=True)
    return (min(x0), min(top), max(x1), max(bottom))


def text_of(glyphs: Sequence[Glyph], width: float | None = None) -> str:
    """The text of a cell, its lines joined by line breaks; a number that fills the cell's width and goes on in the
    next line is one number."""
    if len(glyphs) < 2:
        return "".join(glyph.text for glyph in glyphs)
    lines = lines_of(glyphs)
    wrapped = width is not None and len(lines) > 1 and all(_fills(line, width) for line in lines[:-1])
    return ("" if wrapped and _is_numeral(lines[-1]) else "\n").join(line.text for line in lines)


def _fills(line: TextLine, width: float) -> bool:
    """Is there no room for one more digit?"""
    digit = (line.box[2] - line.box[0]) / max(len(line.glyphs), 1)
    return _is_numeral(line) and width - (line.box[2] - line.box[0]) < _ROOM * digit + CELL_MARGINS


def _is_numeral(line: TextLine) -> bool:
    return all(glyph.text in _NUMERAL for glyph in line.glyphs)


def placed(glyphs: Iterable[Glyph], grids: Sequence[Lattice]) -> tuple[list[dict[GridCell, list[Glyph]]], list[Glyph]]:
    """Each grid's cells with the glyphs whose centre lies in them, and the glyphs outside every grid.

    A run of digits that crosses a line is one number that is too wide for its cell: it goes whole into the cell
    that holds most of it.
    """
    filled: list[dict[GridCell, list[Glyph]]] = [{cell: [] for cell in grid.cells} for grid in grids]
    owners = [_owners(grid) for grid in grids]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for i, grid in enumerate(grids):
            if grid.xs[0] <= x < grid.xs[-1] and grid.ys[0] <= y < grid.ys[-1]:
                cell = owners[i][bisect_right(grid.ys, y) - 1][bisect_right(grid.xs, x) - 1]
                filled[i][cell].append(glyph)
                break
        else:
            outside.append(glyph)
    for cells in filled:
        _mend_wide_numbers(cells)
    return filled, outside


def _owners(grid: Lattice) -> list[list[GridCell]]:
    owners = [[grid.cells[0]] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            owners[row][cell.column : cell.column + cell.colspan] = [cell] * cell.colspan
    return owners


def _mend_wide_numbers(cells: dict[GridCell, list[Glyph]]) -> None:
    """Give a number that is too wide for its cell back to that cell, whole."""
    for left in [cell for cell, glyphs in cells.items() if any(_sticks_out(g, cell) for g in glyphs)]:
        border = left.box[2]
        for right in [cell for cell in cells if abs(cell.box[0] - border) < _SAME_BORDER and _side_by_side(left, cell)]:
            for run in _number_runs([*cells[left], *cells[right]]):
                if not run[0].x0 < border < run[-1].x1:
                    continue
                inside = sum(g.x0 + g.x1 < 2 * border for g in run)
                here, there = (left, right) if 2 * inside >= len(run) else (right, left)
                cells[there] = [g for g in cells[there] if g not in run]
                cells[here] = [*(g for g in cells[here] if g not in run), *run]


def _sticks_out(glyph: Glyph, cell: GridCell) -> bool:
    return glyph.text in _NUMERAL and glyph.x1 - cell.box[2] > _STICKS_OUT * (glyph.x1 - glyph.x0)


def _side_by_side(one: GridCell, other: GridCell) -> bool:
    return one.row < other.row + other.rowspan and other.row < one.row + one.rowspan


def _number_runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Digits that stand without a gap between them."""
    for line in lines_of(glyphs):
        run: list[Glyph] = []
        for glyph in line.glyphs:
            close = run and glyph.x0 - run[-1].x1 < _TOUCHING * (glyph.bottom - glyph.top)
            if run and not (close and glyph.text in _NUMERAL):
                yield run
                run = []
            if glyph.text in _NUMERAL:
                run.append(glyph)
        if run:
            yield run
