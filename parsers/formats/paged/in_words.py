"""Digits that belong to words, as those of years and dates do."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.code_points import is_ideograph
from parsers.formats.paged.glyphs import Glyph

_GAP = 0.5  # of a letter's height: wider ones part words


def in_words(glyphs: Sequence[Glyph], i: int) -> bool:
    """Does a digit stand in a number that touches a Chinese character, as years and dates do? Titles are set in fonts
    of their own, with too few digits to tell what they look like."""
    for step in (-1, 1):
        at = i
        while 0 <= at + step < len(glyphs) and _touch(glyphs[at], glyphs[at + step]):
            at += step
            if not glyphs[at].text.isdecimal():
                if is_ideograph(glyphs[at].text):
                    return True
                break
    return False


def _touch(one: Glyph, other: Glyph) -> bool:
    high = one.bottom - one.top
    gap = max(other.x0 - one.x1, one.x0 - other.x1)
    return gap < _GAP * high and abs((one.top + one.bottom) - (other.top + other.bottom)) < high
