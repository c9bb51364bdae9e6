"""How text looks: what an element inherits and what its own style adds, as far as it changes what is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from parsers.formats.html.style.arrangement import arranges, is_rearranged, is_vertical
from parsers.formats.html.style.cascade import Custom, Values
from parsers.formats.html.style.legibility import is_garbled, opacity, shows_plain_letters
from parsers.formats.html.style.lengths import MEDIUM, Length
from parsers.formats.html.style.own import Own
from parsers.formats.html.style.placing import NOTHING, Placing, is_inline, is_taken_out, of_box, placing, room
from parsers.formats.html.style.values import CURRENT, UNKNOWN_COLOUR
from parsers.formats.packages.colours import BLACK, WHITE, Colour, over

GONE = 0.06
"""Opacity up to which nothing is seen."""
_INDENTED_AWAY, _INDENTED_FAR = 150.0, 1_500.0
"""Pixels of a first-line indent, negative or not, from which on a number has left its cell; lists hang by less."""
_SMALLER = 0.9  # of the size around it: what is smaller and stands at the top or bottom of a line is a mark; chosen
_NO_BOX = frozenset(("none", "table-column", "table-column-group"))
_FRESH = frozenset(("inline-block", "inline-table", "inline-flex", "inline-grid"))
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of the text of an element.

    `ground` is what it is printed on, None where a picture or an unknown colour lies there. `gone`: the element and
    what is in it are not shown. `moved`, `drawn` and `turned` name the element that stands elsewhere, has a picture
    behind it, or is printed from right to left (0: none); `number` is the element's own, where one of them names it.
    `covers`: it is painted over others; `is_anchor`: what is placed within it is placed by its edges. `width` is the
    room that a box leaves, in pixels.
    """

    display: str = "inline"
    colour: Colour | None = BLACK
    fill: Colour | None = None
    has_fill: bool = False
    ground: Colour | None = WHITE
    font: float = MEDIUM
    is_visible: bool = True
    indent: Length = Length()
    is_indented_away: bool = False
    rtl: bool = False
    has_shadow: bool = False
    gone: bool = False
    alpha: float = 1.0
    struck: bool = False
    raised: bool = False
    moved: int = 0
    drawn: int = 0
    turned: int = 0
    garbled: bool = False
    covers: bool = False
    is_anchor: bool = False
    is_animated: bool = False
    width: float | None = None
    arranges: str = ""
    number: int = 0
    custom: Custom | None = field(default=None, compare=False)


ROOT = Look(display="block")


def look_of(parent: Look, values: Values, custom: Custom, faces: frozenset[str], attribute_gone: bool = False) -> Look:
    """The look of an element within `parent`. `faces` are families whose letters the page draws itself."""
    own = Own(values)
    display = _display(own, parent)
    look = _ground(_inherited(parent, own, custom, display), own, display)
    plain = of_box({name: own.get(name) for name in values if own.get(name) is not None}, display)
    placed = placing(plain, display, look.font)
    width, height = room(plain, display, look.font)
    alpha = parent.alpha * opacity(own)
    has_faded = alpha <= GONE and not look.is_animated
    is_nowhere = placed.away or _is_cut_away(own, plain, width, height)
    unseen = any((has_faded, is_nowhere, _is_skipped(own, plain, display)))
    gone = any((attribute_gone, display in _NO_BOX, unseen and not _keeps_its_place(plain, display)))
    apart = placed.moved or is_rearranged(parent.arranges, own, display)
    number = next(_numbers) if apart or _is_told_by_name(own) else 0
    return replace(
        look,
        gone=gone,
        alpha=1.0 if gone else 0.0 if unseen else alpha,
        is_visible=look.is_visible and not unseen,
        struck=_is_struck(own, parent, starts_afresh=_starts_afresh(plain, display)),
        raised=placed.raised or _is_raised(own, parent, look, display),
        moved=number if apart else parent.moved,
        drawn=number if _is_drawn(own, display) else parent.drawn,
        turned=_turned(own, look, parent, number),
        garbled=placed.garbled or _is_garbled(parent, own, look, faces, height),
        covers=not gone and _covers(own, plain, placed),
        is_anchor=_is_anchor(own),
        width=_room_left(width, parent, plain),
        arranges=arranges(own, display),
        number=number,
    )


