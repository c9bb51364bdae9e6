"""Table four: reviews and lawsuits, fifteen numbers in one row under three groups of five outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from parsers.content import Cell
from parsers.forms.model import Form
from parsers.printed.numbers import read_number
from parsers.report import ReportCell, State
from parsers.tables.alignment import Header, align
from parsers.tables.cells import TableReading, absent_cells, notice, read_cell, unreadable_cells
from parsers.tables.lines import TableLine, is_blank, is_value
from parsers.tables.table4_header import ReviewHeader

TABLE = "review_litigation"
_OF_YEAR = re.compile(r"20\d\d|[本上去]一?年")
_NO_COUNT = re.compile(r"占比|比[例重率]|百分比|增[长减幅]|同比|环比|序号|栏次|行次|编号")
"""Labels of rows of shares and of the numbers of columns."""
SURPLUS = 2
"""Numbers too many up to which it is tried to tell which ones they are."""


class ReviewTable:
    """Takes the rows of table four in printed order: header rows, then one row of numbers, or one a path."""

    def __init__(self, form: Form) -> None:
        self.form_table = form.table(TABLE)
        self.rows = {row.id: row for row in self.form_table.rows}
        self.columns = {column.id: column for column in self.form_table.blocks[0].columns}
        self.sets: list[TableReading] = []
        self._header = ReviewHeader(self.form_table)
        self._done = False
        self._blank = False
        self._table = -1

    def is_header(self, line: TableLine) -> bool:
        return self._header.is_header(line) and self._labelled(line) is None

    def starts(self, line: TableLine) -> bool:
        return False

    def add_header(self, line: TableLine) -> None:
        if self._done:
            self._header, self._done, self._blank = ReviewHeader(self.form_table), False, False
        self._header.add(line)

    def add(self, line: TableLine) -> None:
        """Take a row of numbers, and pass over rows that cannot be one."""
        labelled = self._labelled(line)
        if labelled is not None:
            at, header = labelled
            self._keep(self._read(line.after(at), header, line, line.cells[at].column + 1))
            self._done = True
            return
        header = self._header.header()
        cells, width = list(line.cells), len(header.order)
        label = ""
        while cells and not is_blank(cells[0]) and not is_value(cells[0]) and len(cells) > width:
            label += cells.pop(0).text
        of_year = _OF_YEAR.search(label) is not None
        if self._blank and line.has_values and len(cells) == width:
            self.sets.pop()  # the row before was empty space above the numbers
            self._done = False
        if not self._is_row(line, cells, width) or _NO_COUNT.search(label) or _counts_columns(cells):
            return
        if self._done and not of_year and not self._is_another(line, label, cells, width):
            return
        reading = self._read(cells, header, line)
        reading.heading = label or line.heading
        self._keep(reading)
        self._done, self._blank, self._table = True, not line.has_values, line.table

    def _is_another(self, line: TableLine, label: str, cells: Sequence[Cell], width: int) -> bool:
        """Does a second row of numbers have a name of its own, as units and their 合计 have?"""
        return bool(label.strip()) and line.table == self._table and len(cells) == width and line.has_values

    def _labelled(self, line: TableLine) -> tuple[int, Header] | None:
        """Position of the only label in a row of its own, and the columns behind it."""
        named = [at for at, text in enumerate(line.texts) if self._header.path(text) or self._header.outcome(text)]
        after = line.after(named[0]) if len(named) == 1 else []
        if not after or not (line.has_values or all(map(is_blank, after))):
            return None
        header = self._header.for_row(line.texts[named[0]])
        return (named[0], header) if header else None

    def _is_row(self, line: TableLine, cells: Sequence[Cell], width: int) -> bool:
        """Numbers, or a whole row of blanks; anything else is a piece of a header."""
        if line.has_values:
            return len(cells) >= min(width, len(self.columns))
        return len(cells) >= width and all(map(is_blank, cells))

    def _keep(self, reading: TableReading) -> None:
        """Begin a set of cells with a row, or complete the last one where none of the row's cells is in it."""
        keys = {cell.key for cell in reading.cells}
        if not self.sets or any(cell.key in keys for cell in self.sets[-1].cells):
            self.sets.append(TableReading(TABLE, heading=reading.heading))
        self.sets[-1].cells += reading.cells
        self.sets[-1].findings += reading.findings

    def readings(self) -> list[TableReading]:
        """One reading for each table, with the cells that its rows have no place for."""
        for reading in self.sets:
            printed = {cell.key for cell in reading.cells}
            for row_id in reading.rows:
                columns = [c for c in self.columns.values() if f"{TABLE}/{row_id}/{c.id}" not in printed]
                reading.cells += absent_cells(TABLE, row_id, columns, self.rows[row_id].label)
        return self.sets

    def _read(self, cells: list[Cell], header: Header, line: TableLine, label_ends: int = 0) -> TableReading:
        reading = TableReading(TABLE, heading=line.heading)
        for extra in self._header.additional(header):
            beside = [cell for cell in cells if extra.column <= cell.column < extra.column + extra.colspan]
            cells = [cell for cell in cells if cell not in beside]
            if any(map(is_value, beside)):
                texts = "、".join(cell.text.strip() for cell in beside)
                reading.findings.append(notice("ROW-UNCLAIMED", f"表四有表样以外的栏：{extra.text.strip()}（{texts}）"))
        values = align(cells, header, line, label_ends)
        if values is not None:
            reading.cells = [self._cell(name, cell) for name, cell in zip(header.order, values, strict=True)]
            return reading
        printed = [cell for cell in cells if not is_blank(cell)]
        message = f"表四应有 {len(header.order)} 个数，这里印有 {len(printed)} 个"
        keys = [f"{TABLE}/{name}" for name in header.order]
        reading.findings.append(notice("T4-WIDTH", message, keys, "error"))
        surplus = 0 < len(printed) - len(header.order) <= SURPLUS and header.order == self._header.usual
        reading.cells = self._agreed(printed, header) if surplus else self._unreadable(cells, header)
        return reading

    def _label(self, name: str) -> str:
        row_id, column_id = name.split("/")
        return f"{self.rows[row_id].label} {self.columns[column_id].label}"

    def _cell(self, name: str, cell: Cell | None) -> ReportCell:
        row_id, column_id = name.split("/")
        return read_cell(TABLE, row_id, self.columns[column_id], self._label(name), cell)

    def _unreadable(self, cells: Sequence[Cell], header: Header) -> list[ReportCell]:
        pairs = [(name, *name.split("/")) for name in header.order]
        return [
            made
            for name, row_id, column_id in pairs
            for made in unreadable_cells(TABLE, row_id, [self.columns[column_id]], self._label(name), cells)
        ]

    def _agreed(self, printed: list[Cell], header: Header) -> list[ReportCell]:
        """Too many numbers: a cell is read where every way of leaving some out gives it the same number."""
        ways = [list(way) for way in combinations(printed, len(header.order))]
        ways = [way for way in ways if self._sums_hold(way)] or ways
        unreadable = self._unreadable(printed, header)
        cells: list[ReportCell] = []
        for position, choices in enumerate(zip(*ways, strict=True)):
            same = len({cell.text.strip() for cell in choices}) == 1
            cells.append(self._cell(header.order[position], choices[0]) if same else unreadable[position])
        return cells

    def _sums_hold(self, cells: Sequence[Cell]) -> bool:
        width = len(self.columns)
        return all(
            group is not None and sum(group[:-1]) == group[-1]
            for group in (_numbers(cells[at : at + width]) for at in range(0, len(cells), width))
        )


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """1, 2, 3 …: a row that numbers the columns."""
    return [cell.text.strip(" ()（）") for cell in cells] == [str(at + 1) for at in range(len(cells))]


def _numbers(cells: Sequence[Cell]) -> list[int] | None:
    readings = [read_number(cell.text) for cell in cells]
    values = [reading.value for reading in readings if reading.state is State.NUMBER]
    return [int(value) for value in values if value is not None] if len(values) == len(cells) else None
