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
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from parsers.content import Content, Unreadable
from parsers.formats.limits import check_size
from parsers.formats.opendocument.elements import type_of
from parsers.formats.packages.ole import has_stream
from parsers.formats.packages.zip_parts import MAGIC, open_zip, parts
from parsers.formats.sheets import xls_records
from parsers.formats.sheets.blocks import laid_out
from parsers.formats.sheets.number_format import Value
from parsers.formats.sheets.ods import ods_package
from parsers.formats.sheets.stored_values import proven
from parsers.formats.sheets.worksheet import MOST_SPOTS, Range, Spot, Worksheet, check_extent
from parsers.formats.sheets.xlsx import xlsx_package

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_UNFORMATTED = "the formats of the cells could not be read: numbers are given as they are stored"


class _Stored(NamedTuple):
    """A sheet as calamine reads it: values by row, and merged ranges."""

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...]
    unread: str = ""


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
        return _content(media_type, "xls", _drawn(data, media_type))
    drawn = _drawn(data, media_type)
    for sheet in drawn:
        check_extent(sheet)
    unlike = media_type == XLS and not all(sheet.looks.is_known for sheet in drawn)
    values = _joined(_by_calamine(data, {number for number, sheet in enumerate(drawn) if sheet.unread}), drawn)
    return _content(media_type, "xls", values, (_UNFORMATTED,) if unlike else ())


def _by_calamine(data: bytes, damaged: set[int]) -> list[_Stored]:
    """The visible sheets as calamine reads them, but those that are known to be damaged: they may ask for memory
    without end. On some damaged files its Rust code panics, which is no Exception."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            visible = (
                (index, sheet.name)
                for index, sheet in enumerate(workbook.sheets_metadata)
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            )
            return [
                _Stored(name, [], ()) if number in damaged else _stored(workbook, index, name)
                for number, (index, name) in enumerate(visible)
            ]
    except PasswordError as error:
        raise Unreadable("encrypted", "the workbook needs a password") from error
    except (CalamineError, OSError) as error:
        raise Unreadable("corrupt", "the workbook is damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("corrupt", "the workbook is damaged") from error


def _stored(workbook: CalamineWorkbook, index: int, name: str) -> _Stored:
    """One sheet; one that is damaged costs itself."""
    try:
        sheet = workbook.get_sheet_by_index(index)
    except CalamineError:
        return _Stored(name, [], (), f"sheet {name} is damaged")
    if sheet.total_height * sheet.total_width > MOST_SPOTS:
        raise Unreadable("too_large", f"sheet {sheet.name} spans {sheet.total_height:,} × {sheet.total_width:,} cells")
    try:
        return _Stored(name, sheet.to_python(skip_empty_area=False), tuple(sheet.merged_cell_ranges or ()))
    except (ValueError, OverflowError):  # of values that Python has no type for
        return _Stored(name, [], (), f"sheet {name} is damaged")


def second_reading(data: bytes) -> Content | None:
    """The values as another reader finds them; None for the kinds that only one reader knows."""
    media_type = recognise(data) or XLS
    drawn = _drawn(data, media_type)
    sheets = tuple(ods_package.worksheets_again(data, drawn) if media_type == ODS else proven(drawn))
    return replace(_content(media_type, "xls-stored", sheets), independent=True) if sheets else None


def _content(media_type: str, method: str, sheets: Iterable[Worksheet], notes: tuple[str, ...] = ()) -> Content:
    seen = list(sheets)
    found, beside = laid_out(seen)
    unread = tuple(sheet.unread for sheet in seen if sheet.unread)
    if not found:
        raise Unreadable("corrupt", "; ".join(unread)) if unread else Unreadable("empty", "no cell is printed")
    hidden = sum(1 for sheet in seen if sheet.looks.hidden_rows or sheet.looks.hidden_columns)
    if calculated := sum(len(sheet.looks.calculated) for sheet in seen):
        notes += (f"{calculated} sums were calculated from their formulas, the file holds no results",)
    if hidden:
        notes += (f"{hidden} sheets have hidden rows or columns, which are left out",)
    return Content(media_type, method, found, notes=(*notes, *beside), unread=unread)


@lru_cache(maxsize=1)
def _drawn(data: bytes, media_type: str) -> tuple[Worksheet, ...]:
    """The sheets with their looks; none for .xlsb, whose looks nobody here knows. The last ones are kept: both readings
    ask for them."""
    if media_type == XLS:
        return tuple(xls_records.worksheets(data))
    if media_type == ODS:
        return tuple(ods_package.worksheets(data))
    with open_zip(data) as archive:
        is_binary = "xl/workbook.xml" not in parts(archive)
    return () if is_binary else tuple(xlsx_package.worksheets(data))


def _joined(stored: Sequence[_Stored], drawn: Sequence[Worksheet]) -> Iterator[Worksheet]:
    """The sheets with calamine's values and merged ranges. Raises `Unreadable` when they are not the same."""
    if drawn and [sheet.name for sheet in stored] != [sheet.name for sheet in drawn]:
        raise Unreadable("corrupt", "the parts of the workbook do not fit together")
    for number, sheet in enumerate(stored):
        yield _worksheet(sheet, drawn[number] if drawn else Worksheet(sheet.name, {}))


def _worksheet(sheet: _Stored, drawn: Worksheet) -> Worksheet:
    """Calamine's values in the looks that were read besides. What it makes of a formula without a result is none.

    A sheet of which a part is damaged has the values that were read besides: no other reading confirms them.
    """
    if drawn.unread:
        return drawn
    looks = drawn.looks
    values: dict[Spot, Value] = {
        (row, column): value
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if value != "" and ((row, column) not in looks.unknown or (row, column) in drawn.values)
    }
    return Worksheet(sheet.name, {**values, **looks.calculated}, sheet.merged, looks, sheet.unread)
