"""Colours as a reader's eye takes them: can letters of one be told from a ground of another?"""

from __future__ import annotations

import math
from typing import NamedTuple


class Colour(NamedTuple):
    """Red, green, blue and opacity, each from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


BLACK = Colour(0, 0, 0)
WHITE = Colour(1, 1, 1)
TRANSPARENT = Colour(0, 0, 0, 0)

UNSEEN = 0.10
"""Distance of two colours (0 to 3, black from white) up to which nobody sees letters: #f8f8f8 on white."""
FAINT = 0.45
"""Distance up to which letters may be overlooked: #ddd on white. Letters in #ccc are read."""


def over(top: Colour, ground: Colour) -> Colour:
    """What is seen of a colour that lies on an opaque one."""
    if top.alpha >= 1:
        return top
    rest = 1 - top.alpha
    return Colour(
        top.red * top.alpha + ground.red * rest,
        top.green * top.alpha + ground.green * rest,
        top.blue * top.alpha + ground.blue * rest,
    )


def distance(one: Colour, other: Colour) -> float:
    """How far apart two opaque colours look, 0 to 3 (the usual weighting of red, green and blue by the mean red)."""
    mean = (one.red + other.red) / 2
    red, green, blue = one.red - other.red, one.green - other.green, one.blue - other.blue
    return math.sqrt((2 + mean) * red * red + 4 * green * green + (3 - mean) * blue * blue)


def of_hex(digits: str) -> Colour | None:
    """``RRGGBB`` with or without ``#``; None for anything else, ``auto`` among it."""
    digits = digits.strip().removeprefix("#")
    if len(digits) != 6:
        return None
    try:
        number = int(digits, 16)
    except ValueError:
        return None
    return Colour((number >> 16) / 255, (number >> 8 & 255) / 255, (number & 255) / 255)
