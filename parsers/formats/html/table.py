"""A `<table>`, or what acts as one, into cells with their grid positions, as HTML lays tables out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from parsers.content import Cell, Place, Table, Unreadable
from parsers.formats.html.tree import BLOCKS, hidden, is_control, printed_or_doubted, source_text, squeeze
from parsers.formats.limits import check_table
from parsers.formats.packages.text_effects import DOUBT

MAX_GRID = 1_000_000
"""Columns that all cells of a table span together: five for each cell of the largest table."""
MAX_COLSPAN = 1000
"""HTML's own bound."""
_OWN_CELLS = 8
"""Cells without a table in them from which on a table with inner tables can be one of numbers itself; chosen."""
_MOST_LAYOUT_CELLS = 12
"""Cells of a table that only arranges a page around an article (head, menu, article, foot); chosen."""
_ARTICLE_BLOCKS, _ARTICLE_TEXT = 3, 300
"""Paragraphs and letters of a cell from which on it is an article; chosen: notes under a table are shorter."""

_DIGITS = re.compile(r"\s*(\d{1,6})")
_SPACER = re.compile(r"\s*[0-3]\s*(?:px)?\s*")
_SECTIONS = ("thead", "tbody", "tfoot")
_PARTS = {"table": "table", "tr": "row", "td": "cell", "th": "cell", "caption": "caption"} | dict.fromkeys(
    _SECTIONS, "group"
)
_FRAMES = frozenset(("table", "div", "center", "p", "font", "span"))
_DISPLAY = re.compile(r"display\s*:\s*table(?:-(row|cell))?(?![\w-])", re.IGNORECASE)
_ROLES = {"table": "table", "grid": "table", "row": "row", "rowgroup": "group"} | dict.fromkeys(
    ("cell", "gridcell", "columnheader", "rowheader"), "cell"
)


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """The cell elements of one printed row with their paths, and the row group they belong to.

    `strays`: something that is no cell stands between the cells.
    """

    cells: list[tuple[etree._Element, str]]
    group: int
    strays: bool = False


def part_of(element: etree._Element) -> str | None:
    """What an element is in a table: ``table``, ``group``, ``row``, ``cell``, ``caption``, None for anything else.

    Grids drawn without `<table>` count where their style or role says so in plain words.
    """
    part = _PARTS.get(str(element.tag))
    if part or not element.attrib:
        return part
    role = element.get("role")
    if role in _ROLES:
        return _ROLES[role]
    found = _DISPLAY.search(element.get("style") or "")
    return (found[1] or "table").lower() if found else None


def table_of(rows: Sequence[HtmlRow], path: str) -> Table:
    """The table with every cell at its grid place. `path` is the XPath of the table element.

    Raises Unreadable ``too_large`` past the limits of `parsers.formats.limits`.
    """
    check_table(len(rows), sum(len(row.cells) for row in rows))
    spans = [[_spans(cell) for cell, _ in row.cells] for row in rows]
    if sum(across for row in spans for _, across in row) > MAX_GRID:
        raise Unreadable("too_large", f"the cells of a table span more than {MAX_GRID:,} columns together")
    columns = grid_columns(spans, [row.group for row in rows])
    cells = [
        _cell(cell, cell_path, index, column, down, across)
        for index, (row, placed) in enumerate(zip(rows, columns, strict=True))
        for (cell, cell_path), (column, down, across) in zip(row.cells, placed, strict=True)
    ]
    return Table(tuple(cells), Place(path=path))


def _cell(element: etree._Element, path: str, row: int, column: int, down: int, across: int) -> Cell:
    """One cell. A picture, or a table of its own, in place of a number is something that cannot be read."""
    if not len(element):
        text, readable = squeeze(element.text or ""), True
    else:
        small = is_small_nest(element)
        text = printed_or_doubted(element, nested_tables=small)
        readable = bool(text.strip()) or (small and not _is_drawn(element, is_first=column == 0))
    if DOUBT in text:
        text, readable = text.replace(DOUBT, ""), False
    return Cell(row, column, text, Place(path=path), down, across, readable)


