"""The identities printed on the form (勾稽关系), evaluated on the cells as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from parsers.form import Form, FormTable, Identity
from parsers.forms import load
from parsers.report import Check, Number, ReportCell, State, Status

ZERO_IF_EMPTY = frozenset({State.BLANK, State.DASH, State.SLASH, State.NONE_TEXT})
"""States that an agency uses for nought: sums are tried with 0 in their place, and say so."""


def check(form_id: str, cells: Iterable[ReportCell]) -> tuple[Check, ...]:
    """Every identity of the form on every column, row or group."""
    form = load(form_id)
    printed = {cell.key: cell for cell in cells}
    return tuple(one for identity in form.checks for one in _identity(form, identity, printed))


def _identity(form: Form, identity: Identity, cells: Mapping[str, ReportCell]) -> Iterator[Check]:
    table = form.table(identity.table)
    if identity.per == "row":
        for row in table.rows:
            if not row.replaces or _prints(cells, table, row.id):
                yield evaluate(identity.code, row.id, *_sides_of_row(identity, row.id), cells)
        return
    left = tuple(_replaced(table, identity.left, cells))
    for column in table.blocks[0].columns:
        sides = [[f"{table.id}/{row}/{column.id}" for row in side] for side in (left, identity.right)]
        yield evaluate(identity.code, column.id, sides[0], sides[1], cells)


def _sides_of_row(identity: Identity, row: str) -> tuple[list[str], list[str]]:
    return (
        [f"{identity.table}/{row}/{column}" for column in identity.left],
        [f"{identity.table}/{row}/{column}" for column in identity.right],
    )


def _prints(cells: Mapping[str, ReportCell], table: FormTable, row_id: str) -> bool:
    return f"{table.id}/{row_id}/{table.blocks[0].columns[0].id}" in cells


def _replaced(table: FormTable, rows: Sequence[str], cells: Mapping[str, ReportCell]) -> Iterator[str]:
    """The rows to add up: where a document leaves sub-rows out, the row that stands for them."""
    stands_for = {name: row.id for row in table.rows for name in row.replaces if _prints(cells, table, row.id)}
    yield from dict.fromkeys(stands_for.get(row, row) for row in rows)


def evaluate(code: str, key: str, left: Sequence[str], right: Sequence[str], cells: Mapping[str, ReportCell]) -> Check:
    """One identity: do the cells named by `left` add up to those named by `right`?

    Blanks count as 0 and the status says so. A difference that a number in a blank could explain is incomplete,
    any other is a failure. Without all numbers there are no sums. Rows that this document's variant of the form does
    not have (the sub-rows of （六） where that is one row) make an identity not applicable.
    """
    names = (*left, *right)
    states = [cells[name].state if name in cells else None for name in names]
    if None in states:
        return Check(code, key, Status.NOT_APPLICABLE, None, None, names)
    if any(state is not State.NUMBER and state not in ZERO_IF_EMPTY for state in states):
        return Check(code, key, Status.INCOMPLETE, None, None, names)
    lhs, rhs = _sum(left, cells), _sum(right, cells)
    return Check(code, key, _status(lhs, rhs, _blanks(left, cells), _blanks(right, cells)), lhs, rhs, names)


def _sum(names: Sequence[str], cells: Mapping[str, ReportCell]) -> Number:
    return sum((cells[name].value or 0 for name in names), 0)


def _blanks(names: Sequence[str], cells: Mapping[str, ReportCell]) -> int:
    return sum(cells[name].state is not State.NUMBER for name in names)


def _status(lhs: Number, rhs: Number, blank_left: int, blank_right: int) -> Status:
    if lhs == rhs:
        return Status.PASS_IF_BLANK_IS_ZERO if blank_left or blank_right else Status.PASS
    explained = blank_left if lhs < rhs else blank_right
    return Status.INCOMPLETE if explained else Status.FAIL
