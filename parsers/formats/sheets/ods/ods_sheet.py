"""One sheet of an OpenDocument spreadsheet: what each cell prints, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.content import Unreadable
from parsers.formats.limits import MAX_CELLS
from parsers.formats.opendocument.elements import NOT_PRINTED, count
from parsers.formats.packages.xml_tree import Element, attribute, local
from parsers.formats.sheets.appearance import Font, TextRun, is_plain
from parsers.formats.sheets.column_room import ColumnWidths, last_columns
from parsers.formats.sheets.formulas import results
from parsers.formats.sheets.number_format import LARGEST_EXACT, Printed, Value, plain
from parsers.formats.sheets.ods.ods_styles import CellStyle, OdsStyles, holds
from parsers.formats.sheets.print_area import areas_of, under, within
from parsers.formats.sheets.worksheet import (
    CellLooks,
    Ink,
    Range,
    Spot,
    Worksheet,
    hidden_in,
    is_inside,
    range_of,
    spot_of,
)

_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_COLUMN_GROUPS = frozenset({"table-header-columns", "table-columns", "table-column-group"})
_DRAWN = frozenset("frame custom-shape line rect path polygon polyline ellipse circle connector g control".split())
_NOT_SEEN = frozenset({"collapse", "filter"})
_LINE = 2.5  # points: a row no higher or a column no wider is a line
_DIGIT = 0.5  # of the size of a font: how wide its digits are at least
_FURTHEST = 1_048_576
_REST_OF_SHEET = 1_024
"""Columns of one definition from which on it is for the empty rest of the sheet, and no width of it is kept; chosen."""
_USUAL_SIZE = 10.0  # points


@dataclass(slots=True)
class OdsSheet:
    """Collects one sheet. Repeats are counted, and filled in only where something is printed."""

    styles: OdsStyles
    zeros: bool = True
    texts: dict[Spot, Value] = field(default_factory=dict)
    stored: dict[Spot, Value] = field(default_factory=dict)
    cells: dict[Spot, CellStyle] = field(default_factory=dict)
    runs: dict[Spot, tuple[TextRun, ...]] = field(default_factory=dict)
    errors: dict[Spot, str] = field(default_factory=dict)
    formulas: dict[Spot, str] = field(default_factory=dict)
    unknown: set[Spot] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    covered: list[Range] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    columns: ColumnWidths = field(default_factory=ColumnWidths)
    defaults: list[tuple[range, str]] = field(default_factory=list)

    def read(self, name: str, table: Element) -> Worksheet:
        """Everything of the table that decides what is seen."""
        column = 0
        for item in _inside(table, "table-column", _COLUMN_GROUPS):
            column = self._column(item, column)
        row = 0
        for item in _inside(table, "table-row", _GROUPS):
            repeats = count(item, "number-rows-repeated", most=_FURTHEST)
            height = self.styles.length("table-row", attribute(item, "style-name") or "", "row-height")
            if attribute(item, "visibility") in _NOT_SEEN or (height is not None and height <= _LINE):
                self.hidden_rows.append(range(row, row + repeats))
            self._row(item, row, repeats)
            row += repeats
        areas = areas_of((attribute(table, "print-ranges") or "").replace(" ", ","))
        return within(self._by_conditions(self._worksheet(name), table), areas)

    def _worksheet(self, name: str) -> Worksheet:
        found = results({s: v for s, v in self.stored.items() if s not in self.formulas}, self.formulas)
        missing = {spot for spot in self.formulas if spot not in self.texts and spot not in self.errors}
        calculated: dict[Spot, Value] = {spot: str(found[spot]) for spot in missing if spot in found}
        old = {spot for spot, result in found.items() if spot not in missing and result != self.stored.get(spot)}
        values = self.texts | calculated
        drawn = under(self.covered, values.keys(), self.merged)
        fonts = {s: r for s, r in self.runs.items() if any(run.font != self.cells[s].font for run in r)}
        looks = CellLooks(
            inks=dict(self._inks()),
            runs=fonts,
            errors=self.errors,
            hidden_rows=hidden_in(values, 0, self.hidden_rows),
            hidden_columns=hidden_in(values, 1, self.hidden_columns),
            unknown=frozenset(self.unknown | drawn | old | (missing - found.keys())),
            calculated=calculated,
            zeros=self.zeros,
        )
        return Worksheet(name, values, tuple(self.merged), looks)

    def _inks(self) -> Iterator[tuple[Spot, Ink]]:
        merged, values = last_columns(self.merged), self.texts | self.stored
        for spot in self.texts:
            style = self.cells[spot]
            larger = (style.font.size or _USUAL_SIZE) / _USUAL_SIZE
            room = None if style.bends else self.columns.room(spot, values, merged, larger)
            if room is not None or style.paper != "FFFFFF" or not is_plain(style.font):
                yield spot, Ink(style.font, style.paper, room)

    def _by_conditions(self, sheet: Worksheet, table: Element) -> Worksheet:
        """The sheet with its conditional formats applied; where one may or may not apply and that makes a difference,
        nobody can tell what is printed."""
        inks, unknown = dict(sheet.looks.inks), {*sheet.looks.unknown, *self._behind_drawings(table)}
        for spot, applied in self._applied(table).items():
            before = _print(sheet, spot, inks.get(spot, Ink()))
            for condition, name in applied:
                surely = holds(condition, self.stored.get(spot))
                style = self.styles.cell(name)
                ink = Ink(style.font, style.paper)
                if surely is not False and self.styles.prints_by_format(name):
                    unknown.add(spot)
                if surely:
                    inks[spot] = ink
                    break
                if surely is None and _print(sheet, spot, ink) != before:
                    unknown.add(spot)
        return replace(sheet, looks=replace(sheet.looks, inks=inks, unknown=frozenset(unknown)))

    def _behind_drawings(self, table: Element) -> set[Spot]:
        """Cells that print a bar or a sign in place of their number."""
        ranges = [
            area
            for block in (item for item in table.iter() if local(item) == "conditional-format")
            if any(attribute(item, "show-value") == "false" for item in block)
            for word in (attribute(block, "target-range-address") or "").split()
            if (area := _range(word))
        ]
        return {spot for spot in self.texts if any(is_inside(spot, area) for area in ranges)}

    def _applied(self, table: Element) -> dict[Spot, list[tuple[str, str]]]:
        found = {spot: list(style.maps) for spot, style in self.cells.items() if style.maps and spot in self.texts}
        for block in (item for item in table.iter() if local(item) == "conditional-format"):
            words = (attribute(block, "target-range-address") or "").split()
            ranges = [area for word in words if (area := _range(word))]
            rules = [
                (attribute(item, "value") or "", attribute(item, "apply-style-name") or "")
                for item in block
                if local(item) == "condition"
            ]
            for spot in (spot for spot in self.texts if any(is_inside(spot, area) for area in ranges)):
                found.setdefault(spot, []).extend(rules)
        return found

    def _column(self, item: Element, column: int) -> int:
        repeats = count(item, "number-columns-repeated", most=16_384)
        here = range(column, column + repeats)
        width = self.styles.length("table-column", attribute(item, "style-name") or "", "column-width")
        if attribute(item, "visibility") in _NOT_SEEN or (width is not None and width <= _LINE):
            self.hidden_columns.append(here)
        if width is not None and repeats < _REST_OF_SHEET:
            self.columns.widths.update(dict.fromkeys(here, width / (_DIGIT * _USUAL_SIZE)))
        self.defaults.append((here, attribute(item, "default-cell-style-name") or ""))
        return column + repeats

    def _row(self, element: Element, row: int, repeats: int) -> None:
        column = 0
        for cell in element:
            beside = count(cell, "number-columns-repeated", most=16_384)
            if local(cell) == "table-cell":
                default = attribute(element, "default-cell-style-name")
                self._cell(cell, (row, column), repeats, beside, default)
            column += beside

    def _cell(self, cell: Element, spot: Spot, down: int, beside: int, default: str | None) -> None:
        """A cell and its repeats; one without text is only remembered for what it merges."""
        row, column = spot
        height, width = count(cell, "number-rows-spanned"), count(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            self.merged.append((spot, (row + height - 1, column + width - 1)))
        self.covered += [(spot, _end(item) or spot) for item in cell if local(item) in _DRAWN]
        style = self.styles.cell(attribute(cell, "style-name") or default or self._default(column))
        runs = tuple(self._runs(cell, style.font))
        text, has_text = "".join(run.text for run in runs), any(local(item) == "p" for item in cell)
        formula, stored = attribute(cell, "formula"), _number(attribute(cell, "value"))
        if not text and formula is None and stored is None:
            return
        if down * beside + len(self.texts) > MAX_CELLS:
            raise Unreadable("too_large", f"a cell is repeated {down * beside:,} times")
        is_error = attribute(cell, "value-type") == "string" and _is_error(cell, text)
        spots = [(row + i, column + j) for i in range(down) for j in range(beside)]
        self.cells.update(dict.fromkeys(spots, style))
        if stored is not None:
            self.stored.update(dict.fromkeys(spots, stored))
        if formula is not None:
            self.formulas.update(dict.fromkeys(spots, _plain_formula(formula)))
        if is_error:
            self.errors.update(dict.fromkeys(spots, text))
        elif text:
            self.runs.update(dict.fromkeys(spots, runs))
        if style.repeats and not style.hidden:
            self.unknown.update(spots)
        if not is_error and (self.zeros or stored != 0):
            self._print(cell, spots, text, None if has_text else stored, hidden=style.hidden)

    def _print(self, cell: Element, spots: Sequence[Spot], text: str, stored: float | None, *, hidden: bool) -> None:
        """What the cell prints: its text, else the stored value, of which a format may make something else."""
        if not text and stored is not None:
            text = plain(stored)
            self.unknown.update(spots if attribute(cell, "data-style-name") else ())
        if text and not hidden:
            self.texts.update(dict.fromkeys(spots, text))

    def _default(self, column: int) -> str:
        return next((name for columns, name in self.defaults if column in columns), "")

    def _runs(self, cell: Element, font: Font) -> Iterator[TextRun]:
        """The text of a cell's paragraphs in their fonts."""
        paragraphs = [item for item in cell if local(item) == "p"]
        for number, paragraph in enumerate(paragraphs):
            if number:
                yield TextRun("\n", font)
            yield from self._pieces(paragraph, font)

    def _pieces(self, element: Element, font: Font) -> Iterator[TextRun]:
        if element.text:
            yield TextRun(element.text, font)
        for item in element:
            name = local(item)
            if name in {"s", "tab", "line-break"}:
                yield TextRun({"s": " " * count(item, "c"), "tab": "\t", "line-break": "\n"}[name], font)
            elif name and name not in NOT_PRINTED:
                own = self.styles.text(attribute(item, "style-name") or "", font) if name == "span" else font
                yield from self._pieces(item, own)
            if item.tail:
                yield TextRun(item.tail, font)


