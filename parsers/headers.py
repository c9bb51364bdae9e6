"""Header rows: which grid column is which column of the form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.alignment import Header
from parsers.content import Cell
from parsers.form import Block, Column, FormTable
from parsers.labels import normalise
from parsers.lines import Line, is_blank
from parsers.matching import find_label

SHARED = frozenset({"其他", "其它", "总计", "合计"})
"""Column labels that also begin rows: they make no row a header."""


class HeaderRows:
    """Collects the header cells above a table with one block of columns until its first row of numbers."""

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.block: Block = table.blocks[0]
        self._own = [(column, tuple(map(normalise, column.labels))) for column in self.block.columns]
        self._over = tuple(map(normalise, table.over))
        self._cells: list[tuple[Cell, Column | None]] = []
        self._closed = False
        self._right = 0
        self._header = Header(tuple(column.id for column in self.block.columns))

    def is_header(self, line: Line) -> bool:
        """Does the row name a column that no row label could be?"""
        named = [self._column(text) for text in line.texts if text not in SHARED and not text[:1].isdigit()]
        return any(column is not None for column in named) and not line.has_values

    def add(self, line: Line) -> None:
        """Take in one header row; the first after a row of numbers begins a new header."""
        if self._closed:
            self._cells, self._closed, self._right = [], False, 0
        self._right = max(self._right, line.right)
        self._cells += [
            (cell, self._column(text)) for cell, text in zip(line.cells, line.texts, strict=True) if not is_blank(cell)
        ]

    def header(self, *, ragged: bool) -> Header:
        """The columns as far as the header cells prove them; the form's own order otherwise."""
        if not self._closed:
            self._closed = True
            self._header = self._build(ragged) or Header(self._header.order)
        return self._header

    def forget_geometry(self, *, ragged: bool) -> None:
        """A table of another width without header: the order stays, the grid columns do not."""
        self._header = Header(self.header(ragged=ragged).order)

    def _column(self, text: str) -> Column | None:
        if text in self._over:
            return None
        return next((column for column, labels in self._own if find_label(labels, text)), None)

    def _build(self, ragged: bool) -> Header | None:
        named = {column.id: cell for cell, column in self._cells if column is not None}
        if len(named) < len(self._own) or len(named) < sum(column is not None for _, column in self._cells):
            return None
        placed = [(cell.column, cell.column + cell.colspan, name) for name, cell in named.items()]
        if not ragged:
            placed += self._extra([(first, end) for first, end, _ in placed])
        placed.sort()
        spans = tuple((first, end) for first, end, _ in placed)
        order = tuple(name for _, _, name in placed)
        usual = tuple(column.id for column in self.block.columns)
        ends_kept = (order[0], order[-1]) == (usual[0], usual[-1]) or len(order) > len(usual)
        if any(left[1] > right[0] for left, right in pairwise(spans)) or (order != usual and (ragged or not ends_kept)):
            return None
        return Header(order, spans, self._right)

    def _extra(self, known: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
        """Header cells between the known columns that are none of the form's: kept as columns of their own."""
        left = min(first for first, _ in known)
        extra: list[tuple[int, int, str]] = []
        for cell, column in self._cells:
            span = (cell.column, cell.column + cell.colspan)
            over = any(span[0] < end and span[1] > first for first, end in known)
            if column is None and not over and span[0] > left:
                extra.append((*span, f"unmapped_{len(extra) + 1}"))
        return extra


def columns_in_block(block: Block, cells: Sequence[Cell], texts: Sequence[str]) -> list[Column | None] | None:
    """For each header cell right of 信息内容 its column in that block, None where it has none.

    A damaged header (a label cut after 本年新) is accepted when the rest stands where the form has it.
    """
    found = [next((c for c in block.columns if find_label(c.labels, text)), None) for text in texts]
    named = [column for column in found if column is not None]
    if len(named) == len(block.columns) == len({column.id for column in named}):
        return found
    printed = [index for index, cell in enumerate(cells) if not is_blank(cell)]
    if len(printed) != len(block.columns):
        return None
    for index, column in zip(printed, block.columns, strict=True):
        text = texts[index]
        begins = any(normalise(label).startswith(text) for label in column.labels)
        if not begins and found[index] is not column:
            return None
        found[index] = column
    return found
