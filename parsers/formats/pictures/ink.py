"""The lines of text in one cell of a scan: what is ink of letters, and what specks and bits of ruling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from parsers.formats.pictures.engine import Picture
from parsers.formats.pictures.ruling_lines import ink_of

Mark = tuple[int, int, int, int]
"""x, y, width, height of a spot of ink."""
SHORTEST_DASH = 0.024
"""Inches: a hyphen of small print; chosen."""
_LOWEST_LETTER, _NARROWEST_LETTER = 0.045, 0.06
"""Inches: one mark so high or so wide is a letter, and then everything beside it is text; chosen."""
_SMALLEST_CELL = 0.04
"""Inches: no letter has room in less."""
_SPECK, _FULL, _THIN = 0.032, 0.35, 0.025
"""Inches of a spot, and how much of a square that size is ink, below which it is dirt; inches of a stroke; chosen."""
_TOP, _SIDE = 0.15, 0.1
"""Of the height and of the width of a cell: so near its border runs what is left of a ruling line."""
_ALONG, _UPRIGHT, _ALL = 0.4, 0.6, 0.9
"""Of the width of a cell, of its height, and of both: so long is what is left of a line, of a frame; chosen."""
_OBLONG, _FLAT = 1.25, 1.8
"""Times as wide as high: what may be a hyphen, as blurred as it is, and what is one; chosen."""
_DARK = 130
"""Of 255: the darkest point of a hyphen, chosen: most dirt is paler."""
_CLEAR, _CLEAR_SHARE = 0.05, 0.3
"""Inches, or the share of a low cell, between a hyphen and the lines above and below it."""
_ONE_COLUMN = 1.2
"""Times the widest letter: text no wider is a single column of letters."""
_TWO_LINES, _MOST_PARTED, _WHITE_BETWEEN = 1.6, 8, 0.3
"""Heights of a letter from which on a band is more than one line; lines of one band; of its mean ink between two."""
_WIDEST_LETTER, _MOST_OF_IT = 0.25, 0.6
"""Inches of one letter, and how much of it its widest stroke takes."""
_WHOLE, _WITHIN = 1.1, 0.45
"""Sizes of a letter of vertical writing: what fits into one, and how far apart its strokes may be; chosen."""
_TALL, _BROAD = 0.75, 0.3
"""Of the height of a band: a letter of it, and no stroke."""
_HALF_LEAST, _HALF_MOST = 0.35, 0.65
"""Of their common width: so high are two small letters side by side."""


def lines_in(cell: Picture, dpi: float) -> Iterator[Picture]:
    """The lines of text in a cell, cut out closely; none when nothing but specks and bits of ruling is there."""
    marks, small = marks_in(cell, dpi)
    if not marks:
        return
    pad = round(0.03 * dpi)
    bands = _bands([(y, y + height) for _, y, _, height in marks])
    for top, bottom in _letters([part for band in bands for part in _parted(band, marks, cell)], marks, dpi):
        band = [box for box in marks if box[1] < bottom and box[1] + box[3] > top]
        left, right = min(x for x, _, _, _ in band), max(x + width for x, _, width, _ in band)
        left, right = _with_small(small, (left, top, right, bottom))
        yield framed(cell[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2], pad)


def marks_in(cell: Picture, dpi: float) -> tuple[list[Mark], list[Mark]]:
    """What is written, and small spots that may belong to it."""
    found, small = _spots(cell, dpi)
    tall = max((height for *_, height in found), default=0)
    if tall >= _LOWEST_LETTER * dpi or any(width >= _NARROWEST_LETTER * dpi for _, _, width, _ in found):
        return found, small
    return [mark for mark in (*found, *small) if _is_dash(mark, cell, dpi)], []


def _spots(cell: Picture, dpi: float) -> tuple[list[Mark], list[Mark]]:
    """Large and small spots of ink without remains of lines along the border; none in a cell too small for a letter."""
    if min(cell.shape[:2], default=0) < _SMALLEST_CELL * dpi:
        return [], []
    ink = ink_of(cell)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high, wide = cell.shape[:2]
    speck, thin = _SPECK * dpi, _THIN * dpi
    found: list[Mark] = []
    small: list[Mark] = []
    for x, y, width, height, area in stats[1:count].tolist():
        along = (y <= _TOP * high or y + height >= (1 - _TOP) * high) and height <= thin and width > _ALONG * wide
        beside = (x <= _SIDE * wide or x + width >= (1 - _SIDE) * wide) and width <= thin and height > _UPRIGHT * high
        frame = width > _ALL * wide and height > _ALL * high
        if along or beside or frame:
            continue
        large = max(width, height) >= speck and area >= _FULL * speck * speck
        (found if large else small).append((x, y, width, height))
    return found, small


def may_hold_dash(cell: Picture, dpi: float) -> bool:
    """Is there a spot that may be a hyphen too faint or too blurred to tell? Such a cell is not blank."""
    return any(
        width >= SHORTEST_DASH * dpi and width > _OBLONG * height and _is_clear((x, y, width, height), cell, dpi)
        for spots in _spots(cell, dpi)
        for x, y, width, height in spots
    )


def _is_dash(mark: Mark, cell: Picture, dpi: float) -> bool:
    """A hyphen alone in a cell: flat, dark, clear of the lines above and below. Specks are round."""
    x, y, width, height = mark
    dark = int(cell[y : y + height, x : x + width].min()) < _DARK
    flat = width - 1 >= _FLAT * (height - 1)  # the smoothing of the ink adds a pixel
    return width >= SHORTEST_DASH * dpi and flat and _is_clear(mark, cell, dpi) and dark


def _is_clear(mark: Mark, cell: Picture, dpi: float) -> bool:
    """Does it keep off the lines above and below?"""
    _, y, _, height = mark
    whole = len(cell)
    return min(y, whole - y - height) > min(_CLEAR * dpi, _CLEAR_SHARE * whole)


def _with_small(small: Sequence[Mark], box: tuple[int, int, int, int]) -> tuple[int, int]:
    """Left and right of a line widened to a minus or a point beside it."""
    left, top, right, bottom = box
    reach = 0.7 * (bottom - top)
    beside = [
        (x, x + width)
        for x, y, width, height in small
        if width >= 2 and top <= y + height / 2 <= bottom + 2 and left - reach < x + width and x < right + reach
    ]
    return min([left, *(start for start, _ in beside)]), max([right, *(end for _, end in beside)])


def _bands(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Vertical extents joined where they overlap."""
    bands: list[tuple[int, int]] = []
    for top, bottom in sorted(spans):
        if bands and top < bands[-1][1] + 1:
            bands[-1] = (bands[-1][0], max(bands[-1][1], bottom))
        else:
            bands.append((top, bottom))
    return bands


