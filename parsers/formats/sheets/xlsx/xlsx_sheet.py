"""One sheet of an .xlsx package: its values, and everything that decides what of them is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from parsers.content import Unreadable
from parsers.formats.packages.xml_tree import Element, child, local, whole
from parsers.formats.sheets.appearance import BLACK, WHITE, TextRun, is_plain
from parsers.formats.sheets.column_room import USUAL_WIDTH, ColumnWidths, last_columns
from parsers.formats.sheets.formulas import results
from parsers.formats.sheets.number_format import GENERAL, LARGEST_EXACT, Value, shown
from parsers.formats.sheets.print_area import under
from parsers.formats.sheets.worksheet import NO_INK, CellLooks, Ink, Range, Spot, Worksheet, range_of, spot_of
from parsers.formats.sheets.xlsx.xlsx_conditions import Applied, conditions
from parsers.formats.sheets.xlsx.xlsx_styles import Style, WorkbookStyles

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NARROWEST, _LOWEST = 0.3, 2.5
"""Digits and points: a column no wider or a row no higher is a line."""

Pieces = tuple[tuple[str, Element | None], ...]
"""Texts with the properties of their fonts, None for those of the cell."""


def pieces_of(item: Element) -> Pieces:
    """The runs of a string item, without the phonetic ones."""
    found: list[tuple[str, Element | None]] = []
    for part in item:
        name = local(part)
        if name == "t":
            found.append((unescaped(part.text or ""), None))
        elif name == "r":
            found.append(("".join(text for text, _ in pieces_of(part)), child(part, "rPr")))
    return tuple(found)


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written by their numbers: ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@dataclass(slots=True)
class SheetReader:
    """Collects one sheet. `recalculates`: the workbook asks to be calculated anew when it is opened."""

    strings: list[Pieces]
    styles: WorkbookStyles
    recalculates: bool = False
    values: dict[Spot, Value] = field(default_factory=dict)
    cells: dict[Spot, Style] = field(default_factory=dict)
    runs: dict[Spot, Pieces] = field(default_factory=dict)
    errors: dict[Spot, str] = field(default_factory=dict)
    formulas: dict[Spot, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: ColumnWidths = field(default_factory=ColumnWidths)
    merged: list[Range] = field(default_factory=list)
    zeros: bool = True
    odd: list[str] = field(default_factory=list)

    def read(self, name: str, sheet: Element, covered: tuple[Range, ...] = ()) -> Worksheet:
        """Everything of the sheet's XML that decides what is seen. `covered` are the cells under drawings."""
        is_styled = False
        for part in sheet:
            kind = local(part)
            if kind == "sheetViews":
                self.zeros = all(view.get("showZeros") not in {"0", "false"} for view in part)
            elif kind == "sheetFormatPr":
                self.columns.usual = _measure(part.get("defaultColWidth")) or USUAL_WIDTH
            elif kind == "cols":
                self._columns(part)
            elif kind == "sheetData":
                self._rows(part)
            elif kind == "mergeCells":
                self.merged.extend(found for item in part if (found := range_of(item.get("ref") or "")))
            elif kind == "tableParts":
                is_styled = True
        return self._worksheet(name, conditions(sheet, self.values, self.styles), covered, is_styled)

    def _worksheet(
        self, name: str, rules: Mapping[Spot, list[Applied]], covered: tuple[Range, ...], is_styled: bool
    ) -> Worksheet:
        calculated, unknown = self._worked_out()
        values = self.values | calculated
        unknown |= under(covered, values.keys(), self.merged)
        looks = CellLooks(
            formats={spot: style.code for spot, style in self.cells.items() if style.code != GENERAL},
            inks=dict(self._inks(is_styled)),
            runs=dict(self._fonts()),
            errors=self.errors,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            ruled=frozenset(spot for spot, style in self.cells.items() if style.ruled),
            unknown=frozenset(unknown | {spot for spot in values if self.cells[spot].repeats}),
            calculated=calculated,
            zeros=self.zeros,
        )
        made = Worksheet(name, values, tuple(self.merged), looks, "; ".join(self.odd[:3]))
        return _by_conditions(made, rules, self.styles) if rules else made

    def _worked_out(self) -> tuple[dict[Spot, Value], set[Spot]]:
        """Results of formulas that the file does not hold, and the spots whose results nobody can tell.

        A stored result that is not what the formula gives is an old one, and so is a 0 in a workbook that asks to be
        calculated anew: whoever opens it sees another number.
        """
        missing = {spot for spot in self.formulas if spot not in self.values and spot not in self.errors}
        stored = {spot: value for spot, value in self.values.items() if spot not in self.formulas}
        found = results(stored, self.formulas)
        unknown = missing - found.keys()
        for spot in self.formulas.keys() & self.values.keys():
            value, result = self.values[spot], found.get(spot)
            if result is None:
                unknown |= {spot} if self.recalculates and value == 0 else set()
            elif result != value and not self.recalculates:
                unknown.add(spot)
        wanted = missing if not self.recalculates else self.formulas.keys()
        return {spot: found[spot] for spot in wanted if spot in found and found[spot] != self.values.get(spot)}, unknown

    def _inks(self, is_styled: bool) -> Iterator[tuple[Spot, Ink]]:
        """The looks of cells other than black on white with room. Where a table's style may colour the paper, only
        black letters are sure."""
        merged = last_columns(self.merged)
        for spot in self.values:
            style = self.cells[spot]
            larger = style.font.size / self.styles.size if style.font.size else 1.0
            room = None if style.bends else self.columns.room(spot, self.values, merged, larger)
            ink = Ink(style.font, None if is_styled and style.font.colour != BLACK else style.paper, room)
            if room is not None or ink.paper != WHITE or not is_plain(style.font):
                yield spot, ink

    def _fonts(self) -> list[tuple[Spot, tuple[TextRun, ...]]]:
        found = []
        for spot, pieces in self.runs.items():
            own = self.cells[spot].font
            runs = tuple(TextRun(text, self.styles.font(font, own)) for text, font in pieces)
            if any(run.font != own for run in runs):
                found.append((spot, runs))
        return found

    def _columns(self, part: Element) -> None:
        for item in part:
            first, last = whole(item.get("min")), whole(item.get("max"))
            if not 0 < first <= last <= _LAST_COLUMN:
                continue
            width = _measure(item.get("width"))
            if item.get("hidden") in {"1", "true"} or (width is not None and width <= _NARROWEST):
                self.hidden_columns.update(range(first - 1, last))
            if width is not None:
                self.columns.widths.update(dict.fromkeys(range(first - 1, last), width))

    def _rows(self, part: Element) -> None:
        """Rows and cells may leave out where they stand: then they follow the one before."""
        row = -1
        for item in part:
            row = whole(item.get("r")) - 1 if item.get("r") else row + 1
            if not 0 <= row < _LAST_ROW:
                raise Unreadable("corrupt", f"the sheet has a row {row + 1}")
            height = _measure(item.get("ht"))
            if item.get("hidden") in {"1", "true"} or (height is not None and height <= _LOWEST):
                self.hidden_rows.add(row)
            column = -1
            for cell in item:
                name = cell.get("r")
                spot = spot_of(name) if name else (row, column + 1)
                if spot is None or spot[0] != row or spot[1] >= _LAST_COLUMN:
                    self.odd.append(f"a cell {name} in row {row + 1}")
                    continue
                column = spot[1]
                self._cell(cell, spot)

    def _cell(self, cell: Element, spot: Spot) -> None:
        self.cells[spot] = self.styles[whole(cell.get("s"))]
        value = self._value(cell, spot)
        if cell.get("t") == "e" and isinstance(value, str):
            self.errors[spot] = value
        elif value is not None:
            self.values[spot] = value
        if (formula := child(cell, "f")) is not None:
            self.formulas[spot] = (formula.text or "").strip()

    def _value(self, cell: Element, spot: Spot) -> Value | None:
        """The stored value; None for an empty cell and for a formula that was never calculated."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = child(cell, "is")
            return self._string(pieces_of(inline), spot) if inline is not None else None
        stored = child(cell, "v")
        text = (stored.text or "") if stored is not None else ""
        if kind in {"str", "e", "d"}:
            return unescaped(text) if stored is not None else None
        if not text.strip():
            return None
        if kind == "s":
            index = whole(text)
            return self._string(self.strings[index], spot) if index < len(self.strings) else None
        return text.strip() in {"1", "true"} if kind == "b" else _number(text)

    def _string(self, pieces: Pieces, spot: Spot) -> str:
        if any(font is not None for _, font in pieces):
            self.runs[spot] = pieces
        return "".join(text for text, _ in pieces)


def _by_conditions(sheet: Worksheet, rules: Mapping[Spot, list[Applied]], styles: WorkbookStyles) -> Worksheet:
    """The sheet with its conditional formats applied; where one may or may not apply and that makes a difference,
    nobody can tell what is printed."""
    looks = sheet.looks
    inks, formats, unknown = dict(looks.inks), dict(looks.formats), set(looks.unknown)
    for spot, applied in rules.items():
        ink, code = inks.get(spot, NO_INK), formats.get(spot, GENERAL)
        sure = _overlaid(ink, code, [one for one in applied if one.surely], styles)
        inks[spot], formats[spot] = sure
        seen = _print(sheet, spot, *sure)
        for one in applied:
            if one.hides or (one.surely is None and _print(sheet, spot, *_overlaid(*sure, [one], styles)) != seen):
                unknown.add(spot)
    return replace(sheet, looks=replace(looks, inks=inks, formats=formats, unknown=frozenset(unknown)))


def _overlaid(ink: Ink, code: str, applied: list[Applied], styles: WorkbookStyles) -> tuple[Ink, str]:
    for one in applied:
        overlay = one.overlay
        paper = ink.paper if overlay.paper is None else overlay.paper
        ink = ink._replace(font=styles.font(overlay.font, ink.font), paper=paper)
        code = overlay.code or code
    return ink, code


def _print(sheet: Worksheet, spot: Spot, ink: Ink, code: str) -> tuple[str, bool]:
    tried = replace(sheet, looks=replace(sheet.looks, inks={spot: ink}))
    return tried.print_of(spot, shown(sheet.values[spot], code, zeros=sheet.looks.zeros))


def _number(text: str) -> Value:
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value


def _measure(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
