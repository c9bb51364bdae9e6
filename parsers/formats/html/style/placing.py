"""Where a box is put and how much of it is left: off the screen, raised, moved over others, cut to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.formats.html.style.lengths import Length
from parsers.formats.html.style.transforms import Transformed

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
_PAST_THE_LEFT_EDGE, _PAST_THE_TOP_EDGE = 100.0, 50.0
"""Pixels from which on a box that is fixed to the window stands outside of it: no scrolling brings it back."""
INLINE = frozenset(("inline", "contents", "ruby", "ruby-text", "ruby-base", "run-in"))
_TABLE_PARTS = frozenset(("table", "inline-table", "table-row", "table-cell", "table-row-group", "table-header-group",
    "table-footer-group"))  # fmt: skip
_WHOLE_TABLES = frozenset(("table", "inline-table"))


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
    taken_out = is_taken_out(values)
    is_box = not is_inline(display, values)
    across, down, doubt = _set_off(values, font)
    box = Transformed.by(values, font) if is_box else Transformed(font)
    across, down = across + box.across, down + box.down
    pulled = _margins(values, font, is_line=display.startswith("inline") or taken_out)
    is_fixed = values.get("position") == "fixed"
    if box.vanishes or _is_away(across + pulled[0], down + pulled[1], fixed=is_fixed):
        return _AWAY
    garbled = box.reads_otherwise
    if taken_out:
        return Placing(moved=True, garbled=garbled)
    has_left_its_line = abs(across) > STILL or min(pulled) < -STILL or abs(down) > _LINE * font + STILL
    moved = doubt or has_left_its_line or _is_behind(values)
    raised = not moved and abs(down) > STILL
    if is_box and display == "block":
        raised, moved = False, moved or raised
    return Placing(raised=raised, moved=moved, garbled=garbled)


def _set_off(values: Mapping[str, object], font: float) -> tuple[float, float, bool]:
    """Pixels by which `left`, `top` and the like set a placed box off, and whether they could not be worked out."""
    if values.get("position", "static") == "static":
        return 0.0, 0.0, False
    across, unsure = _offset(values, "left", "right", font)
    down, unsure_too = _offset(values, "top", "bottom", font)
    return across, down, unsure or unsure_too


def _is_behind(values: Mapping[str, object]) -> bool:
    """Is a placed box painted under the page?"""
    layer = values.get("z-index")
    return isinstance(layer, int) and layer < 0 and values.get("position", "static") != "static"


def _is_away(across: float, down: float, *, fixed: bool) -> bool:
    if across <= -AWAY or down <= -AWAY or max(across, down) >= AWAY_RIGHT:
        return True
    return fixed and (across <= -_PAST_THE_LEFT_EDGE or down <= -_PAST_THE_TOP_EDGE)


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


def of_box(plain: dict[str, object], display: str) -> dict[str, object]:
    """The values that mean something to such a box: parts of tables have no margins, and what sticks stands where it
    is until the page is moved under it."""
    if display in _TABLE_PARTS - _WHOLE_TABLES and not is_taken_out(plain):
        plain = {name: value for name, value in plain.items() if not name.startswith("margin")}
    return plain if plain.get("position") != "sticky" else {**plain, "position": "static"}


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
