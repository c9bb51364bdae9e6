"""What the readers of the form's tables hand over: cells, and what was odd about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.content import Cell, Place
from parsers.forms.model import Column
from parsers.printed.numbers import read_number
from parsers.report import Attribution, Finding, ReportCell, State

_UNTOLD = re.compile("[\ufffc\ufffd\ue000-\uf8ff]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
UNKNOWN_COLUMN = Column("unmapped_1", "")
NOWHERE = Place()


@dataclass(slots=True)
class TableReading:
    """The cells of one table of the form, in printed order."""

    table: str
    cells: list[ReportCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    heading: str = ""

    @property
    def rows(self) -> list[str]:
        return list(dict.fromkeys(cell.row for cell in self.cells))

    @property
    def values(self) -> dict[str, tuple[State, str]]:
        """Key to state and value, for comparing two readings of one table."""
        return {cell.key: (cell.state, str(cell.value)) for cell in self.cells}


def read_cell(
    table: str, row: str, column: Column, label: str, cell: Cell | None, place: Place = NOWHERE
) -> ReportCell:
    """A cell of the form from the cell printed there; None is a blank that the text line at `place` does not reach."""
    if cell is None:
        return ReportCell(table, row, column.id, label, "", State.BLANK, None, column.unit or None, place)
    if not cell.readable or (_UNTOLD.search(cell.text) and not _CHINESE.search(cell.text)):
        return _make(table, row, column, label, cell, State.UNREADABLE)
    reading = read_number(cell.text, column.kind)
    if reading.state is State.TEXT and _may_be_misplaced(cell):
        return _make(table, row, column, label, cell, State.UNREADABLE)
    return ReportCell(
        table, row, column.id, label, cell.text, reading.state, reading.value,
        reading.unit or column.unit or None, cell.place, cell.confidence, reading.candidate, reading.style,
    )  # fmt: skip


def _may_be_misplaced(cell: Cell) -> bool:
    """Are the words in a number's cell of a page perhaps none of its own? In a scan they are a number misread; in
    several lines, one of them with digits, they may be a label's that runs over the line between the two."""
    lines = cell.text.split("\n")
    return cell.confidence is not None or (
        cell.place.box is not None and len(lines) > 1 and any(line.strip().isdecimal() for line in lines)
    )


def _make(table: str, row: str, column: Column, label: str, cell: Cell, state: State) -> ReportCell:
    return ReportCell(
        table, row, column.id, label, cell.text, state, None, column.unit or None, cell.place, cell.confidence
    )


def unreadable_cells(
    table: str, row: str, columns: Iterable[Column], label: str, cells: Sequence[Cell]
) -> list[ReportCell]:
    """One unreadable cell a column: something is printed, but not under which column."""
    raw = " ".join(cell.text.strip() for cell in cells).strip()
    place = cells[0].place if cells else Place()
    return [
        ReportCell(table, row, column.id, label, raw, State.UNREADABLE, None, column.unit or None, place)
        for column in columns
    ]


def absent_cells(table: str, row: str, columns: Iterable[Column], label: str) -> list[ReportCell]:
    """One missing cell a column: the document has no place for them."""
    return [
        ReportCell(table, row, column.id, label, "", State.MISSING, None, column.unit or None) for column in columns
    ]


def located(cells: Sequence[ReportCell]) -> list[ReportCell]:
    """The cells with a place each: a blank that a text line does not reach stands where its row stands."""
    places: dict[str, Place] = {}
    for cell in cells:
        if _has_place(cell):
            places.setdefault(cell.row, cell.place)
    return [cell if _has_place(cell) else replace(cell, place=places.get(cell.row, NOWHERE)) for cell in cells]


def _has_place(cell: ReportCell) -> bool:
    place = cell.place
    return place.path is not None or place.page is not None


def printed_label(text: str) -> str:
    """A label as printed, with runs of white space made one space."""
    return " ".join(text.split())


def notice(code: str, message: str, cells: Sequence[str] = (), severity: str = "notice") -> Finding:
    return Finding(code, severity, Attribution.UNKNOWN, message, tuple(cells))
