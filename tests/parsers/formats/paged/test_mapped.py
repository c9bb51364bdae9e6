"""Boxes under matrices: what is only moved, scaled or mirrored comes out as anything else does."""

from __future__ import annotations

import pytest

from parsers.formats.paged.drawing import Matrix, mapped

BOX = (10.0, 20.0, 30.0, 70.0)


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        ((1, 0, 0, 1, 0, 0), BOX),
        ((1, 0, 0, -1, 0, 842), (10.0, 772.0, 30.0, 822.0)),
        ((-2, 0, 0, 3, 5, 1), (-55.0, 61.0, -15.0, 211.0)),
        ((0, 1, -1, 0, 0, 0), (-70.0, 10.0, -20.0, 30.0)),
        ((1, 0, 0.5, 1, 0, 0), (20.0, 20.0, 65.0, 70.0)),
    ],
)
def test_the_box_around_the_image_of_a_box(matrix: Matrix, box: tuple[float, ...]) -> None:
    assert mapped(BOX, matrix) == box
