"""Digits that stand higher or lower than the number beside them: marks of footnotes, no part of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from parsers.content import Box
from parsers.formats.packages.text_effects import marked
from parsers.formats.paged.glyphs import DOUBTFUL, Glyph

_SHIFT = 0.22  # of the height of the taller digit: feet that differ by less are a crooked line
_SMALLER = 0.85  # times as high: a mark is smaller than its number, unless it was only lifted
_MUCH_SMALLER = 0.75  # times as high: digits of one number and one line differ by a twentieth
_GAP = 0.7  # of the height of the taller digit, between a number and its mark
_INTO = -0.3  # likewise: a mark may lean over its number
_CLOSE, _ALIGNED = 0.5, 0.15  # of a mark's height: the gap to its next digit, and how even the two stand
_OVERLAP = 0.1  # likewise: what stands clear above or below is another line


def without_raised(glyphs: Sequence[Glyph], inks: Sequence[Box | None]) -> list[Glyph]:
    """The glyphs with raised and lowered digits as raised ones in the line of their number. `inks` are the boxes of
    the ink of digits, None for everything else."""
    digits = sorted((i for i, ink in enumerate(inks) if ink is not None), key=lambda i: _box(inks, i)[0])
    lefts = [_box(inks, i)[0] for i in digits]
    marks: dict[int, int] = {}
    doubtful: set[int] = set()
    for at, i in enumerate(digits):
        one = _box(inks, i)
        reach = one[2] + _GAP * 2 * (one[3] - one[1])
        for j in digits[at + 1 : bisect_left(lefts, reach)]:
            other = _box(inks, j)
            tall = max(one[3] - one[1], other[3] - other[1])
            overlap = min(one[3], other[3]) - max(one[1], other[1])
            apart = other[0] - one[2]
            if not (_INTO * tall < apart < _GAP * tall and overlap > _OVERLAP * tall):
                continue
            if abs(one[3] - other[3]) < _SHIFT * tall:
                if min(one[3] - one[1], other[3] - other[1]) < _MUCH_SMALLER * tall:
                    doubtful |= {i, j}  # a note on the line of its number, or figures of old style
                continue
            small, large = (i, j) if one[3] - one[1] < other[3] - other[1] else (j, i)
            if min(one[3] - one[1], other[3] - other[1]) < _SMALLER * tall:
                marks[small] = large
            elif one[3] > other[3]:
                marks[j] = i  # lifted behind its number, as large as that
            else:
                doubtful |= {i, j}
    _go_on(digits, [_box(inks, i) for i in digits], marks)
    return [_marked(glyph, i, glyphs, marks, doubtful) for i, glyph in enumerate(glyphs)]


def _go_on(digits: Sequence[int], boxes: Sequence[Box], marks: dict[int, int]) -> None:
    """A mark of several digits: those that stand close behind one of its digits, as high and as large, belong to it."""
    for at, (i, one) in enumerate(zip(digits, boxes, strict=True)):
        if i not in marks:
            continue
        tall = one[3] - one[1]
        for j, other in zip(digits[at + 1 :], boxes[at + 1 :], strict=True):
            if other[0] - one[2] > _CLOSE * tall:
                break
            if max(abs(one[1] - other[1]), abs(one[3] - other[3])) < _ALIGNED * tall:
                marks.setdefault(j, marks[i])


def _box(inks: Sequence[Box | None], i: int) -> Box:
    box = inks[i]
    assert box is not None
    return box


def _marked(glyph: Glyph, i: int, glyphs: Sequence[Glyph], marks: dict[int, int], doubtful: set[int]) -> Glyph:
    if i in marks:
        number = marks[i]
        for _ in range(len(marks)):  # a mark of several digits hangs on its first one
            if number not in marks:
                break
            number = marks[number]
        line = glyphs[number]
        return glyph._replace(text=marked(glyph.text, "raised"), top=line.top, bottom=line.bottom)
    return glyph._replace(text=DOUBTFUL) if i in doubtful else glyph
