"""Spreadsheets (.xls, .xlsx, .ods) through calamine: visible sheets with their merged ranges.

A sheet is cut at empty rows; what stands alone on the first row of a piece is a heading. The path of a cell is
``sheet!C5``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    drawn = _Drawn(sheet.name, texts, merged, _covered(texts, merged))
    top = 0
    while top < len(texts):
        bottom = top
        while bottom < len(texts) and drawn.is_filled(bottom):
            bottom += 1
        yield from drawn.piece(range(top, bottom))
        top = bottom + 1


def _covered(texts: Sequence[Sequence[str]], merged: dict[Span, Span]) -> set[Span]:
    """Places under merged cells, within the part of the sheet that is used."""
    return {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, min(bottom + 1, len(texts)))
        for column in range(left, min(right + 1, len(texts[row])))
        if (row, column) != (top, left)
    }


@dataclass(slots=True)
class _Drawn:
    """A sheet as it is seen. `columns` are those of the last table: numbers alone below a gap continue it."""

    name: str
    texts: Sequence[Sequence[str]]
    merged: dict[Span, Span]
    covered: set[Span]
    columns: range = range(0)

    def is_filled(self, row: int) -> bool:
        """Whether something is printed in the row, or a merged cell reaches into it."""
        return any(map(str.strip, self.texts[row])) or any(
            (row, i) in self.covered for i in range(len(self.texts[row]))
        )

    def piece(self, rows: range) -> Iterator[Paragraph | Table]:
        """One piece: headings and prose as paragraphs, the rest as tables."""
        table: list[int] = []
        for row in rows:
            alone = [column for column, text in enumerate(self.texts[row]) if text.strip()]
            text = self.texts[row][alone[0]] if len(alone) == 1 and (row, alone[0]) not in self.covered else ""
            if text and (not table or _is_prose(text)):
                yield from self.table(table)
                table = []
                yield Paragraph(text, Place(path=_path(self.name, row, alone[0])))
            else:
                table.append(row)
        yield from self.table(table)

    def table(self, rows: Sequence[int]) -> Iterator[Table]:
        """Rows as a table as wide as what is printed in it."""
        if not rows:
            return
        used = [column for row in rows for column, text in enumerate(self.texts[row]) if text.strip()]
        used += [last[1] for first, last in self.merged.items() if rows[0] <= first[0] <= rows[-1]]
        if self._has_words(rows) or not self.columns:
            self.columns = range(min(used, default=0), max(used, default=0) + 1)
        else:
            self.columns = range(min(*used, self.columns.start), max(*used, self.columns.stop - 1) + 1)
        check_table(len(rows), len(rows) * len(self.columns))
        yield Table(tuple(self._cell(row, column, rows) for row in rows for column in self._own(row)))

    def _has_words(self, rows: Sequence[int]) -> bool:
        return any(character.isalpha() for row in rows for text in self.texts[row] for character in text)

    def _own(self, row: int) -> Iterator[int]:
        return (column for column in self.columns if (row, column) not in self.covered)

    def _cell(self, row: int, column: int, rows: Sequence[int]) -> Cell:
        bottom, end = self.merged.get((row, column), (row, column))
        text = self.texts[row][column] if column < len(self.texts[row]) else ""
        spans = min(bottom, rows[-1]) - row + 1, end - column + 1
        return Cell(row - rows[0], column - self.columns.start, text, Place(path=_path(self.name, row, column)), *spans)


def _is_prose(text: str) -> bool:
    """Whether a text alone in its row, with no empty row before it, is no row of the table."""
    return len(text) > _LONG or heading_of(text) is not None


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
