"""Ruling lines of a scan, by morphology: long straight runs of ink."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.formats.paged.lattice import Ruling
from parsers.formats.pictures.engine import Picture

_ACROSS, _DOWN = 0.30, 0.24  # inches: longer than any stroke of a letter

_FILLED = 0.25  # of that length: what is thicker on average is a filled area
_PAPER = 215  # of 255: what is as bright is paper, whatever stands around it; chosen
_THIN, _GAP = 0.13, 0.5  # of that length: how thick the dashes of a line are, and the gaps between them


def ink_of(grey: Picture) -> Picture:
    """255 where there is ink. The threshold follows the light, a scan is darker along its gutter."""
    blurred = cv2.GaussianBlur(grey, (3, 3), 0)
    local = cv2.adaptiveThreshold(blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 18)
    return np.where(blurred < _PAPER, local, 0).astype(np.uint8)


def rulings(ink: Picture, dpi: float) -> tuple[list[Ruling], list[Ruling], Picture]:
    """Horizontal and vertical lines in pixels, and a picture of them: 255 where a line runs."""
    across, rows = _runs(ink, int(_ACROSS * dpi), horizontal=True)
    down, columns = _runs(ink, int(_DOWN * dpi), horizontal=False)
    drawn = cv2.dilate(cv2.bitwise_or(rows, columns), np.ones((5, 5), np.uint8))
    return across, down, drawn.astype(np.uint8)


def _runs(ink: Picture, length: int, *, horizontal: bool) -> tuple[list[Ruling], Picture]:
    """Thin components of the opening by a bar. Nothing is thickened first, or small print would run together."""
    bar = np.ones((1, length) if horizontal else (length, 1), np.uint8)
    bridge = np.ones((1, 3) if horizontal else (3, 1), np.uint8)
    opened = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, bar)
    opened = cv2.bitwise_or(opened, _dashed(ink, opened, length, horizontal=horizontal))
    count, _, stats, centres = cv2.connectedComponentsWithStats(opened, connectivity=8)
    found: list[Ruling] = []
    for (x, y, width, height, area), (cx, cy) in zip(stats[1:count], centres[1:count], strict=True):
        if area > max(width, height) * length * _FILLED:
            continue  # a filled area
        if horizontal:
            found.append(Ruling(float(cy), float(x), float(x + width)))
        else:
            found.append(Ruling(float(cx), float(y), float(y + height)))
    return found, opened.astype(np.uint8)


def _dashed(ink: Picture, drawn: cv2.typing.MatLike, length: int, *, horizontal: bool) -> Picture:
    """Lines made of dashes or dots: thin pieces, of them or of lines, one behind the other for farther than any
    letters' strokes are."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    piece = stats[:, cv2.CC_STAT_HEIGHT if horizontal else cv2.CC_STAT_WIDTH] <= _THIN * length
    pieces = np.where(piece[labels], 255, drawn).astype(np.uint8)
    steps = ((cv2.MORPH_DILATE, 1, 3), (cv2.MORPH_CLOSE, int(_GAP * length), 1), (cv2.MORPH_OPEN, 2 * length, 1))
    for step, along, across in steps:
        kernel = np.ones((across, along) if horizontal else (along, across), np.uint8)
        pieces = cv2.morphologyEx(pieces, step, kernel).astype(np.uint8)
    return pieces
