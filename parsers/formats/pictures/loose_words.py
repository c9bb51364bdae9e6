"""The words of a scanned page without ruling lines, letter by letter, where they stand: what its tables are told by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from parsers.content import Box
from parsers.formats.paged.glyphs import DOUBTFUL, Glyph
from parsers.formats.pictures.cells import Written, is_chinese, read_lines
from parsers.formats.pictures.engine import Picture, recognise
from parsers.formats.pictures.ink import framed
from parsers.formats.pictures.ruling_lines import ink_of

_GAP = 0.6  # of a letter: a wider one parts two words
_LONGEST_NUMBER = 5.0  # letters: what is longer is a label or prose
_SIGN = 0.3  # of a letter: shorter spots are specks and points
_LARGEST = 1.6  # of a letter: what is higher is no digit
_INSIDE = 0.7  # of the height of a found line: what has its middle farther out belongs to the next line
_LATIN = "\u2e80"
_BOUND = 0.55  # of certainty: what is read so unsurely and is no number is not known


class Mark(NamedTuple):
    """A spot of ink: its box in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


def loose_letters(grey: Picture, lines: Sequence[Box], letter: float, dpi: float) -> list[Glyph]:
    """Every letter outside of tables, in pixels. `grey` holds no ruling lines, `lines` are those of text that were
    found; a single digit is often in none of them. `letter` is the height of a letter. A number that cannot be
    believed is one doubtful letter."""
    marks = _marks(grey, letter)
    words = list(_words(marks, lines, letter))
    boxes = [_around(word) for word in words]
    pad = round(0.03 * dpi)
    crops = [framed(grey[max(b.top - 1, 0) : b.bottom + 1, max(b.x0 - 1, 0) : b.x1 + 1], pad) for b in boxes]
    short = [b.x1 - b.x0 < _LONGEST_NUMBER * letter for b in boxes]
    exact = iter(read_lines([crop for crop, is_short in zip(crops, short, strict=True) if is_short], dpi))
    rough = iter(recognise([crop for crop, is_short in zip(crops, short, strict=True) if not is_short]))
    texts = [_text(next(exact)) if is_short else next(rough).text for is_short in short]
    return [glyph for text, box in zip(texts, boxes, strict=True) for glyph in _letters(text, box, letter)]


def _text(one: Written) -> str:
    """What is not to be believed and may be a number is one doubtful letter; a label is judged by what it names."""
    if one.readable or (is_chinese(one.text) and one.confidence > _BOUND):
        return one.text
    return DOUBTFUL


def _marks(grey: Picture, letter: float) -> list[Mark]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink_of(grey), connectivity=8)
    return [
        Mark(x, y, x + width, y + height)
        for x, y, width, height, _ in stats[1:count].tolist()
        if max(width, height) >= 2 and height <= _LARGEST * letter
    ]


def _words(marks: Sequence[Mark], lines: Sequence[Box], letter: float) -> Iterator[list[Mark]]:
    """The marks of each found line parted at wide gaps, then those in no line that are near each other."""
    left = list(marks)
    for x0, top, x1, bottom in lines:
        reach = _INSIDE * (bottom - top) / 2
        here = [m for m in left if x0 <= (m.x0 + m.x1) / 2 <= x1 and abs(m.y - (top + bottom) / 2) <= reach]
        left = [m for m in left if m not in set(here)]
        yield from _parted(here, letter)
    for row in _rows([m for m in left if max(m.x1 - m.x0, m.bottom - m.top) >= _SIGN * letter]):
        yield from _parted(row, letter)


def _rows(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks side by side: the middle of each lies within the height of the tallest one so far."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda m: m.top - m.bottom):
        row = next((row for row in rows if row[0].top <= mark.y <= row[0].bottom), None)
        if row is None:
            rows.append([mark])
        else:
            row.append(mark)
    return rows


def _parted(marks: Sequence[Mark], letter: float) -> Iterator[list[Mark]]:
    word: list[Mark] = []
    end = 0
    for mark in sorted(marks):
        if word and mark.x0 - end > _GAP * letter:
            if _is_word(word, letter):
                yield word
            word = []
        end = max(end, mark.x1) if word else mark.x1
        word.append(mark)
    if _is_word(word, letter):
        yield word


def _is_word(marks: Sequence[Mark], letter: float) -> bool:
    return any(max(m.x1 - m.x0, m.bottom - m.top) >= _SIGN * letter for m in marks)


def _around(marks: Sequence[Mark]) -> Mark:
    x0, top, x1, bottom = zip(*marks, strict=True)
    return Mark(min(x0), min(top), max(x1), max(bottom))


def _letters(text: str, box: Mark, letter: float) -> Iterator[Glyph]:
    """The letters of a word spread over its box, all as high as a letter is: digits are lower than ideographs."""
    plain = "".join(text.split())
    sizes = [2.0 if one >= _LATIN else 1.0 for one in plain]
    ends = np.concatenate(([0.0], np.cumsum(sizes))) / max(sum(sizes), 1.0)
    places = [box.x0 + (box.x1 - box.x0) * float(end) for end in ends]
    top, bottom = box.y - letter / 2, box.y + letter / 2
    for one, (x0, x1) in zip(plain, pairwise(places), strict=True):
        yield Glyph(one, x0, top, x1, bottom)
