"""A single straight stroke alone in a cell: a dash or a slash. Its shape tells it more surely than any engine."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.formats.pictures.engine import Picture
from parsers.formats.pictures.ink import SHORTEST_DASH
from parsers.formats.pictures.ruling_lines import ink_of

DASH, SLASH = "—", "/"
_FLAT = 1.8  # times as wide as high
_SOLID = 0.7  # of its box is ink
_LEAN = 0.2  # of its height
_STRAIGHT, _SLANTED = 0.97, 0.85  # correlation of the middle of a slash with its rows; of the ink of what may be one
_MIDDLE = 0.25  # of the height of a number: above and below it is no middle
_CROSSING = 1.25  # times the height of a number: a line through it; the bars of 44 are 1.1
_SLASHING = 1.2  # likewise a slanted one; the stroke of a bold 7 is 1.17
_TELLING = 24  # pixels of height, of a picture three times as large, below which a line is not told from a digit's ends
_ONE_SIGN = 0.7  # of the height of a number: a digit, no point
_LINE_AT = 0.33, 0.64  # of the height of a digit: where lines cross it out
_WHOLE, _LONG = 0.93, 0.8  # of the width of the sign; of its height, where it has run into the next one
_OUT, _THIN = 0.05, 0.2  # of the height of a digit: how far a line stands out at least, how thick it is at most
_DIAGONAL = 45  # degrees: flatter lines go through several digits and are longer; a way through an 8 and a 0 is 1.2
_SLANTS = range(15, 66, 5)  # degrees of a line from flat; flatter ones are flat, steeper ones may be a 1
_FULL, _SMALL, _RAISED = 0.8, 0.3, 0.2  # of the height of a digit: others, one of a footnote, how high it stands
_EVEN = 1.7  # times as thick as mostly
_WITH_DIRT = 1.1  # times its ink, all that is in the cell: more is another stroke
_LONGEST_DASH, _THICK = 0.4, 0.05  # inches
_SHORTEST_SLASH, _LONGEST_SLASH = 0.05, 0.3  # inches
_FEWEST_PIXELS = 8  # of ink that has a slant
_LEAN_LEAST = 0.28  # of its height, that a slash leans at least; chosen
_WIDE_DIGIT = 0.8  # of its width: all digits are higher


def stroke(crop: Picture, dpi: float) -> str | None:
    """The sign that a line of a cell consists of, None where it is anything but one stroke."""
    ink = ink_of(crop)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 2:
        return None
    largest = 1 + int(np.argmax(stats[1:count, cv2.CC_STAT_AREA]))
    _, _, width, height, area = (int(value) for value in stats[largest])
    if int(stats[1:count, cv2.CC_STAT_AREA].sum()) > _WITH_DIRT * area:
        return None
    if (
        width - 1 >= _FLAT * (height - 1)
        and SHORTEST_DASH * dpi <= width <= _LONGEST_DASH * dpi
        and height <= _THICK * dpi
    ):
        return DASH if area >= _SOLID * width * height else None
    tall = _SHORTEST_SLASH * dpi <= height <= _LONGEST_SLASH * dpi
    return SLASH if tall and _rises_straight(labels == largest) else None


def _rises_straight(spot: NDArray[np.bool_]) -> bool:
    """Is a spot of ink equally thick all along and leans to the right?"""
    rows = np.flatnonzero(spot.any(axis=1))
    left, right = spot[rows].argmax(axis=1), spot.shape[1] - 1 - spot[rows, ::-1].argmax(axis=1)
    centres, widths = (left + right) / 2, (right - left + 1.0)[1:-1]
    leans = centres[0] - centres[-1] >= _LEAN * len(rows)
    return bool(leans and _slant(rows, centres) > _STRAIGHT and widths.max() <= _EVEN * np.median(widths))


def is_slanted(crop: Picture) -> bool:
    """May the ink be one slanted stroke, as / is and 7 is not?"""
    rows, columns = np.nonzero(ink_of(crop))
    return (
        len(rows) >= _FEWEST_PIXELS
        and bool(np.ptp(columns) >= _LEAN_LEAST * np.ptp(rows))
        and abs(_slant(rows, columns)) > _SLANTED
    )


def is_crossed(picture: Picture) -> bool:
    """Does a flat line run through the middle of several digits, or a slanted one through any? No digit has a stroke so
    much longer than it is high."""
    ink = _sharp_ink(picture)
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < _TELLING:
        return False
    high = int(rows[-1] - rows[0]) + 1
    middle = ink[rows[0] + int(_MIDDLE * high) : rows[-1] - int(_MIDDLE * high) + 1] > 0
    if any(_longest(row) > _CROSSING * high for row in middle):
        return True
    bars = _slanted_bars(_digit_height(ink, high))
    return any(bool(cv2.erode(ink, bar, borderType=cv2.BORDER_CONSTANT, borderValue=(0,)).any()) for bar in bars)


def _sharp_ink(picture: Picture) -> Picture:
    """255 where there is ink, three times as large: digits beside each other do not touch there."""
    large = cv2.resize(picture, None, fx=3.0, fy=3.0, interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    return cv2.threshold(large, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1].astype(np.uint8)


def _digit_height(ink: Picture, high: int) -> int:
    """The height of the lowest sign that may be a digit: the others may be higher for the line through them."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = [int(height) for height in stats[1:count, cv2.CC_STAT_HEIGHT]]
    return min((height for height in heights if height >= _ONE_SIGN * high), default=high)


