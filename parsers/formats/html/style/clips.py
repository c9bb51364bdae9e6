"""What `clip` and `clip-path` leave of a box: all of it, nothing, or a part that may cut a digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from parsers.formats.html.style.keywords import ident
from parsers.formats.html.style.lengths import Length, Token, length

Left = Literal["none", "empty", "set"]
"""``none``: nothing is cut. ``empty``: nothing is left. ``set``: something is cut."""

_BOX = ("border-box", "padding-box", "content-box", "margin-box", "fill-box", "stroke-box", "view-box")
_SIDES = 4
_SLIT = 1.0
"""Pixels in which nothing is seen: the usual way to hide text from eyes and leave it to screen readers."""
_WHOLE = 100.0
"""Percent that two opposite sides cut off together when nothing is left between them."""
_EM = 16.0
"""Pixels of the letters by which `rect()` is measured: browsers' own size, which is near enough for a slit."""


def rect(tokens: Sequence[Token]) -> Left | None:
    """The old `clip`: is what it leaves empty?"""
    if ident(tokens) == "auto":
        return "none"
    if len(tokens) != 1 or tokens[0].type != "function" or tokens[0].lower_name != "rect":
        return None
    sides = [length(token) for token in tokens[0].arguments if token.type in ("dimension", "number", "function")]
    pixels = [side.at(_EM) for side in sides if side is not None]
    known = [one for one in pixels if one is not None]
    if len(sides) != _SIDES or len(known) != _SIDES:
        return "set"
    top, right, bottom, left = known
    return "empty" if right - left <= _SLIT or bottom - top <= _SLIT else "set"


def clip_path(tokens: Sequence[Token]) -> Left | None:
    """The newer `clip-path`; a value that no browser takes is None."""
    shapes = [token for token in tokens if not _names_a_box(token)]
    if not shapes or ident(shapes) == "none":
        return "none" if tokens else None
    shape = shapes[0]
    if shape.type == "url":
        return "set"
    if shape.type != "function":
        return None
    sides = [side for part in shape.arguments if (side := length(part)) is not None]
    if shape.lower_name == "inset":
        return _inset(sides)
    return "empty" if _has_no_extent(shape.lower_name, sides) else "set"


def _names_a_box(token: Token) -> bool:
    return bool(token.type == "ident" and token.lower_value in _BOX)


def _inset(sides: Sequence[Length]) -> Left:
    top, right, bottom, left = (_of_four(sides, index) for index in range(_SIDES))
    if top + bottom >= _WHOLE or left + right >= _WHOLE:
        return "empty"
    return "none" if all(map(_is_zero, sides)) else "set"


def _has_no_extent(shape: str, sides: Sequence[Length]) -> bool:
    """A circle of no radius, a polygon whose corners are one point."""
    if shape in ("circle", "ellipse"):
        return bool(sides) and _is_zero(sides[0])
    return shape == "polygon" and all(map(_is_zero, sides))


def _is_zero(side: Length) -> bool:
    return not (side.unknown or side.percent or side.ems or side.pixels)


def _of_four(sides: Sequence[Length], index: int) -> float:
    """Percent of one of four sides, as shorthands fill them up; a side in pixels may well be half of a number."""
    if not sides:
        return 0.0
    side = sides[index] if index < len(sides) else sides[index - 2] if 0 <= index - 2 < len(sides) else sides[0]
    return side.percent
