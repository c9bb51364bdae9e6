"""The .xls format read by xlrd: values, number formats, borders, what is hidden, what is merged."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import xlrd

from parsers.content import Unreadable
from parsers.formats.damage import refusing
from parsers.formats.sheets.appearance import BLACK, WHITE, Font, TextRun, is_plain
from parsers.formats.sheets.column_room import USUAL_WIDTH, ColumnWidths
from parsers.formats.sheets.formulas import results
from parsers.formats.sheets.number_format import GENERAL, LARGEST_EXACT, Value
from parsers.formats.sheets.print_area import under, within
from parsers.formats.sheets.worksheet import CellLooks, Ink, Range, Spot, Worksheet
from parsers.formats.sheets.xls_conditions import conditioned, spots_in
from parsers.formats.sheets.xls_drawings import drawn
from parsers.formats.sheets.xls_formulas import formulas

_evaluated = xlrd.book.evaluate_name_formula


def _evaluated_if_it_can_be(*told: Any, **options: Any) -> None:
    """Of names of areas only print areas are asked for; one that xlrd cannot follow must not cost the workbook."""
    with contextlib.suppress(xlrd.formula.FormulaError):
        _evaluated(*told, **options)


xlrd.book.evaluate_name_formula = _evaluated_if_it_can_be

_NARROWEST, _LOWEST = 80, 50
"""256ths of a digit and twentieths of a point: a column no wider or a row no higher is a line."""

_PAPER_OF_SYSTEM = 65
_PRINT_AREA = "Print_Area"
_FILL = 4  # an alignment: the text fills the cell again and again
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
    written, changed, over = formulas(data), conditioned(data), drawn(data)
    with refusing("the workbook is damaged", *_DAMAGED), _opened(data, with_looks=with_looks) as book:
        for number, sheet in enumerate(book.sheets()):
            if sheet.visibility == 0:
                values, errors = _values(sheet)
                calculated, unknown = _worked_out(values, written[number] if number < len(written) else {})
                merged: tuple[Range, ...] = tuple(((r0, c0), (r1 - 1, c1 - 1)) for r0, r1, c0, c1 in sheet.merged_cells)
                looks = _looks(book, sheet, values) if with_looks else CellLooks(is_known=False)
                if number < len(changed):
                    unknown |= spots_in(changed[number], values | calculated)
                if number < len(over):
                    unknown |= under(over[number], values.keys() | calculated.keys(), merged)
                looks = replace(looks, errors=errors, calculated=calculated, unknown=looks.unknown | unknown)
                yield within(Worksheet(sheet.name, values | calculated, merged, looks), _print_areas(book, number))


def _print_areas(book: Any, number: int) -> list[Range]:
    """What of a sheet is printed: a name of its own that refers to areas of it."""
    found: list[Range] = []
    for name in book.name_obj_list:
        if name.scope == number and name.name.removeprefix("_xlnm.") == _PRINT_AREA:
            value = name.result.value if name.result is not None else None
            for area in value if isinstance(value, list) else ():
                _, _, top, bottom, left, right = area.coords
                found.append(((top, left), (bottom - 1, right - 1)))
    return found


def _worked_out(values: dict[Spot, Value], written: dict[Spot, str]) -> tuple[dict[Spot, Value], set[Spot]]:
    """Results of the formulas for which the file holds none but an empty text, and those that nobody can tell."""
    missing = {spot for spot in written if values.get(spot, "") == ""}
    found = results({spot: value for spot, value in values.items() if spot not in written}, written)
    old = {spot for spot, result in found.items() if spot not in missing and result != values[spot]}
    return {spot: found[spot] for spot in missing if spot in found}, (missing - found.keys()) | old


def _opened(data: bytes, *, with_looks: bool) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=with_looks, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise Unreadable("encrypted", "the workbook needs a password") from error
        raise


def _values(sheet: Any) -> tuple[dict[Spot, Value], dict[Spot, str]]:
    """Values, and what cells print whose formula failed."""
    values: dict[Spot, Value] = {}
    errors: dict[Spot, str] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                errors[row, column] = _ERRORS.get(cell.value, "#N/A")
            elif (value := _value(cell)) is not None:
                values[row, column] = value
    return values, errors


def _looks(book: Any, sheet: Any, values: dict[Spot, Value]) -> CellLooks:
    formats: dict[Spot, str] = {}
    inks: dict[Spot, Ink] = {}
    ruled: set[Spot] = set()
    merged = {(top, left): right - 1 for top, _, left, right in sheet.merged_cells}
    columns = ColumnWidths(
        {column: info.width / 256 for column, info in sheet.colinfo_map.items()}, _usual_width(sheet)
    )
    usual = _font(book, 0).size or 10.0
    repeated = {spot for spot in values if _style(book, sheet.cell(*spot))[0].alignment.hor_align == _FILL}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            style, code = _style(book, cell)
            if _is_drawn(style.border):
                ruled.add((row, column))
            if (row, column) not in values:
                continue
            if code != GENERAL:
                formats[row, column] = code
            font = _font(book, style.font_index)
            larger = font.size / usual if font.size else 1.0
            bends = style.alignment.text_wrapped or style.alignment.shrink_to_fit
            room = None if bends else columns.room((row, column), values, merged, larger)
            ink = Ink(font, _paper(book, style.background), room)
            if room is not None or ink.paper != WHITE or not is_plain(font):
                inks[row, column] = ink
    return CellLooks(
        formats,
        inks,
        dict(_runs(book, sheet, values)),
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden or _is_flat(info)),
        hidden_columns=frozenset(c for c, info in sheet.colinfo_map.items() if info.hidden or info.width <= _NARROWEST),
        ruled=frozenset(ruled),
        unknown=frozenset(repeated),
        zeros=bool(sheet.show_zero_values),
    )


def _runs(book: Any, sheet: Any, values: dict[Spot, Value]) -> Iterator[tuple[Spot, tuple[TextRun, ...]]]:
    """Texts in several fonts; the first one is that of the cell where the runs begin later."""
    for spot, runs in sheet.rich_text_runlist_map.items():
        text = values.get(spot)
        if not isinstance(text, str):
            continue
        own = _style(book, sheet.cell(*spot))[0].font_index
        stops = [(0, own), *runs] if not runs or runs[0][0] > 0 else runs
        ends = [*(start for start, _ in stops[1:]), len(text)]
        yield spot, tuple(TextRun(text[a:b], _font(book, font)) for (a, font), b in zip(stops, ends, strict=True))


def _font(book: Any, index: int) -> Font:
    font = _at(book.font_list, index)
    colour = _colour(book, font.colour_index)
    return Font(colour or BLACK, bool(font.struck_out), font.escapement in (1, 2), size=font.height / 20)


def _paper(book: Any, background: Any) -> str | None:
    """The colour of the paper under a cell; None for patterns."""
    if background.fill_pattern == 0:
        return WHITE
    if background.fill_pattern != 1:
        return None
    return _colour(book, background.pattern_colour_index) or BLACK


def _colour(book: Any, index: int) -> str | None:
    """None for the system's own colours."""
    if index == _PAPER_OF_SYSTEM:
        return WHITE
    levels = book.colour_map.get(index)
    return None if levels is None else "".join(f"{level:02X}" for level in levels)


def _usual_width(sheet: Any) -> float:
    """Width of columns that say nothing, in digits: stored with its padding, or as the number of digits alone."""
    if sheet.standardwidth:
        return float(sheet.standardwidth) / 256
    return float(sheet.defcolwidth or 8) + USUAL_WIDTH - 8.43


def _is_flat(row: Any) -> bool:
    return bool(row.height_mismatch and row.height is not None and row.height <= _LOWEST)


def _style(book: Any, cell: Any) -> tuple[Any, str]:
    """The style of a cell and its number format; raises `Unreadable` where the file holds no such."""
    style = _at(book.xf_list, cell.xf_index)
    return style, _at(book.format_map, style.format_key).format_str


def _at(table: Any, index: Any) -> Any:
    try:
        return table[index]
    except (LookupError, TypeError) as error:
        raise Unreadable("corrupt", "the styles of the workbook are damaged") from error


def _value(cell: Any) -> Value | None:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        value = float(cell.value)
        return int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else None


def _is_drawn(border: Any) -> bool:
    sides = border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style
    return any(sides)
