"""Where a box is put and how much of it is left: off the screen, raised, moved over others, cut to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.formats.html.style.lengths import Length, Token, degrees, length, number

AWAY = 1_000.0
"""Pixels to the left of or above its place from which on a box is off any page."""
AWAY_RIGHT = 3_000.0
"""Pixels to the right or below: further than anyone scrolls."""
STILL = 3.0
"""Pixels that a box may be moved and still stand in its line."""
_LINE = 1.3
"""Heights of a letter that a mark may be raised or lowered; what is moved further stands in another line."""
NOTHING = 2.0
"""Pixels of width or height in which nothing is seen (boxes of one pixel are for screen readers)."""
_SHRUNK = 0.1
"""Scale below which letters are gone, and (its inverse below 1) above which they still are what they were."""
_UPRIGHT = 30.0
"""Degrees that letters may be turned and still be read as they stand."""
_LINE_HEIGHT = 1.2
INLINE = frozenset(("inline", "contents", "ruby", "ruby-text", "ruby-base", "run-in"))
_TABLE_PARTS = frozenset(("table", "inline-table", "table-row", "table-cell", "table-row-group", "table-header-group",
    "table-footer-group"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placing:
    """`away`: nothing of it is seen. `raised`: it stands above or below its line, as a mark does. `moved`: it stands
    elsewhere, perhaps over other text. `garbled`: turned, mirrored or cut, it may read otherwise."""

    away: bool = False
    raised: bool = False
    moved: bool = False
    garbled: bool = False


IN_PLACE = Placing()
_AWAY = Placing(away=True)


def is_inline(display: str, values: Mapping[str, object]) -> bool:
    """Is it a part of a line that has no box of its own?"""
    return display in INLINE and values.get("float", "none") == "none" and not is_taken_out(values)


def is_taken_out(values: Mapping[str, object]) -> bool:
    """Is it taken out of its line and placed on its own?"""
    return values.get("position") in ("absolute", "fixed")


def placing(values: Mapping[str, object], display: str, font: float) -> Placing:
    """Where the values put a box whose letters are `font` pixels high."""
    position = values.get("position", "static")
    taken_out = is_taken_out(values)
    is_box = not is_inline(display, values)
    across = down = 0.0
    doubt = False
    if position != "static":
        across, unsure = _offset(values, "left", "right", font)
        down, unsure_too = _offset(values, "top", "bottom", font)
        doubt = unsure or unsure_too
    shifted, away, garbled = _transformed(values, font) if is_box else ((0.0, 0.0), False, False)
    across, down = across + shifted[0], down + shifted[1]
    pulled = _margins(values, font, is_line=display.startswith("inline") or taken_out)
    if away or _is_away(across + pulled[0], down + pulled[1], fixed=position == "fixed"):
        return _AWAY
    if taken_out:
        return Placing(moved=True, garbled=garbled)
    behind = isinstance(values.get("z-index"), int) and position != "static" and int(str(values["z-index"])) < 0
    moved = doubt or behind or abs(across) > STILL or min(pulled) < -STILL or abs(down) > _LINE * font + STILL
    raised = not moved and abs(down) > STILL
    if is_box and display == "block":
        raised, moved = False, moved or raised
    return Placing(raised=raised, moved=moved, garbled=garbled)


def _is_away(across: float, down: float, *, fixed: bool) -> bool:
    if across <= -AWAY or down <= -AWAY or max(across, down) >= AWAY_RIGHT:
        return True
    return fixed and (across <= -100 or down <= -50)


def _offset(values: Mapping[str, object], near: str, far: str, font: float) -> tuple[float, bool]:
    """Pixels to the right or down, and whether they could not be worked out."""
    for name, sign in ((near, 1.0), (far, -1.0)):
        value = values.get(name)
        if isinstance(value, Length):
            pixels = value.at(font)
            return (0.0, True) if pixels is None else (sign * pixels, False)
    return 0.0, False


def _margins(values: Mapping[str, object], font: float, *, is_line: bool) -> tuple[float, float]:
    """How far negative margins pull a box (or what follows it) to the left and up; a block's only where it is away."""
    found = []
    for names in (("margin-left", "margin-right"), ("margin-top",)):
        pixels = [_pixels(values.get(name), font) for name in names]
        least = min(pixels)
        found.append(least if is_line or least <= -AWAY else 0.0)
    return found[0], found[1]


