"""Spreadsheets (.xls, .xlsx, .ods) through calamine: visible sheets with their merged ranges.

A sheet is cut at empty rows; what stands alone on the first row of a piece is a heading. The path of a cell is
``sheet!C5``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from parsers.content import Cell, Content, Paragraph, Place, Table, Unreadable
from parsers.formats.limits import MAX_CELLS, check_size, check_table
from parsers.formats.ole import has_stream
from parsers.formats.zipped import MAGIC, open_zip, parts, read_member
from parsers.sections import heading_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_LONG = 60
"""A text that stands alone in its row and is longer than any label is prose."""

Value = int | float | str | bool | time | date | datetime | timedelta
Span = tuple[int, int]


def recognise(data: bytes) -> str | None:
    """A ZIP package or an OLE file with a workbook."""
    if data.startswith(MAGIC):
        try:
            with open_zip(data) as archive:
                named = parts(archive)
                if "xl/workbook.xml" in named or "xl/workbook.bin" in named:
                    return XLSX
                kind = read_member(archive, named["mimetype"], 200) if "mimetype" in named else b""
                return ODS if kind.strip() == ODS.encode() else None
        except Unreadable:
            return XLSX if b"xl/workbook.xml" in data[:200_000] else None
    return XLS if has_stream(data, "Workbook", "Book") else None


def read(data: bytes) -> Content:
    """All visible sheets in order. Raises `Unreadable` (``encrypted``, ``corrupt``, ``empty``)."""
    check_size(data)
    media_type = recognise(data) or XLS
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            blocks = [
                block
                for index, sheet in enumerate(workbook.sheets_metadata)
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
                for block in _sheet(workbook.get_sheet_by_index(index))
            ]
    except PasswordError as error:
        raise Unreadable("encrypted", "the workbook needs a password") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable("corrupt", f"the workbook is damaged: {error}") from error
    if not blocks:
        raise Unreadable("empty", "the workbook has no printed cell")
    return Content(media_type, "xls", tuple(blocks))


def _sheet(sheet: CalamineSheet) -> Iterator[Paragraph | Table]:
    """The pieces of a sheet between its empty rows."""
    if sheet.total_height * sheet.total_width > MAX_CELLS * 20:
        raise Unreadable("too_large", f"sheet {sheet.name} spans {sheet.total_height:,} × {sheet.total_width:,} cells")
    rows: list[list[Value]] = sheet.to_python(skip_empty_area=False)
    texts = [[printed(value) for value in row] for row in rows]
    merged = {first: last for first, last in sheet.merged_cell_ranges or [] if first[0] < len(texts)}
    covered = {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, min(bottom, len(texts)) + 1)
        for column in range(left, min(right, 16_384) + 1)
        if (row, column) != (top, left)
    }
    filled = [
        any(text.strip() for text in row) or any((i, j) in covered for j in range(len(row)))
        for i, row in enumerate(texts)
    ]
    top = 0
    while top < len(texts):
        bottom = top
        while bottom < len(texts) and filled[bottom]:
            bottom += 1
        yield from _piece(sheet.name, texts, range(top, bottom), merged, covered)
        top = bottom + 1


def _piece(
    name: str, texts: Sequence[Sequence[str]], rows: range, merged: dict[Span, Span], covered: set[Span]
) -> Iterator[Paragraph | Table]:
    """One piece: headings and prose as paragraphs, the rest as tables."""
    table: list[int] = []
    for row in rows:
        alone = [column for column, text in enumerate(texts[row]) if text.strip()]
        if len(alone) == 1 and (not table or _is_prose(texts[row][alone[0]])) and (row, alone[0]) not in covered:
            yield from _table(name, texts, table, merged, covered)
            table = []
            yield Paragraph(texts[row][alone[0]], Place(path=_path(name, row, alone[0])))
        else:
            table.append(row)
    yield from _table(name, texts, table, merged, covered)


def _is_prose(text: str) -> bool:
    """Whether a text alone in its row, with no empty row before it, is no row of the table."""
    return len(text) > _LONG or heading_of(text) is not None


def _table(
    name: str, texts: Sequence[Sequence[str]], rows: Sequence[int], merged: dict[Span, Span], covered: set[Span]
) -> Iterator[Table]:
    if not rows:
        return
    used = [column for row in rows for column, text in enumerate(texts[row]) if text.strip()]
    used += [last[1] for first, last in merged.items() if rows[0] <= first[0] <= rows[-1]]
    left, right = min(used, default=0), max(used, default=0)
    check_table(len(rows), len(rows) * (right - left + 1))
    cells = []
    for row in rows:
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            bottom, end = merged.get((row, column), (row, column))
            text = texts[row][column] if column < len(texts[row]) else ""
            place = Place(path=_path(name, row, column))
            rowspan = min(bottom, rows[-1]) - row + 1
            cells.append(Cell(row - rows[0], column - left, text, place, rowspan, end - column + 1))
    yield Table(tuple(cells))


def _path(sheet: str, row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet}!{letters}{row + 1}"


def printed(value: Value) -> str:
    """A value as a sheet prints it: whole numbers without decimals, no exponents, at most 15 digits."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _decimal(value)
    return value if isinstance(value, str) else str(value)


def _decimal(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
