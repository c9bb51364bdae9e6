"""Tables laid out in another way than the form's: on their side, in two halves, with two years in one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.content import Table
from parsers.report import State
from parsers.tables.reader import FormReading, read_tables
from tests import printed
from tests.printed import Truth
from tests.readings import codes, exact, flatten, requests_only


@pytest.fixture(params=["gen2021", "gen2019"])
def truth(request: pytest.FixtureRequest) -> Truth:
    return printed.balanced(request.param)


def on_its_side(table: Table) -> Table:
    cells = [replace(c, row=c.column, column=c.row, rowspan=c.colspan, colspan=c.rowspan) for c in table.cells]
    return replace(table, cells=tuple(cells))


@pytest.mark.parametrize("which", [(4,), (6,), (4, 6)])
def test_tables_printed_on_their_side(truth: Truth, which: tuple[int, ...]) -> None:
    tables = list(printed.report(truth))
    for number in which:
        side = tables[number]
        assert isinstance(side, Table)
        tables[number] = on_its_side(side)
    exact(read_tables(printed.content(*tables)), truth)


def test_blocks_of_table_two_on_their_side(truth: Truth) -> None:
    """信息内容 and the columns down the side, the rows of the block across."""
    tables = list(printed.report(truth))
    blocks: list[list[list[str]]] = []
    for row in flatten(printed.disclosure_rows(truth)):
        if row[0] == "信息内容":
            blocks.append([row])
        elif len(row) > 1:
            blocks[-1].append(row)
    aside = [[list(column) for column in zip(*block, strict=True) if any(column)] for block in blocks]
    tables[2] = printed.table(
        [[("第二十条", 4, 1)], *aside[0], [("第二十条", 4, 1)], *(r for b in aside[1:] for r in b)]
    )
    exact(read_tables(printed.content(*tables)), truth)


def test_half_a_table_on_its_side_is_not_guessed(truth: Truth) -> None:
    tables = list(printed.report(truth))
    aside = tables[4]
    assert isinstance(aside, Table)
    aside = on_its_side(aside)
    tables[4] = replace(aside, cells=tuple(cell for cell in aside.cells if cell.column < 9))
    reading = read_tables(printed.content(*tables))
    assert reading is not None
    states = {cell.state for cell in reading.cells if cell.table == "requests"}
    assert states <= {State.MISSING, State.UNREADABLE}


def test_the_first_row_may_hold_words(truth: Truth) -> None:
    rows = printed.requests_rows(truth)
    rows[0] = [rows[0][0], *(f"约{number}" for number in "3456789")]
    reading = read_tables(requests_only(truth, [*printed.requests_header(), *rows]))
    assert reading is not None
    first = [(cell.state, cell.raw) for cell in reading.cells if cell.row == "requests_received"]
    assert first == [(State.TEXT, f"约{number}") for number in "3456789"]


def test_rows_filled_up_at_their_end_are_not_read_one_column_too_far_left(truth: Truth) -> None:
    """Converters give every row of a piece as many cells as the longest has."""
    rows = printed.requests_rows(truth)
    at = next(i for i, row in enumerate(rows) if "行政查询" in str(row[0]))
    piece = [[row[-8] if len(row) > 8 else row[0], "", *row[-6:], "", ""] for row in rows[at:]]
    tables = (printed.table([*printed.requests_header(), *rows[:at]]), printed.table(piece))
    reading = read_tables(printed.content(printed.table(printed.disclosure_rows(truth)), *tables))
    assert reading is not None
    for cell in reading.cells:
        if cell.state is State.NUMBER:
            assert cell.raw == truth.texts.get(cell.key)


def test_two_years_in_table_four(truth: Truth) -> None:
    rows = printed.review_rows(truth)
    earlier = ["2020年", *map(str, range(15))]
    rows = [[("年度", 1, 3), *rows[0]], *rows[1:3], earlier, ["2021年", *rows[3]]]
    tables = [*printed.report(truth)[:5], printed.table(rows)]
    exact(read_tables(printed.content(*tables), 2021), truth)
    reading = read_tables(printed.content(*tables), 2020)
    assert "TABLE-REPEATED" in codes(reading)
    assert {cell.key: cell.raw for cell in reading.cells}["review_litigation/review/corrected"] == "1"


@pytest.mark.parametrize("label_head", [0, 3])
def test_labels_and_numbers_in_tables_side_by_side(truth: Truth, label_head: int) -> None:
    rows, header = printed.requests_rows(truth), printed.requests_header()
    labels = printed.table([*[["项目"], [""], [""]][:label_head], *(row[:-7] for row in rows)])
    numbers = printed.table([header[0][1:], *header[1:], *(row[-7:] for row in rows)])
    rest = printed.table(printed.disclosure_rows(truth)), printed.table(printed.review_rows(truth))
    exact(read_tables(printed.content(rest[0], labels, numbers, rest[1])), truth)


def test_tables_side_by_side_of_unequal_height_are_not_guessed(truth: Truth) -> None:
    rows, header = printed.requests_rows(truth), printed.requests_header()
    labels = printed.table([row[:-7] for row in rows])
    numbers = printed.table([header[0][1:], *header[1:], *(row[-7:] for row in rows[:-1])])
    reading = read_tables(printed.content(printed.table(printed.disclosure_rows(truth)), labels, numbers))
    assert reading is not None
    ours = [cell for cell in reading.cells if cell.table == "requests" and not cell.row.startswith("unmapped_")]
    assert {cell.state for cell in ours} <= {State.MISSING, State.UNREADABLE}


def only_right(reading: FormReading | None, truth: Truth) -> None:
    """No cell of table three is read as another number than is printed there."""
    assert reading is not None
    for cell in reading.cells:
        if cell.table == "requests" and cell.state is State.NUMBER and not cell.column.startswith("unmapped_"):
            assert cell.raw == truth.texts.get(cell.key)


def test_a_piece_one_column_too_far_left_under_a_repeated_header(truth: Truth) -> None:
    rows = [list(row) for row in printed.requests_rows(truth)]
    at = next(i for i, row in enumerate(rows) if "行政查询" in str(row[0]))
    piece = [[row[-8], *row[-7:], ""] for row in rows[at:]]
    for row in piece[1:4]:
        row[1] = row[7] = ""  # neither the first nor the last column is filled in
    second = [["", *row] if i == 0 else [("甲", 1, 1), *row] for i, row in enumerate(piece)]
    tables = (
        printed.table([*printed.requests_header(), *rows[:at]]),
        printed.table([*printed.requests_header(), *second]),
    )
    content = printed.content(printed.table(printed.disclosure_rows(truth)), *tables)
    only_right(read_tables(content), truth)


@pytest.mark.parametrize("remark", ["5", ""])
def test_a_header_too_wide_beside_a_column_of_remarks(truth: Truth, remark: str) -> None:
    header, rows = printed.requests_header(), printed.requests_rows(truth)
    header[0].append(("备注", 1, 3))
    header[1][1] = ("法人或其他组织", 6, 1)
    only_right(read_tables(requests_only(truth, [*header, *([*row, remark] for row in rows)])), truth)
