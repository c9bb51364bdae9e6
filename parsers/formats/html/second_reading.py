"""A second, independent reading of HTML tables: straight from the tags, without a tree and without style.

One pass over table tags with a regular expression. Shares with the first reading only the decoding of the bytes: how
tags nest, where cells end, what spans cover and how text is joined is decided anew, so that an error of one reading
is unlikely to be repeated by the other. A number in mark-up that could change how it looks is `unreadable` here
(`second_effects`): nothing confirms it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from parsers.charset import decode
from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.formats.html.embedded_json import embedded_article
from parsers.formats.html.second_effects import Trust
from parsers.formats.html.second_noise import without_noise
from parsers.formats.limits import MAX_CELLS

MOST_COLUMNS = 60
MOST_ROWS = 2_000

_TAG = re.compile(
    r"<(/?)([tT](?:[rRdDhH]|[aA][bB][lL][eE]))\b((?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>([^<]*)(</[tT][dDhH]\s*>)?"
)
"""A tag with the text right behind it and, where nothing else stands between them, the end of its cell. Ends at the
next ``<`` at the latest: a tag that is never closed costs its own length."""
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d+)", re.I)
_ANY_DIGIT = re.compile(r"\d")
_INNER = re.compile(r"<[^<>]*>")
REACH = 400
"""Characters of mark-up before a table in which the line above it is looked for."""
_PICTURE = re.compile(r"<img\b(?![^>]*\b(?:width|height)\s*=[\s\"']*[0-3](?:px)?[\s\"'>])", re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|(?<=\s)hidden(?=[\s=]|$)", re.I)
_HIDABLE = "div|span|p|table|tbody|tr|ul|li|section|article|font|b|i|em|strong|u|a|label|dialog"
_LONGEST_TAG = 2_000
"""Characters of a tag in which a class that hides it is looked for."""
MOST_TEXT = 3_000_000
_TABLE = re.compile("<table", re.I)
_SMALL = 2
"""Cells of an inner table that is only the content of the cell around it."""


class _Start(NamedTuple):
    """What the start tag of a cell says: (rowspan, colspan), is its text hidden, is it to be trusted."""

    spans: tuple[int, int]
    is_hidden: bool
    is_trusted: bool


_SINGLE = (1, 1)
_PLAIN_START = _Start(_SINGLE, is_hidden=False, is_trusted=True)


@dataclass(slots=True)
class _Open:
    """A table whose end has not come yet. `covered` maps a column to the rows that a span from above still covers."""

    number: int
    cells: list[Cell] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    row: int = -1
    printed: int = 0
    column: int = 0
    begun: int | None = None
    start: _Start = _PLAIN_START
    text: list[str] = field(default_factory=list)
    nests: bool = False
    inner: tuple[Cell, ...] = ()
    row_ended: bool = True
    row_trusted: bool = True

    def start_row(self) -> None:
        self.row += 1
        self.row_ended = False
        self.column = self.printed = 0
        if self.covered:
            self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}

    def start_cell(self, start: _Start) -> None:
        if self.row_ended:
            self.start_row()
        while self.covered.get(self.column):
            self.column += 1
        self.begun, self.start, self.text, self.nests, self.inner = self.column, start, [], False, ()

    def end_cell(self, trust: Trust) -> None:
        if self.begun is None:
            return
        rowspan, colspan = self.start.spans
        self.printed += 1
        if not self.start.is_hidden:
            markup = "".join(self.text)
            text = "" if self.nests else plain(markup)
            if self.inner and not plain(markup).strip():
                self.cells += [replace(cell, row=self.row, column=self.begun + cell.column) for cell in self.inner]
                colspan = max(colspan, len(self.inner))
            else:
                place = Place(path=f"table[{self.number}]/row[{self.row + 1}]/cell[{self.printed}]")
                readable = self._is_printed(text, markup) and self._is_certain(text, markup, trust)
                self.cells.append(Cell(self.row, self.begun, text, place, rowspan, colspan, readable))
            if rowspan > 1:
                for column in range(self.begun, self.begun + colspan):
                    self.covered[column] = rowspan
            self.column = self.begun + colspan
        self.begun = None

    def _is_printed(self, text: str, markup: str) -> bool:
        """Is what the cell prints its text, not a table or a picture in place of it?"""
        if text.strip():
            return True
        return not (self.nests or (self.begun and "<" in markup and _PICTURE.search(markup)))

    def _is_certain(self, text: str, markup: str, trust: Trust) -> bool:
        """Does nothing around the digits say that they may be read otherwise? Text without any always is."""
        if _ANY_DIGIT.search(text) is None:
            return True
        if not (self.start.is_trusted and self.row_trusted):
            return False
        if not (text.isascii() or all(char.isascii() for char in text if char.isdigit())):
            return False
        return "<" not in markup or all(map(trust.trusts, _INNER.findall(markup)))


def second_reading(data: bytes) -> Content | None:
    """The tables of a page, innermost first where they nest, each outermost one behind the line printed above it.

    None for a page too large for it.
    """
    text, _ = decode(data)
    if len(text) > MOST_TEXT:
        return None
    text = embedded_article(text) or text
    trust = Trust(text)
    blocks = _Reader(trust).read(_shown(without_noise(text), trust))
    return None if blocks is None else Content("text/html", "html-tags", blocks, independent=True)


class _Reader:
    """One pass over the tags of tables. `_starts`: start tags of cells seen before; a page has few different ones."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self._stack: list[_Open] = []
        self._done: list[Table | Paragraph] = []
        self._starts: dict[str, _Start] = {}
        self._tables = 0

    def read(self, text: str) -> tuple[Table | Paragraph, ...] | None:
        """Tables and the lines above them; None where there are too many cells."""
        stack = self._stack
        cells = at = 0
        for tag in _TAG.finditer(text):
            if stack and stack[-1].begun is not None:
                stack[-1].text.append(text[at : tag.start()])
            closing, name, attributes, behind, ended = tag.groups()
            self._step(name.lower(), bool(closing), attributes, text[max(at, tag.start() - REACH) : tag.start()])
            at = tag.start(4)
            cells += not closing
            if cells > MAX_CELLS:
                return None
            if ended and stack:
                stack[-1].text.append(behind)
                stack[-1].end_cell(self._trust)
                at = tag.end()
        self._done += [self._finished(table) for table in reversed(stack)]
        return tuple(one for one in self._done if isinstance(one, Paragraph) or one.cells)

    def _step(self, name: str, closing: bool, attributes: str, before: str) -> None:
        """One tag; `before` is the mark-up that leads to it."""
        stack = self._stack
        if name == "table":
            if closing:
                self._end_table()
                return
            if not stack:
                self._done += _line_above(before)
            self._tables += 1
            stack.append(_Open(self._tables))
        elif stack:
            table = stack[-1]
            table.end_cell(self._trust)
            if closing:
                table.row_ended |= name == "tr"
            elif name == "tr":
                table.start_row()
                table.row_trusted = self._trust.trusts(f"tr{attributes}")
            else:
                table.start_cell(self._start(name, attributes))

    def _start(self, name: str, attributes: str) -> _Start:
        """What a start tag says."""
        tag = f"{name}{attributes}"
        known = self._starts.get(tag)
        if known is None:
            spans = {kind.lower(): int(number[:5]) for kind, number in _SPAN.findall(attributes)}
            down, across = max(1, min(spans.get("row", 1), MOST_ROWS)), max(1, min(spans.get("col", 1), MOST_COLUMNS))
            is_hidden = _HIDDEN.search(attributes) is not None or self._trust.hides(attributes)
            known = self._starts[tag] = _Start((down, across), is_hidden, self._trust.trusts(tag))
        return known

    def _end_table(self) -> None:
        """A table ends: alone, or as what stands in a cell of the one around it."""
        if not self._stack:
            return
        row = self._stack[-1].row
        done = self._finished(self._stack.pop())
        outer = self._stack[-1] if self._stack else None
        if outer is None or outer.begun is None:
            self._done.append(done)
        elif len(done.cells) > _SMALL:
            alone = row == 0 < outer.begun and not outer.nests and not plain("".join(outer.text)).strip()
            outer.inner = done.cells if alone else ()
            outer.nests = True
            if not outer.inner:
                self._done.append(done)
        else:
            outer.text.extend(f"\n{html.escape(cell.text)}\n" for cell in done.cells)

    def _finished(self, table: _Open) -> Table:
        table.end_cell(self._trust)
        return Table(tuple(table.cells))


