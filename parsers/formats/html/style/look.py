"""How text looks: what an element inherits and what its own style adds, as far as it changes what is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from parsers.formats.html.style.cascade import Custom, Values
from parsers.formats.html.style.declarations import WIDE
from parsers.formats.html.style.lengths import MEDIUM, Length
from parsers.formats.html.style.placing import NOTHING, is_inline, is_taken_out, placing, room
from parsers.formats.html.style.values import CURRENT, UNKNOWN_COLOUR
from parsers.formats.packages.colours import BLACK, WHITE, Colour, over

GONE = 0.06
"""Opacity up to which nothing is seen."""
_SQUEEZED = -0.3
"""Letter spacing in heights of a letter from which on digits lie on each other."""
_INDENTED_AWAY = 150.0
"""Pixels of a negative first-line indent from which on a number has left its cell; lists and headings hang by less."""
_CUT = 0.55
"""Share of a letter's height below which a box cuts its digits through."""
_SYMBOLS = ("wingdings", "webdings", "symbol", "zapf dingbats", "wingdings 2", "wingdings 3", "marlett")
_NO_BOX = frozenset(("none", "table-column", "table-column-group"))
_FRESH = frozenset(("inline-block", "inline-table", "inline-flex", "inline-grid"))
_ROWS = frozenset(("flex", "inline-flex", "box", "inline-box", "grid", "inline-grid"))
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


