"""Seals and watermarks whose letters are text: they lie over what is printed and are no part of it.

Red or pale letters alone say nothing, titles are red and zeros may be grey. A run of them that crosses a ruling line
or other letters was put on top, and with it every run of its colour and size comes under suspicion. White letters on
white paper are not printed at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from parsers.content import Box
from parsers.formats.paged.glyphs import DOUBTFUL, Glyph, around, lines_of
from parsers.formats.paged.lattice import Ruling

Colour = tuple[int, int, int, int]
"""Red, green, blue and alpha, each up to 255."""


_MOST = 0.3  # of a page's letters: more of them are its text
_SHOWS_THROUGH, _PALE = 200, 110  # of 255: alpha, and least of the colours, of ink that lets the print be seen; chosen
_RED, _NOT_RED = 150, 110  # of 255: of red, and most of the others, in the ink of a seal; chosen
_GAP = 0.5  # of a letter's height: wider ones part two runs
_OVER = 3  # a run lies over a letter by more than such a part of its height: the boxes of neighbours touch
_OFTEN = 4  # times that a watermark is repeated
_ACROSS = 2.0  # points by which a run reaches over a line on either side
WHITE = 250  # level of 255 of each colour from which letters are as white as paper
_NUMERAL = frozenset("0123456789.,，+-－—–/／%％")


def is_stamp_colour(red: int, green: int, blue: int, alpha: int) -> bool:
    """The red of seals, the grey of watermarks, or ink that lets the print shine through."""
    is_red = red > _RED and max(green, blue) < _NOT_RED
    return alpha < _SHOWS_THROUGH or is_red or min(red, green, blue) > _PALE


def without_stamps(
    plain: Sequence[Glyph],
    coloured: Mapping[Colour, Sequence[Glyph]],
    vertical: Sequence[Ruling],
    shows: Callable[[Box], bool],
) -> list[Glyph]:
    """The plain glyphs and those coloured ones that lie over nothing. `shows` says whether anything can be seen in a
    box: white letters on white paper cannot."""
    seen = {
        colour: [g for g in glyphs if min(colour[:3]) < WHITE or shows(g.box)] for colour, glyphs in coloured.items()
    }
    styles = list(_styles(seen))
    once = [glyph for runs in styles if not _is_tile(runs) for run in runs for glyph in run]
    if len(once) > _MOST * (len(plain) + len(once)):
        plain = [*plain, *once]
        styles = list(filter(_is_tile, styles))
    return [*plain, *(glyph for runs in styles for glyph in _not_stamped(runs, plain, vertical))]


def _is_tile(runs: Sequence[list[Glyph]]) -> bool:
    """Is it the same few words all over the page?"""
    return len(runs) >= _OFTEN * len(set(map(_text, runs)))


def _styles(coloured: Mapping[Colour, Sequence[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """The runs of letters of one colour and size."""
    for glyphs in coloured.values():
        sizes: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            sizes[round(glyph.bottom - glyph.top)].append(glyph)
        for own in sizes.values():
            yield list(_runs(own))


def _not_stamped(runs: Sequence[list[Glyph]], plain: Sequence[Glyph], vertical: Sequence[Ruling]) -> Iterator[Glyph]:
    """What is no stamp among runs of one style. A watermark repeats its words; where it has numbers, or may have,
    nobody can tell one that stands alone from a printed one: its digits are doubtful."""
    over = [run for run in runs if _covers(run, plain) or (not _is_numeral(run) and _crosses(run, vertical))]
    words = Counter(map(_text, over))
    tiled = any(map(_is_numeral, over)) or any(count > 1 for count in words.values())
    for run in runs:
        if run in over or (_text(run) in words and not _is_numeral(run)):
            continue
        yield from map(_doubtful, run) if tiled and _is_numeral(run) else run


def _text(run: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in run)


def _is_numeral(run: Sequence[Glyph]) -> bool:
    return all(glyph.text in _NUMERAL or glyph.text.isspace() for glyph in run)


def _doubtful(glyph: Glyph) -> Glyph:
    return glyph if glyph.text.isspace() else glyph._replace(text=DOUBTFUL)


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Letters of one line without a gap of half a letter."""
    for line in lines_of(glyphs):
        run: list[Glyph] = []
        for glyph in line.glyphs:
            if run and glyph.x0 - run[-1].x1 > _GAP * (glyph.bottom - glyph.top):
                yield run
                run = []
            run.append(glyph)
        yield run


def _crosses(run: Sequence[Glyph], vertical: Sequence[Ruling]) -> bool:
    x0, top, x1, bottom = around(run)
    return any(x0 + _ACROSS < x < x1 - _ACROSS and start < bottom - 1 and top + 1 < end for x, start, end in vertical)


def _covers(run: Sequence[Glyph], glyphs: Sequence[Glyph]) -> bool:
    """Does it lie over other letters by a third of their height? The boxes of neighbouring lines touch."""
    x0, top, x1, bottom = around(run)
    return any(
        x0 < (other.x0 + other.x1) / 2 < x1
        and _OVER * (min(bottom, other.bottom) - max(top, other.top)) > min(bottom - top, other.bottom - other.top)
        for other in glyphs
    )
