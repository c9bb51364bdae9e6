"""The inside of an .xlsx package, read from its XML: values, number formats, borders, what is hidden, what is merged.

Elements are told by local name, so the transitional and the strict namespace read alike.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import normpath

from parsers.content import Unreadable
from parsers.formats.packages.xml_tree import Element, attribute, child, local, parse
from parsers.formats.packages.zip_parts import open_zip, parts, read_member
from parsers.formats.sheets.formulas import results
from parsers.formats.sheets.number_format import GENERAL, Value
from parsers.formats.sheets.worksheet import Looks, Range, Spot, Worksheet, range_of, spot_of
from parsers.formats.sheets.xlsx_styles import Styles, read_styles

_WORKBOOK = "xl/workbook.xml"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def worksheets(data: bytes) -> Iterator[Worksheet]:
    """The visible sheets of a workbook in order. Raises `Unreadable` (``corrupt``, ``too_large``)."""
    with open_zip(data) as archive:
        named = parts(archive)
        book = _part(archive, named, _WORKBOOK)
        if book is None:
            raise Unreadable("corrupt", "the package has no workbook")
        strings = _strings(_part(archive, named, "xl/sharedstrings.xml"))
        styles = read_styles(_part(archive, named, "xl/styles.xml"))
        targets = _targets(_part(archive, named, "xl/_rels/workbook.xml.rels"))
        for sheet in _children(book, "sheets"):
            if attribute(sheet, "state") not in {None, "visible"}:
                continue
            name = attribute(sheet, "name") or ""
            part = _part(archive, named, targets.get(attribute(sheet, "id") or "", ""))
            if part is None:
                raise Unreadable("corrupt", f"the package has no sheet {name}")
            if local(part) == "worksheet":
                yield _Reader(strings, styles).read(name, part)


def _part(archive: zipfile.ZipFile, named: dict[str, zipfile.ZipInfo], name: str) -> Element | None:
    info = named.get(name)
    return None if info is None else parse(read_member(archive, info))


def _children(element: Element, name: str) -> list[Element]:
    part = child(element, name)
    return list(part) if part is not None else []


def _targets(relations: Element | None) -> dict[str, str]:
    """Part names, lower case, by relation id."""
    found: dict[str, str] = {}
    for item in relations if relations is not None else ():
        target = (item.get("Target") or "").replace("\\", "/").lower()
        found[item.get("Id") or ""] = normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return found


def _strings(table: Element | None) -> list[str]:
    return [_plain_text(item) for item in table if local(item) == "si"] if table is not None else []


def _plain_text(item: Element) -> str:
    """Text of a string item: its runs, without the phonetic ones."""
    pieces: list[str] = []
    for part in item:
        name = local(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            pieces.append(_plain_text(part))
    return "".join(pieces)


@dataclass(slots=True)
class _Reader:
    """Collects one sheet."""

    strings: list[str]
    styles: Styles
    values: dict[Spot, Value] = field(default_factory=dict)
    formats: dict[Spot, str] = field(default_factory=dict)
    ruled: set[Spot] = field(default_factory=set)
    formulas: dict[Spot, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    zeros: bool = True

    def read(self, name: str, sheet: Element) -> Worksheet:
        """Everything of the sheet's XML that decides what is seen."""
        for part in sheet:
            kind = local(part)
            if kind == "sheetViews":
                self.zeros = all(view.get("showZeros") not in {"0", "false"} for view in part)
            elif kind == "cols":
                self._columns(part)
            elif kind == "sheetData":
                self._rows(part)
            elif kind == "mergeCells":
                self.merged.extend(found for item in part if (found := range_of(item.get("ref") or "")))
        calculated = results(self.values, self.formulas)
        looks = Looks(
            self.formats, frozenset(self.hidden_rows), frozenset(self.hidden_columns),
            frozenset(self.ruled), frozenset(self.formulas.keys() - calculated), calculated, self.zeros,
        )  # fmt: skip
        return Worksheet(name, self.values | calculated, tuple(self.merged), looks)

    def _columns(self, part: Element) -> None:
        for item in part:
            first, last = _whole(item.get("min")), _whole(item.get("max"))
            if _is_hidden(item, "width") and 0 < first <= last <= _LAST_COLUMN:
                self.hidden_columns.update(range(first - 1, last))

    def _rows(self, part: Element) -> None:
        """Rows and cells may leave out where they stand: then they follow the one before."""
        row = -1
        for item in part:
            row = _whole(item.get("r")) - 1 if item.get("r") else row + 1
            if not 0 <= row < _LAST_ROW:
                raise Unreadable("corrupt", f"the sheet has a row {row + 1}")
            if _is_hidden(item, "ht"):
                self.hidden_rows.add(row)
            column = -1
            for cell in item:
                name = cell.get("r")
                spot = spot_of(name) if name else (row, column + 1)
                if spot is None or spot[0] != row or spot[1] >= _LAST_COLUMN:
                    raise Unreadable("corrupt", f"the sheet has a cell {name} in row {row + 1}")
                column = spot[1]
                self._cell(cell, spot)

    def _cell(self, cell: Element, spot: Spot) -> None:
        style = _whole(cell.get("s"))
        if self.styles.is_ruled(style):
            self.ruled.add(spot)
        value = self._value(cell)
        code = self.styles.format(style)
        if code != GENERAL:
            self.formats[spot] = code
        if value is not None:
            self.values[spot] = value
        elif (formula := child(cell, "f")) is not None:
            self.formulas[spot] = (formula.text or "").strip()

    def _value(self, cell: Element) -> Value | None:
        """The stored value; None for an empty cell and for a formula that was never calculated."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = child(cell, "is")
            return _plain_text(inline) if inline is not None else None
        stored = child(cell, "v")
        text = (stored.text or "") if stored is not None else ""
        if kind in {"str", "e", "d"}:
            return text if stored is not None else None
        if not text.strip():
            return None
        if kind == "s":
            index = _whole(text)
            return self.strings[index] if index < len(self.strings) else None
        return text.strip() in {"1", "true"} if kind == "b" else _number(text)


def _is_hidden(item: Element, size: str) -> bool:
    """A row or column that is hidden, or drawn without height or width."""
    return item.get("hidden") in {"1", "true"} or item.get(size) in {"0", "0.0"}


def _number(text: str) -> Value:
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _whole(text: str | None) -> int:
    bare = (text or "").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 9 else 0
