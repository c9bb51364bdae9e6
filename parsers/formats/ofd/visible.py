"""What is to be seen of the letters of an OFD page: no viewer is asked, their order and their colours decide.

A letter that has the colour of what lies under it, that is transparent, cut off, off the page or under an opaque box
is not printed. A digit of which that cannot be told is doubtful; one through which a line runs is crossed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.content import Box
from parsers.formats.ofd.look import ObjectLook
from parsers.formats.packages.text_effects import marked
from parsers.formats.paged.glyphs import DOUBTFUL, Glyph
from parsers.formats.paged.in_words import in_words
from parsers.formats.paged.lattice import Ruling
from parsers.formats.paged.raised import without_raised

_NOTHING, _FAINT = 20.0, 60.0  # levels of 255 between paper and ink: nobody sees it, not everybody does
_OPAQUE = 250.0  # of 255
INK = 0.72  # of a letter's size: how high digits stand over their line
_MIDDLE = 0.22  # of a digit's height: a line nearer its head or foot does not cross it out
_ACROSS = 0.6  # of the width of a digit that a line has to run over
_SLACK = 0.1  # of a digit's height by which it may reach over an edge
_COVERED = 0.5  # points by which ink may reach over the edge of a box that covers it
_WHITE = _FULL = 255.0  # the most of grey, and of alpha


class Letter(NamedTuple):
    """How a letter is drawn: the number of its object in the order of drawing, its look, the box of its ink."""

    order: int
    look: ObjectLook
    ink: Box


class Area(NamedTuple):
    """Something that covers: a filled path, a picture, a slanted stroke. `grey` None: it cannot be told."""

    order: int
    box: Box
    grey: float | None
    alpha: float
    is_box: bool = True

    @property
    def is_pane(self) -> bool:
        """An upright box of a colour that is known: what it does to what lies under it can be worked out."""
        return self.is_box and self.grey is not None


def visible(
    glyphs: Sequence[Glyph],
    letters: Sequence[Letter],
    areas: Sequence[Area],
    horizontal: Sequence[Ruling],
    size: tuple[float, float],
) -> list[Glyph]:
    """The glyphs that are to be seen, doubtful and crossed out ones as such, marks of footnotes as raised."""
    kept: list[Glyph] = []
    inks: list[Box | None] = []
    for i, (glyph, letter) in enumerate(zip(glyphs, letters, strict=True)):
        shown = _shown(letter, areas, size)
        if shown is None:
            continue
        is_digit = glyph.text.isdecimal()
        if is_digit and _is_struck(letter.ink, horizontal):
            glyph = glyph._replace(text=marked(glyph.text, "struck"))
        elif is_digit and not shown and not in_words(glyphs, i):
            glyph = glyph._replace(text=DOUBTFUL)
        kept.append(glyph)
        inks.append(letter.ink if is_digit else None)
    return without_raised(kept, inks)


def _shown(letter: Letter, areas: Sequence[Area], size: tuple[float, float]) -> bool | None:
    """Is a letter surely seen? None for one that surely is not."""
    slack = _SLACK * (letter.ink[3] - letter.ink[1])
    clip = letter.look.clip
    if _is_off(letter.ink, size) or (clip is not None and not _holds(clip, _middle(letter.ink))):
        return None
    paper: float | None = _WHITE
    is_sure = clip is not None and _holds(clip, letter.ink, slack)
    through = 1.0
    for area in areas:
        if not _meet(area.box, letter.ink, slack if area.is_box else 0.0):
            continue
        if area.order < letter.order:
            paper = _under(paper, area, letter)
        elif area.is_pane and area.alpha < _OPAQUE:
            through *= 1 - area.alpha / _FULL
        elif area.is_pane and _holds(area.box, letter.ink, _COVERED):
            return None
        elif area.alpha >= _NOTHING:
            is_sure = False
    return _stands_out(letter.look, paper, through, is_sure=is_sure)


def _middle(box: Box) -> Box:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (x, y, x, y)


def _is_off(ink: Box, size: tuple[float, float]) -> bool:
    """Does its middle stand beside the page?"""
    return not _holds((0.0, 0.0, *size), _middle(ink))


def _stands_out(look: ObjectLook, paper: float | None, through: float, *, is_sure: bool) -> bool | None:
    """Is its ink told from the paper, of which `through` is let pass? None where nothing of it is seen."""
    if look.alpha * through < _NOTHING:
        return None
    if look.grey is None or paper is None:
        return is_sure and look.grey == 0.0
    contrast = abs(look.grey - paper) * look.alpha * through / _FULL
    return None if contrast < _NOTHING else is_sure and contrast >= _FAINT


def _under(paper: float | None, area: Area, letter: Letter) -> float | None:
    """The paper after one more area was laid on it."""
    if not area.is_box or area.grey is None or not _holds(area.box, letter.ink, 0.5):
        return None
    if paper is None:
        return area.grey if area.alpha >= _OPAQUE else None
    return paper + (area.grey - paper) * area.alpha / 255


def _holds(box: Box, other: Box, slack: float = 0.0) -> bool:
    return (
        box[0] - slack <= other[0]
        and box[1] - slack <= other[1]
        and other[2] <= box[2] + slack
        and other[3] <= box[3] + slack
    )


def _meet(one: Box, other: Box, slack: float) -> bool:
    """Do two boxes lie over each other by more than a hair?"""
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return wide >= slack and high >= 0


def _is_struck(ink: Box, horizontal: Sequence[Ruling]) -> bool:
    x0, top, x1, bottom = ink
    edge = _MIDDLE * (bottom - top)
    return any(
        top + edge < line.at < bottom - edge and min(line.end, x1) - max(line.start, x0) >= _ACROSS * (x1 - x0)
        for line in horizontal
    )
