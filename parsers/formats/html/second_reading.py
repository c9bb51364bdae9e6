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

from parsers.charset import decode
from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.formats.html.embedded_json import embedded_article
from parsers.formats.html.second_effects import Trust
from parsers.formats.limits import MAX_CELLS

MOST_COLUMNS = 60
MOST_ROWS = 2_000

_NOISE = re.compile(
    r"<!--.*?-->|<(script|style|template|noscript)\b.*?</\1\s*>|<!\[if[^<>]*>|<!\[endif\]>", re.I | re.S
)
_TAG = re.compile(r"<(/?)(table|tr|td|th)\b((?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>", re.I)
"""Ends at the next ``<`` at the latest: a tag that is never closed costs its own length."""
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d+)", re.I)
_ANY_DIGIT = re.compile(r"\d")
_INNER = re.compile(r"<[^<>]*>")
REACH = 400
"""Characters of mark-up before a table in which the line above it is looked for."""
_PICTURE = re.compile(r"<img\b(?![^>]*\b(?:width|height)\s*=[\s\"']*[0-3](?:px)?[\s\"'>])", re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.I)
_ANY = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"display\s*:\s*none|(?<=\s)hidden(?=[\s=]|$)", re.I)
_HIDABLE = "div|span|p|table|tbody|tr|ul|li|section|article|font|b|i|em|strong|u|a|label|dialog"
MOST_TEXT = 3_000_000
_PAIRS = (
    ("<!--", "-->"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("<template", "</template"),
    ("<noscript", "</noscript"),
)
"""Where many of these never end, looking for each end would take the square of the page's length."""
_TABLE = re.compile("<table", re.I)
_SMALL = 2
"""Cells of an inner table that is only the content of the cell around it."""


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
    spans: tuple[int, int] = (1, 1)
    text: list[str] = field(default_factory=list)
    hidden: bool = False
    nests: bool = False
    inner: tuple[Cell, ...] = ()
    row_ended: bool = True
    is_trusted: bool = True
    row_trusted: bool = True

    def start_row(self) -> None:
        self.row += 1
        self.row_ended = False
        self.column = self.printed = 0
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}

    def start_cell(self, attributes: str, *, is_trusted: bool = True, hidden: bool = False) -> None:
        if self.row_ended:
            self.start_row()
        self.is_trusted = is_trusted and self.row_trusted
        spans = {kind.lower(): int(number[:5]) for kind, number in _SPAN.findall(attributes)}
        self.spans = (max(1, min(spans.get("row", 1), MOST_ROWS)), max(1, min(spans.get("col", 1), MOST_COLUMNS)))
        while self.covered.get(self.column):
            self.column += 1
        self.begun, self.text, self.nests, self.inner = self.column, [], False, ()
        self.hidden = hidden or bool(_HIDDEN.search(attributes))

    def end_cell(self, trust: Trust | None = None) -> None:
        if self.begun is None:
            return
        rowspan, colspan = self.spans
        self.printed += 1
        if not self.hidden:
            markup = "".join(self.text)
            text = "" if self.nests else plain(markup)
            place = Place(path=f"table[{self.number}]/row[{self.row + 1}]/cell[{self.printed}]")
            readable = bool(text.strip()) or not (
                self.nests or (self.begun > 0 and rowspan == colspan == 1 and _PICTURE.search(markup))
            )
            readable = readable and _is_certain(text, markup, self.is_trusted, trust)
            if self.inner and not plain(markup).strip():
                self.cells += [replace(cell, row=self.row, column=self.begun + cell.column) for cell in self.inner]
                colspan = max(colspan, len(self.inner))
            else:
                self.cells.append(Cell(self.row, self.begun, text, place, rowspan, colspan, readable))
            for column in range(self.begun, self.begun + colspan):
                if rowspan > 1:
                    self.covered[column] = rowspan
            self.column = self.begun + colspan
        self.begun = None


def second_reading(data: bytes) -> Content | None:
    """The tables of a page, innermost first where they nest, each outermost one behind the line printed above it.

    None for a page too large or too broken for it.
    """
    text, _ = decode(data)
    if len(text) > MOST_TEXT or any(text.count(start) > text.count(end) + 9 for start, end in _PAIRS):
        return None
    text = embedded_article(text) or text
    trust = Trust(text)
    text = _shown(_NOISE.sub("", text), trust)
    done: list[Table | Paragraph] = []
    stack: list[_Open] = []
    count = cells = at = 0
    for tag in _TAG.finditer(text):
        if stack and stack[-1].begun is not None:
            stack[-1].text.append(text[at : tag.start()])
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if name == "table" and not closing and not stack:
            done += _line_above(text[max(at, tag.start() - REACH) : tag.start()])
        at = tag.end()
        if name == "table" and not closing:
            count += 1
            stack.append(_Open(count))
        elif stack:
            cells += name in ("td", "th") and not closing
            if cells > MAX_CELLS:
                return None
            table = step(stack, name, bool(closing), attributes, trust)
            if table is not None:
                done.append(table)
    done += [finished(table, trust) for table in reversed(stack)]
    blocks = tuple(one for one in done if isinstance(one, Paragraph) or one.cells)
    return Content("text/html", "html-tags", blocks, independent=True)


def _is_certain(text: str, markup: str, is_trusted: bool, trust: Trust | None) -> bool:
    """Does nothing around the digits of a cell say that they may be read otherwise? Text without any always is."""
    if _ANY_DIGIT.search(text) is None:
        return True
    if not is_trusted or not (text.isascii() or all(char.isascii() for char in text if char.isdigit())):
        return False
    return "<" not in markup or trust is None or all(map(trust.trusts, _INNER.findall(markup)))


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
        named = rf"|\b(?:class|id)\s*=\s*(?:\"[^\"<>]*?|'[^'<>]*?|)(?<![\w-])(?:{any_name})(?![\w-])"
    says = rf"display\s*:\s*none|\shidden(?=[\s>=]){named}"
    return re.compile(rf"<({_HIDABLE})\b[^<>]{{0,400}}?(?:{says})[^<>]*>", re.I)


def step(stack: list[_Open], name: str, closing: bool, attributes: str, trust: Trust | None = None) -> Table | None:
    """One tag inside a table; the table itself when it ends."""
    table = stack[-1]
    if name == "table":
        stack.pop()
        done = finished(table, trust)
        outer = stack[-1] if stack else None
        if outer is None or outer.begun is None:
            return done
        if len(done.cells) > _SMALL:
            alone = table.row == 0 < outer.begun and not outer.nests and not plain("".join(outer.text)).strip()
            outer.inner = done.cells if alone else ()
            outer.nests = True
            return None if outer.inner else done
        outer.text.extend(f"\n{html.escape(cell.text)}\n" for cell in done.cells)
        return None
    table.end_cell(trust)
    if closing:
        table.row_ended |= name == "tr"
        return None
    is_trusted = trust is None or trust.trusts(f"{name}{attributes}")
    if name == "tr":
        table.start_row()
        table.row_trusted = is_trusted
    else:
        table.start_cell(attributes, is_trusted=is_trusted, hidden=trust is not None and trust.hides(attributes))
    return None


def finished(table: _Open, trust: Trust | None = None) -> Table:
    table.end_cell(trust)
    return Table(tuple(table.cells))


def plain(markup: str) -> str:
    """The printed text of a cell: line breaks where blocks end, everything else without its tags."""
    if "<" not in markup:
        return html.unescape(markup).strip("\n")
    return html.unescape(_ANY.sub("", _BREAK.sub("\n", markup))).strip("\n")