def _keeps_its_place(values: Mapping[str, object], display: str) -> bool:
    """Do others stand where they do because of it, though nothing of it is seen?"""
    return display == "table-cell" and not is_taken_out(values)


def _room_left(width: float | None, parent: Look, values: Mapping[str, object]) -> float | None:
    """Its own width, else the room that its parent leaves what stands in it."""
    return parent.width if width is None and not is_taken_out(values) else width


def _is_skipped(own: Own, values: Mapping[str, object], display: str) -> bool:
    """Does it say that its content is not shown?"""
    return own.says("content-visibility", "hidden") and not is_inline(display, values)


def _is_anchor(own: Own) -> bool:
    return own.get("position") not in (None, "static") or own.has("transform")


def _starts_afresh(values: Mapping[str, object], display: str) -> bool:
    """Does the line drawn through its parent end at it?"""
    if display in _FRESH:
        return True
    return not is_inline(display, values) and (is_taken_out(values) or "float" in values)


def _is_told_by_name(own: Own) -> bool:
    """May what is in it be told by its number: printed from right to left, a picture behind it?"""
    return own.get("unicode-bidi") is not None or bool(own.get("background-image"))


def _is_garbled(parent: Look, own: Own, look: Look, faces: frozenset[str], height: float | None) -> bool:
    """May what is seen of the letters read otherwise than they do, by its parent or by itself?"""
    if parent.garbled and not shows_plain_letters(own):
        return True
    return is_garbled(own, look.font, faces, height)


def renumbered(look: Look) -> Look:
    """The same look of another element, which stands elsewhere or is drawn by itself."""
    number = next(_numbers)
    return replace(
        look,
        number=number,
        moved=number if look.moved == look.number else look.moved,
        drawn=number if look.drawn == look.number else look.drawn,
        turned=number if look.turned == look.number else look.turned,
    )


def _display(own: Own, parent: Look) -> str:
    display = own.get("display")
    if not isinstance(display, str):
        display = parent.display if own.says("display", "inherit") else "inline"
    if display in ("table-column", "table-column-group"):
        return display
    if display == "inline" and is_vertical(own):
        return "inline-block"
    if display.startswith("inline") and (is_taken_out(own.values) or own.get("float") not in (None, "none")):
        return "inline-block" if display == "inline" else display
    return display


def _inherited(parent: Look, own: Own, custom: Custom, display: str) -> Look:
    """What text takes from its parent where nothing else is said."""
    font = _font(own, parent)
    visibility = own.get("visibility")
    direction = own.get("direction")
    indent = own.get("text-indent")
    known_indent = indent if isinstance(indent, Length) else parent.indent
    away = parent.is_indented_away
    if not is_inline(display, own.values):
        pixels = known_indent.at(font)
        away = pixels is not None and not -_INDENTED_AWAY < pixels < _INDENTED_FAR
    drawn_otherwise = own.says("background-clip", "text") or own.has("text-stroke")
    shadow = "set" if drawn_otherwise else own.get("text-shadow")
    fill, has_fill = _fill(own, parent)
    return Look(
        display=display,
        colour=_colour(own, "color", parent.colour, parent.colour),
        fill=fill,
        has_fill=has_fill,
        ground=parent.ground,
        font=font,
        is_visible=parent.is_visible if visibility is None else visibility == "visible",
        indent=known_indent,
        is_indented_away=away,
        rtl=parent.rtl if direction is None else direction == "rtl",
        has_shadow=parent.has_shadow if shadow is None else shadow == "set",
        is_animated=parent.is_animated or own.has("animation-name"),
        custom=custom,
    )


