"""The narrative of a report cut at its six headings, told by their meaning.

Ordinals are printed wrong, shifted or spoilt by recognition, so a heading is known by its words. In flattened text a
heading stands in the middle of a line; there it needs its ordinal. Headings listed in a table of contents are not
headings: the same ones follow again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.content import Content, Paragraph, Table
from parsers.printed.headings import HEADING, LONGEST_HEADING, STOPS, WORDS, number_of, whole_heading
from parsers.printed.traditional import simplified
from parsers.report import Section

_INLINE = re.compile(rf"(?<![第十（(])(?P<ordinal>[一二三四五六七]\s*[、．.])\s*(?:{WORDS})")
_OTHER = re.compile(r"\s*(?P<ordinal>[一二三四五六七八九十]{1,2})、(?P<words>[^。；：:]{2,30})\s*")
_DIGITS = "一二三四五六七八九十"
_LISTED = 20
_LONG_CELL = 40
"""Characters of the only cell of a row from which on it is prose under a heading and no label; chosen."""
_MOST_HEADINGS = 200
"""No report has more; looking ahead from each of very many takes the square of their number."""


@dataclass(slots=True)
class _Piece:
    """A heading and what follows it. Number 0 for text before the first heading and for headings of unknown meaning."""

    number: int
    heading: str
    lines: list[str]
    tables: int = 0

    @property
    def letters(self) -> int:
        return sum(map(len, self.lines))


@dataclass(slots=True)
class _Ordinals:
    """The ordinals of a document's headings: `numbers` are the meanings that carry one, `values` those ordinals."""

    numbers: frozenset[int]
    values: frozenset[int]
    last: int = 0

    @classmethod
    def of(cls, content: Content) -> _Ordinals:
        lines = (line for block in content.blocks if isinstance(block, Paragraph) for line in block.text.split("\n"))
        found = [whole for whole in map(whole_heading, lines) if whole and whole[1]]
        return cls(frozenset(number for number, _ in found), frozenset(_value(ordinal) for _, ordinal in found))

    def continues(self, line: str) -> bool:
        """True for a heading of another meaning that carries the next ordinal, which no known heading has."""
        if len(line) > LONGEST_HEADING:
            return False
        found = _OTHER.fullmatch(simplified(line))
        if found is None or STOPS.search(found["words"]):
            return False
        value = _value(found["ordinal"])
        if value != self.last + 1 or value in self.values:
            return False
        self.last = value
        return True


def sections(content: Content) -> tuple[Section, ...]:
    """The sections in printed order, numbered 1 to 6 by meaning; what stands before them has number 0.

    A section's text is its paragraphs, one a line, tables left out. A heading of another meaning (older reports)
    begins a section 0 with that heading.
    """
    printed = _Ordinals.of(content)
    pieces = [_Piece(0, "", [])]
    for block in content.blocks:
        if isinstance(block, Table):
            _take_table(block, pieces)
            continue
        for line in block.text.split("\n"):
            _take_line(line, pieces, printed)
    return tuple(
        Section(piece.number, piece.heading, "\n".join(piece.lines))
        for piece in _without_listing(pieces)
        if piece.heading or piece.lines
    )


def _value(ordinal: str) -> int:
    """The number an ordinal prints, 0 when it is not one to nineteen."""
    digits = [_DIGITS.find(char) + 1 for char in ordinal if char in _DIGITS]
    return 10 + digits[1] if len(digits) == 2 and digits[0] == 10 else sum(digits[:1])


def _take_line(line: str, pieces: list[_Piece], printed: _Ordinals) -> None:
    if not line.strip():
        return
    whole = whole_heading(line)
    if whole and (whole[1] or whole[0] not in printed.numbers):
        pieces.append(_Piece(whole[0], line.strip(), []))
        printed.last = _value(whole[1]) or printed.last
        return
    if whole is None and printed.continues(line):
        pieces.append(_Piece(0, line.strip(), []))
        return
    start = _leading(line, pieces)
    for found in _INLINE.finditer(simplified(line), start):
        before = line[start : found.start()].strip()
        if before:
            pieces[-1].lines.append(before)
        pieces.append(_Piece(number_of(found), line[found.start() : found.end()].strip(), []))
        start = found.end()
    rest = line[start:].strip() if start else line
    if rest:
        pieces[-1].lines.append(rest)


def _leading(line: str, pieces: list[_Piece]) -> int:
    """Where the text begins in a line that opens with a heading and goes on; 0 when it does not."""
    found = HEADING.match(simplified(line))
    if found is None or not found["ordinal"] or not found["rest"]:
        return 0
    if not re.match(r"[\s：:。（(一第]|本|\d", found["rest"]):
        return 0
    end = found.start("rest")
    pieces.append(_Piece(number_of(found), line[:end].strip(), []))
    return end


def _take_table(table: Table, pieces: list[_Piece]) -> None:
    """Headings and long text inside a table: some reports are one large table."""
    inside = False
    for row in table.rows():
        printed = [cell for cell in row if cell.text.strip()]
        if len(printed) != 1:
            continue
        text = printed[0].text
        whole = whole_heading(text)
        if whole and whole[1]:
            pieces.append(_Piece(whole[0], text.strip(), []))
            inside = True
        elif inside and len(text) > _LONG_CELL and "勾稽" not in text:
            pieces[-1].lines.extend(line for line in text.split("\n") if line.strip())
    pieces[-1].tables += 1


def _without_listing(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces without a table of contents, whose headings come again later with text under them.

    A listing is three or more headings in a row with nothing under them, most of which come again; its words stay
    with the text before it.
    """
    if len(pieces) > _MOST_HEADINGS:
        return list(pieces)
    kept: list[_Piece] = []
    index = 0
    while index < len(pieces):
        end = index + len(_light_run(pieces[index:]))
        if not _is_listing(pieces[index:end], pieces[end:]):
            kept.append(pieces[index])
            index += 1
            continue
        if end < len(pieces) and any(piece.number == pieces[end].number for piece in pieces[end + 1 :]):
            end += 1  # the last one listed, with the rest of the sentence
        words = "".join(piece.heading + "".join(piece.lines) for piece in pieces[index:end])
        kept[-1].lines[-1:] = ["".join([*kept[-1].lines[-1:], words])]
        index = end
    return kept


def _light_run(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The headings in a row that have next to nothing under them, up to the first that comes again."""
    run: list[_Piece] = []
    for piece in pieces:
        if not piece.number or piece.letters > _LISTED or piece.tables or any(p.number == piece.number for p in run):
            break
        run.append(piece)
    return run


def _is_listing(run: Sequence[_Piece], rest: Sequence[_Piece]) -> bool:
    later = {piece.number for piece in rest}
    return len(run) > 2 and sum(piece.number in later for piece in run) * 2 > len(run)
