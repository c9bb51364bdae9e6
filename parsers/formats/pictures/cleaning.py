"""Making a scan readable: on white paper, and without its red seals."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.formats.pictures.engine import Picture

_PAPER = 31  # in eighths of the picture's size: a window of more than an inch
_WHITE = 246  # paper this bright is left as it is
_DARKEST = 90  # darker areas are no paper
_RED, _REDDISH = 60, 28  # levels of 255 by which red leads: in the ink of a seal, and where JPEG has smeared it; chosen
_SMEARED = np.ones((5, 5), np.uint8)  # pixels around red ones that JPEG colours too
_PRINT_SHOWS = 0.004  # of the pixels of a seal: where fewer are as dark as print the seal is opaque; chosen


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
    strong = redness > _RED
    if not strong.any():
        return grey
    reach = cv2.dilate((redness > _REDDISH).astype(np.uint8), _SMEARED) > 0
    return np.where(reach & (grey > _print_at_most(grey, strong)), 255, grey).astype(np.uint8)


def hidden_by_red(picture: Picture) -> Picture:
    """255 where red ink hides what is under it: a seal under which no print shows at all is opaque."""
    nothing = np.zeros(picture.shape[:2], np.uint8)
    if picture.ndim == 2:
        return nothing
    strong = _redness(picture) > _RED
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    if not strong.any() or np.mean(grey[strong] <= _print_at_most(grey, strong)) > _PRINT_SHOWS:
        return nothing
    return np.where(strong, 255, 0).astype(np.uint8)


def _redness(picture: Picture) -> NDArray[np.int16]:
    blue, green, red = (picture[:, :, i].astype(np.int16) for i in range(3))
    return red - np.maximum(blue, green)


def _print_at_most(grey: Picture, strong: NDArray[np.bool_]) -> float:
    """How bright print under a seal can be."""
    return min(max(0.72 * float(np.median(grey[strong])), 60.0), 130.0)