def _line_above(markup: str) -> list[Paragraph]:
    """The last printed line before a table: where two years stand on one page it tells which this one is."""
    head, end, rest = markup.partition(">")
    whole = rest if end and "<" not in head else markup  # the piece may begin inside a tag
    lines = [line.strip() for line in plain(whole).split("\n")]
    return [Paragraph(line) for line in [*filter(None, lines)][-1:]]


def _shown(text: str, trust: Trust) -> str:
    """The mark-up that is printed; a page that hides all its tables shows them by a script."""
    shown = _without_hidden(text, trust)
    return shown if _TABLE.search(shown) else text


def _without_hidden(text: str, trust: Trust) -> str:
    """The mark-up without elements that say they are not shown, each up to the end tag that matches it."""
    names = trust.hidden_names
    if not names and "none" not in text and "hidden" not in text:
        return text
    hides = _hiding_tag(tuple(names))
    pieces = []
    at = 0
    while (start := hides.search(text, at)) is not None:
        pieces.append(text[at : start.start()])
        depth, at = 1, start.end()
        for tag in re.compile(rf"<(/?){start[1]}\b[^>]*>", re.I).finditer(text, at):
            depth += -1 if tag[1] else 1
            at = tag.end()
            if depth == 0:
                break
    return "".join(pieces) + text[at:]


@lru_cache(maxsize=64)
def _hiding_tag(names: tuple[str, ...]) -> re.Pattern[str]:
    """A tag that says that its element is not shown, by its style, an attribute, or a class or id of these names."""
    named = ""
    if names:
        any_name = "|".join(re.escape(name[1:]) for name in names)
        before = rf"(?:\"[^\"<>]{{0,{_LONGEST_TAG}}}?|'[^'<>]{{0,{_LONGEST_TAG}}}?|)"
        named = rf"|\b(?:class|id)\s*=\s*{before}(?<![\w-])(?:{any_name})(?![\w-])"
    says = rf"display\s*:\s*none|\shidden(?=[\s>=]){named}"
    return re.compile(rf"<({_HIDABLE})\b[^<>]{{0,400}}?(?:{says})[^<>]*>", re.I)


def plain(markup: str) -> str:
    """The printed text of a cell: line breaks where blocks end, everything else without its tags."""
    if "<" not in markup:
        return (html.unescape(markup) if "&" in markup else markup).strip("\n")
    return html.unescape(_INNER.sub("", _BREAK.sub("\n", markup))).strip("\n")
