"""Lengths, angles and numbers of style sheets, `calc()` included."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Token = Any
"""A component value of tinycss2, which has no types."""

MEDIUM = 16.0
"""Pixels of ``font-size: medium`` in every browser."""

_PIXELS = {
    "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6, "rem": MEDIUM,
    "vw": 14.4, "vh": 9.0, "vmin": 9.0, "vmax": 14.4, "dvw": 14.4, "dvh": 9.0, "svw": 14.4, "svh": 9.0, "lvw": 14.4,
    "lvh": 9.0, "vi": 14.4, "vb": 9.0, "rex": 8.0, "rch": 8.0, "ric": MEDIUM, "rlh": 19.2,
}  # fmt: skip
"""Pixels of each unit that does not hang on the element; the window is `media.WIDTH` by `media.HEIGHT`."""
_OF_FONT = {"em": 1.0, "ex": 0.5, "ch": 0.5, "ic": 1.0, "lh": 1.2, "cap": 0.7}
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}


@dataclass(frozen=True, slots=True)
class Length:
    """Pixels + multiples of the font size + percent of something; `unknown` where it cannot be worked out."""

    pixels: float = 0.0
    ems: float = 0.0
    percent: float = 0.0
    unknown: bool = False

    def plus(self, other: Length, sign: float = 1.0) -> Length:
        return Length(
            self.pixels + sign * other.pixels,
            self.ems + sign * other.ems,
            self.percent + sign * other.percent,
            self.unknown or other.unknown,
        )

    def times(self, factor: float) -> Length:
        return Length(self.pixels * factor, self.ems * factor, self.percent * factor, self.unknown)

    def at(self, font_size: float, whole: float | None = None) -> float | None:
        """Pixels, None where they hang on something that only a layout knows. `whole` is what percent are of."""
        if self.unknown or (self.percent and whole is None):
            return None
        return self.pixels + self.ems * font_size + self.percent * (whole or 0.0) / 100


ZERO = Length()
UNKNOWN = Length(unknown=True)


def length(token: Token) -> Length | None:
    """A length or a percentage; None for anything else. A bare number counts only as zero."""
    if token.type == "dimension":
        unit = token.lower_unit
        if unit in _PIXELS:
            return Length(pixels=token.value * _PIXELS[unit])
        return Length(ems=token.value * _OF_FONT[unit]) if unit in _OF_FONT else None
    if token.type == "percentage":
        return Length(percent=token.value)
    if token.type == "number":
        return ZERO if token.value == 0 else None
    if token.type == "function":
        return _calculated(token)
    return None


def _calculated(token: Token) -> Length | None:
    """`calc()` and its kin; a function that compares needs a layout, unless its sides are alike in kind."""
    name = token.lower_name
    if name in ("calc", "-webkit-calc", "-moz-calc"):
        return _sum(_solid(token.arguments))
    if name in ("min", "max", "clamp"):
        sides = [_sum(_solid(side)) for side in _split(token.arguments)]
        known = [side for side in sides if side is not None]
        if len(known) != len(sides) or not known:
            return None
        if name == "clamp":
            return known[1] if len(known) == 3 else None
        if all(not (side.ems or side.percent or side.unknown) for side in known):
            return (min if name == "min" else max)(known, key=lambda side: side.pixels)
        return UNKNOWN
    return None


def _solid(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    """The arguments between commas."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _sum(tokens: Sequence[Token]) -> Length | None:
    """Products joined by + and −; a bare number stands for so many pixels."""
    total = ZERO
    sign = 1.0
    product: list[Token] = []
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value in ("+", "-")):
            factor = _product(product)
            if factor is None:
                return None
            total = total.plus(factor, sign)
            product = []
            sign = -1.0 if token is not None and token.value == "-" else 1.0
        else:
            product.append(token)
    return total


def _product(tokens: Sequence[Token]) -> Length | None:
    result: Length | None = None
    number = 1.0
    divides = False
    for token in tokens:
        if token.type == "literal" and token.value in ("*", "/"):
            divides = token.value == "/"
        elif token.type == "number":
            if divides and token.value == 0:
                return None
            number = number / token.value if divides else number * token.value
        elif result is None:
            result = _sum(_solid(token.content)) if token.type == "() block" else length(token)
            if result is None:
                return None
        else:
            return None
    return result.times(number) if result is not None else Length(pixels=number) if tokens else None


def number(token: Token) -> float | None:
    """A number; a percentage as its hundredth; a calculation without units."""
    if token.type == "number":
        return float(token.value)
    if token.type == "percentage":
        return float(token.value) / 100
    if token.type == "function" and token.lower_name == "calc":
        found = _sum(_solid(token.arguments))
        return None if found is None or found.ems or found.unknown else found.pixels + found.percent / 100
    return None


def degrees(token: Token) -> float | None:
    """An angle in degrees."""
    if token.type == "dimension" and token.lower_unit in _DEGREES:
        return float(token.value * _DEGREES[token.lower_unit])
    return 0.0 if token.type == "number" and token.value == 0 else None
