"""The second reading of a workbook: what cells print, proven by the values that the file stores for them.

A printed number that is the stored one, rounded to the decimals printed, is confirmed. A printed number that is another
one is contradicted by the stored value. A blank or a dash may stand for a zero. Of everything else (dates, texts with
runs that are crossed out) the stored value says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from parsers.formats.sheets.number_format import GENERAL, LARGEST_EXACT, Value, shown
from parsers.formats.sheets.worksheet import CellLooks, Spot, Worksheet

_NUMBER = re.compile(r"[^\d.,%-]*(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<percent>%?)[^\d.,%-]*")
_SCALES = (Decimal(1), Decimal(1000), Decimal(1_000_000))  # formats may print thousands or millions
_EXACT = Context(prec=64)
_ZEROS = frozenset({"", *"-—–－"})
"""What formats print for a zero."""


def proven(sheets: Iterable[Worksheet]) -> Iterator[Worksheet]:
    """The sheets with the texts that their stored values prove; the other cells are not readable."""
    for sheet in sheets:
        values: dict[Spot, Value] = {}
        unknown = {*sheet.looks.unknown, *sheet.looks.errors}
        for spot, value in sheet.values.items():
            code = sheet.looks.formats.get(spot, GENERAL)
            text, sure = sheet.print_of(spot, shown(value, code, zeros=sheet.looks.zeros))
            proof = said(text, value) if sure else None
            values[spot] = text if proof is None else proof
            unknown |= {spot} if proof is None or sheet.unread else set()
        looks = CellLooks(
            hidden_rows=sheet.looks.hidden_rows,
            hidden_columns=sheet.looks.hidden_columns,
            ruled=sheet.looks.ruled,
            unknown=frozenset(unknown),
        )
        yield replace(sheet, values=values, looks=looks)


def said(text: str, value: Value) -> str | None:
    """What the stored value says of a printed text: the same, or another number; None where it says nothing."""
    if isinstance(value, str):
        return text if text == value else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST_EXACT:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text if not value and text.strip() in _ZEROS else None
    printed = Decimal(match["number"].replace(",", ""))
    stored = Decimal(repr(value)) * (100 if match["percent"] else 1)
    equal = [_rounds_to(stored / scale, printed) for scale in _SCALES]
    return text if equal[0] else None if any(equal) else f"{stored.normalize(_EXACT):f}"


def _rounds_to(stored: Decimal, printed: Decimal) -> bool:
    places = Decimal(1).scaleb(-len(f"{printed:f}".partition(".")[2]))
    return any(stored.quantize(places, way, _EXACT) == printed for way in (ROUND_HALF_UP, ROUND_HALF_EVEN))
