"""The properties that can change what is read of a text, and how a browser reads their values.

A value that a browser would not accept is None: the declaration is ignored, an earlier one stays. Properties that are
not named here change nothing that is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tinycss2 import color5

from parsers.formats.html.style.clips import clip_path, rect
from parsers.formats.html.style.keywords import Parser, ident, one_of
from parsers.formats.html.style.lengths import Length, Token, degrees, length, number
from parsers.formats.packages.colours import BLACK, WHITE, Colour

CURRENT = "currentcolor"
UNKNOWN_COLOUR = "unknown"
"""A colour that a browser knows and this module cannot work out."""

_NEWER_COLOURS = frozenset(("color-mix", "light-dark", "contrast-color", "device-cmyk"))
_SYSTEM = (
    dict.fromkeys(("windowtext", "canvastext", "fieldtext", "buttontext", "infotext", "menutext", "captiontext"), BLACK)
    | dict.fromkeys(("window", "canvas", "field", "buttonface", "infobackground", "menu", "background"), WHITE)
    | {"linktext": Colour(0, 0, 0.93), "visitedtext": Colour(0.33, 0.1, 0.55), "graytext": Colour(0.5, 0.5, 0.5)}
)
_DISPLAYS = frozenset(
    """none contents block inline inline-block flow-root flex inline-flex grid inline-grid table inline-table
    table-row-group table-header-group table-footer-group table-row table-cell table-column table-column-group
    table-caption list-item run-in ruby ruby-base ruby-text ruby-base-container ruby-text-container math
    -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex""".split()
)
_PAIRS = {("inline", "flex"): "inline-flex", ("inline", "grid"): "inline-grid", ("inline", "table"): "inline-table"}
_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "xxx-large": 48.0,
}  # fmt: skip
_AXES = 3
"""Values that `translate` takes: across, down, and towards the reader, which moves nothing on the page."""
_STEP = {"smaller": Length(ems=0.83), "larger": Length(ems=1.2)}


def colour(tokens: Sequence[Token]) -> Colour | str | None:
    """A colour, ``currentcolor``, or `UNKNOWN_COLOUR`."""
    if len(tokens) != 1:
        return None
    token = tokens[0]
    if token.type == "ident" and token.lower_value in _SYSTEM:
        return _SYSTEM[token.lower_value]
    if token.type not in ("ident", "hash", "function"):
        return None
    try:
        found = color5.parse_color(token)
        if found is None:
            return UNKNOWN_COLOUR if _is_newer(token) else None
        if isinstance(found, str):
            return CURRENT
        red, green, blue = (0.0 if part is None else float(part) for part in found.to("srgb").coordinates)
        return Colour(red, green, blue, float(found.alpha))
    except (NotImplementedError, ValueError, TypeError, AttributeError, IndexError):
        return UNKNOWN_COLOUR


def _is_newer(token: Token) -> bool:
    """Is it a way of writing colours that browsers know and the library does not?"""
    if token.type != "function":
        return False
    is_relative = any(part.type == "ident" and part.lower_value == "from" for part in token.arguments[:2])
    return is_relative or token.lower_name in _NEWER_COLOURS


def size(tokens: Sequence[Token]) -> Length | None:
    """A font size; multiples and percentages are of the parent's."""
    word = ident(tokens)
    if word is not None:
        return Length(pixels=_SIZES[word]) if word in _SIZES else _STEP.get(word)
    found = measure(tokens)
    return Length(found.pixels, found.ems + found.percent / 100, 0, found.unknown) if found else None


def measure(tokens: Sequence[Token]) -> Length | None:
    """A length or a percentage."""
    return length(tokens[0]) if len(tokens) == 1 else None


def measure_or(*words: str) -> Parser:
    """A length, or a keyword that is as good as none."""
    return lambda tokens: word if (word := ident(tokens)) in words else measure(tokens)


def _display(tokens: Sequence[Token]) -> str | None:
    words = [token.lower_value for token in tokens if token.type == "ident"]
    if len(words) != len(tokens) or not words:
        return None
    if len(words) == 1:
        return words[0].removeprefix("-webkit-") if words[0] in _DISPLAYS else None
    outer, inner = words[0], words[-1]
    if (outer, inner) in _PAIRS:
        return _PAIRS[outer, inner]
    return inner if outer == "block" and inner in _DISPLAYS else outer if outer in _DISPLAYS else None


def _lines(tokens: Sequence[Token]) -> frozenset[str] | None:
    """The lines of text-decoration: which words of them stand there."""
    words = {token.lower_value for token in tokens if token.type == "ident"}
    known = {"none", "underline", "overline", "line-through", "blink", "spelling-error", "grammar-error"}
    return frozenset(words - {"none"}) if len(words) == len(tokens) and words and words <= known else None


def _align(tokens: Sequence[Token]) -> str | Length | None:
    word = ident(tokens)
    known = ("baseline", "super", "sub", "top", "text-top", "middle", "text-bottom", "bottom")
    return word if word in known else measure(tokens) if word is None else None


def _fraction(tokens: Sequence[Token]) -> float | None:
    found = number(tokens[0]) if len(tokens) == 1 else None
    return None if found is None else min(1.0, max(0.0, found))


def _whole(tokens: Sequence[Token]) -> int | str | None:
    if ident(tokens) == "auto":
        return "auto"
    found = number(tokens[0]) if len(tokens) == 1 else None
    return None if found is None else int(found)


def _anything(tokens: Sequence[Token]) -> str | None:
    """``none`` (also as ``normal`` or ``auto``), or that there is something."""
    word = ident(tokens)
    return "none" if word in ("none", "normal", "auto") else "set" if tokens else None


