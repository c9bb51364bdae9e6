"""Table three with its labels elsewhere than at the left, and with another year's numbers beside the report's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.forms import load
from parsers.tables.reader import read_tables
from tests import printed
from tests.printed import Printed

TRUTH = printed.balanced("gen2021", 1)
OTHER = printed.balanced("gen2021", 2)
HEAD: list[Printed | str] = ["项目", *(column.label for column in load("gen2021").table("requests").blocks[0].columns)]
Rows = list[list[Printed | str]]


def rows_of(truth: printed.Truth) -> Rows:
    """A label and seven numbers, row by row; the group stands before the label."""
    form, rows, group = load("gen2021").table("requests"), printed.requests_rows(truth), ""
    made: Rows = []
    for row in rows:
        words = [one if isinstance(one, str) else one[0] for one in row[:-7]]
        group = next((word for word in words if word.startswith("（") and len(words) > 1), group)
        label = words[-1] if words[-1].startswith(("（", "一", "二", "四")) else f"{group} {words[-1]}"
        made.append([label, *row[-7:]])
    assert len(made) == len([row for row in form.rows if not row.replaces])
    return made


def _right(rows: Rows) -> Rows:
    return [[*row[1:], row[0]] for row in [HEAD, *rows]]


def _both(rows: Rows) -> Rows:
    return [[*row, row[0]] for row in [HEAD, *rows]]


def _halves(rows: Rows) -> Rows:
    left: Rows = rows[:13]
    right: Rows = [*rows[13:], [""] * 8]
    return [[*HEAD, *HEAD], *([*one, *other] for one, other in zip(left, right, strict=True))]


def _counted(rows: Rows) -> Rows:
    return [[row[0], str(at) if at else "", *row[1:]] for at, row in enumerate([HEAD, *rows])]


def _two_years(rows: Rows) -> Rows:
    """2021 and 2022 under each applicant."""
    before = rows_of(OTHER)
    head: list[Printed | str] = [("项目", 1, 2), *((str(one), 2, 1) for one in HEAD[1:])]
    years: list[Printed | str] = ["2021年", "2022年"] * 7
    pairs = (
        [r[0], *(n for both in zip(b[1:], r[1:], strict=True) for n in both)] for b, r in zip(before, rows, strict=True)
    )
    return [head, years, *pairs]


@pytest.mark.parametrize("layout", [_right, _both, _halves, _counted, _two_years])
def test_every_number_is_read(layout: Callable[[Rows], Rows]) -> None:
    blocks = [*printed.report(TRUTH)]
    at = next(at for at, block in enumerate(blocks) if "自然人" in str(block))
    blocks[at] = printed.table(layout(rows_of(TRUTH)))
    reading = read_tables(printed.content(*blocks), 2022)
    assert reading is not None
    assert {c.key: c.raw for c in reading.cells if c.key in TRUTH.texts} == TRUTH.texts


def test_of_two_years_none_is_taken_where_the_reports_year_is_not_known() -> None:
    rows = printed.table(_two_years(rows_of(TRUTH)))
    reading = read_tables(printed.content(rows), None)
    assert reading is None or not [c for c in reading.cells if c.table == "requests" and c.value is not None]


def test_one_column_for_all_legal_persons_is_none_of_them() -> None:
    rows = [[row[0], row[1], str(sum(int(str(n)) for n in row[2:7])), row[7]] for row in rows_of(TRUTH)]
    content = printed.content(printed.table([["项目", "自然人", "法人或其他组织", "总计"], *rows]))
    reading = read_tables(content, 2022)
    assert reading is not None
    printed_columns = {"natural_person", "total"}
    expected = {
        k: v for k, v in TRUTH.texts.items() if k.startswith("requests/") and k.split("/")[2] in printed_columns
    }
    numbers = {c.key: c.raw for c in reading.cells if c.value is not None and c.key in TRUTH.texts}
    assert numbers == expected
