"""Headers that are not the form's: believed where their cells prove it, never overruled by the form's order."""

from __future__ import annotations

import pytest

from parsers.forms import load
from parsers.report import State
from parsers.tables.reader import FormReading, read_tables
from tests import printed
from tests.printed import Printed, Truth

Rows = list[list[Printed | str]]
LABELS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other_outcome": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}


@pytest.fixture(params=["gen2021", "gen2019"])
def truth(request: pytest.FixtureRequest) -> Truth:
    return printed.balanced(request.param)


def read(truth: Truth, three: Rows | None = None, *four: Rows) -> FormReading:
    blocks = printed.report(truth)
    if three is not None:
        blocks[4] = printed.table(three)
    if four:
        blocks[6:] = [printed.table(rows) for rows in four]
    reading = read_tables(printed.content(*blocks))
    assert reading is not None
    return reading


def exact(reading: FormReading, truth: Truth, gone: frozenset[str] = frozenset()) -> None:
    """Every cell as printed; those of the keys `gone` have no place, columns of the agency's own are apart."""
    cells = [cell for cell in reading.cells if "unmapped_" not in cell.key]
    texts = {cell.key: cell.raw for cell in cells if cell.state is not State.MISSING}
    assert texts == {key: text for key, text in truth.texts.items() if key not in gone}
    assert {cell.key for cell in cells if cell.state is State.MISSING} == gone


def reordered(truth: Truth, order: list[int]) -> Rows:
    """Table three under one header row, its columns in another order; an index of -1 is a column of running numbers."""
    header: Rows = [[("项目", 3, 1), *(LABELS[i] if i >= 0 else "行次" for i in order)]]
    rows = printed.requests_rows(truth)
    return header + [[*r[:-7], *(r[-7:][i] if i >= 0 else str(n) for i in order)] for n, r in enumerate(rows, 1)]


@pytest.mark.parametrize(
    "order",
    [
        [6, 0, 1, 2, 3, 4, 5],
        [0, 6, 1, 2, 3, 4, 5],
        [1, 2, 3, 4, 5, 0, 6],
        [-1, 0, 1, 2, 3, 4, 5, 6],
        [-1, 6, 5, 4, 3, 2, 1, 0],
    ],
)
def test_columns_in_the_order_of_the_header(truth: Truth, order: list[int]) -> None:
    exact(read(truth, reordered(truth, order)), truth)


def test_running_numbers_beside_blank_totals(truth: Truth) -> None:
    """Seven numbers in a row are not the seven columns when the first of them counts lines."""
    totals = {key for key in truth.texts if key.startswith("requests/") and key.endswith("/total")}
    blank = Truth(truth.form, {key: "" if key in totals else text for key, text in truth.texts.items()})
    exact(read(blank, reordered(blank, [-1, 0, 1, 2, 3, 4, 5, 6])), blank)
    nameless = reordered(blank, [-1, 0, 1, 2, 3, 4, 5, 6])
    nameless[0][1] = ""
    exact(read(blank, nameless), blank)  # 1, 2, 3 … under no name, in every row


@pytest.mark.parametrize("gone", [0, 4, 6])
def test_a_column_that_was_left_out_is_missing(truth: Truth, gone: int) -> None:
    order = [i for i in range(7) if i != gone]
    column = load(truth.form).table("requests").blocks[0].columns[gone].id
    keys = frozenset(key for key in truth.texts if key.startswith("requests/") and key.endswith(f"/{column}"))
    exact(read(truth, reordered(truth, order)), truth, keys)


def test_another_order_without_proof_is_refused(truth: Truth) -> None:
    """总计 stands first, but the header cells have lost their places."""
    rows = reordered(truth, [6, 0, 1, 2, 3, 4, 5])
    rows[0] = [("项目", 4, 1), *rows[0][1:3], ("商业企业", 2, 1), *rows[0][4:]]
    rows.insert(1, [("", 3, 1), "自然人"])
    states = {c.state for c in read(truth, rows).cells if c.table == "requests"}
    assert states == {State.UNREADABLE}


def four(truth: Truth, paths: list[str], outcomes: list[str], span: int | None = None) -> Rows:
    """Table four with its paths and outcomes in that order."""
    labels = {row.id: row.label for row in load(truth.form).table("review_litigation").rows}
    return [
        [(labels[path], span or len(outcomes), 1) for path in paths],
        [OUTCOMES[outcome] for _ in paths for outcome in outcomes],
        [truth.at("review_litigation", path, outcome) for path in paths for outcome in outcomes],
    ]


PATHS = ["review", "litigation_direct", "litigation_after_review"]


@pytest.mark.parametrize(
    ("paths", "outcomes"),
    [
        (PATHS, ["total", "upheld", "corrected", "other_outcome", "pending"]),
        (PATHS, ["corrected", "upheld", "pending", "other_outcome", "total"]),
        (PATHS[::-1], [*OUTCOMES]),
    ],
)
def test_table_four_in_another_order(truth: Truth, paths: list[str], outcomes: list[str]) -> None:
    exact(read(truth, None, four(truth, paths, outcomes)), truth)


@pytest.mark.parametrize("span", [4, 5])
def test_table_four_without_totals(truth: Truth, span: int) -> None:
    outcomes = [outcome for outcome in OUTCOMES if outcome != "total"]
    rows = four(truth, PATHS, outcomes, span)
    keys = frozenset(f"review_litigation/{path}/total" for path in PATHS)
    exact(read(truth, None, rows), truth, keys)


def test_paths_in_another_order_under_wrong_spans_are_refused(truth: Truth) -> None:
    cells = read(truth, None, four(truth, PATHS[::-1], [*OUTCOMES], 2)).cells
    assert {cell.state for cell in cells if cell.table == "review_litigation"} == {State.UNREADABLE}


def test_table_four_as_three_rows_or_three_tables(truth: Truth) -> None:
    rows: Rows = [["类别", *OUTCOMES.values()]]
    labels = {row.id: row.label for row in load(truth.form).table("review_litigation").rows}
    for path in PATHS:
        rows.append([labels[path], *(truth.at("review_litigation", path, outcome) for outcome in OUTCOMES)])
    exact(read(truth, None, rows), truth)
    exact(read(truth, None, *(four(truth, [path], [*OUTCOMES]) for path in PATHS)), truth)
    turned = [[str(row[i]) for row in rows] for i in range(6)]
    exact(read(truth, None, [list(row) for row in turned]), truth)


def test_header_and_rows_merged_differently(truth: Truth) -> None:
    """Met in Shanghai: three header cells over four grid columns, and three numbers over them, merged elsewhere."""
    rows = printed.disclosure_rows(truth)
    for row in rows:
        if len(row) == 4:
            row[:] = [row[0], (wide(row[1])[0], 1, 1), wide(row[2]), row[3]]
            if row[0] != "信息内容":
                row[1:3] = [wide(row[1]), wide(row[2])[0]]
    blocks = printed.report(truth)
    blocks[2] = printed.table(rows)
    reading = read_tables(printed.content(*blocks))
    assert reading is not None
    exact(reading, truth)


def wide(cell: Printed | str) -> Printed:
    return (cell if isinstance(cell, str) else cell[0], 2, 1)