def _font(own: Own, parent: Look) -> float:
    size = own.get("font-size")
    if own.says("font-size", "initial"):
        found = MEDIUM
    else:
        pixels = size.at(parent.font) if isinstance(size, Length) else None
        found = parent.font if pixels is None else pixels
    zoom = own.get("zoom")
    return found * zoom if isinstance(zoom, float) and zoom > 0 else found


def _colour(own: Own, name: str, current: Colour | None, inherited: Colour | None) -> Colour | None:
    """A colour; None for one that cannot be worked out."""
    value = own.get(name)
    if isinstance(value, Colour):
        return value
    if value == CURRENT:
        return current
    if value == UNKNOWN_COLOUR:
        return None
    return BLACK if own.says(name, "initial") else inherited


def _fill(own: Own, parent: Look) -> tuple[Colour | None, bool]:
    """The colour that fills letters in place of `color`, and whether there is one."""
    value = own.get("text-fill-color")
    if value is None:
        return parent.fill, parent.has_fill
    if value == CURRENT:
        return None, False
    return (value if isinstance(value, Colour) else None), True


def _ground(look: Look, own: Own, display: str) -> Look:
    """What the text lies on: the element's own ground over its parent's."""
    value = own.get("background-color")
    if own.has("background-image") or value == UNKNOWN_COLOUR:
        return replace(look, ground=None)
    if value == CURRENT:
        value = look.colour
    if not isinstance(value, Colour) or value.alpha <= 0 or display == "contents":
        return look
    return replace(look, ground=over(value, look.ground or WHITE) if value.alpha >= 1 or look.ground else None)


def _is_cut_away(own: Own, values: Mapping[str, object], width: float | None, height: float | None) -> bool:
    """Is nothing left of the box?"""
    if own.says("clip-path", "empty") or (own.says("clip", "empty") and is_taken_out(values)):
        return True
    sizes = [size for size in (width, height) if size is not None]
    return bool(sizes) and min(sizes) <= NOTHING and not own.says("padding", "set")


def _is_struck(own: Own, parent: Look, *, starts_afresh: bool) -> bool:
    """Is a line drawn through it, by its own style or its parent's?"""
    lines = own.get("text-decoration-line")
    if isinstance(lines, frozenset) and "line-through" in lines:
        return True
    return parent.struck and not starts_afresh


def _is_raised(own: Own, parent: Look, look: Look, display: str) -> bool:
    """Is it a part of its line that stands above or below the others?"""
    if parent.raised or own.says("font-variant-position", "super", "sub"):
        return True
    align = own.get("vertical-align")
    if display == "ruby-text":
        return True
    if align is None or not display.startswith("inline"):
        return False
    if isinstance(align, Length):
        pixels = align.at(look.font, 1.2 * look.font)
        return pixels is None or abs(pixels) > 1.0
    return align in ("super", "sub") or (
        align in ("top", "text-top", "text-bottom", "bottom") and look.font < _SMALLER * parent.font
    )


def _is_drawn(own: Own, display: str) -> bool:
    """Is a picture drawn behind a part of a line? It may be a stroke."""
    return own.has("background-image") and display in ("inline", "inline-block")


def _turned(own: Own, look: Look, parent: Look, number: int) -> int:
    """Text whose characters are printed from right to left, whatever they are."""
    bidi = own.get("unicode-bidi")
    if bidi in ("bidi-override", "isolate-override"):
        return number if look.rtl else 0
    return parent.turned


def _covers(own: Own, values: Mapping[str, object], placed: Placing) -> bool:
    """Is it painted over other text?"""
    if not (is_taken_out(values) or placed.moved or placed.raised):
        return False
    ground = own.get("background-color")
    is_opaque = isinstance(ground, Colour) and ground.alpha > GONE
    return is_opaque or any(own.says(name, "set") for name in ("background-image", "border-style", "box-shadow"))


def revived(look: Look) -> Look:
    """The same where a script shows what is gone: what is in it is read as if it stood there."""
    return replace(look, gone=False, alpha=1.0, is_visible=True, moved=0, raised=False, width=None)
