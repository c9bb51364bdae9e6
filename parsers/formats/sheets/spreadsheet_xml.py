"""Spreadsheets as one XML file (Excel 2003, SpreadsheetML): what web systems export under the name .xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.content import Content, Unreadable
from parsers.formats.limits import check_size
from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, head_of, local, parse
from parsers.formats.sheets.blocks import laid_out
from parsers.formats.sheets.number_format import GENERAL, Value
from parsers.formats.sheets.worksheet import Looks, Range, Spot, Worksheet, hidden_in

MEDIA_TYPE = "application/vnd.ms-excel.xml"
_ROOT = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL)
_NAMED = {"General Number": GENERAL, "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "@": "@"}
_FURTHEST = 1_048_576


def recognise(data: bytes) -> str | None:
    """XML whose root is a workbook of that namespace."""
    return MEDIA_TYPE if _ROOT.search(head_of(data)) else None


def read(data: bytes) -> Content:
    """All visible sheets in order. Raises `Unreadable` (``corrupt``, ``empty``, ``too_large``)."""
    check_size(data)
    root = parse(data)
    formats = dict(_formats(style) for style in root.iter("{*}Style"))
    sheets = [_Reader(formats).read(item) for item in root if local(item) == "Worksheet" and _is_visible(item)]
    found, notes = laid_out(sheets)
    if not found:
        raise Unreadable("empty", "the workbook has no printed cell")
    return Content(MEDIA_TYPE, "xls-xml", found, notes=notes)


def _formats(style: Element) -> tuple[str, str]:
    code = attribute(child(style, "NumberFormat"), "Format") or GENERAL
    return attribute(style, "ID") or "", _NAMED.get(code, code)


def _is_visible(sheet: Element) -> bool:
    visible = descendant(sheet, "Visible")
    return visible is None or "Hidden" not in (visible.text or "")


@dataclass(slots=True)
class _Reader:
    """Collects one sheet. An index skips rows or cells; spans repeat a hidden row or column."""

    styles: dict[str, str]
    values: dict[Spot, Value] = field(default_factory=dict)
    formats: dict[Spot, str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)

    def read(self, sheet: Element) -> Worksheet:
        table = child(sheet, "Table")
        row = column = -1
        for item in table if table is not None else ():
            if local(item) == "Column":
                column = self._passed(item, column, self.hidden_columns)
            elif local(item) == "Row":
                at = _number(item, "Index", row + 2) - 1
                row = self._passed(item, row, self.hidden_rows)
                self._row(item, at)
        hidden = hidden_in(self.values, 0, self.hidden_rows), hidden_in(self.values, 1, self.hidden_columns)
        looks = Looks(self.formats, *hidden)
        return Worksheet(attribute(sheet, "Name") or "", self.values, tuple(self.merged), looks)

    def _passed(self, item: Element, before: int, hidden: list[range]) -> int:
        """The last row or column that an element stands for."""
        first = _number(item, "Index", before + 2) - 1
        last = first + _number(item, "Span", 0)
        if first <= before:
            raise Unreadable("corrupt", "the rows or columns of the sheet overlap")
        if attribute(item, "Hidden") == "1":
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
            self._cell(item, (row, column), attribute(item, "StyleID") or attribute(element, "StyleID") or "")
            column += across

    def _cell(self, item: Element, spot: Spot, style: str) -> None:
        data = child(item, "Data")
        if data is None:
            return
        self.values[spot] = _value("".join(str(text) for text in data.itertext()), attribute(data, "Type") or "")
        code = self.styles.get(style, GENERAL)
        if code != GENERAL:
            self.formats[spot] = code


def _value(text: str, kind: str) -> Value:
    if kind == "Boolean":
        return text.strip() == "1"
    if kind != "Number":
        return text.removesuffix("T00:00:00.000") if kind == "DateTime" else text
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _number(element: Element, name: str, default: int) -> int:
    text = attribute(element, name) or ""
    return min(int(text), _FURTHEST) if text.isdecimal() and len(text) < 9 else default
