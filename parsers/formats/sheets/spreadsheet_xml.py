"""Spreadsheets as one XML file (Excel 2003, SpreadsheetML): what web systems export under the name .xls.

The tree is read with all looks; a second pass without a tree gives the stored values that prove what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.content import Content, Unreadable
from parsers.formats.limits import check_size
from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, head_of, local, parse, whole
from parsers.formats.sheets.appearance import WHITE, Font, TextRun, is_plain
from parsers.formats.sheets.blocks import laid_out
from parsers.formats.sheets.number_format import GENERAL, Value
from parsers.formats.sheets.print_area import within
from parsers.formats.sheets.spreadsheet_xml_styles import XmlStyle, read_font, read_styles
from parsers.formats.sheets.spreadsheet_xml_values import stored_values, value_of
from parsers.formats.sheets.stored_values import proven
from parsers.formats.sheets.worksheet import CellLooks, Ink, Range, Spot, Worksheet, hidden_in

MEDIA_TYPE = "application/vnd.ms-excel.xml"
_ROOT = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL)
_FURTHEST = 1_048_576
_LINE = 2.5  # points: a row no higher or a column no wider is a line
_AREA = re.compile(r"R(\d{1,7})C(\d{1,5})(?::R(\d{1,7})C(\d{1,5}))?")


def recognise(data: bytes) -> str | None:
    """XML whose root is a workbook of that namespace."""
    return MEDIA_TYPE if _ROOT.search(head_of(data)) else None


def read(data: bytes) -> Content:
    """All visible sheets in order. Raises `Unreadable` (``corrupt``, ``empty``, ``too_large``)."""
    return _content("xls-xml", _sheets(data))


def second_reading(data: bytes) -> Content | None:
    """What is printed, proven by the values of a second pass; None where that finds other sheets."""
    sheets = _sheets(data)
    again = stored_values(data)
    if [name for name, _ in again] != [sheet.name for sheet in sheets]:
        return None
    found = [replace(sheet, values=values) for sheet, (_, values) in zip(sheets, again, strict=True)]
    return replace(_content("xls-xml-stored", list(proven(found))), independent=True)


def _content(method: str, sheets: list[Worksheet]) -> Content:
    found, notes = laid_out(sheets)
    unread = tuple(sheet.unread for sheet in sheets if sheet.unread)
    if not found:
        raise Unreadable("corrupt", "; ".join(unread)) if unread else Unreadable("empty", "no cell is printed")
    return Content(MEDIA_TYPE, method, found, notes=notes, unread=unread)


def _sheets(data: bytes) -> list[Worksheet]:
    """The visible sheets; one that cannot be read costs itself."""
    check_size(data)
    root = parse(data)
    styles = read_styles(root)
    found: list[Worksheet] = []
    for item in root:
        if local(item) == "Worksheet" and _is_visible(item):
            try:
                found.append(_Reader(styles).read(item))
            except Unreadable as error:
                name = attribute(item, "Name") or ""
                found.append(Worksheet(name, {}, unread=f"sheet {name} cannot be read: {error.message}"))
    return found


def _is_visible(sheet: Element) -> bool:
    visible = descendant(sheet, "Visible")
    return visible is None or "Hidden" not in (visible.text or "")


@dataclass(slots=True)
class _Reader:
    """Collects one sheet. An index skips rows or cells; spans repeat a hidden row or column."""

    styles: dict[str, XmlStyle]
    values: dict[Spot, Value] = field(default_factory=dict)
    cells: dict[Spot, XmlStyle] = field(default_factory=dict)
    runs: dict[Spot, tuple[TextRun, ...]] = field(default_factory=dict)
    errors: dict[Spot, str] = field(default_factory=dict)
    unknown: set[Spot] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)

    def read(self, sheet: Element) -> Worksheet:
        table = child(sheet, "Table")
        row = column = -1
        for item in table if table is not None else ():
            if local(item) == "Column":
                column = self._passed(item, column, self.hidden_columns, "Width")
            elif local(item) == "Row":
                at = _number(item, "Index", row + 2) - 1
                row = self._passed(item, row, self.hidden_rows, "Height")
                self._row(item, at)
        looks = CellLooks(
            formats={spot: style.code for spot, style in self.cells.items() if style.code != GENERAL},
            inks=dict(self._inks()),
            runs=self.runs,
            errors=self.errors,
            hidden_rows=hidden_in(self.values, 0, self.hidden_rows),
            hidden_columns=hidden_in(self.values, 1, self.hidden_columns),
            unknown=frozenset(self.unknown | set(self._conditional(sheet))),
        )
        made = Worksheet(attribute(sheet, "Name") or "", self.values, tuple(self.merged), looks)
        return within(made, _print_areas(sheet))

    def _inks(self) -> Iterator[tuple[Spot, Ink]]:
        for spot in self.values:
            style = self.cells[spot]
            if style.paper != WHITE or not is_plain(style.font):
                yield spot, Ink(style.font, style.paper)

    def _conditional(self, sheet: Element) -> Iterator[Spot]:
        """Spots whose looks depend on conditions, of which none is worked out here."""
        for block in (item for item in sheet if local(item) == "ConditionalFormatting"):
            looks = " ".join(attribute(item, "Style") or "" for item in block.iter() if local(item) == "Format")
            if "color" not in looks and "line-through" not in looks:
                continue
            for match in _AREA.finditer(getattr(child(block, "Range"), "text", None) or ""):
                corners = match[1], match[2], match[3] or match[1], match[4] or match[2]
                top, left, bottom, right = map(int, corners)
                yield from (s for s in self.values if top <= s[0] + 1 <= bottom and left <= s[1] + 1 <= right)

    def _passed(self, item: Element, before: int, hidden: list[range], size: str) -> int:
        """The last row or column that an element stands for."""
        first = _number(item, "Index", before + 2) - 1
        last = first + _number(item, "Span", 0)
        if first <= before:
            raise Unreadable("corrupt", "the rows or columns of the sheet overlap")
        if attribute(item, "Hidden") == "1" or _is_line(attribute(item, size)):
            hidden.append(range(first, last + 1))
        return last

    def _row(self, element: Element, row: int) -> None:
        column = -1
        for item in element:
            if local(item) != "Cell":
                continue
            column = _number(item, "Index", column + 2) - 1
            across, down = _number(item, "MergeAcross", 0), _number(item, "MergeDown", 0)
            if across or down:
                self.merged.append(((row, column), (row + down, column + across)))
            self._cell(item, (row, column), attribute(item, "StyleID") or attribute(element, "StyleID") or "Default")
            column += across

    def _cell(self, item: Element, spot: Spot, style: str) -> None:
        data = child(item, "Data")
        self.cells[spot] = self.styles.get(style, XmlStyle())
        if data is None:
            self.unknown |= {spot} if attribute(item, "Formula") else set()
            return
        kind = attribute(data, "Type") or ""
        runs = tuple(_runs(data, self.cells[spot].font))
        text = "".join(run.text for run in runs)
        if kind == "Error":
            self.errors[spot] = text
            return
        self.values[spot] = value_of(text, kind)
        if any(run.font != self.cells[spot].font for run in runs):
            self.runs[spot] = runs
        self.unknown |= {spot} if self.cells[spot].repeats else set()


def _print_areas(sheet: Element) -> list[Range]:
    """What of a sheet is printed."""
    names = (item for item in sheet.iter() if local(item) == "NamedRange" and attribute(item, "Name") == "Print_Area")
    written = "".join(attribute(item, "RefersTo") or "" for item in names)
    return [
        ((int(top) - 1, int(left) - 1), (int(bottom or top) - 1, int(right or left) - 1))
        for top, left, bottom, right in _AREA.findall(written)
    ]


def _runs(element: Element, font: Font) -> Iterator[TextRun]:
    """Texts of a cell are written as in HTML: S, Sub, Sup, Font with a colour."""
    font = read_font(element, font)
    if element.text:
        yield TextRun(element.text, font)
    for item in element:
        yield from _runs(item, font)
        if item.tail:
            yield TextRun(item.tail, font)


def _is_line(size: str | None) -> bool:
    try:
        return size is not None and float(size) <= _LINE
    except ValueError:
        return False


def _number(element: Element, name: str, default: int) -> int:
    number = whole(attribute(element, name), -1)
    return default if number < 0 else min(number, _FURTHEST)
