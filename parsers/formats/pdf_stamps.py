"""Seals and watermarks whose letters are text: they lie over what is printed and are no part of it.

Red or pale letters alone say nothing, titles are red and zeros may be grey. A run of them that crosses a ruling line
or other letters was put on top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.formats.lattice import Line
from parsers.formats.lattice_text import Glyph, around, lines_of

_MOST = 0.3  # of a page's letters: more of them are its text
_ACROSS = 2.0  # points by which a run reaches over a line on either side
_NUMERAL = frozenset("0123456789.,，+-－—–/％%")


def is_stamp_colour(red: int, green: int, blue: int, alpha: int) -> bool:
    """The red of seals, the grey of watermarks, or ink that lets the print shine through."""
    return alpha < 200 or (red > 150 and max(green, blue) < 110) or min(red, green, blue) > 110


def without_stamps(glyphs: Sequence[Glyph], coloured: Sequence[Glyph], vertical: Sequence[Line]) -> list[Glyph]:
    """The plain glyphs and those coloured ones that lie over nothing."""
    if len(coloured) > _MOST * (len(glyphs) + len(coloured)):
        return [*glyphs, *coloured]
    kept = list(glyphs)
    for run in _runs(coloured):
        numeral = all(glyph.text in _NUMERAL for glyph in run)
        if numeral or not (_crosses(run, vertical) or _covers(run, glyphs)):
            kept.extend(run)
    return kept


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Letters of one line without a gap of half a letter."""
    for line in lines_of(glyphs):
        run: list[Glyph] = []
        for glyph in line.glyphs:
            if run and glyph.x0 - run[-1].x1 > 0.5 * (glyph.bottom - glyph.top):
                yield run
                run = []
            run.append(glyph)
        yield run


def _crosses(run: Sequence[Glyph], vertical: Sequence[Line]) -> bool:
    x0, top, x1, bottom = around(run)
    return any(x0 + _ACROSS < x < x1 - _ACROSS and start < bottom - 1 and top + 1 < end for x, start, end in vertical)


def _covers(run: Sequence[Glyph], glyphs: Sequence[Glyph]) -> bool:
    x0, top, x1, bottom = around(run)
    return any(
        x0 < (other.x0 + other.x1) / 2 < x1 and top + 1 < (other.top + other.bottom) / 2 < bottom - 1
        for other in glyphs
    )
