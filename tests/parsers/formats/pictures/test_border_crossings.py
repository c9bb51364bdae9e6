"""Numbers over the border of their cell in a scan."""

from __future__ import annotations

from parsers.formats.pictures.border_crossings import InkedCell, crossed_borders
from parsers.formats.pictures.ink import Mark
from tests.parsers.formats.pictures.test_digit_shapes import DPI

LEFT, RIGHT = (100.0, 50.0, 200.0, 97.0), (200.0, 50.0, 300.0, 97.0)


def shared(left: Mark, right: Mark) -> set[int]:
    return crossed_borders(
        [InkedCell(LEFT, [left]), InkedCell((0.0, 0.0, 9.0, 9.0), []), InkedCell(RIGHT, [right])], DPI
    )


def test_digits_on_either_side_of_a_line_are_one_number() -> None:
    assert shared((187, 62, 10, 20), (203, 62, 11, 20)) == {0, 2}


def test_numbers_within_their_cells_are_two() -> None:
    assert shared((170, 62, 10, 20), (212, 62, 11, 20)) == set()
    assert shared((187, 52, 10, 20), (203, 75, 11, 20)) == set()  # one above the other
