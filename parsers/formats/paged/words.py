"""Tables without lines: rows by baseline, columns by where the numbers stand. Knows nothing of rulings.

The reading for tables drawn without lines, and the second, independent one for those with lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.code_points import FIRST_EAST_ASIAN
from parsers.content import Box, Word
from parsers.formats.paged.glyphs import DOUBTFUL, Glyph, TextLine, around, line_of

_VALUE = re.compile(
    r"[+\-－]?\d[\d,，]*([.．]\d+)?(万?元)?|[-—－–/／\\]{1,3}|无|不适用|不涉及|\d[\d,.]*（.{1,20}）|[增减]\d+"
)
_MARKS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]|.\u0336")
"""Raised digits and what is crossed out, beside a number."""

_HEADING = re.compile(r"^[一二三四五六七八]\s*、.*(情况|事项|措施|报告)\s*$")
_GAP, _GAP_BEFORE_DIGIT = 0.55, 0.25  # of a glyph's height; digits of one number touch
_GAP_OF_WORDS = 0.3  # likewise, where it does not matter that a label is cut
_FEW = 5  # pieces into which wide spaces cut a line of prose; a row of heads has more
_WIDE = 0.62  # of the text's width: a longer run of words is prose


class Chunk(NamedTuple):
    """Glyphs of one line without a wide gap: a word, a number, a label.

    `box` is in the coordinates of all pages laid under each other, `lift` points below those of its own page.
    """

    text: str
    box: Box
    page: int
    lift: float

    @property
    def middle(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @property
    def em(self) -> float:
        """Size of a letter: the width of a Chinese one; line boxes differ from font to font."""
        letters = sum(1.0 if letter >= FIRST_EAST_ASIAN else 0.5 for letter in self.text)
        return max((self.box[2] - self.box[0]) / max(letters, 0.5), 1.0)

    @property
    def is_value(self) -> bool:
        plain = _MARKS.sub("", self.text.strip()) or "0"
        if len(plain) == 1 or any(map(str.isdecimal, plain)):  # more that cannot be trusted is a watermark
            plain = plain.replace(DOUBTFUL, "0")
        return _VALUE.fullmatch(plain) is not None


@dataclass(frozen=True, slots=True)
class WordRow:
    """The chunks on one baseline, from the left."""

    chunks: tuple[Chunk, ...]
    box: Box
    line: TextLine
    page: int
    lift: float

    @property
    def y(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def values(self) -> list[Chunk]:
        """The chunks that can stand in a number's cell."""
        return [chunk for chunk in self.chunks if chunk.is_value]

    @property
    def is_data(self) -> bool:
        """A row of numbers: several, or one at the end of the row, clear of its label."""
        values = self.values
        return len(values) > 1 or (len(values) == 1 and self.chunks[-1] == values[0])


def rows_of(pages: Sequence[tuple[int, Sequence[TextLine]]]) -> list[WordRow]:
    """Lines of all pages, one page close under the other, cut into chunks where a gap is wider than half a letter."""
    rows: list[WordRow] = []
    for page, lines in pages:
        lift = rows[-1].box[3] + 2 - lines[0].box[1] if rows and lines else 0.0
        for line in lines:
            chunks = tuple(_chunks(line, page, lift))
            if chunks:
                rows.append(WordRow(chunks, _lowered(line.box, lift), line, page, lift))
    return rows


def words_of(rows: Iterable[WordRow]) -> Iterator[Word]:
    """The words of rows, cut finer than their chunks."""
    for row in rows:
        for chunk in _chunks(row.line, row.page, row.lift, _GAP_OF_WORDS):
            x0, top, x1, bottom = chunk.box
            yield Word(chunk.text, row.page, (x0, top - row.lift, x1, bottom - row.lift), row.lift)


def _chunks(line: TextLine, page: int, lift: float, widest: float = _GAP) -> Iterator[Chunk]:
    pending: list[Glyph] = []
    for glyph in line.glyphs:
        if not glyph.text.strip():
            continue
        gap = _GAP_BEFORE_DIGIT if glyph.text in "0123456789" else widest
        if pending and glyph.x0 - max(other.x1 for other in pending) > gap * (glyph.bottom - glyph.top):
            yield Chunk(line_of(pending).text, _lowered(around(pending), lift), page, lift)
            pending = []
        pending.append(glyph)
    if pending:
        yield Chunk(line_of(pending).text, _lowered(around(pending), lift), page, lift)


def _lowered(box: Box, lift: float) -> Box:
    return (box[0], box[1] + lift, box[2], box[3] + lift)


@dataclass(frozen=True, slots=True)
class Region:
    """Consecutive rows that form a table."""

    rows: tuple[WordRow, ...]


def regions(rows: Sequence[WordRow]) -> tuple[list[Region], list[WordRow]]:
    """Tables among the rows of a page, and the rows that are prose."""
    left = min((row.box[0] for row in rows), default=0.0)
    right = max((row.box[2] for row in rows), default=0.0)
    found: list[Region] = []
    prose: list[WordRow] = []
    pending: list[WordRow] = []
    for row in rows:
        if _is_prose(row, right - left):
            prose.extend(_close_region(pending, found))
            prose.append(row)
            pending = []
        else:
            pending.append(row)
    prose.extend(_close_region(pending, found))
    return found, prose


def _close_region(pending: list[WordRow], found: list[Region]) -> list[WordRow]:
    """Make a region of rows with at least one row of numbers; gives back what is none: rows far above or below."""
    data = [i for i, row in enumerate(pending) if row.is_data]
    if not data:
        return pending
    start, end = data[0], data[-1] + 1
    while start > 0 and _close(pending[start - 1], pending[start]):
        start -= 1
    while end < len(pending) and _close(pending[end - 1], pending[end], 1.2):
        end += 1
    while start < data[0] and _leads_in(pending[start]):
        start += 1
    found.append(Region(tuple(pending[start:end])))
    return [*pending[:start], *pending[end:]]


def _leads_in(row: WordRow) -> bool:
    """The end of a paragraph above the table, such as 表格如下："""
    return len(row.chunks) == 1 and row.chunks[0].text.rstrip().endswith(("。", "：", ":", "；"))


def _close(above: WordRow, below: WordRow, most: float = 3.0) -> bool:
    return below.box[1] - above.box[3] < most * min(above.height, below.height)


def _is_prose(row: WordRow, width: float) -> bool:
    if _HEADING.match("".join(chunk.text for chunk in row.chunks).replace(" ", "")):
        return True
    inked = sum(chunk.box[2] - chunk.box[0] for chunk in row.chunks)
    return inked > _WIDE * width and len(row.chunks) <= _FEW and not row.is_data
