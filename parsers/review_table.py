"""Table four: reviews and lawsuits, fifteen numbers in one row under three groups of five outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from parsers.alignment import Header, align
from parsers.content import Cell
from parsers.form import Column, Form
from parsers.headers import SHARED
from parsers.labels import without_ordinal
from parsers.lines import Line, is_blank, is_value
from parsers.matching import find_label
from parsers.numbers import read_number
from parsers.reading import TableReading, notice, printed_label, read_cell, unreadable_cells
from parsers.report import ReportCell, State

TABLE = "review_litigation"
TITLES = frozenset({"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"})
SURPLUS = 2
"""Numbers too many up to which it is tried to tell which ones they are."""


class ReviewTable:
    """Takes the rows of table four in printed order: header rows, then one row of numbers."""

    def __init__(self, form: Form) -> None:
        table = form.table(TABLE)
        self.rows = table.rows
        self.columns = table.blocks[0].columns
        self.keys = [(row, column) for row in self.rows for column in self.columns]
        self.sets: list[TableReading] = []
        self._outcomes: list[tuple[Cell, Column]] = []
        self._done = False
        self._blank = False
        self._right = 0

    def is_header(self, line: Line) -> bool:
        if line.has_values:
            return False
        named = [self._column(text) for text in line.texts if text not in SHARED and not text[:1].isdigit()]
        outcomes = [column for column in named if column is not None and column.id != "total"]
        return bool(outcomes) or any(without_ordinal(text) in TITLES for text in line.texts)

    def starts(self, line: Line) -> bool:
        return False

    def add_header(self, line: Line) -> None:
        if self._done:
            self._outcomes, self._done, self._blank, self._right = [], False, False, 0
        self._right = max(self._right, line.right)
        for cell, text in zip(line.cells, line.texts, strict=True):
            if column := self._column(text):
                self._outcomes.append((cell, column))

    def _column(self, text: str) -> Column | None:
        return next((column for column in self.columns if find_label(column.labels, text)), None)

    def add(self, line: Line) -> None:
        """Take the row of numbers, and pass over rows that cannot be it."""
        cells = list(line.cells)
        while cells and not is_blank(cells[0]) and not is_value(cells[0]) and len(cells) > len(self.keys):
            cells.pop(0)
        if self._blank and line.has_values and len(cells) == len(self.keys):
            self.sets.pop()  # the row before was empty space above the numbers
            self._done = False
        if not line.has_values:
            if self._done or len(cells) < len(self.keys) or not all(is_blank(cell) for cell in cells):
                return  # a piece of a header
        elif self._done or len(cells) < len(self.columns):
            return
        self.sets.append(self._read(cells, line))
        self._done, self._blank = True, not line.has_values

    def readings(self) -> list[TableReading]:
        """One reading for each row of numbers under a header."""
        return self.sets

    def _read(self, cells: list[Cell], line: Line) -> TableReading:
        reading = TableReading(TABLE, heading=line.heading)
        header = self._header()
        values = align(cells, header, line)
        if values is not None:
            reading.cells = [self._cell(i, cell) for i, cell in enumerate(values)]
            return reading
        printed = [cell for cell in cells if not is_blank(cell)]
        message = f"表四应有 {len(self.keys)} 个数，这里印有 {len(printed)} 个"
        reading.findings.append(notice("T4-WIDTH", message, self._cell_keys(), "error"))
        surplus = len(printed) - len(self.keys)
        reading.cells = self._agreed(printed) if 0 < surplus <= SURPLUS else self._unreadable(cells)
        return reading

    def _header(self) -> Header:
        order = tuple(f"{row.id}/{column.id}" for row, column in self.keys)
        placed = sorted((cell.column, cell.column + cell.colspan, column.id) for cell, column in self._outcomes)
        usual = [column.id for _, column in self.keys]
        apart = all(left[1] <= right[0] for left, right in pairwise(placed))
        if [name for _, _, name in placed] != usual or not apart:
            return Header(order)
        return Header(order, tuple((first, end) for first, end, _ in placed), self._right)

    def _cell(self, position: int, cell: Cell | None) -> ReportCell:
        row, column = self.keys[position]
        return read_cell(TABLE, row.id, column, f"{row.label} {column.label}", cell)

    def _cell_keys(self) -> list[str]:
        return [f"{TABLE}/{row.id}/{column.id}" for row, column in self.keys]

    def _unreadable(self, cells: Sequence[Cell]) -> list[ReportCell]:
        return [
            made
            for row, column in self.keys
            for made in unreadable_cells(TABLE, row.id, [column], printed_label(f"{row.label} {column.label}"), cells)
        ]

    def _agreed(self, printed: list[Cell]) -> list[ReportCell]:
        """Too many numbers: a cell is read where every way of leaving some out gives it the same number."""
        ways = [list(way) for way in combinations(printed, len(self.keys))]
        ways = [way for way in ways if self._sums_hold(way)] or ways
        unreadable = self._unreadable(printed)
        cells: list[ReportCell] = []
        for position, choices in enumerate(zip(*ways, strict=True)):
            same = len({cell.text.strip() for cell in choices}) == 1
            cells.append(self._cell(position, choices[0]) if same else unreadable[position])
        return cells

    def _sums_hold(self, cells: Sequence[Cell]) -> bool:
        width = len(self.columns)
        return all(
            group is not None and sum(group[:-1]) == group[-1]
            for group in (_numbers(cells[at : at + width]) for at in range(0, len(cells), width))
        )


def _numbers(cells: Sequence[Cell]) -> list[int] | None:
    readings = [read_number(cell.text) for cell in cells]
    values = [reading.value for reading in readings if reading.state is State.NUMBER]
    return [int(value) for value in values if value is not None] if len(values) == len(cells) else None
