"""From rows of cells, as word processors store them, to a grid with spans.

A word processor keeps each row on its own: cells with a place on the horizontal ruler, some of them marked as the
continuation of the cell above or to the left. `lay_out` joins the continuations into cells with row and column spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.content import Cell, Place, Table
from parsers.formats.limits import check_table

OBJECT = "\ufffc"
"""Stands in the text of a cell for a picture or an embedded object, as Unicode has it."""

_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class RowCell:
    """One stored cell. `start` and `stop` are grid lines; `above` and `beside` mark continuations.

    `below` marks the first cell of a vertical merge where the format says so.
    """

    start: int
    stop: int
    text: str
    path: str
    above: bool = False
    beside: bool = False


def lay_out(rows: Sequence[Sequence[RowCell]], place: Place = _NOWHERE) -> Table:
    """A table from stored rows whose cells already carry grid lines (column numbers)."""
    check_table(len(rows), sum(map(len, rows)))
    cells: list[Cell] = []
    open_above: dict[int, int] = {}
    for number, row in enumerate(rows):
        still_open: dict[int, int] = {}
        for stored in _joined(row):
            index = open_above.get(stored.start) if stored.above else None
            if index is None:
                index = len(cells)
                cells.append(_cell(number, stored))
            else:
                cells[index] = replace(cells[index], rowspan=number - cells[index].row + 1)
            still_open[stored.start] = index
        open_above = still_open
    return Table(tuple(cells), place)


def _joined(row: Iterable[RowCell]) -> list[RowCell]:
    """Cells of one row with sideways continuations folded into the cell they continue."""
    joined: list[RowCell] = []
    for stored in row:
        if stored.beside and joined:
            joined[-1] = replace(joined[-1], stop=stored.stop)
        else:
            joined.append(stored)
    return joined


def _cell(row: int, stored: RowCell) -> Cell:
    """A cell that holds a picture and no words prints something that is not read here: it may be a digit."""
    text = stored.text.replace(OBJECT, "")
    readable = OBJECT not in stored.text or any(map(str.isalpha, text))
    span = max(1, stored.stop - stored.start)
    return Cell(row, stored.start, text, Place(path=stored.path), colspan=span, readable=readable)


def columns(edges: Iterable[int], tolerance: int) -> dict[int, int]:
    """Ruler positions → column numbers; positions closer than `tolerance` to their neighbour are one line."""
    numbers: dict[int, int] = {}
    ordered = sorted(set(edges))
    if not ordered:
        return numbers
    numbers[ordered[0]] = column = 0
    for before, edge in pairwise(ordered):
        column += edge - before > tolerance
        numbers[edge] = column
    return numbers
