"""Ruling lines of a scan, by morphology: long straight runs of ink."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.formats.lattice import Line
from parsers.formats.ocr_engine import Picture

_ACROSS, _DOWN = 0.30, 0.24  # inches: longer than any stroke of a letter


def ink_of(grey: Picture) -> Picture:
    """255 where there is ink. The threshold follows the light, a scan is darker along its gutter."""
    blurred = cv2.GaussianBlur(grey, (3, 3), 0)
    local = cv2.adaptiveThreshold(blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 18)
    return np.where(blurred < 215, local, 0).astype(np.uint8)


def rulings(ink: Picture, dpi: float) -> tuple[list[Line], list[Line], Picture]:
    """Horizontal and vertical lines in pixels, and a picture of them: 255 where a line runs."""
    across, rows = _runs(ink, int(_ACROSS * dpi), horizontal=True)
    down, columns = _runs(ink, int(_DOWN * dpi), horizontal=False)
    drawn = cv2.dilate(cv2.bitwise_or(rows, columns), np.ones((5, 5), np.uint8))
    return across, down, drawn.astype(np.uint8)


def _runs(ink: Picture, length: int, *, horizontal: bool) -> tuple[list[Line], Picture]:
    """Thin components of the opening by a bar. Nothing is thickened first, or small print would run together."""
    bar = np.ones((1, length) if horizontal else (length, 1), np.uint8)
    bridge = np.ones((1, 3) if horizontal else (3, 1), np.uint8)
    opened = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, bar)
    count, _, stats, centres = cv2.connectedComponentsWithStats(opened, connectivity=8)
    found: list[Line] = []
    for (x, y, width, height, area), (cx, cy) in zip(stats[1:count], centres[1:count], strict=True):
        if area > max(width, height) * length / 4:
            continue  # a filled area
        if horizontal:
            found.append(Line(float(cy), float(x), float(x + width)))
        else:
            found.append(Line(float(cx), float(y), float(y + height)))
    return found, opened.astype(np.uint8)
