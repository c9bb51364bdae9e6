"""Header rows: which grid column is which column of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.content import Cell
from parsers.forms.model import Column, FormBlock, FormTable
from parsers.forms.row_index import find_label
from parsers.printed.labels import is_shared, normalise
from parsers.tables.alignment import Header
from parsers.tables.lines import TableLine, is_blank
from parsers.tables.printed_header import HeaderCell, PrintedHeader


class HeaderRows:
    """Collects the header cells above a table with one block of columns until its first row of numbers."""

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.block: FormBlock = table.blocks[0]
        self._own = [(column, tuple(map(normalise, column.labels))) for column in self.block.columns]
        self._over = tuple(map(normalise, table.over))
        self._rows: list[list[HeaderCell]] = []
        self._closed = False
        self._right = 0
        self._header = Header(tuple(column.id for column in self.block.columns))

    def is_header(self, line: TableLine) -> bool:
        """Does the row name a column that no row label could be?"""
        if line.has_values:
            return False
        named = (self._column(text) for text in line.texts if not is_shared(text) and not text[:1].isdigit())
        return any(column is not None for column in named) or any(text in self._over for text in line.texts)

    def add(self, line: TableLine) -> None:
        """Take in one header row; the first after a row of numbers begins a new header."""
        if self._closed:
            self._rows, self._closed, self._right = [], False, 0
        self._right = max(self._right, line.right)
        self._rows.append([HeaderCell(cell, text, self._column(text)) for cell, text in _printed(line)])

    def header(self, *, ragged: bool) -> Header:
        """The columns as far as the header cells prove them; the form's own order where they say nothing else."""
        if not self._closed:
            self._closed = True
            order = tuple(column.id for column in self.block.columns)
            printed = PrintedHeader(self._rows, order, self._over, self._right)
            self._header = printed.header(self._header.order, ragged=ragged)
        return self._header

    def lend(self, *, ragged: bool) -> None:
        """A table of the same width without header: its columns are most likely the same."""
        self._header = replace(self.header(ragged=ragged), from_earlier_table=True)

    def forget_geometry(self, *, ragged: bool) -> None:
        """A table of another width without header: the order stays, the grid columns do not."""
        header = self.header(ragged=ragged)
        left = min((span[0] for name, span in zip(header.order, header.spans, strict=False) if name), default=0)
        self._header = Header(header.without_label_columns(left).order, doubtful=header.doubtful)

    def _column(self, text: str) -> Column | None:
        if text in self._over:
            return None
        return next((column for column, labels in self._own if find_label(labels, text)), None)


def _printed(line: TableLine) -> list[tuple[Cell, str]]:
    return [(cell, text) for cell, text in zip(line.cells, line.texts, strict=True) if not is_blank(cell)]


def columns_in_block(block: FormBlock, cells: Sequence[Cell], texts: Sequence[str]) -> list[Column | None] | None:
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
