"""The identities printed on the form (勾稽关系), evaluated on the cells as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parsers.forms import load
from parsers.forms.model import Form, FormTable, Identity
from parsers.report import Check, Number, ReportCell, State, Status

ZERO_IF_EMPTY = frozenset({State.BLANK, State.DASH, State.SLASH, State.NONE_TEXT})
"""States that an agency uses for nought: sums are tried with 0 in their place, and say so."""


@dataclass(frozen=True, slots=True)
class Equation:
    """One identity on one column, row or group (`key`): cell keys whose sums must be equal."""

    code: str
    key: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        return (*self.left, *self.right)

    def sign(self, cell: str) -> int:
        """By how much `delta` grows with the cell."""
        return self.left.count(cell) - self.right.count(cell)


def check(form_id: str, cells: Iterable[ReportCell]) -> tuple[Check, ...]:
    """Every identity of the form on every column, row or group."""
    printed = {cell.key: cell for cell in cells}
    return tuple(evaluate(equation, printed) for equation in equations(load(form_id), printed))


def equations(form: Form, cells: Mapping[str, ReportCell]) -> Iterator[Equation]:
    """The identities of the form, for the variant of it that these cells show."""
    for identity in form.checks:
        table = form.table(identity.table)
        yield from _per_row(identity, table, cells) if identity.per == "row" else _per_column(identity, table, cells)


def _per_row(identity: Identity, table: FormTable, cells: Mapping[str, ReportCell]) -> Iterator[Equation]:
    for row in table.rows:
        if row.replaces and not _prints(cells, table, row.id):
            continue
        left, right = (
            tuple(f"{table.id}/{row.id}/{column}" for column in side) for side in (identity.left, identity.right)
        )
        yield Equation(identity.code, row.id, left, right)


def _per_column(identity: Identity, table: FormTable, cells: Mapping[str, ReportCell]) -> Iterator[Equation]:
    sides = _replaced(table, identity.left, cells), identity.right
    for column in table.blocks[0].columns:
        left, right = (tuple(f"{table.id}/{row}/{column.id}" for row in side) for side in sides)
        yield Equation(identity.code, column.id, left, right)


def _prints(cells: Mapping[str, ReportCell], table: FormTable, row_id: str) -> bool:
    return f"{table.id}/{row_id}/{table.blocks[0].columns[0].id}" in cells


def _replaced(table: FormTable, rows: Iterable[str], cells: Mapping[str, ReportCell]) -> tuple[str, ...]:
    """The rows to add up: where a document leaves sub-rows out, the row that stands for them."""
    stands_for = {name: row.id for row in table.rows for name in row.replaces if _prints(cells, table, row.id)}
    return tuple(dict.fromkeys(stands_for.get(row, row) for row in rows))


def evaluate(equation: Equation, cells: Mapping[str, ReportCell]) -> Check:
    """Do the cells on the left add up to those on the right?

    Blanks count as 0 and the status says so. A difference that a number in a blank could explain is incomplete,
    any other is a failure. Where a number is missing or cannot be read there are no sums. Rows that this document's
    variant of the form does not have (the sub-rows of （六） where that is one row) make an identity not applicable.
    """
    names = equation.cells
    states = [cells[name].state if name in cells else None for name in names]
    if None in states:
        return Check(equation.code, equation.key, Status.NOT_APPLICABLE, None, None, names)
    if any(state is not State.NUMBER and state not in ZERO_IF_EMPTY for state in states):
        return Check(equation.code, equation.key, Status.INCOMPLETE, None, None, names)
    (lhs, blank_left), (rhs, blank_right) = _sum(equation.left, cells), _sum(equation.right, cells)
    if lhs == rhs:
        status = Status.PASS_IF_BLANK_IS_ZERO if blank_left or blank_right else Status.PASS
    else:
        status = Status.INCOMPLETE if (blank_left if lhs < rhs else blank_right) else Status.FAIL
    return Check(equation.code, equation.key, status, lhs, rhs, names)


def _sum(names: Iterable[str], cells: Mapping[str, ReportCell]) -> tuple[Number, int]:
    """The sum of the numbers and how many of the cells are blank."""
    values = [cells[name].value for name in names]
    return sum((value for value in values if value is not None), 0), values.count(None)
