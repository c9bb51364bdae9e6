"""Shapes on paper, told without the recognition engine: digits, lone strokes, dashed rules, the lean of a page."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

pytest.importorskip("cv2", reason="needs the ocr extra")

import cv2

from parsers.formats.pictures.digit_shapes import confirmed
from parsers.formats.pictures.orientation import skew, strips
from parsers.formats.pictures.ruling_lines import rulings
from parsers.formats.pictures.strokes import DASH, SLASH, has_raised_sign, is_crossed, is_digit_crossed, stroke

DPI = 200.0


def line(text: str, size: int = 24) -> np.ndarray:
    """A line of print in a font that is not among those the shapes were taken from."""
    picture = Image.new("L", (30 + size * len(text), 2 * size), 245)
    ImageDraw.Draw(picture).text((10, 8), text, fill=20, font=ImageFont.load_default(size))
    return np.asarray(picture)


def paper(high: int, wide: int) -> np.ndarray:
    return np.full((high, wide), 255, np.uint8)


@pytest.mark.parametrize("size", [20, 24, 32])
def test_digits_confirm_what_they_are(size: int) -> None:
    texts = ["0", "1", "27", "345", "89.5", "-1", "2110"]
    assert confirmed([line(text, size) for text in texts], texts) == [True] * len(texts)


@pytest.mark.parametrize(("printed", "taken"), [("3", "8"), ("10", "70"), ("456", "458"), ("0", "6")])
def test_a_misnamed_digit_is_never_confirmed(printed: str, taken: str) -> None:
    page = [line(text) for text in ("38", "10", "4586", "79")]
    assert confirmed([*page, line(printed)], ["38", "10", "4586", "79", taken])[-1] is not True


@pytest.mark.parametrize(("printed", "taken"), [("111", "11"), ("1", "11"), ("1.5", "15"), ("无", "0")])
def test_marks_of_another_number_tell_nothing(printed: str, taken: str) -> None:
    assert confirmed([line(printed)], [taken])[0] is not True


def test_what_is_left_of_a_ruling_line_is_no_one() -> None:
    cell = line("10").copy()
    left = int(np.flatnonzero((cell < 128).any(axis=0))[0])
    cell[2:-2, left : left + 3] = 20  # the stem of the 1 as long as the cell is high
    assert confirmed([cell], ["10"]) == [False]


@pytest.mark.parametrize("text", ["47", "214", "5446", "1000", "8888"])
@pytest.mark.parametrize("size", [20, 28])
def test_numbers_that_a_line_crosses_out(text: str, size: int) -> None:
    clean = line(text, size)
    struck = clean.copy()
    rows, columns = np.nonzero(clean < 128)
    middle = (rows.min() + rows.max()) // 2
    struck[middle - 1 : middle + 1, columns.min() - 2 : columns.min() + size] = 20
    assert [is_crossed(clean), is_crossed(struck)] == [False, True]


@pytest.mark.parametrize("text", ["51", "10", "26", "38"])
@pytest.mark.parametrize("size", [24, 32])
def test_a_line_through_one_digit(text: str, size: int) -> None:
    """As an editor draws it: a little longer than the first digit, a little below its middle."""
    clean = line(text, size)
    struck = clean.copy()
    rows, columns = np.nonzero(clean < 128)
    at = rows.min() + round(0.52 * (rows.max() - rows.min()))
    struck[at : at + 2, columns.min() - 2 : columns.min() + round(0.55 * size)] = 20
    assert [is_digit_crossed(clean), is_digit_crossed(struck)] == [False, True]


@pytest.mark.parametrize("digit", "012356789")
@pytest.mark.parametrize("size", [20, 28, 40])
def test_no_digit_is_crossed_by_itself(digit: str, size: int) -> None:
    assert not is_digit_crossed(line(digit, size))
    assert not is_digit_crossed(line(f"{digit}{digit}", size))


def test_lone_strokes_are_signs() -> None:
    dash, slash, thick = paper(40, 40), paper(40, 40), paper(40, 40)
    dash[20:22, 12:28] = 0
    cv2.line(slash, (16, 32), (26, 6), 0, 2)
    cv2.line(thick, (14, 32), (24, 6), 0, 4)
    assert [stroke(crop, DPI) for crop in (dash, slash, thick)] == [DASH, SLASH, SLASH]


@pytest.mark.parametrize("text", ["1", "7", "4", "—1", "11"])
def test_digits_are_no_lone_strokes(text: str) -> None:
    assert stroke(line(text), DPI) is None


@pytest.mark.parametrize(("dash", "gap"), [(60, 0), (6, 6), (3, 3), (12, 8)])
def test_rules_are_found_drawn_dashed_and_dotted(dash: int, gap: int) -> None:
    ink = np.zeros((400, 600), np.uint8)
    for start in range(20, 560, dash + gap):
        ink[100:103, start : start + dash] = 255
    across, down, _ = rulings(ink, DPI)
    assert [round(rule.at) for rule in across] == [101]
    assert across[0].start < 40
    assert across[0].end > 540
    assert down == []


@pytest.mark.parametrize("angle", [-3.0, -0.4, 0.0, 0.15, 1.7])
def test_the_lean_of_a_page(angle: float) -> None:
    page = paper(900, 1200)
    for y in range(100, 850, 60):
        page[y : y + 3, 100:1100] = 0
    turn = cv2.getRotationMatrix2D((600, 450), -angle, 1.0)
    leaning = cv2.warpAffine(page, turn, (1200, 900), borderValue=(255,))
    assert skew(leaning) == pytest.approx(angle, abs=0.08)


def test_a_tall_picture_is_cut_between_its_pages() -> None:
    tall = paper(3000, 700)
    for top in (60, 1060, 2060):
        tall[top : top + 860 : 20, 50:650] = 0
    cuts = strips(tall)
    assert [round(top, -2) for top, _ in cuts] == [0, 1000, 2000]
    assert cuts[0][1] == cuts[1][0]
    assert strips(tall[:1000]) == [(0, 1000)]


@pytest.mark.parametrize("text", ["51", "107", "4", "7"])
@pytest.mark.parametrize("rises", [True, False])
def test_a_slanted_line_through_digits(text: str, rises: bool) -> None:
    clean = line(text, 28)
    rows, columns = np.nonzero(clean < 128)
    left, right, top, bottom = columns.min() - 3, columns.max() + 3, rows.min() - 3, rows.max() + 3
    ends = ((left, bottom), (right, top)) if rises else ((left, top), (right, bottom))
    struck = cv2.line(clean.copy(), *((int(x), int(y)) for x, y in ends), (20,), 2)
    assert [is_crossed(clean), is_crossed(struck)] == [False, True]


def test_the_digit_of_a_footnote() -> None:
    clean = line("16", 28)
    rows, columns = np.nonzero(clean < 128)
    small = cv2.resize(clean[rows.min() : rows.max() + 1, columns.min() : columns.min() + 20], None, fx=0.6, fy=0.6)
    noted = clean.copy()
    noted[rows.min() : rows.min() + small.shape[0], columns.max() + 3 : columns.max() + 3 + small.shape[1]] = small
    assert [has_raised_sign(clean), has_raised_sign(noted)] == [False, True]
