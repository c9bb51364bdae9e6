"""Making a scan readable: without its red seals, straight, and the right way up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.content import Box
from parsers.formats.ocr_engine import Picture, detect, recognise

_PAPER = 31  # in eighths of the picture's size: a window of more than an inch
_WHITE = 246  # paper this bright is left as it is
_DARKEST = 90  # darker areas are no paper
_GLANCE = 64.0  # dots an inch: enough to see where lines of text run
_STROKES = 30_000  # points of flat strokes that the angle is told from
STEEPEST = 5.0  # degrees: scans are crooked, not slanted


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture made straight, and the way back to the picture as it came."""

    picture: Picture
    back: tuple[tuple[float, float, float], tuple[float, float, float]]

    def original(self, box: Box) -> Box:
        """The box around where this box was before."""
        corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        (a, b, c), (d, e, f) = self.back
        xs, ys = [a * x + b * y + c for x, y in corners], [d * x + e * y + f for x, y in corners]
        return (min(xs), min(ys), max(xs), max(ys))


def whitened(picture: Picture) -> Picture:
    """The picture on white paper. A grey or uneven background is told by the median of wide areas, so that neither
    print nor a seal is taken for it."""
    high, wide = picture.shape[:2]
    eighth = cv2.resize(picture, (max(wide // 8, 1), max(high // 8, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(eighth, np.ones((3, 3), np.uint8)), _PAPER)
    if int(np.percentile(paper, 2)) >= _WHITE:
        return picture
    paper = cv2.resize(cv2.blur(paper, (5, 5)), (wide, high), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(picture, np.maximum(paper, _DARKEST), scale=255).astype(np.uint8)


def without_red(picture: Picture) -> Picture:
    """Grey, with the ink of red seals gone; the darker print under it stays.

    JPEG smears colour over neighbouring pixels but keeps their brightness: within reach of anything red, what is
    about as bright as the seal is seal.
    """
    if picture.ndim == 2:
        return picture
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    redness = _redness(picture)
    strong = redness > 60
    if not strong.any():
        return grey
    reach = cv2.dilate((redness > 28).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(reach & (grey > _print_at_most(grey, strong)), 255, grey).astype(np.uint8)


def hidden_by_red(picture: Picture) -> Picture:
    """255 where red ink hides what is under it: a seal under which no print shows at all is opaque."""
    nothing = np.zeros(picture.shape[:2], np.uint8)
    if picture.ndim == 2:
        return nothing
    strong = _redness(picture) > 60
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    if not strong.any() or np.mean(grey[strong] <= _print_at_most(grey, strong)) > 0.004:
        return nothing
    return np.where(strong, 255, 0).astype(np.uint8)


def _redness(picture: Picture) -> NDArray[np.int16]:
    blue, green, red = (picture[:, :, i].astype(np.int16) for i in range(3))
    return red - np.maximum(blue, green)


def _print_at_most(grey: Picture, strong: NDArray[np.bool_]) -> float:
    """How bright print under a seal can be."""
    return min(max(0.72 * float(np.median(grey[strong])), 60.0), 130.0)


def upright(picture: Picture, dpi: float) -> Upright:
    """The picture turned by quarters until its text reads, then straightened by its long horizontal lines."""
    quarters = _quarters(picture, dpi)
    height, width = picture.shape[:2]
    turned = np.ascontiguousarray(np.rot90(picture, -quarters))
    to_turned = _quarter_matrix(quarters, width, height)
    angle = skew(turned)
    if abs(angle) < 0.03:
        return Upright(turned, _inverse(to_turned))
    high, wide = turned.shape[:2]
    straight = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    border = (255, 255, 255) if turned.ndim == 3 else (255,)
    picture = cv2.warpAffine(turned, straight, (wide, high), flags=cv2.INTER_CUBIC, borderValue=border).astype(np.uint8)
    return Upright(picture, _inverse(np.vstack([straight, [0, 0, 1]]) @ to_turned))


def _quarter_matrix(quarters: int, width: int, height: int) -> np.ndarray:
    matrices = (
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    )
    return np.array(matrices[quarters], dtype=np.float64)


def _inverse(matrix: np.ndarray) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    inverse = np.linalg.inv(matrix)
    (a, b, c), (d, e, f) = ((float(v) for v in row) for row in inverse[:2])
    return (a, b, c), (d, e, f)


def skew(picture: Picture) -> float:
    """Angle in degrees by which the horizontal lines rise to the right; 0 where there are too few.

    The right angle is the one at which flat strokes, sheared by it, fall into the fewest rows.
    """
    grey = without_red(picture)
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(half, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    rows, columns = np.nonzero(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 21), np.uint8)))
    if len(rows) < half.shape[1]:
        return 0.0
    every = len(rows) // _STROKES + 1
    rows, columns = rows[::every].astype(np.float64), columns[::every] - half.shape[1] / 2
    angle = 0.0
    for reach, step in ((STEEPEST, 0.2), (0.2, 0.02)):
        tried = angle + np.arange(-reach, reach + step / 2, step)
        angle = float(max(tried, key=lambda degrees: _crowding(rows, columns, degrees)))
    return angle


def _crowding(rows: NDArray[np.float64], columns: NDArray[np.float64], degrees: float) -> float:
    """How much the points gather in few rows when the picture is sheared by an angle."""
    sheared = rows - columns * math.tan(math.radians(degrees))
    counts = np.bincount((sheared - sheared.min()).astype(np.intp)).astype(np.float64)
    return float(counts @ counts)


def _quarters(picture: Picture, dpi: float) -> int:
    """Quarter turns clockwise after which the lines of text read: the beginnings of a few are tried each way."""
    boxes = sorted(detect(picture, dpi, _GLANCE), key=lambda box: -_longest(box))[:6]
    if not boxes:
        return 0
    sideways = sum(np.ptp(box[:, 1]) > 1.5 * np.ptp(box[:, 0]) for box in boxes) > len(boxes) / 2
    crops = [_shortened(_cut(picture, box)) for box in boxes]
    choices = (1, 3) if sideways else (0, 2)
    return max(choices, key=lambda quarters: _legibility(crops, quarters))


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
    return sum(one.score * min(len(one.text), 20) for one in seen)