def _print(sheet: Worksheet, spot: Spot, ink: Ink) -> tuple[str, bool]:
    tried = replace(sheet, looks=replace(sheet.looks, inks={spot: ink}))
    return tried.print_of(spot, Printed(str(sheet.values.get(spot, ""))))


def _is_error(cell: Element, text: str) -> bool:
    """The value type of newer files says it; else the text of a formula begins as errors do."""
    kinds = [str(value) for key, value in cell.attrib.items() if str(key).endswith("}value-type")]
    return "error" in kinds or (attribute(cell, "formula") is not None and text.startswith(("#", "Err:")))


def _plain_formula(formula: str) -> str:
    """``of:=SUM([.B2:.C2];[.D2])`` as ``SUM(B2:C2,D2)``."""
    _, _, text = formula.partition("=")
    return text.replace("[.", "").replace(":.", ":").replace("]", "").replace(";", ",")


def _end(item: Element) -> Spot | None:
    """The last cell under something drawn over the sheet."""
    address = attribute(item, "end-cell-address")
    return spot_of(address.rpartition(".")[2]) if address else None


def _range(address: str) -> Range | None:
    first, _, last = address.partition(":")
    corners = first.rpartition(".")[2], (last or first).rpartition(".")[2]
    return range_of(":".join(corners))


def _number(text: str | None) -> int | float | None:
    try:
        value = float(text) if text is not None else None
    except ValueError:
        return None
    return int(value) if value is not None and value.is_integer() and abs(value) < LARGEST_EXACT else value


def _inside(table: Element, name: str, groups: frozenset[str]) -> Iterator[Element]:
    """Rows or columns of a table, through groups of them."""
    for item in table:
        if local(item) == name:
            yield item
        elif local(item) in groups:
            yield from _inside(item, name, groups)