def _family(tokens: Sequence[Token]) -> str | None:
    """The first family, lower case."""
    words: list[str] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            break
        words.append(str(token.value) if token.type in ("ident", "string") else "")
    return " ".join(words).strip().lower() or None


def _content(tokens: Sequence[Token]) -> tuple[tuple[str, str], ...] | str | None:
    """What `content` prints: strings, attributes, and anything else as ``?``; ``none`` for nothing."""
    if ident(tokens) in ("none", "normal"):
        return "none"
    pieces: list[tuple[str, str]] = []
    for token in tokens:
        if token.type == "string":
            pieces.append(("text", token.value))
        elif token.type == "function" and token.lower_name == "attr":
            names = [part.value for part in token.arguments if part.type == "ident"]
            pieces.append(("attribute", names[0]) if names else ("?", ""))
        elif token.type == "literal" and token.value == "/":
            break  # what follows is read out only
        elif token.type in ("function", "url", "ident"):
            pieces.append(("?", ""))
        else:
            return None
    return tuple(pieces) if pieces else None


def _moves(tokens: Sequence[Token]) -> tuple[Length, Length] | str | None:
    if ident(tokens) == "none":
        return "none"
    found = [length(token) for token in tokens]
    if not found or len(found) > _AXES or any(side is None for side in found):
        return None
    across, down = found[0], found[1] if len(found) > 1 else Length()
    return (across, down) if across is not None and down is not None else None


def _scales(tokens: Sequence[Token]) -> tuple[float, float] | str | None:
    if ident(tokens) == "none":
        return "none"
    found = [number(token) for token in tokens]
    if not found or found[0] is None:
        return None
    second = found[1] if len(found) > 1 else found[0]
    return None if second is None else (found[0], second)


def _rotates(tokens: Sequence[Token]) -> float | str | None:
    if ident(tokens) == "none":
        return "none"
    return degrees(tokens[-1]) if tokens else None


def _functions(names: str) -> Parser:
    """A list of functions of these names; ``none`` for none."""
    known = frozenset(names.split())

    def parse(tokens: Sequence[Token]) -> tuple[Token, ...] | str | None:
        if ident(tokens) == "none":
            return "none"
        fits = all(token.type == "function" and token.lower_name in known for token in tokens)
        return tuple(tokens) if tokens and fits else None

    return parse


_EDGES: Mapping[str, Parser] = dict.fromkeys(
    ("left", "right", "top", "bottom", "margin-left", "margin-right", "margin-top", "margin-bottom"),
    measure_or("auto"),
)
_EXTENTS: Mapping[str, Parser] = dict.fromkeys(
    ("width", "height", "max-width", "max-height"),
    measure_or("auto", "none", "fit-content", "min-content", "max-content", "stretch"),
)
_OVERFLOW = one_of("visible", "hidden", "scroll", "auto", "clip", "overlay")
PARSERS: Mapping[str, Parser] = {
    **_EDGES,
    **_EXTENTS,
    "animation-name": _anything,
    "background-clip": one_of("border-box", "padding-box", "content-box", "text"),
    "background-color": colour,
    "background-image": _anything,
    "border-style": _anything,
    "box-shadow": _anything,
    "clip": rect,
    "clip-path": clip_path,
    "color": colour,
    "content": _content,
    "content-visibility": one_of("visible", "hidden", "auto"),
    "direction": one_of("ltr", "rtl"),
    "display": _display,
    "filter": _functions("blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia"),
    "flex-direction": one_of("row", "row-reverse", "column", "column-reverse"),
    "flex-wrap": one_of("nowrap", "wrap", "wrap-reverse"),
    "float": one_of("left", "right", "none", "inline-start", "inline-end"),
    "font-family": _family,
    "font-feature-settings": _anything,
    "font-size": size,
    "font-variant-position": one_of("normal", "sub", "super"),
    "letter-spacing": measure_or("normal"),
    "mask-image": _anything,
    "mix-blend-mode": _anything,
    "mso-hide": one_of("none", "all", "screen"),
    "opacity": _fraction,
    "order": _whole,
    "overflow-x": _OVERFLOW,
    "overflow-y": _OVERFLOW,
    "padding": one_of("none", "set"),
    "position": one_of("static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky"),
    "rotate": _rotates,
    "scale": _scales,
    "text-decoration-line": _lines,
    "text-indent": lambda tokens: measure([token for token in tokens if token.type != "ident"]),
    "text-shadow": _anything,
    "text-stroke": _anything,
    "text-security": one_of("none", "disc", "circle", "square"),
    "text-fill-color": colour,
    "transform": _functions(
        "matrix matrix3d perspective rotate rotate3d rotatex rotatey rotatez scale scale3d scalex scaley scalez "
        "skew skewx skewy translate translate3d translatex translatey translatez"
    ),
    "translate": _moves,
    "unicode-bidi": one_of("normal", "embed", "isolate", "bidi-override", "isolate-override", "plaintext"),
    "vertical-align": _align,
    "visibility": one_of("visible", "hidden", "collapse"),
    "white-space": one_of("normal", "nowrap", "pre", "pre-wrap", "pre-line", "break-spaces"),
    "writing-mode": one_of(
        "horizontal-tb", "vertical-rl", "vertical-lr", "sideways-rl", "sideways-lr", "tb-rl", "lr-tb"
    ),
    "z-index": _whole,
    "zoom": _fraction,
}
"""Longhand properties by name."""
