"""Single cells of a scan: what is a dash, what is a speck."""

from __future__ import annotations

import numpy as np
import pytest

from parsers.content import Cell, Place
from parsers.forms import load
from parsers.printed.numbers import read_number
from parsers.report import State
from parsers.tables.cells import read_cell

pytest.importorskip("rapidocr", reason="needs the ocr extra")

from parsers.formats.pictures import cells as ocr_cells
from parsers.formats.pictures import ink as ocr_marks

DPI = 200


def cell_with(*spots: tuple[int, int, int, int], high: int = 42, wide: int = 60) -> np.ndarray:
    """Grey paper with dark spots: x, y, width, height in pixels."""
    cell = np.full((high, wide), 230, np.uint8)
    for x, y, width, height in spots:
        cell[y : y + height, x : x + width] = 40
    return cell


@pytest.mark.parametrize("spot", [(25, 21, 7, 2), (25, 20, 7, 3), (20, 20, 22, 2)])
def test_a_flat_stroke_at_half_height_is_printed(spot: tuple[int, int, int, int]) -> None:
    assert len(list(ocr_marks.lines_in(cell_with(spot), DPI))) == 1


@pytest.mark.parametrize("spot", [(25, 21, 3, 3), (25, 3, 7, 2), (25, 21, 2, 4)])
def test_a_speck_is_not(spot: tuple[int, int, int, int]) -> None:
    assert list(ocr_marks.lines_in(cell_with(spot), DPI)) == []


def test_one_long_stroke_is_a_dash_and_no_word() -> None:
    """The engine reads it as 一."""
    cell = cell_with((18, 20, 24, 2))
    nothing = np.zeros_like(cell)
    (found,) = ocr_cells.written(cell, nothing, nothing, [(0.0, 0.0, 60.0, 42.0)], DPI)
    assert not found.readable or read_number(found.text).state is State.DASH


@pytest.mark.parametrize(("spot", "readable"), [((25, 20, 7, 3), False), ((25, 20, 4, 4), True), ((25, 3, 7, 3), True)])
def test_what_may_be_a_faint_dash_is_no_blank(spot: tuple[int, int, int, int], readable: bool) -> None:
    """Blurred and pale; a round speck, and what is left of a line, leave the cell blank."""
    x, y, width, height = spot
    cell = cell_with()
    cell[y : y + height, x : x + width] = 145
    nothing = np.zeros_like(cell)
    (found,) = ocr_cells.written(cell, nothing, nothing, [(0.0, 0.0, 60.0, 42.0)], DPI)
    assert (found.text, found.readable) == ("", readable)


@pytest.mark.parametrize(("left", "readable"), [(24, True), (4, False)])
def test_a_slanted_stroke_at_the_side_may_be_of_a_seal(left: int, readable: bool) -> None:
    cell = cell_with()
    for row in range(20):
        cell[11 + row, left + (20 - row) // 2 : left + (20 - row) // 2 + 3] = 40
    nothing = np.zeros_like(cell)
    (found,) = ocr_cells.written(cell, nothing, nothing, [(0.0, 0.0, 60.0, 42.0)], DPI)
    assert (found.text, found.readable) == ("/", readable)


def test_words_in_the_place_of_a_number_are_not_read() -> None:
    """A person may write there what they like; what recognition sees there is a number misread."""
    column = load("gen2021").tables[1].blocks[0].columns[0]
    for confidence, state in ((None, State.TEXT), (0.99, State.UNREADABLE)):
        cell = Cell(0, 0, "排生", Place(1), confidence=confidence)
        assert read_cell("requests", "granted", column, "", cell).state is state


@pytest.mark.parametrize(
    ("text", "state"), [("4\n请", State.UNREADABLE), ("见附件", State.TEXT), ("4\n件", State.NUMBER)]
)
def test_words_of_the_cell_beside_it_are_not_the_publishers(text: str, state: State) -> None:
    """A label that runs over the line of its cell on a page."""
    column = load("gen2021").tables[1].blocks[0].columns[0]
    cell = Cell(0, 0, text, Place(1, (0.0, 0.0, 9.0, 9.0)))
    assert read_cell("requests", "granted", column, "", cell).state is state
