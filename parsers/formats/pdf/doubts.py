"""Which digits of a page need a closer look than the rest, by what its objects say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from parsers.content import Box
from parsers.formats.paged.glyphs import Glyph
from parsers.formats.pdf.glyphs import Digit, Glyphs
from parsers.formats.pdf.objects import Objects, Shade, TextObject
from parsers.formats.pdf.sight import Doubts

_SLIVER = 0.2  # times as wide as high: no digit but 1 is narrower
_THIN_ONE = 0.05  # and no 1 than this


def doubts(found: Glyphs, marks: Objects, disputed: Set[Glyph]) -> Doubts:
    """What is doubtful of the digits of a page."""
    dark = [shade for shade in marks.shades if not shade.is_light]
    return Doubts(
        {glyph for glyph, digit in found.digits.items() if not digit.kind.face.is_embedded},
        disputed,
        {glyph for glyph, digit in found.digits.items() if _has_to_prove(digit, marks.texts, dark)},
        set(_crooked(found.digits, marks.texts)),
    )


def _has_to_prove(digit: Digit, texts: Mapping[int, TextObject], dark: Sequence[Shade]) -> bool:
    on_edge = any(_meets(digit.ink, shade.box) and not _is_within(digit.ink, shade.box) for shade in dark)
    return on_edge or texts[digit.text_object].is_mirrored


def _meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_within(one: Box, other: Box) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def _crooked(digits: Mapping[Glyph, Digit], texts: Mapping[int, TextObject]) -> Iterable[Glyph]:
    for glyph, digit in digits.items():
        x0, top, x1, bottom = digit.ink
        least = _THIN_ONE if digit.kind.digit == "1" else _SLIVER
        if texts[digit.text_object].is_turned or x1 - x0 < least * (bottom - top):
            yield glyph