def _parted(band: tuple[int, int], marks: Sequence[Mark], cell: Picture) -> list[tuple[int, int]]:
    """Lines set so close that their letters touch: cut where there is hardly any ink between them."""
    top, bottom = band
    here = [mark for mark in marks if top <= mark[1] < bottom]
    extent = max(x + width for x, _, width, _ in here) - min(x for x, *_ in here)
    widest = max(width for _, _, width, _ in here)
    # of a single column of letters the width tells their size, where faint print leaves but parts of them
    letter = extent if extent < _ONE_COLUMN * widest else min(float(np.median([height for *_, height in here])), widest)
    count = round((bottom - top) / (1.12 * letter))
    if bottom - top < _TWO_LINES * letter or not 2 <= count <= _MOST_PARTED:
        return [band]
    ink = np.count_nonzero(ink_of(cell)[top:bottom], axis=1)
    step, cuts = (bottom - top) / count, [top]
    for i in range(1, count):
        low, high = int(step * (i - 0.25)), int(step * (i + 0.25)) + 1
        least = low + int(np.argmin(ink[low:high]))
        if ink[least] > _WHITE_BETWEEN * float(np.mean(ink)):
            return [band]
        cuts.append(top + least)
    return list(pairwise([*cuts, bottom]))


def _letters(
    bands: list[tuple[int, int]], boxes: Sequence[tuple[int, int, int, int]], dpi: float
) -> list[tuple[int, int]]:
    """In vertical writing the strokes of 三 are bands of their own: those that fit into one letter are joined."""
    size = max(x + width for x, _, width, _ in boxes) - min(x for x, _, _, _ in boxes)
    if size > _WIDEST_LETTER * dpi or max(width for _, _, width, _ in boxes) < _MOST_OF_IT * size:
        return bands  # several letters wide
    if any(_is_row(band, boxes, size) for band in bands):
        return bands
    letters: list[tuple[int, int]] = []
    for top, bottom in bands:
        if letters and bottom - letters[-1][0] <= _WHOLE * size and top - letters[-1][1] < _WITHIN * size:
            letters[-1] = (letters[-1][0], bottom)
        else:
            letters.append((top, bottom))
    return letters


def _is_row(band: tuple[int, int], marks: Sequence[Mark], size: int) -> bool:
    """Two small letters beside each other: half as high as both are wide."""
    high = band[1] - band[0]
    tall = [
        mark for mark in marks if band[0] <= mark[1] < band[1] and mark[3] > _TALL * high and mark[2] > _BROAD * high
    ]
    return len(tall) > 1 and _HALF_LEAST * size < high < _HALF_MOST * size


def framed(picture: Picture, pad: int) -> Picture:
    paper = int(np.percentile(picture, 90)) if picture.size else 255
    return cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(paper,)).astype(np.uint8)
