"""The inside of an .ods package or a flat .fods: OpenDocument stores for each cell the text that it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.content import Unreadable
from parsers.formats.limits import MAX_CELLS
from parsers.formats.opendocument.elements import count, markup_of, paragraph_text
from parsers.formats.opendocument.second_reading import Grid, Pass
from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, local, parse
from parsers.formats.sheets.worksheet import Looks, Range, Spot, Worksheet, hidden_in

_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_COLUMN_GROUPS = frozenset({"table-header-columns", "table-columns", "table-column-group"})
_NOT_SEEN = frozenset({"collapse", "filter"})


def worksheets(data: bytes) -> Iterator[Worksheet]:
    """The visible sheets in order. Raises `Unreadable` (``corrupt``, ``encrypted``, ``too_large``)."""
    root = parse(markup_of(data))
    book = child(descendant(root, "body"), "spreadsheet")
    if book is None:
        raise Unreadable("corrupt", "the OpenDocument file has no spreadsheet")
    hidden = _hidden_styles(root)
    for table in book:
        if local(table) == "table" and attribute(table, "style-name") not in hidden:
            yield _Reader().read(attribute(table, "name") or "", table)


def worksheets_again(data: bytes) -> Iterator[Worksheet]:
    """The same from one pass without a tree."""
    read = Pass().over(markup_of(data))
    if read is not None:
        grids = (block for block in read.blocks if isinstance(block, Grid) and block.style not in read.hidden_styles)
        yield from map(_worksheet, grids)


def _worksheet(grid: Grid) -> Worksheet:
    texts: dict[Spot, str] = {}
    merged: list[Range] = []
    for cell in grid.cells:
        (down, across), (height, width) = cell.times, cell.spans
        if height > 1 or width > 1:
            merged.append(((cell.row, cell.column), (cell.row + height - 1, cell.column + width - 1)))
        if cell.text and down * across + len(texts) <= MAX_CELLS:
            texts.update({(cell.row + i, cell.column + j): cell.text for i in range(down) for j in range(across)})
    hidden = hidden_in(texts, 0, grid.hidden_rows), hidden_in(texts, 1, grid.hidden_columns)
    return Worksheet(grid.name, texts, tuple(merged), Looks({}, *hidden))


def _hidden_styles(root: Element) -> set[str | None]:
    """Names of the table styles that are not displayed."""
    found: set[str | None] = set()
    for style in root.iter("{*}style"):
        if attribute(child(style, "table-properties"), "display") == "false":
            found.add(attribute(style, "name"))
    return found


@dataclass(slots=True)
class _Reader:
    """Collects one sheet. Repeats are counted, and filled in only where something is printed."""

    texts: dict[Spot, str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)

    def read(self, name: str, table: Element) -> Worksheet:
        column = 0
        for item in _inside(table, "table-column", _COLUMN_GROUPS):
            repeats = count(item, "number-columns-repeated")
            if attribute(item, "visibility") in _NOT_SEEN:
                self.hidden_columns.append(range(column, column + repeats))
            column += repeats
        row = 0
        for item in _inside(table, "table-row", _GROUPS):
            repeats = count(item, "number-rows-repeated", most=1_048_576)
            if attribute(item, "visibility") in _NOT_SEEN:
                self.hidden_rows.append(range(row, row + repeats))
            self._row(item, row, repeats)
            row += repeats
        hidden = hidden_in(self.texts, 0, self.hidden_rows), hidden_in(self.texts, 1, self.hidden_columns)
        return Worksheet(name, self.texts, tuple(self.merged), Looks({}, *hidden))

    def _row(self, element: Element, row: int, repeats: int) -> None:
        column = 0
        for cell in element:
            beside = count(cell, "number-columns-repeated", most=16_384)
            if local(cell) == "table-cell":
                self._cell(cell, (row, column), repeats, beside)
            column += beside

    def _cell(self, cell: Element, spot: Spot, down: int, beside: int) -> None:
        """A cell and its repeats; one without text is only remembered for what it merges."""
        row, column = spot
        height, width = count(cell, "number-rows-spanned"), count(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            self.merged.append((spot, (row + height - 1, column + width - 1)))
        text = "\n".join(paragraph_text(item) for item in cell if local(item) == "p")
        if not text:
            return
        if down * beside + len(self.texts) > MAX_CELLS:
            raise Unreadable("too_large", f"a cell is repeated {down * beside:,} times")
        self.texts.update({(row + i, column + j): text for i in range(down) for j in range(beside)})


def _inside(table: Element, name: str, groups: frozenset[str]) -> Iterator[Element]:
    """Rows or columns of a table, through groups of them."""
    for item in table:
        if local(item) == name:
            yield item
        elif local(item) in groups:
            yield from _inside(item, name, groups)
