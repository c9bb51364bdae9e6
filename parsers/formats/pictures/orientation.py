"""A scan the right way up: turned by quarters, cut into the pages it shows, each made straight."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from parsers.content import Box
from parsers.formats.pictures.affine import Affine, mapped
from parsers.formats.pictures.cleaning import without_red
from parsers.formats.pictures.engine import Picture, detect, recognise

_TALL = 1.8  # times as high as wide: more than one page
_GLANCE = 64.0  # dots an inch: enough to see where lines of text run
_WORD = 2.5  # times as long as thick: no single digit
_ENOUGH = 1000  # pixels of width to tell an angle by
_LIKELY = 1.2  # a page lies as it should unless it reads so much better otherwise
_STROKES = 30_000  # points of flat strokes that the angle is told from
_LEAST_TURN = 0.03  # degrees: less moves the end of a line by a pixel, and turning blurs
_INK = 128  # of 255: darker is ink
_BLANK_ROW, _BLANK_BAND = 0.004, 0.02  # of the width: the ink of a row of dirt; the height of a band between two pages
_AS_CROWDED = 0.99  # times as crowded as the best angle is as good: a pixel either way is the same
STEEPEST = 5.0  # degrees: scans are crooked, not slanted


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture made straight, and the way back to the picture as it came."""

    picture: Picture
    back: Affine

    def original(self, box: Box) -> Box:
        """The box around where this box was before."""
        return mapped(self.back, box)


def upright(picture: Picture, dpi: float) -> Upright:
    """The picture turned by quarters until its text reads."""
    quarters = _quarters(picture, dpi)
    height, width = picture.shape[:2]
    turned = np.ascontiguousarray(np.rot90(picture, -quarters))
    return Upright(turned, _inverse(_quarter_matrix(quarters, width, height)))


def straight_pages(whole: Upright) -> Iterator[Upright]:
    """The pages that a picture shows one below the other, each straightened by its own horizontal lines."""
    for top, bottom in strips(whole.picture):
        page = whole.picture[top:bottom]
        angle = skew(page)
        high, wide = page.shape[:2]
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0) if abs(angle) >= _LEAST_TURN else np.eye(2, 3)
        back = _whole(whole.back) @ _whole([[1, 0, 0], [0, 1, top]]) @ np.linalg.inv(_whole(turn))
        border = (255, 255, 255) if page.ndim == 3 else (255,)
        straight = cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=border)
        yield Upright(straight.astype(np.uint8), _rows(back))


def strips(picture: Picture) -> list[tuple[int, int]]:
    """From row to row: a picture much taller than a page is cut in the widest white bands a page apart."""
    high, wide = picture.shape[:2]
    grey = without_red(picture)
    ink = np.count_nonzero(grey < _INK, axis=1) > _BLANK_ROW * wide
    edges, top = [0], 0
    while high - top > _TALL * wide:
        start, end = top + int(0.6 * wide), top + int(1.6 * wide)
        bands = [(len(list(run)), blank) for blank, run in groupby(~ink[start:end])]
        ends = list(accumulate(length for length, _ in bands))
        length, at = max(((n, last) for (n, blank), last in zip(bands, ends, strict=True) if blank), default=(0, 0))
        if length < _BLANK_BAND * wide:
            break
        top = start + at - length // 2
        edges.append(top)
    return list(pairwise([*edges, high]))


def _quarter_matrix(quarters: int, width: int, height: int) -> np.ndarray:
    matrices = (
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    )
    return np.array(matrices[quarters], dtype=np.float64)


def _inverse(matrix: np.ndarray) -> Affine:
    return _rows(np.linalg.inv(matrix))


def _whole(matrix: ArrayLike) -> NDArray[np.float64]:
    return np.vstack([np.asarray(matrix, dtype=np.float64), [0.0, 0.0, 1.0]])


def _rows(matrix: np.ndarray) -> Affine:
    (a, b, c), (d, e, f) = ((float(v) for v in row) for row in matrix[:2])
    return (a, b, c), (d, e, f)


def skew(picture: Picture) -> float:
    """Angle in degrees by which the horizontal lines rise to the right; 0 where there are too few.

    The right angle is the one at which flat strokes, sheared by it, fall into the fewest rows.
    """
    grey = without_red(picture)
    factor = min(_ENOUGH / grey.shape[1], 1.0)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))  # lines may be dashed
    rows, columns = np.nonzero(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, 21), np.uint8)))
    if len(rows) < small.shape[1]:
        return 0.0
    every = len(rows) // _STROKES + 1
    down, across = rows[::every].astype(np.float64), columns[::every].astype(np.float64) - small.shape[1] / 2
    angle = 0.0
    for reach, step in ((STEEPEST, 0.2), (0.2, 0.02)):
        tried = angle + np.arange(-reach, reach + step / 2, step)
        crowding = np.array([_crowding(down, across, float(degrees)) for degrees in tried])
        angle = float(np.mean(tried[crowding > _AS_CROWDED * crowding.max()]))
    return angle


def _crowding(rows: NDArray[np.float64], columns: NDArray[np.float64], degrees: float) -> float:
    """How much the points gather in few rows when the picture is sheared by an angle."""
    sheared = rows - columns * math.tan(math.radians(degrees))
    counts = np.bincount((sheared - sheared.min()).astype(np.intp)).astype(np.float64)
    return float(counts @ counts)


def _quarters(picture: Picture, dpi: float) -> int:
    """Quarter turns clockwise after which the lines of text read: the beginnings of a few are tried each way."""
    most = int(_TALL * min(picture.shape[:2]))
    picture = picture[:most, :most]
    boxes = sorted(detect(picture, dpi, _GLANCE), key=_longest, reverse=True)
    words = [box for box in boxes if _longest(box) > _WORD * min(np.ptp(box, axis=0))]
    if len(words) > 2:
        upended = [box for box in words if np.ptp(box[:, 1]) > np.ptp(box[:, 0])]
        level = [box for box in words if np.ptp(box[:, 1]) <= np.ptp(box[:, 0])]
    else:  # single letters run neither way
        upended = level = boxes
    tried = [[_shortened(_cut(picture, box)) for box in lines[:6]] for lines in (level, upended)]
    return max(
        range(4), key=lambda quarters: _legibility(tried[quarters % 2], quarters) * (1.0 if quarters else _LIKELY)
    )


def _shortened(crop: Picture) -> Picture:
    """Not more of a line than tells which way up it stands: six letters."""
    most = 6 * min(crop.shape[:2])
    return crop[:most, :most]


def _longest(box: np.ndarray) -> float:
    return float(max(np.ptp(box[:, 0]), np.ptp(box[:, 1])))


def _cut(picture: Picture, box: np.ndarray) -> Picture:
    x0, y0 = np.maximum(box.min(axis=0).astype(int) - 2, 0)
    x1, y1 = box.max(axis=0).astype(int) + 3
    return picture[y0:y1, x0:x1]


def _legibility(crops: list[Picture], quarters: int) -> float:
    seen = recognise([np.ascontiguousarray(np.rot90(crop, -quarters)) for crop in crops])
    return sum(one.score**3 * min(len(one.text), 20) for one in seen)  # nonsense is long but unsure
