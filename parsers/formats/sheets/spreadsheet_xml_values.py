"""The stored values of a SpreadsheetML workbook from one pass of expat: where rows and cells stand is decided anew."""

from __future__ import annotations

from xml.parsers import expat

from parsers.formats.limits import DIGITS_OF_COUNT
from parsers.formats.sheets.number_format import LARGEST_EXACT, Value
from parsers.formats.sheets.worksheet import Spot


def value_of(text: str, kind: str) -> Value:
    """A value by its type."""
    if kind == "Boolean":
        return text.strip() == "1"
    if kind != "Number":
        return text.removesuffix("T00:00:00.000") if kind == "DateTime" else text
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value


class _Pass:
    """What was met so far: name, visibility and values of each sheet."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, dict[Spot, Value]]] = []
        self.hidden: set[int] = set()
        self.row = self.column = -1
        self.across = self.span = 0
        self.kind: str | None = None
        self.texts: list[str] = []
        self.depth = 0

    def start(self, element: str, named: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        attributes = {key.rpartition(" ")[2]: value for key, value in named.items()}
        if self.kind is not None:
            self.depth += 1
        elif name == "Worksheet":
            self.sheets.append((attributes.get("Name", ""), {}))
            self.row, self.span = -1, 0
        elif name == "Row":
            self.row = _whole(attributes.get("Index"), self.row + self.span + 2) - 1
            self.span, self.column, self.across = _whole(attributes.get("Span"), 0), -1, 0
        elif name == "Cell":
            self.column = _whole(attributes.get("Index"), self.column + self.across + 2) - 1
            self.across = _whole(attributes.get("MergeAcross"), 0)
        elif name in {"Data", "Visible"}:
            self.kind, self.texts = attributes.get("Type", name), []

    def end(self, element: str) -> None:
        name = element.rpartition(" ")[2]
        if self.kind is not None and self.depth:
            self.depth -= 1
        elif name == "Visible":
            self.hidden |= {len(self.sheets) - 1} if "Hidden" in "".join(self.texts) else set()
            self.kind = None
        elif name == "Data" and self.kind is not None:
            if self.sheets and self.kind != "Error":
                self.sheets[-1][1][self.row, self.column] = value_of("".join(self.texts), self.kind)
            self.kind = None

    def text(self, text: str) -> None:
        if self.kind is not None:
            self.texts.append(text)


def stored_values(data: bytes) -> list[tuple[str, dict[Spot, Value]]]:
    """Name and values of each visible sheet; none when the mark-up is not plain XML."""
    seen = _Pass()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    parser.CharacterDataHandler = seen.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return []
    return [sheet for number, sheet in enumerate(seen.sheets) if number not in seen.hidden]


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= DIGITS_OF_COUNT else otherwise
