"""How high the letters of a picture are: the only measure of a scan that cannot be wrong."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.formats.pictures.engine import Picture
from parsers.formats.pictures.ruling_lines import ink_of

_LEAST, _MOST = 6, 120  # pixels: specks, and pictures
_NARROW, _WIDE = 0.35, 1.7  # times as wide as high
_SPARSE = 0.12  # of its box is ink, at least
_ENOUGH = 40  # letters to tell by
_SHARE = 85  # percent of the marks are no higher: whole letters, not their parts


def letter_height(picture: Picture) -> float | None:
    """Pixels of a usual letter; None where there are too few."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink_of(grey.astype(np.uint8)), connectivity=8)
    wide, high, area = (stats[1:count, column] for column in (2, 3, 4))
    shaped = (wide <= _WIDE * high) & (wide >= _NARROW * high) & (area > _SPARSE * wide * high)
    heights = high[shaped & (high >= _LEAST) & (high <= _MOST)]
    return float(np.percentile(heights, _SHARE)) if len(heights) >= _ENOUGH else None
