"""Spreadsheets (.xls, .xlsx, .et, .ods): visible sheets with their merged ranges, cells as their formats print them.

The first reading has its values from calamine; the second from the package's XML (.xlsx) or from xlrd (.xls). How
the values look (formats, hidden rows) is the same for both. An .ods holds the printed texts: it is read as a tree and
then in one pass. The path of a cell is ``sheet!C5``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from parsers.content import Content, Unreadable
from parsers.formats.limits import MAX_CELLS, check_size
from parsers.formats.opendocument.elements import type_of
from parsers.formats.packages.ole import has_stream
from parsers.formats.packages.zip_parts import MAGIC, open_zip, parts
from parsers.formats.sheets import ods_package, xls_records, xlsx_package
from parsers.formats.sheets.blocks import laid_out
from parsers.formats.sheets.number_format import Value
from parsers.formats.sheets.worksheet import NO_LOOKS, Looks, Range, Spot, Worksheet, check_extent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_UNFORMATTED = "the formats of the cells could not be read: numbers are given as they are stored"


class _Stored(NamedTuple):
    """A sheet as calamine reads it: values by row, and merged ranges."""

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...]


def recognise(data: bytes) -> str | None:
    """A ZIP package or an OLE file with a workbook."""
    if data.startswith(MAGIC):
        try:
            with open_zip(data) as archive:
                named = parts(archive)
                if "xl/workbook.xml" in named or "xl/workbook.bin" in named:
                    return XLSX
        except Unreadable:
            return XLSX if b"xl/workbook.xml" in data[:200_000] else None
    if type_of(data) == ODS.encode():
        return ODS
    return XLS if has_stream(data, "Workbook", "Book") else None


def read(data: bytes) -> Content:
    """All visible sheets in order. Raises `Unreadable` (``encrypted``, ``corrupt``, ``empty``, ``too_large``)."""
    check_size(data)
    media_type = recognise(data) or XLS
    if media_type == ODS:
        return _content(media_type, "xls", ods_package.worksheets(data))
    drawn = _drawn(data, media_type)
    for sheet in drawn:
        check_extent(sheet)
    unlike = media_type == XLS and any(sheet.looks is NO_LOOKS for sheet in drawn)
    values = _joined(_by_calamine(data), drawn)
    return _content(media_type, "xls", values, (_UNFORMATTED,) if unlike else ())


def _by_calamine(data: bytes) -> list[_Stored]:
    """The visible sheets as calamine reads them. On some damaged files its Rust code panics, which is no Exception."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return [
                _stored(workbook.get_sheet_by_index(index))
                for index, sheet in enumerate(workbook.sheets_metadata)
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise Unreadable("encrypted", "the workbook needs a password") from error
    except (CalamineError, OSError) as error:
        raise Unreadable("corrupt", "the workbook is damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("corrupt", "the workbook is damaged") from error


def _stored(sheet: CalamineSheet) -> _Stored:
    if sheet.total_height * sheet.total_width > MAX_CELLS * 20:
        raise Unreadable("too_large", f"sheet {sheet.name} spans {sheet.total_height:,} × {sheet.total_width:,} cells")
    try:
        return _Stored(sheet.name, sheet.to_python(skip_empty_area=False), tuple(sheet.merged_cell_ranges or ()))
    except (ValueError, OverflowError) as error:  # of values that Python has no type for
        raise Unreadable("corrupt", "the workbook is damaged") from error


def second_reading(data: bytes) -> Content | None:
    """The values as another reader finds them; None for the kinds that only one reader knows."""
    media_type = recognise(data) or XLS
    sheets = tuple(ods_package.worksheets_again(data)) if media_type == ODS else _drawn(data, media_type)
    return replace(_content(media_type, "xls-records", sheets), independent=True) if sheets else None


def _content(media_type: str, method: str, sheets: Iterable[Worksheet], notes: tuple[str, ...] = ()) -> Content:
    seen = list(sheets)
    found, beside = laid_out(seen)
    if not found:
        raise Unreadable("empty", "the workbook has no printed cell")
    hidden = sum(1 for sheet in seen if sheet.looks.hidden_rows or sheet.looks.hidden_columns)
    if calculated := sum(len(sheet.looks.calculated) for sheet in seen):
        notes += (f"{calculated} sums were calculated from their formulas, the file holds no results",)
    if hidden:
        notes += (f"{hidden} sheets have hidden rows or columns, which are left out",)
    return Content(media_type, method, found, notes=(*notes, *beside))


@lru_cache(maxsize=1)
def _drawn(data: bytes, media_type: str) -> tuple[Worksheet, ...]:
    """The sheets with their looks; none for .xlsb, whose looks nobody here knows. The last ones are kept: both readings
    ask for them."""
    if media_type == XLS:
        return tuple(xls_records.worksheets(data))
    with open_zip(data) as archive:
        is_binary = "xl/workbook.xml" not in parts(archive)
    return () if is_binary else tuple(xlsx_package.worksheets(data))


def _joined(stored: Sequence[_Stored], drawn: Sequence[Worksheet]) -> Iterator[Worksheet]:
    """The sheets with calamine's values and merged ranges. Raises `Unreadable` when they are not the same."""
    if drawn and [sheet.name for sheet in stored] != [sheet.name for sheet in drawn]:
        raise Unreadable("corrupt", "the parts of the workbook do not fit together")
    for number, sheet in enumerate(stored):
        yield _worksheet(sheet, drawn[number].looks if drawn else NO_LOOKS)


def _worksheet(sheet: _Stored, looks: Looks) -> Worksheet:
    values: dict[Spot, Value] = {
        (row, column): value
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if value != "" and (row, column) not in looks.unknown
    }
    return Worksheet(sheet.name, {**values, **looks.calculated}, sheet.merged, looks)