class _Own:
    """The values of one element, with the keywords that every property takes looked through."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values

    def get(self, name: str) -> object:
        """The value, None where there is none or it says to inherit."""
        value = self.values.get(name)
        return None if isinstance(value, str) and value in WIDE else value

    def says(self, name: str, *words: str) -> bool:
        return self.values.get(name) in words


def look_of(parent: Look, values: Values, custom: Custom, faces: frozenset[str], attribute_gone: bool = False) -> Look:
    """The look of an element within `parent`. `faces` are families whose letters the page draws itself."""
    own = _Own(values)
    display = _display(own, parent)
    look = _inherited(parent, own, custom, display)
    look = _ground(look, own, display)
    plain = {name: own.get(name) for name in values if own.get(name) is not None}
    placed = placing(plain, display, look.font)
    width, height = room(plain, display, look.font)
    gone = attribute_gone or display in _NO_BOX or placed.away or _is_cut_away(own, plain, width, height)
    gone = gone or (own.says("content-visibility", "hidden") and not is_inline(display, plain))
    alpha = _alpha(own)
    if alpha * parent.alpha <= GONE:
        gone = gone or not (look.is_animated or parent.is_animated)
    starts_afresh = display in _FRESH or (not is_inline(display, plain) and (is_taken_out(plain) or "float" in plain))
    apart = placed.moved or _is_rearranged(parent, own, display)
    number = next(_numbers) if apart or own.get("unicode-bidi") is not None or own.get("background-image") else 0
    return replace(
        look,
        gone=gone,
        alpha=1.0 if gone else parent.alpha * alpha,
        struck=_is_struck(own) or (parent.struck and not starts_afresh),
        raised=parent.raised or placed.raised or _is_raised(own, parent, look, display),
        moved=number if apart else parent.moved,
        drawn=number if _is_drawn(own, display) else parent.drawn,
        turned=_turned(own, look, parent, number),
        garbled=_is_garbled(parent, own, look, faces, height) or placed.garbled,
        covers=_covers(own, plain, placed.moved or placed.raised) and not gone,
        is_anchor=own.get("position") not in (None, "static") or own.says("transform", "set"),
        width=width if width is not None else None if is_taken_out(plain) else parent.width,
        arranges=_arranges(own, display),
        number=number,
    )


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


def _display(own: _Own, parent: Look) -> str:
    display = own.get("display")
    if not isinstance(display, str):
        display = parent.display if own.says("display", "inherit") else "inline"
    if display in ("table-column", "table-column-group"):
        return display
    if display.startswith("inline") and (is_taken_out(own.values) or own.get("float") not in (None, "none")):
        return "inline-block" if display == "inline" else display
    return display


def _inherited(parent: Look, own: _Own, custom: Custom, display: str) -> Look:
    """What text takes from its parent where nothing else is said."""
    font = _font(own, parent)
    visibility = own.get("visibility")
    direction = own.get("direction")
    indent = own.get("text-indent")
    known_indent = indent if isinstance(indent, Length) else parent.indent
    away = parent.is_indented_away
    if not is_inline(display, own.values):
        pixels = known_indent.at(font)
        away = pixels is not None and not -_INDENTED_AWAY < pixels < 10 * _INDENTED_AWAY
    drawn_otherwise = own.says("background-clip", "text") or own.says("text-stroke", "set")
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
        is_animated=parent.is_animated or own.says("animation-name", "set"),
        custom=custom,
    )


def _font(own: _Own, parent: Look) -> float:
    size = own.get("font-size")
    if own.says("font-size", "initial"):
        found = MEDIUM
    else:
        pixels = size.at(parent.font) if isinstance(size, Length) else None
        found = parent.font if pixels is None else pixels
    zoom = own.get("zoom")
    return found * zoom if isinstance(zoom, float) and zoom > 0 else found


def _colour(own: _Own, name: str, current: Colour | None, inherited: Colour | None) -> Colour | None:
    """A colour; None for one that cannot be worked out."""
    value = own.get(name)
    if isinstance(value, Colour):
        return value
    if value == CURRENT:
        return current
    if value == UNKNOWN_COLOUR:
        return None
    return BLACK if own.says(name, "initial") else inherited


def _fill(own: _Own, parent: Look) -> tuple[Colour | None, bool]:
    """The colour that fills letters in place of `color`, and whether there is one."""
    value = own.get("text-fill-color")
    if value is None:
        return parent.fill, parent.has_fill
    if value == CURRENT:
        return None, False
    return (value if isinstance(value, Colour) else None), True


def _ground(look: Look, own: _Own, display: str) -> Look:
    """What the text lies on: the element's own ground over its parent's."""
    value = own.get("background-color")
    if own.says("background-image", "set") or value == UNKNOWN_COLOUR:
        return replace(look, ground=None)
    if value == CURRENT:
        value = look.colour
    if not isinstance(value, Colour) or value.alpha <= 0 or display == "contents":
        return look
    return replace(look, ground=over(value, look.ground or WHITE) if value.alpha >= 1 or look.ground else None)


def _alpha(own: _Own) -> float:
    """Opacity of the element as a whole, by property or filter."""
    value = own.get("opacity")
    alpha = value if isinstance(value, float) else 1.0
    filters = own.get("filter")
    for token in filters if isinstance(filters, tuple) else ():
        if token.lower_name == "opacity":
            numbers = [one for one in token.arguments if one.type in ("number", "percentage")]
            if numbers:
                alpha *= numbers[0].value / (100 if numbers[0].type == "percentage" else 1)
    return max(0.0, alpha)


def _is_cut_away(own: _Own, values: Mapping[str, object], width: float | None, height: float | None) -> bool:
    """Is nothing left of the box?"""
    if own.says("clip-path", "empty") or (own.says("clip", "empty") and is_taken_out(values)):
        return True
    sizes = [size for size in (width, height) if size is not None]
    return bool(sizes) and min(sizes) <= NOTHING and not own.says("padding", "set")


def _is_struck(own: _Own) -> bool:
    lines = own.get("text-decoration-line")
    return isinstance(lines, frozenset) and "line-through" in lines


def _is_raised(own: _Own, parent: Look, look: Look, display: str) -> bool:
    """Is it a part of its line that stands above or below the others?"""
    if own.says("font-variant-position", "super", "sub"):
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
        align in ("top", "text-top", "text-bottom", "bottom") and look.font < 0.9 * parent.font
    )


def _is_rearranged(parent: Look, own: _Own, display: str) -> bool:
    """Does it stand in another order than in the source?"""
    if own.get("float") not in (None, "none"):
        return True
    if parent.arranges and display != "none":
        order = own.get("order")
        return parent.arranges == "otherwise" or (isinstance(order, int) and order != 0)
    return False


def _arranges(own: _Own, display: str) -> str:
    """``otherwise`` for a box that lays out its children against their order, ``in order`` for one that may be told."""
    if display not in _ROWS:
        return ""
    reversed_ = own.says("flex-direction", "row-reverse", "column-reverse") or own.says("flex-wrap", "wrap-reverse")
    return "otherwise" if reversed_ or display == "inline-grid" else "in order"


def _is_drawn(own: _Own, display: str) -> bool:
    """Is a picture drawn behind a part of a line? It may be a stroke."""
    return own.says("background-image", "set") and display in ("inline", "inline-block")


def _turned(own: _Own, look: Look, parent: Look, number: int) -> int:
    """Text whose characters are printed from right to left, whatever they are."""
    bidi = own.get("unicode-bidi")
    if bidi in ("bidi-override", "isolate-override"):
        return number if look.rtl else 0
    return parent.turned


def _is_garbled(parent: Look, own: _Own, look: Look, faces: frozenset[str], height: float | None) -> bool:
    """May what is seen of the letters read otherwise than they do?"""
    if parent.garbled and not own.says("text-security", "none"):
        return True
    if own.says("text-security", "disc", "circle", "square") or own.says("mask-image", "set"):
        return True
    if own.says("mix-blend-mode", "set") or own.says("background-clip", "text") or own.says("mso-hide", "all"):
        return True
    if own.says("clip-path", "set") or (own.says("clip", "set") and is_taken_out(own.values)):
        return True
    filters = own.get("filter")
    if isinstance(filters, tuple) and any(token.lower_name in ("blur", "brightness", "contrast") for token in filters):
        return True
    spacing = own.get("letter-spacing")
    pixels = spacing.at(look.font) if isinstance(spacing, Length) else None
    if pixels is not None and pixels < _SQUEEZED * look.font:
        return True
    family = own.get("font-family")
    if isinstance(family, str) and (family in _SYMBOLS or family in faces):
        return True
    return height is not None and NOTHING < height < _CUT * look.font


def _covers(own: _Own, values: Mapping[str, object], is_moved: bool) -> bool:
    """Is it painted over other text?"""
    if not (is_taken_out(values) or is_moved):
        return False
    ground = own.get("background-color")
    is_opaque = isinstance(ground, Colour) and ground.alpha > GONE
    return is_opaque or any(own.says(name, "set") for name in ("background-image", "border-style", "box-shadow"))


def revived(look: Look) -> Look:
    """The same where a script shows what is gone: what is in it is read as if it stood there."""
    return replace(look, gone=False, alpha=1.0, is_visible=True, moved=0, raised=False, width=None)
