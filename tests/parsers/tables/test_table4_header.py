"""parsers.review_header: whose outcome a column of table four is."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from parsers.content import Table
from parsers.extract import extract
from parsers.formats.html.html import read
from parsers.forms import load
from parsers.tables.lines import lines_of
from parsers.tables.repeated import choose
from parsers.tables.table4_review import ReviewTable
from tests.factory import docx, html
from tests.factory.compare import differences, wrong_numbers
from tests.factory.grids import Grid, review
from tests.factory.story import story
from tests.factory.truth import random_truth

_OUTCOMES = "".join(f"<td>{word}</td>" for word in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
_PAGE = (
    "<html><body><table><tr><td colspan=5>行政复议</td>"
    "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
    f"<tr>{_OUTCOMES * 3}</tr><tr>{''.join(f'<td>{n}</td>' for n in range(15))}</tr></table></body></html>"
)


@pytest.mark.parametrize("factory", [html, docx])
@pytest.mark.parametrize("rows", [1, 3, 4])
def test_a_span_that_reaches_too_far_or_too_short_moves_no_number(factory: object, rows: int) -> None:
    """Spreadsheets with hidden rows, saved as pages, have such spans above the fifteen outcomes."""
    random = Random(rows)
    truth = random_truth(random, blanks="none")
    grid = review(truth)
    slots = tuple(replace(slot, rowspan=rows) if slot.text == "行政复议" else slot for slot in grid.slots)
    blocks = [Grid(slots, grid.header) if block == grid else block for block in story(truth, random)]
    assert Grid(slots, grid.header) in blocks
    data = factory.render(blocks, random, factory.STYLES[0])  # type: ignore[attr-defined]
    extraction = extract(data)
    assert wrong_numbers(truth, extraction) == []
    assert differences(truth, extraction) == [] or rows > grid.header


def test_labels_repeated_in_place_of_merged_cells() -> None:
    """Grids drawn with boxes repeat what a merged cell would print once."""
    random = Random(7)
    truth = random_truth(random, blanks="none")
    grid = review(truth)
    slots = tuple(
        replace(slot, row=slot.row + down, column=slot.column + across, rowspan=1, colspan=1)
        for slot in grid.slots
        for down in range(slot.rowspan)
        for across in range(slot.colspan)
    )
    blocks = [Grid(slots, grid.header) if block == grid else block for block in story(truth, random)]
    assert differences(truth, extract(html.render(blocks, random))) == []


def test_a_column_that_the_form_does_not_have_is_said_and_accuses_nobody() -> None:
    """行政诉讼总计 behind the fifteen: it has a heading of its own, so that the fifteen are known."""
    outcomes = "".join(f"<td>{word}</td>" for word in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    tall = outcomes.replace("<td>", "<td rowspan=2>")
    numbers = "".join(f"<td>{n}</td>" for n in (3, 2, 3, 0, 8, 2, 1, 1, 2, 6, 2, 0, 3, 0, 5, 11))
    page = (
        "<table><tr><td colspan=5>行政复议</td><td colspan=11>行政诉讼</td></tr>"
        f"<tr>{tall}<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>"
        "<td rowspan=2>行政诉讼总计</td></tr>"
        f"<tr>{outcomes}{outcomes}</tr><tr>{numbers}</tr></table>"
    )
    table = ReviewTable(load("gen2021"))
    for line in lines_of(read(f"<html><body>{page}</body></html>".encode())):
        (table.add_header if table.is_header(line) else table.add)(line)
    (reading,) = table.readings()
    assert [cell.value for cell in reading.cells] == [3, 2, 3, 0, 8, 2, 1, 1, 2, 6, 2, 0, 3, 0, 5]
    assert [finding.code for finding in reading.findings] == ["ROW-UNCLAIMED"]


HEAD = (
    "<tr><td rowspan=3>单位</td><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td>{more}</tr>"
    "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>"
    + "".join(f"<td>{word}</td>" for word in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")) * 3
    + "</tr>"
)


def review_of(rows: str, more: str = "") -> tuple[list[object], list[str]]:
    data = f"<html><body><table>{HEAD.format(more=more)}{rows}</table></body></html>".encode()
    table = ReviewTable(load("gen2021"))
    for line in lines_of(read(data)):
        (table.add_header if table.is_header(line) else table.add)(line)
    reading, found = choose(table.readings(), 2022)
    return [cell.value for cell in reading.cells], [one.code for one in (*reading.findings, *found)]


def row_of(label: str, numbers: list[int]) -> str:
    return f"<tr><td>{label}</td>" + "".join(f"<td>{n}</td>" for n in numbers) + "</tr>"


FIRST, SECOND = [1, 0, 0, 0, 1, 2, 0, 0, 0, 2, 3, 0, 0, 0, 3], [4, 0, 0, 0, 4, 5, 0, 0, 0, 5, 6, 0, 0, 0, 6]
SUM = [one + other for one, other in zip(FIRST, SECOND, strict=True)]


def test_the_row_that_adds_up_the_units_is_the_agencys() -> None:
    values, codes = review_of(row_of("局机关", FIRST) + row_of("局属单位", SECOND) + row_of("合计", SUM))
    assert values == SUM
    assert "T4-WIDTH" not in codes


def test_of_two_units_no_number_is_taken() -> None:
    values, codes = review_of(row_of("局机关", FIRST) + row_of("局属单位", SECOND))
    assert {value for value, one, other in zip(values, FIRST, SECOND, strict=True) if one != other} == {None}
    assert "TABLE-REPEATED" in codes


def test_rows_of_shares_and_of_column_numbers_are_no_counts() -> None:
    rows = row_of("栏次", list(range(1, 16))) + row_of("件数", FIRST) + row_of("占比", SECOND)
    assert review_of(rows)[0] == FIRST


def test_a_sum_of_all_paths_behind_the_fifteen_accuses_nobody() -> None:
    values, codes = review_of(row_of("件数", [*FIRST, 6]), "<td rowspan=3>合计</td>")
    assert values == FIRST
    assert "T4-WIDTH" not in codes


def test_a_label_that_cannot_be_read_is_no_number() -> None:
    """A recognition cut two labels of the header in halves: the numbers stand in the row below all the same."""
    content = read(_PAGE.encode())
    (table,) = (block for block in content.blocks if isinstance(block, Table))
    cells = tuple(
        replace(cell, readable=False, text="HN") if cell.row == 1 and cell.column in (0, 2) else cell
        for cell in table.cells
    )
    reviews = ReviewTable(load("gen2021"))
    for line in lines_of(replace(content, blocks=(replace(table, cells=cells),))):
        (reviews.add_header if reviews.is_header(line) else reviews.add)(line)
    (reading,) = reviews.readings()
    assert [cell.value for cell in reading.cells] == list(range(15))
    assert reading.findings == []
