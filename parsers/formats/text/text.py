"""Plain text and Markdown: one row a line, or one cell a line. The path of everything is ``line N``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.charset import decode
from parsers.content import Cell, Content, Paragraph, Place, Table, Unreadable
from parsers.formats.html import second_reading as html_tags
from parsers.formats.limits import check_table
from parsers.formats.text.html_in_text import has_tables, pieces, tables_in
from parsers.formats.text.rows import Separators, is_rule, unmarked

MEDIA_TYPE = "text/plain"
LARGEST = 20_000_000
"""Bytes. No report is longer than a few hundred kilobytes of text."""

_ODD = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\ue000-\uf8ff]")
"""Control characters and private ones: bytes of something else read as text."""
_LETTERS_PER_ODD, _LETTERS_PER_LOST = 200, 50
"""Characters of a text for each odd one, and for each that could not be decoded, at least; chosen."""

_LINE_END = re.compile(r"\r\n|\n|\r|\f")
_CELL_LINE = re.compile(r"\t[^\t]*")
_FEW_CELL_LINES = 8
"""Lines of a tab and one cell up to which they are indented lines of prose; chosen."""
_FEWEST_ROWS = 3
"""Rows that must all end with a separator for it to end the row and not to begin another cell."""


@dataclass(frozen=True, slots=True)
class _TextLine:
    number: int
    text: str

    @property
    def place(self) -> Place:
        return Place(path=f"line {self.number}")


def recognise(data: bytes) -> str | None:
    """``text/plain`` when the bytes decode to printable text."""
    sample, _ = decode(data[:65536])
    if not sample.strip() or "\0" in sample:
        return None
    odd, lost = len(_ODD.findall(sample)), sample.count("\ufffd")
    return MEDIA_TYPE if odd * _LETTERS_PER_ODD <= len(sample) and lost * _LETTERS_PER_LOST <= len(sample) else None


def read(data: bytes) -> Content:
    """Paragraphs and tables of a text. Raises Unreadable when it is empty or absurdly long."""
    if len(data) > LARGEST:
        raise Unreadable("too_large", f"the text has {len(data)} bytes")
    text, _ = decode(data)
    if not text.strip():
        raise Unreadable("empty", "the text is empty")
    if has_tables(text):
        return Content(MEDIA_TYPE, "text-html", tuple(_with_tables(text)))
    lines = _lines(text)
    by_cells = _is_by_cells(lines)
    blocks = tuple(_cell_blocks(lines) if by_cells else _row_blocks(lines))
    return Content(MEDIA_TYPE, "text-cells" if by_cells else "text-rows", blocks)


def _lines(text: str, first: int = 1) -> list[_TextLine]:
    return [_TextLine(number, line) for number, line in enumerate(_LINE_END.split(text), first)]


def _with_tables(text: str) -> Iterator[Paragraph | Table]:
    """Markdown whose tables are written as HTML: lines of text between them."""
    number = 1
    for is_table, piece in pieces(text):
        yield from tables_in(piece, number) if is_table else _row_blocks(_lines(piece, number))
        number += len(_LINE_END.findall(piece))


def _is_by_cells(lines: Sequence[_TextLine]) -> bool:
    """Does each line hold one cell, a tab before it?"""
    alone = sum(_CELL_LINE.fullmatch(line.text) is not None for line in lines)
    inside = sum("\t" in line.text.strip("\t ") for line in lines)
    return alone > _FEW_CELL_LINES and alone > 2 * inside


def _cell_blocks(lines: Sequence[_TextLine]) -> Iterator[Paragraph | Table]:
    """One cell a line with a tab before it; an empty line ends the row, two end the table."""
    rows: list[list[Cell]] = []
    open_row = False
    empty = 0
    for line in lines:
        if line.text.startswith("\t"):
            if not open_row:
                rows.append([])
            rows[-1].append(Cell(len(rows) - 1, len(rows[-1]), line.text[1:], line.place))
            open_row, empty = True, 0
        elif not line.text.strip(" \u3000"):
            open_row, empty = False, empty + 1
        elif open_row:
            last = rows[-1][-1]
            rows[-1][-1] = Cell(last.row, last.column, f"{last.text}\n{line.text}", last.place)
        else:
            yield from _table(rows)
            rows = []
            yield Paragraph(line.text.strip(), line.place)
        if empty > 1:
            yield from _table(rows)
            rows = []
    yield from _table(rows)


def _row_blocks(lines: Sequence[_TextLine]) -> Iterator[Paragraph | Table]:
    """One row a line."""
    separators = Separators.of([line.text for line in lines])
    rows: list[list[Cell]] = []
    for line in lines:
        texts = None if is_rule(line.text) else separators.split(line.text)
        if texts is not None:
            rows.append([Cell(len(rows), column, text, line.place) for column, text in enumerate(texts)])
        elif not (rows and is_rule(line.text)):
            yield from _table(_without_last_separator(rows))
            rows = []
            if line.text.strip():
                yield Paragraph(unmarked(line.text), line.place)
    yield from _table(_without_last_separator(rows))


def _without_last_separator(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without the empty cell behind their last separator, where every row has one."""
    if len(rows) < _FEWEST_ROWS or any(len(row) < 2 or row[-1].text for row in rows):
        return rows
    return [row[:-1] for row in rows]


def _table(rows: Sequence[Sequence[Cell]]) -> Iterator[Table]:
    check_table(len(rows), sum(map(len, rows)))
    if rows:
        yield Table(tuple(cell for row in rows for cell in row), rows[0][0].place if rows[0] else Place())


def second_reading(data: bytes) -> Content | None:
    """Tables written as HTML, straight from their tags; running text is read again by `parsers.extract`."""
    return html_tags.second_reading(data) if read(data).method == "text-html" else None
