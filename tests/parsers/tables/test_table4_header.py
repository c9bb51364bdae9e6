"""parsers.review_header: whose outcome a column of table four is."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from parsers.extract import extract
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
