"""A second, independent reading of HTML tables: straight from the tags, without a tree.

One pass over table tags with a regular expression. Shares with the first reading only the decoding of the bytes: how
tags nest, where cells end, what spans cover and how text is joined is decided anew, so that an error of one reading
is unlikely to be repeated by the other.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

from parsers.charset import decode
from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.formats.html.embedded_json import embedded_article
from parsers.formats.html.style_sheet import with_hidden_marked
from parsers.formats.limits import MAX_CELLS

MOST_COLUMNS = 60
MOST_ROWS = 2_000

_NOISE = re.compile(
    r"<!--.*?-->|<(script|style|template|noscript)\b.*?</\1\s*>|<!\[if[^<>]*>|<!\[endif\]>", re.I | re.S
)
_TAG = re.compile(r"<(/?)(table|tr|td|th)\b((?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>", re.I)
"""Ends at the next ``<`` at the latest: a tag that is never closed costs its own length."""
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d+)", re.I)
_MARK = re.compile(
    r"<(su[bp]|del|s|strike)\b[^>]*>(.*?)</\1\s*>"
    r"|<(span|font)\b[^>]*(?:vertical-align\s*:\s*su(?:per|b)\b|line-through)[^>]*>(.*?)</\3\s*>",
    re.I | re.S,
)
_TOUCHED = re.compile(r"<(?:su[bp]|del|s|strike|input|option)\b|vertical-align|line-through", re.I)
"""What makes mark-up print otherwise than its text."""
_FIELD = re.compile(
    r"<input\b(?![^>]*\btype\s*=[\s\"']*(?:[a-mo-su-z]|t(?!ext)))[^>]*?\bvalue\s*=\s*"
    r"(?:\"([^\">]*)\"|'([^'>]*)'|([^\s\"'>]+))[^>]*>",
    re.I,
)
"""A field that shows its value; buttons, boxes to tick and hidden ones do not."""
_NOT_CHOSEN = re.compile(r"<option\b(?![^>]*\bselected\b)[^>]*>[^<]*", re.I)
_DIGIT = re.compile(r"[0-9]")
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
REACH = 400
"""Characters of mark-up before a table in which the line above it is looked for."""
LONGEST_MARKED = 2_000
"""Characters of a cell's mark-up in which footnote marks and deletions are looked for."""
_PICTURE = re.compile(r"<img\b(?![^>]*\b(?:width|height)\s*=[\s\"']*[0-3](?:px)?[\s\"'>])", re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.I)
_ANY = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"display\s*:\s*none|(?<=\s)hidden(?=[\s=]|$)", re.I)
_HIDES = re.compile(
    r"<(?:(div|span|p|table|tbody|tr|ul|li|section|article|font|b|i|em|strong|u|a|label|dialog)\b[^>]{0,400}?(?:display\s*:\s*none|\shidden(?=[\s>=]))"
    r"|(span|font|b|i|em|strong|u|a|label)\b[^>]{0,400}?"
    r"(?:visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:px|pt|em|%)?\s*(?=[;\"'])))[^>]*>",
    re.I,
)
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

    def start_row(self) -> None:
        self.row += 1
        self.row_ended = False
        self.column = self.printed = 0
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}

    def start_cell(self, attributes: str) -> None:
        if self.row_ended:
            self.start_row()
        spans = {kind.lower(): int(number[:5]) for kind, number in _SPAN.findall(attributes)}
        self.spans = (max(1, min(spans.get("row", 1), MOST_ROWS)), max(1, min(spans.get("col", 1), MOST_COLUMNS)))
        while self.covered.get(self.column):
            self.column += 1
        self.begun, self.text, self.nests, self.inner = self.column, [], False, ()
        self.hidden = bool(_HIDDEN.search(attributes))

    def end_cell(self) -> None:
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
    text = _shown(_NOISE.sub("", embedded_article(text) or with_hidden_marked(text)))
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
            table = step(stack, name, bool(closing), attributes)
            if table is not None:
                done.append(table)
    done += [finished(table) for table in reversed(stack)]
    blocks = tuple(one for one in done if isinstance(one, Paragraph) or one.cells)
    return Content("text/html", "html-tags", blocks, independent=True)


def _line_above(markup: str) -> list[Paragraph]:
    """The last printed line before a table: where two years stand on one page it tells which this one is."""
    head, end, rest = markup.partition(">")
    whole = rest if end and "<" not in head else markup  # the piece may begin inside a tag
    lines = [line.strip() for line in plain(whole).split("\n")]
    return [Paragraph(line) for line in [*filter(None, lines)][-1:]]


def _shown(text: str) -> str:
    """The mark-up that is printed; a page that hides all its tables shows them by a script."""
    shown = _without_hidden(text)
    return shown if _TABLE.search(shown) else text


def _without_hidden(text: str) -> str:
    """The mark-up without elements that say they are not shown, each up to the end tag that matches it."""
    if not any(word in text for word in ("none", "hidden", "size", "opacity")):
        return text
    pieces = []
    at = 0
    while (start := _HIDES.search(text, at)) is not None:
        pieces.append(text[at : start.start()])
        depth, at = 1, start.end()
        for tag in re.compile(rf"<(/?){start[1] or start[2]}\b[^>]*>", re.I).finditer(text, at):
            depth += -1 if tag[1] else 1
            at = tag.end()
            if depth == 0:
                break
    return "".join(pieces) + text[at:]


def step(stack: list[_Open], name: str, closing: bool, attributes: str) -> Table | None:
    """One tag inside a table; the table itself when it ends."""
    table = stack[-1]
    if name == "table":
        stack.pop()
        done = finished(table)
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
    table.end_cell()
    if closing:
        table.row_ended |= name == "tr"
    elif name == "tr":
        table.start_row()
    else:
        table.start_cell(attributes)
    return None


def finished(table: _Open) -> Table:
    table.end_cell()
    return Table(tuple(table.cells))


def plain(markup: str) -> str:
    """The printed text of a cell: line breaks where blocks end, everything else without its tags."""
    if "<" not in markup:
        return html.unescape(markup).strip("\n")
    if len(markup) < LONGEST_MARKED and _TOUCHED.search(markup):
        markup = _NOT_CHOSEN.sub("", _FIELD.sub(r"\1\2\3", _MARK.sub(_mark, markup)))
    return html.unescape(_ANY.sub("", _BREAK.sub("\n", markup))).strip("\n")


def _mark(found: re.Match[str]) -> str:
    """A footnote mark with raised digits, or a deletion with a stroke through each character."""
    inner = html.unescape(_ANY.sub("", found[2] or found[4] or ""))
    if (found[1] or "su").lower().startswith("su") and "line-through" not in found[0]:
        return html.escape(_DIGIT.sub(lambda digit: _SUPERSCRIPT[int(digit[0])], inner))
    return html.escape("".join(f"{char}\u0336" if char.isalnum() else char for char in inner))
