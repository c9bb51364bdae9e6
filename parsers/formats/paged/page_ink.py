"""Where a page as it is drawn has ink, coarsely: whether a cell without text is really blank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parsers.content import Box

_INSET = 2.5  # points within a cell's borders that are not looked at
DARK = 80  # levels of 255 between paper and ink
_LOOKS = 3  # pixels a point, each way, that are looked at
_LEAST = 3  # points by points of ink: less is a speck


@dataclass(frozen=True, slots=True)
class PageInk:
    """The lightest and the darkest pixel of every point of a page, and areas whose ink is explained."""

    light: NDArray[np.int16]
    dark: NDArray[np.int16]
    explained: tuple[Box, ...] = ()

    def inside(self, box: Box) -> bool:
        """Is something drawn in a cell that no text of the page explains?"""
        x0, top, x1, bottom = box
        rows = slice(max(round(top + _INSET), 0), max(round(bottom - _INSET), 0))
        columns = slice(max(round(x0 + _INSET), 0), max(round(x1 - _INSET), 0))
        light, dark = self.light[rows, columns], self.dark[rows, columns]
        if light.size == 0 or any(_touches(box, area) for area in self.explained):
            return False
        paper = np.int16(np.median(light))
        return int(np.count_nonzero((paper - dark > DARK) | (light - paper > DARK))) >= _LEAST


def _touches(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def page_ink(grey: NDArray[np.uint8], scale: int, explained: tuple[Box, ...]) -> PageInk:
    """The coarse ink of a page drawn with a whole number of pixels a point."""
    high, wide = grey.shape[0] // scale, grey.shape[1] // scale
    every = range(0, scale, max(scale // _LOOKS, 1))
    light = dark = grey[: high * scale : scale, : wide * scale : scale]
    for down in every:
        for across in every:
            here = grey[down : high * scale : scale, across : wide * scale : scale]
            light, dark = np.maximum(light, here), np.minimum(dark, here)
    return PageInk(light.astype(np.int16), dark.astype(np.int16), explained)
