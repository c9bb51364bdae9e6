"""The scale of a scan by its letters."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

import numpy as np
from PIL import Image

from parsers.content import Page
from parsers.formats.pictures.letter_height import letter_height
from parsers.formats.pictures.read_image import reading_scale, resized


def blocks(high: int, count: int = 60) -> np.ndarray:
    """A page of square letters."""
    picture = np.full((1200, 1200), 255, np.uint8)
    for i in range(count):
        x, y = 20 + 110 * (i % 10), 20 + 110 * (i // 10)
        picture[y : y + high, x : x + high] = 40
        picture[y + high // 3 : y + 2 * high // 3, x + high // 3 : x + 2 * high // 3] = 255
    return picture


@pytest.mark.parametrize("high", [14, 27, 60])
def test_letters_are_measured(high: int) -> None:
    found = letter_height(blocks(high))
    assert found == pytest.approx(high, abs=3)


def test_a_few_marks_tell_nothing() -> None:
    assert letter_height(blocks(27, count=5)) is None


@pytest.mark.parametrize(("width", "height"), [(595, 842), (437, 566), (1240, 1754), (842, 595)])
def test_a_page_is_looked_at_as_if_it_were_a4(width: float, height: float) -> None:
    scale = reading_scale(width, height)
    assert scale * min(width, height) == pytest.approx(1654, abs=1)


def test_a_picture_near_enough_is_taken_as_it_is() -> None:
    image = Image.new("RGB", (1654, 2339), "white")
    draw = resized(image, Page(1, 595, 842))
    assert draw(2.78) is image
    assert draw(1.39).size == (827, 1170)