_DRAWN = ("svg", "canvas", "object", "embed", "math", "video", "audio", "iframe", "ol", "meter", "progress")
"""Elements that show something which is no text of theirs."""


def _is_drawn(element: etree._Element, *, is_first: bool) -> bool:
    """Is there a drawing in place of text, or beyond the first column, where only labels stand, a picture that is more
    than a spacer?"""
    if next(element.iter(*_DRAWN), None) is not None or any(map(is_control, element.iter("input"))):
        return True
    if is_first:
        return False
    sizes = ((picture.get("width") or "", picture.get("height") or "") for picture in element.iter("img"))
    return any(not (_SPACER.fullmatch(width) or _SPACER.fullmatch(height)) for width, height in sizes)


def printed_rows(element: etree._Element, path: str) -> tuple[list[HtmlRow], bool]:
    """The rows in the order they are printed: head first, foot last; hidden rows and cells left out.

    The flag is true when something stands in the table outside its cells.
    """
    parts: dict[str, list[HtmlRow]] = {"thead": [], "tbody": [], "tfoot": [], "strays": []}
    for kind, row in _source_rows(element, path):
        parts.get(kind, parts["tbody"]).append(row)
    rows = parts["thead"] + parts["tbody"] + parts["tfoot"]
    return rows, bool(parts["strays"]) or any(row.strays for row in rows)


def _source_rows(element: etree._Element, path: str) -> Iterator[tuple[str, HtmlRow]]:
    """Rows as they stand in the source; cells without a `<tr>` form one row; unknown wrappers are looked through."""
    number = 0
    pending = [(element, path, "tbody", 0)]
    while pending:
        parent, parent_path, kind, group = pending.pop()
        wrappers = []
        loose: list[tuple[etree._Element, str]] = []
        strays = False
        for child, child_path in steps(parent, parent_path):
            part = part_of(child)
            if part == "cell":
                loose.append((child, child_path))
                continue
            if loose:
                yield kind, HtmlRow(loose, group)
                loose = []
            if part == "row":
                cells = _cells_of(child, child_path)
                yield kind, HtmlRow(cells, group, strays=len(cells) < len(child))
            elif part == "group":
                number += 1
                wrappers.append((child, child_path, str(child.tag), number))
            elif part != "caption" and child.tag not in ("colgroup", "col"):
                strays = True
                if part is None and len(child):
                    wrappers.append((child, child_path, kind, group))
        if loose:
            yield kind, HtmlRow(loose, group)
        if strays:
            yield "strays", HtmlRow([], group, strays=True)
        pending.extend(reversed(wrappers))


def _cells_of(row: etree._Element, path: str) -> list[tuple[etree._Element, str]]:
    """The shown cells of a row with their paths."""
    cells = []
    for number, cell in enumerate(row, 1):
        if cell.tag != "td":
            return _wrapped_cells(row, path)
        if not hidden(cell):
            cells.append((cell, f"{path}/td[{number}]"))
    return cells


def _wrapped_cells(row: etree._Element, path: str) -> list[tuple[etree._Element, str]]:
    """The same for a row of anything: a form or a stray inline element around cells is looked through."""
    cells = []
    pending = [(row, path)]
    while pending:
        parent, parent_path = pending.pop()
        wrappers = []
        for child, child_path in steps(parent, parent_path):
            part = part_of(child)
            if part == "cell":
                cells.append((child, child_path))
            elif part != "table" and len(child):
                wrappers.append((child, child_path))
        pending.extend(reversed(wrappers))
    return cells


def steps(parent: etree._Element, path: str) -> Iterator[tuple[etree._Element, str]]:
    """The shown children of an element with their XPaths."""
    counts: Counter[str] = Counter()
    for position, child in enumerate(parent, 1):
        tag = str(child.tag)
        counts[tag] += 1
        if hidden(child):
            continue
        yield child, f"{path}/{tag}[{counts[tag]}]" if tag.isalnum() else f"{path}/*[{position}]"


