"""A second, independent way to read the tables of a .docx: expat instead of libxml2, widths instead of spans.

The first reading trusts gridSpan and vMerge counts column by column. This one ignores gridSpan: it lays every cell on
the ruler by its stored width, takes the lines that all rows share for columns, and finds what a merged cell continues
by position. A wrong span or a shifted cell shows as a difference between the two.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import accumulate

from parsers.content import Paragraph, Table
from parsers.formats.limits import MAX_NESTING
from parsers.formats.packages.grid import RowCell, columns, lay_out
from parsers.formats.packages.text_effects import Manner, marked

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TOLERANCE = 90
_MANNERS: dict[str, Manner] = {"vanish": "hidden", "vertAlign": "raised", "strike": "struck", "dstrike": "struck"}
_DROPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_COMPATIBILITY}Fallback", f"{_W}instrText", f"{_W}delText"})


def read_tables_again(markup: bytes) -> tuple[Paragraph | Table, ...]:
    """Blocks of the main part; none when it is not plain XML.

    A table whose widths do not add up is read cell after cell.
    """
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        return ()
    try:
        root = ET.fromstring(markup.replace(_STRICT, _TRANSITIONAL).replace(_WORD_2003, _TRANSITIONAL))
        body = root.find(f".//{_W}body")
    except (ET.ParseError, ValueError, LookupError):
        return ()
    return tuple(_blocks(body, 0)) if body is not None else ()


def _blocks(container: ET.Element, depth: int) -> Iterator[Paragraph | Table]:
    """Blocks in order; of a table that holds tables, the contents of its cells."""
    for item in _visible(container, f"{_W}p", f"{_W}tbl"):
        if item.tag == f"{_W}p":
            yield Paragraph(_text(item))
            continue
        rows = [row for row in _visible(item, f"{_W}tr") if row.find(f"{_W}trPr/{_W}del") is None]
        if item.find(f".//{_W}tc//{_W}tbl") is None:
            yield _table(rows)
        elif depth < MAX_NESTING:
            for row in rows:
                for cell in _cells(row):
                    yield from _blocks(cell, depth + 1)


def _table(rows: list[ET.Element]) -> Table:
    rulers = [_ruler(row) for row in rows]
    ends = [ruler[-1] if ruler else 0 for ruler in rulers]
    if not rows or min(ends) <= 0 or max(ends) - min(ends) > _TOLERANCE:
        return lay_out([_row(row, None, index) for index, row in enumerate(rows, 1)])
    lines = columns((edge for ruler in rulers for edge in ruler), _TOLERANCE)
    placed = zip(rows, ([lines[edge] for edge in ruler] for ruler in rulers), strict=True)
    return lay_out([_row(row, edges, index) for index, (row, edges) in enumerate(placed, 1)])


def _ruler(row: ET.Element) -> list[int]:
    """Grid lines of one row in twentieths of a point, from the width of each cell; empty if one has none."""
    before = _twips(row.find(f"{_W}trPr/{_W}wBefore"))
    widths = [_twips(cell.find(f"{_W}tcPr/{_W}tcW")) for cell in _cells(row)]
    if not widths or not all(widths):
        return []
    return list(accumulate(widths, initial=before))


def _twips(width: ET.Element | None) -> int:
    if width is None or width.get(f"{_W}type", "dxa") != "dxa":
        return 0
    value = width.get(f"{_W}w", "")
    return int(value) if value.isdecimal() and len(value) < 7 else 0


def _row(row: ET.Element, lines: list[int] | None, number: int) -> list[RowCell]:
    """Cells between grid lines; without lines one column each and no merges, as a copy of the text would be."""
    stored = []
    for index, cell in enumerate(_cells(row)):
        text = "\n".join(_text(paragraph) for paragraph in _visible(cell, f"{_W}p"))
        path = f"row[{number}]/cell[{index + 1}]"
        if lines is None:
            stored.append(RowCell(index, index + 1, text, path))
        else:
            above, beside = _continues(cell, "vMerge"), _continues(cell, "hMerge")
            stored.append(RowCell(lines[index], lines[index + 1], text, path, above, beside))
    return stored


def _continues(cell: ET.Element, name: str) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}{name}")
    if merge is None:
        merge = cell.find(f"{_W}tcPr/{_W}{name.lower()}")  # as Word 2003 writes it
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _visible(element: ET.Element, *wanted: str) -> Iterator[ET.Element]:
    """Nearest descendants of the wanted tags that are not deleted."""
    for item in element:
        if item.tag in wanted:
            yield item
        elif item.tag not in _DROPPED:
            yield from _visible(item, *wanted)


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    return (cell for cell in _visible(row, f"{_W}tc") if cell.find(f"{_W}tcPr/{_W}cellDel") is None)


def _text(paragraph: ET.Element) -> str:
    """Text of the runs that are not hidden; field codes stand in elements of their own and are dropped."""
    pieces: list[str] = []
    for run in _visible(paragraph, f"{_W}r"):
        manner = next((manner for name, manner in _MANNERS.items() if _is_on(run.find(f"{_W}rPr/{_W}{name}"))), None)
        pieces.extend(marked(item.text or "", manner) for item in run if item.tag == f"{_W}t")
    return "".join(pieces)


def _is_on(switch: ET.Element | None) -> bool:
    return switch is not None and switch.get(f"{_W}val", "1") not in {"0", "false", "off", "baseline"}
