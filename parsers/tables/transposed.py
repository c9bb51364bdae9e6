"""Tables printed on their side: what the form has as rows stands in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.content import Cell, Content, Table
from parsers.printed.labels import normalise
from parsers.report import ReportCell, State
from parsers.tables.table2_disclosure import CORNER

_UNREAD = (State.MISSING, State.UNREADABLE)


def turned(content: Content) -> Content:
    """The document with rows and columns of every table exchanged, block by block."""
    blocks = (_turned(block) if isinstance(block, Table) else [block] for block in content.blocks)
    return replace(content, blocks=tuple(one for several in blocks for one in several))


def _turned(table: Table) -> list[Table]:
    """A table on its side; one for each block of table two, whose blocks stand under each other either way."""
    pieces: list[list[Cell]] = [[]]
    for row in table.rows():
        if any(normalise(cell.text) == CORNER for cell in row):
            pieces.append([])
        if len(row) > 1:  # else a heading across the table
            pieces[-1] += map(_turn, row)
    return [replace(table, cells=tuple(cells)) for cells in pieces]


def _turn(cell: Cell) -> Cell:
    return replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)


def is_unread(cells: Sequence[ReportCell]) -> bool:
    """Was no cell of the form's own rows read?"""
    return all(cell.state in _UNREAD for cell in cells if not cell.row.startswith("unmapped_"))


def is_whole(cells: Sequence[ReportCell]) -> bool:
    """Was every cell read? Nothing less proves that a table stands on its side."""
    return all(cell.state not in _UNREAD for cell in cells)