def _spans(cell: etree._Element) -> tuple[int, int]:
    """(rowspan, colspan) as HTML reads them; a rowspan of 0 reaches to the end of the row group."""
    down = cell.get("rowspan") or cell.get("aria-rowspan")
    across = cell.get("colspan") or cell.get("aria-colspan")
    if down is None and across is None:
        return 1, 1
    return _span(down), min(_span(across) or 1, MAX_COLSPAN)


def _span(written: str | None) -> int:
    """The digits at the start, 1 where there are none."""
    found = _DIGITS.match(written or "")
    return int(found[1]) if found else 1


def grid_columns(rows: Sequence[Sequence[tuple[int, int]]], groups: Sequence[int]) -> list[list[tuple[int, int, int]]]:
    """For each cell of each row, given as (rowspan, colspan): its column and the spans that fit the table.

    A row span ends with its row group, rowspan 0 reaches there, and a cell goes to the first free column, also where
    spans overlap.
    """
    ends = _group_ends(groups)
    taken: dict[int, int] = {}
    placed: list[list[tuple[int, int, int]]] = []
    for index, row in enumerate(rows):
        column = 0
        line = []
        for down, across in row:
            while taken.get(column, 0) > index:
                column += 1
            end = min(index + down, ends[index]) if down else ends[index]
            if end > index + 1:
                for covered in range(column, column + across):
                    taken[covered] = max(end, taken.get(covered, 0))
            line.append((column, end - index, across))
            column += across
        placed.append(line)
    return placed


def _group_ends(groups: Sequence[int]) -> list[int]:
    """For each row the number of the first row after its group."""
    ends = [len(groups)] * len(groups)
    for index in range(len(groups) - 2, -1, -1):
        ends[index] = ends[index + 1] if groups[index] == groups[index + 1] else index + 1
    return ends


def is_small_nest(cell: etree._Element) -> bool:
    """True where a table inside the cell is only its content (a cell or two), so that its text is the cell's own."""
    return not len(cell) or all(sum(1 for _ in table.iter("td", "th")) <= 2 for table in cell.iterdescendants("table"))


def unnested(element: etree._Element, rows: list[HtmlRow]) -> list[HtmlRow]:
    """The table's rows with each cell that holds nothing but a table of one row replaced by the cells of that row."""
    if next(element.iterdescendants("table"), None) is None:
        return rows
    return [replace(row, cells=[one for cell in row.cells for one in _inner_row(*cell) or [cell]]) for row in rows]


def _inner_row(cell: etree._Element, path: str) -> list[tuple[etree._Element, str]]:
    """The cells of the only row of the table that is all a cell holds; empty where it holds anything else."""
    while len(cell) == 1 and cell.tag != "table" and not (cell.text or "").strip():
        cell = cell[0]
        path = f"{path}/{cell.tag}[1]"
        if cell.tag not in _FRAMES or (cell.tail or "").strip():
            return []
    rows = printed_rows(cell, path)[0] if cell.tag == "table" and sum(1 for _ in cell.iter("tr")) == 1 else []
    return rows[0].cells if len(rows) == 1 else []


def is_layout(element: etree._Element, rows: Sequence[HtmlRow]) -> bool:
    """True for a table that arranges the page: it holds other tables or whole articles rather than cells.

    A box of one or two cells is layout too: its text is read as paragraphs.
    """
    own = [cell for row in rows for cell, _ in row.cells]
    if len(own) <= 2:
        return True
    if next(element.iterdescendants("table"), None) is not None:
        filled = [cell for cell in own if not is_small_nest(cell) and not _inner_row(cell, "")]
        if filled:
            return len(own) - len(filled) < _OWN_CELLS or len(filled) * 2 > len(own)
    return len(own) <= _MOST_LAYOUT_CELLS and any(_is_article(cell) for cell in own)


def _is_article(cell: etree._Element) -> bool:
    if sum(1 for child in cell.iterdescendants() if child.tag in BLOCKS) < _ARTICLE_BLOCKS:
        return False
    return len(source_text(cell)) > _ARTICLE_TEXT
