"""Tables written as HTML inside Markdown: the path of a cell is the ``line N`` on which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from parsers.content import Paragraph, Table
from parsers.formats.html.table import HtmlRow, printed_rows, table_of, unnested
from parsers.formats.html.tree import seen_tree

_TABLE = re.compile(r"<(/?)table\b[^<>]*>", re.I)
_CELL = re.compile(r"<t[dh]\b[^<>]*>", re.I)


def has_tables(text: str) -> bool:
    """Does the text hold a table with cells, and its end? Not where its quotes are escaped: that is a script's."""
    return "</table>" in text.lower() and _CELL.search(text) is not None and '\\"' not in text


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The text cut before and behind its outermost tables; true for a table."""
    depth = at = 0
    for tag in _TABLE.finditer(text):
        before = depth
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth + before == 1:  # an outermost table begins or ends here
            cut = tag.end() if before else tag.start()
            yield bool(before), text[at:cut]
            at = cut
    yield depth > 0, text[at:]


def tables_in(markup: str, line: int) -> Iterator[Paragraph | Table]:
    """The outermost table of a piece of mark-up that begins on that line."""
    element = next(seen_tree(markup).iter("table"), None)
    if element is not None:
        rows = [_on_lines(row, line) for row in unnested(element, printed_rows(element, "")[0])]
        if any(row.cells for row in rows):
            yield table_of(rows, f"line {line}")


def _on_lines(row: HtmlRow, line: int) -> HtmlRow:
    return replace(row, cells=[(cell, f"line {line + _line(cell) - 1}") for cell, _ in row.cells])


def _line(cell: etree._Element) -> int:
    at = cell.sourceline
    return at if isinstance(at, int) else 1
