"""parsers.review_header: whose outcome a column of table four is."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from parsers.extract import extract
from parsers.formats.html.html import read
from parsers.forms import load
from parsers.tables.lines import lines_of
from parsers.tables.table4_review import ReviewTable
from tests.factory import docx, html
from tests.factory.compare import differences, wrong_numbers
from tests.factory.grids import Grid, review
from tests.factory.story import story
from tests.factory.truth import random_truth


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
