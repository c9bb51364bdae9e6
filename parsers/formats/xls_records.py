"""The .xls format read by xlrd: values, number formats, borders, what is hidden, what is merged."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd

from parsers.content import Unreadable
from parsers.formats.number_format import GENERAL, Value
from parsers.formats.worksheet import Looks, Range, Spot, Worksheet

_DAMAGED = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, ValueError, IndexError, KeyError, TypeError,
    AttributeError, AssertionError, OverflowError, NotImplementedError, RecursionError,
)  # fmt: skip
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def worksheets(data: bytes) -> Iterator[Worksheet]:
    """The visible sheets of a workbook in order. Raises `Unreadable` (``corrupt``)."""
    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            for sheet in book.sheets():
                if sheet.visibility == 0:
                    yield _worksheet(book, sheet)
    except _DAMAGED as error:
        raise Unreadable("corrupt", f"the workbook is damaged: {error}") from error


def _worksheet(book: Any, sheet: Any) -> Worksheet:
    values: dict[Spot, Value] = {}
    formats: dict[Spot, str] = {}
    ruled: set[Spot] = set()
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            style = book.xf_list[cell.xf_index]
            if _is_drawn(style.border):
                ruled.add((row, column))
            value = _value(cell)
            if value is not None:
                values[row, column] = value
                code = book.format_map[style.format_key].format_str
                if code != GENERAL:
                    formats[row, column] = code
    looks = Looks(
        formats,
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        frozenset(ruled),
        zeros=bool(sheet.show_zero_values),
    )
    merged: tuple[Range, ...] = tuple(((r0, c0), (r1 - 1, c1 - 1)) for r0, r1, c0, c1 in sheet.merged_cells)
    return Worksheet(sheet.name, values, merged, looks)


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
