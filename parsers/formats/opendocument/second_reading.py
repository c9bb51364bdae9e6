"""A second, independent way to read OpenDocument tables: one pass of expat over the mark-up, no tree.

Both readings share only the unpacking. Where rows and cells begin, what repeats and how text is joined is decided anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from parsers.content import Cell, Paragraph, Place, Table
from parsers.formats.limits import DIGITS_OF_COUNT, MAX_CELLS
from parsers.formats.packages.text_effects import DOUBT, Manner, marked

MOST_REPEATS = 1_000
_SKIPPED = frozenset({"note", "annotation", "tracked-changes", "hidden-text", "ruby-text", "forms", "shapes"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_FIXED = {"tab": "\t", "line-break": "\n"}
_HIDDEN = frozenset({"collapse", "filter"})
_LIGHT = frozenset({"transparent", "#ffffff", "#FFFFFF"})
Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class StoredCell:
    """A cell as stored: its place, spans, text and how often it is repeated down and across. `stored` is the number
    behind the text."""

    row: int
    column: int
    spans: tuple[int, int]
    text: str
    times: tuple[int, int]
    readable: bool
    stored: str | None = None


@dataclass(slots=True)
class StoredTable:
    """One table: its cells without the covered ones, and the rows and columns that are hidden."""

    name: str
    style: str
    cells: list[StoredCell] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    row: int = 0
    rows: int = 0
    column: int = 0
    described: int = 0
    lines: list[str] = field(default_factory=list)
    cell: Attributes = field(default_factory=dict)
    nests: bool = False

    def begin_row(self, attributes: Attributes) -> None:
        self.row, self.column = self.row + self.rows, 0
        self.rows = _count(attributes, "number-rows-repeated")
        if attributes.get("visibility") in _HIDDEN:
            self.hidden_rows.append(range(self.row, self.row + self.rows))

    def describe_column(self, attributes: Attributes) -> None:
        columns = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN:
            self.hidden_columns.append(range(self.described, self.described + columns))
        self.described += columns

    def begin_cell(self, attributes: Attributes) -> None:
        self.cell, self.lines, self.nests = attributes, [], False

    def end_cell(self, *, covered: bool) -> None:
        beside = _count(self.cell, "number-columns-repeated")
        if not covered:
            spans = _count(self.cell, "number-rows-spanned"), _count(self.cell, "number-columns-spanned")
            text = "\n".join(self.lines)
            readable = bool(text.strip()) or not self.nests
            times = self.rows, beside
            self.cells.append(StoredCell(self.row, self.column, spans, text, times, readable, self.cell.get("value")))
        self.column += beside

    def table(self) -> Table:
        """The table of a text document: blank cells stand in it too."""
        cells = (
            Cell(each.row + down, each.column + across, each.text, Place(), *each.spans, each.readable)
            for each in self.cells
            for down in range(min(each.times[0], MOST_REPEATS))
            for across in range(min(each.times[1], MOST_REPEATS))
        )
        return Table(tuple(cell for cell, _ in zip(cells, range(MAX_CELLS), strict=False)))


class Pass:
    """What was met so far. `blocks` are paragraphs and tables in order, inner tables before the outer ones.

    `doubts`: text in a style that could change how it looks is in doubt; else what the style says is done to it.
    """

    def __init__(self, *, doubts: bool = False) -> None:
        self._doubts = doubts
        self.blocks: list[Paragraph | StoredTable] = []
        self.hidden_styles: set[str] = set()
        self._manners: dict[str, Manner] = {}
        self._style = ""
        self._tables: list[StoredTable] = []
        self._texts: list[list[str]] = []
        self._spans: list[Manner | None] = []
        self._skipped = 0

    def over(self, markup: bytes) -> Pass | None:
        """None for mark-up that is not plain XML."""
        if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
            return None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(markup, True)
        except expat.ExpatError:
            return None
        return self

    def _start(self, element: str, named: Attributes) -> None:
        name = _local(element)
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
            return
        attributes = {_local(key): value for key, value in named.items()}
        table = self._tables[-1] if self._tables else None
        if name in ("p", "h", "span"):
            self._spans.append(self._manners.get(attributes.get("style-name", "")))
            self._texts.append([])
        elif name == "table":
            self._tables.append(StoredTable(attributes.get("name", ""), attributes.get("style-name", "")))
        elif table is None:
            self._describe(name, attributes)
        elif name == "table-row":
            table.begin_row(attributes)
        elif name == "table-column":
            table.describe_column(attributes)
        elif name in _CELLS:
            table.begin_cell(attributes)
        if self._doubts and name == "change-start":
            self._text(DOUBT)
        elif name in _FIXED or name == "s":
            self._text(_FIXED.get(name) or " " * _count(attributes, "c"))

    def _describe(self, name: str, attributes: Attributes) -> None:
        """Styles that hide, raise or cross out, and those of hidden sheets."""
        if name == "style":
            self._style = attributes.get("name", "")
            if self._doubts and (above := self._manners.get(attributes.get("parent-style-name", ""))):
                self._manners[self._style] = above
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self._style)
        elif self._doubts:
            if _is_suspect(name, attributes):
                self._manners[self._style] = "doubtful"
        elif name == "text-properties":
            position = attributes.get("text-position", "0").split()[0]
            if attributes.get("display") == "none":
                self._manners[self._style] = "hidden"
            elif position.strip("-%") != "0":
                self._manners[self._style] = "raised"
            elif attributes.get("text-line-through-style", "none") != "none":
                self._manners[self._style] = "struck"

    def _end(self, element: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = _local(element)
        if name in ("p", "h", "span"):
            text = marked("".join(self._texts.pop()), self._spans.pop())
            if name == "span":
                self._text(text)
            elif self._tables:
                self._tables[-1].lines.append(text)
            else:
                self.blocks.append(Paragraph(text))
        elif name in _CELLS:
            self._tables[-1].end_cell(covered=name != "table-cell")
        elif name == "table":
            self._end_table(self._tables.pop())

    def _end_table(self, table: StoredTable) -> None:
        """A table of one cell inside another is text of its cell."""
        outer = self._tables[-1] if self._tables else None
        if outer is not None and len(table.cells) == 1:
            outer.lines.append(table.cells[0].text)
            return
        if outer is not None:
            outer.nests = True
        self.blocks.append(table)

    def _text(self, text: str) -> None:
        if self._texts and not self._skipped:
            self._texts[-1].append(text)


def read_blocks_again(markup: bytes, styles: bytes = b"") -> Iterator[Paragraph | Table]:
    """The blocks of a text document; none when it is not plain XML. `styles` is the part that holds named styles."""
    reader = Pass(doubts=True)
    if styles:
        reader.over(styles)
        reader.blocks.clear()
    read = reader.over(markup)
    for block in read.blocks if read else ():
        yield block.table() if isinstance(block, StoredTable) else block


def _is_suspect(name: str, attributes: Attributes) -> bool:
    """May text in a style with these properties be read otherwise than it is written?"""
    if name != "text-properties":
        ground = attributes.get("background-color", "transparent")
        return name in ("paragraph-properties", "table-cell-properties") and ground not in _LIGHT
    return any(is_odd(attributes) for is_odd in _ODD)


def _is_coloured(attributes: Attributes) -> bool:
    is_automatic = attributes.get("use-window-font-color") == "true"
    has_ground = attributes.get("background-color", "transparent") not in _LIGHT
    return has_ground or (not is_automatic and attributes.get("color", "#000000") != "#000000")


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get("display") == "none"


def _is_raised(attributes: Attributes) -> bool:
    return attributes.get("text-position", "0%").split()[0].strip("-%") not in ("0", "")


def _is_struck(attributes: Attributes) -> bool:
    return any(attributes.get(f"text-line-through-{kind}", "none") != "none" for kind in ("style", "type"))


def _is_of_symbols(attributes: Attributes) -> bool:
    return "ding" in attributes.get("font-name", "").lower()


def _is_squeezed(attributes: Attributes) -> bool:
    return attributes.get("letter-spacing", "normal").startswith("-")


def _is_tiny(attributes: Attributes) -> bool:
    """Under five points."""
    size = attributes.get("font-size", "12pt")
    return size.endswith("pt") and size[:1] in "01234" and len(size.split(".")[0].removesuffix("pt")) == 1


_ODD = (_is_coloured, _is_hidden, _is_raised, _is_struck, _is_of_symbols, _is_squeezed, _is_tiny)
"""Ways in which text is read otherwise than it is written."""


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _count(attributes: Attributes, name: str) -> int:
    value = attributes.get(name, "")
    return max(1, int(value)) if value.isdecimal() and len(value) <= DIGITS_OF_COUNT else 1