def _pixels(value: object, font: float) -> float:
    pixels = value.at(font) if isinstance(value, Length) else None
    return min(0.0, pixels) if pixels is not None else 0.0


def _transformed(values: Mapping[str, object], font: float) -> tuple[tuple[float, float], bool, bool]:
    """What transforms do to a box: the shift, whether it vanishes, whether it may read otherwise."""
    moves, scales, angle = values.get("translate"), values.get("scale"), values.get("rotate")
    across = _own(moves[0], 2 * font, font) if isinstance(moves, tuple) else 0.0
    down = _own(moves[1], _LINE_HEIGHT * font, font) if isinstance(moves, tuple) else 0.0
    scale_x, scale_y = scales if isinstance(scales, tuple) else (1.0, 1.0)
    turned = angle if isinstance(angle, float) else 0.0
    garbled = False
    for name, arguments in _steps(values):
        if name.startswith("translate"):
            moves = [length(token) for token in arguments]
            if name == "translatey":
                moves = [Length(), *moves]
            across += _own(moves[0] if moves else None, 2 * font, font)
            down += _own(moves[1] if len(moves) > 1 else None, _LINE_HEIGHT * font, font)
        elif name.startswith("scale"):
            factors = [number(token) for token in arguments]
            first = factors[0] if factors and factors[0] is not None else 1.0
            second = factors[1] if len(factors) > 1 and factors[1] is not None else first
            scale_x *= 1.0 if name in ("scaley", "scalez") else first
            scale_y *= 1.0 if name in ("scalex", "scalez") else first if name == "scaley" else second
        elif name in ("rotate", "rotatez", "rotatex", "rotatey"):
            angle = (degrees(arguments[0]) if arguments else 0.0) or 0.0
            if name in ("rotate", "rotatez"):
                turned += angle
            else:
                edge_on = abs(angle) % 180
                scale_x *= 0.0 if abs(edge_on - 90) < 3 else 1.0
                garbled |= 90 < abs(angle) % 360 < 270
        elif name == "matrix":
            parts = [number(token) or 0.0 for token in arguments]
            if len(parts) == 6:
                across, down = across + parts[4], down + parts[5]
                scale_x, scale_y = scale_x * parts[0], scale_y * parts[3]
                garbled |= abs(parts[1]) + abs(parts[2]) > 0.5
        elif name not in ("perspective", "skew", "skewx", "skewy"):
            garbled = True
    angle = abs(turned) % 360
    garbled |= _UPRIGHT < angle < 360 - _UPRIGHT or scale_x < 0 or scale_y < 0
    return (across, down), min(abs(scale_x), abs(scale_y)) < _SHRUNK, garbled


def _steps(values: Mapping[str, object]) -> list[tuple[str, list[Token]]]:
    """The functions of `transform`."""
    transform = values.get("transform")
    if not isinstance(transform, tuple):
        return []
    unwanted = ("whitespace", "comment", "literal")
    return [
        (str(token.lower_name), [one for one in token.arguments if one.type not in unwanted]) for token in transform
    ]


def _own(move: Length | None, size: float, font: float) -> float:
    """Pixels of a shift whose percentages are of the box itself."""
    return (move.at(font, size) or 0.0) if move is not None else 0.0


def room(values: Mapping[str, object], display: str, font: float) -> tuple[float | None, float | None]:
    """Width and height in pixels that a box leaves of its content; None where it cuts nothing off."""
    if is_inline(display, values) or (display in _TABLE_PARTS and not is_taken_out(values)):
        return None, None
    cuts = [values.get(name, "visible") not in ("visible", None) for name in ("overflow-x", "overflow-y")]
    if not any(cuts):
        return None, None
    return _least(values, ("width", "max-width"), font), _least(values, ("height", "max-height"), font)


def _least(values: Mapping[str, object], names: Sequence[str], font: float) -> float | None:
    """The smallest of the extents that are told in pixels; percent of nothing are nothing."""
    sizes = []
    for name in names:
        value = values.get(name)
        if isinstance(value, Length):
            pixels = 0.0 if value == Length() else value.at(font)
            if pixels is not None:
                sizes.append(pixels)
    return min(sizes, default=None)
