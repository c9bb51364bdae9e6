"""Digits told by their shapes: a second reading of a number that owes nothing to the recognition engine.

A digit is compared with the digits of common fonts, drawn once, and with those of the same page: there the engine
names the digits, but a single digit that it misnames looks like the others of another name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.formats.paged.digit_specimen import specimen
from parsers.formats.pictures.engine import Picture
from parsers.formats.pictures.ink import Mark

Shape = NDArray[np.float64]
"""A glyph at a fixed height, its aspect kept, as a vector of mean 0 and length 1."""


class DigitMark(NamedTuple):
    """One mark on the paper, the digit that the engine takes it for, and whether it can be none."""

    digit: str
    shape: Shape
    strays: bool


_SIDE = 20  # pixels of a shape
_ALIKE = 0.02  # how much more a shape resembles its own digit than any other
_UNLIKE = 0.10  # and how much less where it is another one
_SPECK = 0.12  # of the height of the tallest mark: smaller ones are dirt, no point or comma; chosen
_OUT = 0.15  # of the height of the digits beside it
_POINTS = str.maketrans("，。·、—－一−–", ",.··-----")


def confirmed(crops: Sequence[Picture], texts: Sequence[str]) -> list[bool | None]:
    """Of each crop of a line: are its digits, by their shapes, those of the text? None where shapes do not tell."""
    parts = [_glyphs(crop, text) for crop, text in zip(crops, texts, strict=True)]
    known: dict[str, list[Shape]] = {}
    for glyph in (glyph for glyphs in parts for glyph in glyphs):
        known.setdefault(glyph.digit, []).append(glyph.shape)
    sums = {digit: (np.asarray(np.sum(shapes, axis=0)), len(shapes)) for digit, shapes in known.items()}
    return [_verdict([False if glyph.strays else _is(glyph, sums) for glyph in glyphs]) for glyphs in parts]


def _verdict(each: Sequence[bool | None]) -> bool | None:
    if False in each:
        return False
    return None if None in each or not each else True


def _glyphs(crop: Picture, text: str) -> list[DigitMark]:
    """The digits of a line from the left; none where its marks are not as many as the text has."""
    plain = re.sub(r"\s", "", text).translate(_POINTS)
    if not re.fullmatch(r"[+-]?[0-9]+([.,·][0-9]+)*", plain):
        return []
    large = cv2.resize(crop, None, fx=3.0, fy=3.0, interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    ink = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    marks: list[Mark] = sorted((x, y, width, height) for x, y, width, height, _ in stats[1:count].tolist())
    tall = max((height for *_, height in marks), default=0)
    marks = [mark for mark in marks if max(mark[2:]) > _SPECK * tall]
    if len(marks) != len(plain):
        return []
    names = [name for name in plain if name.isdecimal()]
    digits = [mark for name, mark in zip(plain, marks, strict=True) if name.isdecimal()]
    return [
        DigitMark(
            name, _shape(large[y : y + height, x : x + width]), name == "1" and _strays((x, y, width, height), digits)
        )
        for name, (x, y, width, height) in zip(names, digits, strict=True)
    ]


def _strays(mark: Mark, digits: Sequence[Mark]) -> bool:
    """Does a 1 stand out above or below the other digits? Then it is what is left of a ruling line."""
    others = [(y, y + height) for x, y, _, height in digits if x != mark[0]]
    if not others:
        return False
    (top, bottom), (_, start, _, height) = (min(others)[0], max(end for _, end in others)), mark
    beyond = _OUT * (bottom - top)
    return start < top - beyond or start + height > bottom + beyond


def _shape(glyph: Picture) -> Shape:
    height, width = glyph.shape
    across = min(max(round(_SIDE * width / height), 1), _SIDE)
    scaled = 255.0 - cv2.resize(glyph, (across, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float64)
    left = (_SIDE - across) // 2
    placed = np.zeros((_SIDE, _SIDE))
    placed[:, left : left + across] = scaled
    blurred = cv2.GaussianBlur(placed, (3, 3), 0).ravel()
    centred = blurred - blurred.mean()
    return np.asarray(centred / max(float(np.linalg.norm(centred)), 1e-9))


def _is(glyph: DigitMark, sums: dict[str, tuple[Shape, int]]) -> bool | None:
    """Is this shape the digit that it was taken for? It does not count among its own likes."""
    digit, shape, _ = glyph
    likeness = {name: float(np.max(shapes @ shape)) for name, shapes in _drawn().items()}
    for name, (total, count) in sums.items():
        others, rest = (total - shape, count - 1) if name == digit else (total, count)
        if rest >= 2:
            likeness[name] = max(likeness[name], float(others @ shape) / float(np.linalg.norm(others)))
    other = max(value for name, value in likeness.items() if name != digit)
    if likeness[digit] > other + _ALIKE:
        return True
    return False if other > likeness[digit] + _UNLIKE else None


@cache
def _drawn() -> dict[str, NDArray[np.float64]]:
    """Shapes of each digit in the standard fonts of PDF, which pdfium brings along."""
    return {digit: np.array([_shape(patch) for patch in patches]) for digit, patches in specimen().items()}
