"""Effects under which letters may read otherwise than they do: masked, filtered, cut, squeezed, other letters."""

from __future__ import annotations

from parsers.formats.html.style.lengths import Length
from parsers.formats.html.style.own import Own
from parsers.formats.html.style.placing import NOTHING, is_taken_out

_SQUEEZED = -0.3
"""Letter spacing in heights of a letter from which on digits lie on each other."""
_CUT = 0.55
"""Share of a letter's height below which a box cuts its digits through."""
_SYMBOLS = ("wingdings", "webdings", "symbol", "zapf dingbats", "wingdings 2", "wingdings 3", "marlett")
_HIDING_FILTERS = ("blur", "brightness", "contrast", "invert")


def is_garbled(own: Own, font: float, faces: frozenset[str], height: float | None) -> bool:
    """May what is seen of letters `font` pixels high, in a box of `height`, read otherwise than they do?"""
    return (
        _is_masked(own)
        or _is_clipped(own)
        or _is_filtered(own)
        or _is_squeezed(own, font)
        or _has_other_letters(own, faces)
        or _is_cut_through(height, font)
    )


def shows_plain_letters(own: Own) -> bool:
    """Does it say that its letters are not replaced by dots, whatever its parent says?"""
    return own.says("text-security", "none")


def _is_masked(own: Own) -> bool:
    has_dots = own.says("text-security", "disc", "circle", "square")
    is_blended = own.has("mask-image") or own.has("mix-blend-mode")
    return has_dots or is_blended or own.says("background-clip", "text") or own.says("mso-hide", "all")


def _is_clipped(own: Own) -> bool:
    return own.has("clip-path") or (own.has("clip") and is_taken_out(own.values))


def _is_filtered(own: Own) -> bool:
    filters = own.get("filter")
    return isinstance(filters, tuple) and any(token.lower_name in _HIDING_FILTERS for token in filters)


def _is_squeezed(own: Own, font: float) -> bool:
    spacing = own.get("letter-spacing")
    pixels = spacing.at(font) if isinstance(spacing, Length) else None
    return pixels is not None and pixels < _SQUEEZED * font


def _has_other_letters(own: Own, faces: frozenset[str]) -> bool:
    """A font of symbols, or one that the page brings itself: its 3 may be drawn as an 8."""
    family = own.get("font-family")
    return isinstance(family, str) and (family in _SYMBOLS or family in faces)


def _is_cut_through(height: float | None, font: float) -> bool:
    return height is not None and NOTHING < height < _CUT * font


def opacity(own: Own) -> float:
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
