"""The .xls format read by xlrd: values, number formats, borders, what is hidden, what is merged."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd

from parsers.content import Unreadable
from parsers.formats.damage import refusing
from parsers.formats.sheets.number_format import GENERAL, Value
from parsers.formats.sheets.worksheet import NO_LOOKS, Looks, Range, Spot, Worksheet

_DAMAGED = (xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error)
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def worksheets(data: bytes) -> Iterator[Worksheet]:
    """The visible sheets of a workbook in order. Raises `Unreadable` (``corrupt``, ``encrypted``).

    Some programs write styles that xlrd cannot follow; then the values come without looks.
    """
    try:
        found = list(_sheets(data, with_looks=True))
    except Unreadable as failure:
        if failure.kind != "corrupt":
            raise
        found = list(_sheets(data, with_looks=False))
    yield from found


def _sheets(data: bytes, *, with_looks: bool) -> Iterator[Worksheet]:
    with refusing("the workbook is damaged", *_DAMAGED), _opened(data, with_looks=with_looks) as book:
        for sheet in book.sheets():
            if sheet.visibility == 0:
                values = dict(_values(sheet))
                merged: tuple[Range, ...] = tuple(((r0, c0), (r1 - 1, c1 - 1)) for r0, r1, c0, c1 in sheet.merged_cells)
                yield Worksheet(sheet.name, values, merged, _looks(book, sheet, values) if with_looks else NO_LOOKS)


def _opened(data: bytes, *, with_looks: bool) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=with_looks, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise Unreadable("encrypted", "the workbook needs a password") from error
        raise


def _values(sheet: Any) -> Iterator[tuple[Spot, Value]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            value = _value(cell)
            if value is not None:
                yield (row, column), value


def _looks(book: Any, sheet: Any, values: dict[Spot, Value]) -> Looks:
    formats: dict[Spot, str] = {}
    ruled: set[Spot] = set()
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            style, code = _style(book, cell)
            if _is_drawn(style.border):
                ruled.add((row, column))
            if code != GENERAL and (row, column) in values:
                formats[row, column] = code
    return Looks(
        formats,
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        frozenset(ruled),
        zeros=bool(sheet.show_zero_values),
    )


def _style(book: Any, cell: Any) -> tuple[Any, str]:
    """The style of a cell and its number format; raises `Unreadable` where the file holds no such."""
    try:
        style = book.xf_list[cell.xf_index]
        return style, book.format_map[style.format_key].format_str
    except (LookupError, TypeError) as error:
        raise Unreadable("corrupt", "the styles of the workbook are damaged") from error


def _value(cell: Any) -> Value | None:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        value = float(cell.value)
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return _ERRORS.get(cell.value, "#N/A") if cell.ctype == xlrd.XL_CELL_ERROR else None


def _is_drawn(border: Any) -> bool:
    sides = border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style
    return any(sides)
