"""Two independent readings of one document, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.content import Content, Table
from parsers.forms import load
from parsers.forms.row_index import row_index
from parsers.printed.labels import normalise
from parsers.report import Attribution, Check, ReportCell, State, Status

_UNMAPPED = "/unmapped_"
SILENT = frozenset({State.UNREADABLE, State.MISSING})
"""States in which a reading says nothing about what is printed."""

Grid = tuple[tuple[int, int, int, int, bool, str], ...]
"""Of each cell: row, column, row span, column span, legible, text with white space evened."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Keys of the cells that both readings give alike, and of those they give differently.

    Where the readings share code that could have erred for both, nothing counts as confirmed.
    """

    confirmed: frozenset[str] = frozenset()
    differing: tuple[str, ...] = ()

    def agree(self, cells: Iterable[ReportCell]) -> bool | None:
        """True when every number is confirmed, False when any cell differs, None when the second reading is silent."""
        if self.differing:
            return False
        numbers = [cell.key for cell in cells if cell.state is State.NUMBER and _UNMAPPED not in cell.key]
        return True if numbers and self.confirmed.issuperset(numbers) else None

    def attribute(self, keys: Sequence[str]) -> Attribution:
        """Whose error it is when these cells, as read, cannot be right."""
        if any(key in self.differing for key in keys):
            return Attribution.EXTRACTION
        return Attribution.PUBLISHER if keys and self.confirmed.issuperset(keys) else Attribution.UNKNOWN


def compare(first: Iterable[ReportCell], second: Iterable[ReportCell]) -> Comparison:
    """Compare state and value of each cell; white space in texts does not count.

    A second reading that sees nothing where the first sees something does not contradict it, but cannot confirm it;
    the other way round it does contradict.
    """
    again = {cell.key: cell for cell in second if cell.state not in SILENT}
    confirmed: list[str] = []
    differing: list[str] = []
    for cell in first:
        other = again.get(cell.key)
        if cell.state in SILENT or other is None or not _is_same_row(cell, other):
            continue
        if _is_part(cell, other):
            continue
        if other.state is not State.BLANK or cell.state is State.BLANK:
            (confirmed if _content(cell) == _content(other) else differing).append(cell.key)
    return Comparison(frozenset(confirmed), tuple(differing))


def _is_same_row(cell: ReportCell, other: ReportCell) -> bool:
    """Rows that the form does not have are numbered in the order in which a reading meets them."""
    return _UNMAPPED not in cell.key or "".join(cell.label.split()) == "".join(other.label.split())


def _is_part(cell: ReportCell, other: ReportCell) -> bool:
    """Is one text a piece of the other, without a digit in either? Words that run over several lines of a cell may be
    read in part where no line of the table is looked at; no number is in question."""
    if cell.state is not State.TEXT or other.state is not State.TEXT or cell.raw == other.raw:
        return False
    one, two = ("".join(raw.split()) for raw in (cell.raw, other.raw))
    return one != two and (one in two or two in one) and not any(map(str.isdecimal, one + two))


def _content(cell: ReportCell) -> tuple[object, ...]:
    text = "".join(cell.raw.split()) if cell.state is State.TEXT else ""
    return cell.state, cell.value, cell.unit, text


def is_better(
    other: Sequence[ReportCell], other_checks: Sequence[Check], one: Sequence[ReportCell], checks: Sequence[Check]
) -> bool:
    """Should the other reading be taken whole?

    Only if it has a number wherever this one has, and reads more cells or breaks fewer sums.
    """
    numbers = {cell.key for cell in other if cell.state is State.NUMBER}
    if any(cell.state is State.NUMBER and cell.key not in numbers for cell in one):
        return False
    blank = {cell.key for cell in other if cell.state is State.BLANK}
    if any(cell.state is State.UNREADABLE and cell.key in blank for cell in one):
        return False  # something is printed there: to see nothing is no better reading
    silent, fails = _silent(one), _fails(checks)
    other_silent, other_fails = _silent(other), _fails(other_checks)
    return (other_silent < silent and other_fails <= fails) or (other_silent == silent and other_fails < fails)


def _silent(cells: Sequence[ReportCell]) -> int:
    return sum(cell.state in SILENT for cell in cells)


def _fails(checks: Sequence[Check]) -> int:
    return sum(check.status is Status.FAIL for check in checks)


def is_same_tables(first: Content, second: Content, form_id: str) -> bool:
    """Did both find the same tables in the same order, cell by cell, and the second none of the form besides?

    Then the second need not be mapped: the mapping of equal tables is equal. Texts are compared up to the kind and
    length of white space.
    """
    if first.words or second.words or not first.tables:
        return False
    awaited = map(_grid, first.tables)
    next_one = next(awaited, None)
    for table in second.tables:
        if _grid(table) == next_one:
            next_one = next(awaited, None)
        elif _is_of_form(table, form_id):
            return False
    return next_one is None


def _grid(table: Table) -> Grid:
    return tuple(
        (cell.row, cell.column, cell.rowspan, cell.colspan, cell.readable, " ".join(cell.text.split()))
        for cell in table.cells
    )


def _is_of_form(table: Table, form_id: str) -> bool:
    """Does a cell print the whole label of one of the form's rows?"""
    return any(row_index(form_id, part.id).is_whole(text) for text in _labels(table) for part in load(form_id).tables)


def _labels(table: Table) -> Iterator[str]:
    return (normalise(cell.text) for cell in table.cells if cell.text)