@cache
def _slanted_bars(height: int) -> tuple[Picture, ...]:
    """Thin bars for digits of a height in pixels, at all angles but flat and upright."""
    lengths = {degrees: _CROSSING if degrees <= _DIAGONAL else _SLASHING for degrees in _SLANTS}
    return tuple(
        _bar(int(np.ceil(length * height)), side * degrees) for degrees, length in lengths.items() for side in (1, -1)
    )


def _bar(length: int, degrees: int) -> Picture:
    bar = np.zeros((length, length), np.uint8)
    half, turn = (length - 1) / 2, np.radians(degrees)
    across, down = half * np.cos(turn), half * np.sin(turn)
    ends = [(round(half + sign * across), round(half + sign * down)) for sign in (-1, 1)]
    return cv2.line(bar, ends[0], ends[1], (1,)).astype(np.uint8)


def is_digit_crossed(picture: Picture) -> bool:
    """Does a thin flat line run through the middle of one sign and stand out beside it? Whatever is flat in a digit
    ends within it, or stands lower, as the bar of a 4."""
    ink = _sharp_ink(picture)
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < _TELLING:
        return False
    high = int(rows[-1] - rows[0]) + 1
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = [(index, *map(int, stats[index, :4])) for index in range(1, count)]
    return any(
        _stands_out(labels[top : top + height, left : left + width] == index)
        for index, left, top, width, height in boxes
        if height >= _ONE_SIGN * high
    )


def has_raised_sign(picture: Picture) -> bool:
    """Does a small digit stand raised behind a number, as that of a footnote?"""
    count, _, stats, _ = cv2.connectedComponentsWithStats(_sharp_ink(picture), connectivity=8)
    signs = sorted((x, y, height) for x, y, _, height, _ in stats[1:count].tolist())
    tall = max((height for *_, height in signs), default=0)
    digits = [(x, y + height) for x, y, height in signs if height >= _FULL * tall]
    if tall < _TELLING:
        return False
    first, baseline = digits[0][0], max(bottom for _, bottom in digits)
    return any(
        x > first and _SMALL * tall <= height < _FULL * tall and baseline - y - height > _RAISED * tall
        for x, y, height in signs
    )


def _stands_out(spot: NDArray[np.bool_]) -> bool:
    height, width = spot.shape
    first, last = int(_LINE_AT[0] * height), int(np.ceil(_LINE_AT[1] * height))
    longest = max(map(_longest, spot[first:last]), default=0)
    end = max(1, round(_OUT * height))
    ends = [_is_end(np.flatnonzero(one.any(axis=1)), first, last, height) for one in (spot[:, :end], spot[:, -end:])]
    return (longest >= _WHOLE * width and all(ends)) or (longest >= _LONG * height and any(ends))


def _is_end(rows: NDArray[np.intp], first: int, last: int, height: int) -> bool:
    """Is there the end of a thin line, and nothing else?"""
    return len(rows) > 0 and first <= rows[0] and rows[-1] < last and len(rows) <= max(2, _THIN * height)


def _longest(row: NDArray[np.bool_]) -> int:
    """Pixels of the longest run."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def is_flat(crop: Picture) -> bool:
    """Is the ink a flat stroke? All digits are taller than wide."""
    rows, columns = np.nonzero(ink_of(crop))
    return len(rows) > 0 and bool(np.ptp(rows) < _WIDE_DIGIT * np.ptp(columns))


def _slant(rows: np.ndarray, columns: np.ndarray) -> float:
    """1 where the ink rises straight to the right."""
    return -float(np.corrcoef(rows, columns)[0, 1])
