"""Plain text and Markdown: one row a line, or one cell a line. The path of everything is ``line N``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.charset import decode
from parsers.content import Cell, Content, Paragraph, Place, Table, Unreadable
from parsers.flat import unflatten

MEDIA_TYPE = "text/plain"
LARGEST = 20_000_000
"""Bytes. No report is longer than a few hundred kilobytes of text."""

_ODD = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\ue000-\uf8ff]")
"""Control characters and private ones: bytes of something else read as text."""

_RULE = re.compile(r"[\s|:+=_-]*-[\s|:+=_-]*")
_CELL_LINE = re.compile(r"\t[^\t]*")
_GAP = re.compile(r"[ \u3000]{2,}")
_NUMERIC = re.compile(r"[\d０-９,，.．+＋—－-]+")


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
    odd = len(_ODD.findall(sample))
    return MEDIA_TYPE if odd * 200 <= len(sample) and sample.count("\ufffd") * 50 <= len(sample) else None


def read(data: bytes) -> Content:
    """Paragraphs and tables of a text. Raises Unreadable when it is empty or absurdly long."""
    if len(data) > LARGEST:
        raise Unreadable("too_large", f"the text has {len(data)} bytes")
    text, _ = decode(data)
    lines = [_TextLine(number, line) for number, line in enumerate(re.split(r"\r\n|\n|\r|\f", text), 1)]
    if not any(line.text.strip() for line in lines):
        raise Unreadable("empty", "the text is empty")
    by_cells = _is_by_cells(lines)
    blocks = tuple(_cell_blocks(lines) if by_cells else _row_blocks(lines))
    return Content(MEDIA_TYPE, "text-cells" if by_cells else "text-rows", blocks)


def _is_by_cells(lines: Sequence[_TextLine]) -> bool:
    """Does each line hold one cell, a tab before it?"""
    alone = sum(_CELL_LINE.fullmatch(line.text) is not None for line in lines)
    inside = sum("\t" in line.text.strip("\t ") for line in lines)
    return alone > 8 and alone > 2 * inside


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
    """One row a line, cells apart by tabs, pipes or wide gaps."""
    rows: list[list[Cell]] = []
    for line in lines:
        texts = _split(line.text)
        if texts is None:
            if line.text.strip() and not (rows and _RULE.fullmatch(line.text)):
                yield from _table(rows)
                rows = []
                yield Paragraph(line.text.strip(), line.place)
            elif not line.text.strip():
                yield from _table(rows)
                rows = []
        elif not _RULE.fullmatch(line.text):
            rows.append([Cell(len(rows), column, text, line.place) for column, text in enumerate(texts)])
    yield from _table(rows)


def _split(line: str) -> list[str] | None:
    """The cells of a line, None when it is a line of prose."""
    if "\t" in line:
        return line.split("\t") if line.strip() else None
    if line.count("|") >= 2:
        return [text.strip() for text in line.strip().removeprefix("|").removesuffix("|").split("|")]
    pieces = _GAP.split(line.strip())
    if len(pieces) >= 2 and (len(pieces) >= 4 or all(_NUMERIC.fullmatch(piece) for piece in pieces[1:])):
        return pieces
    return None


def _table(rows: Sequence[Sequence[Cell]]) -> Iterator[Table]:
    if rows:
        yield Table(tuple(cell for row in rows for cell in row), rows[0][0].place if rows[0] else Place())


def read_again(data: bytes) -> Content | None:
    """Labels and the numbers behind them in running text, blind to tabs and lines."""
    return unflatten(read(data))
