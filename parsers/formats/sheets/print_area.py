"""The part of a sheet that its author prints: drafts and checks beside it are no part of the document."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from parsers.formats.sheets.worksheet import Range, Spot, Worksheet, is_inside, spot_of

_LAST = 1_048_575
"""The last row of the largest sheet, from 0: an area of whole columns ends there."""
_LEAST = 3
"""An area that holds less than one in so many filled cells is one of long ago, or of a page within the report."""
_SHEET = re.compile(r"(?:'(?:[^']|'')*'|[^',:!.]+)[!.]")
_AREA = re.compile(r"(?P<left>[A-Z]{0,3})(?P<top>\d{0,7}):(?P<right>[A-Z]{0,3})(?P<bottom>\d{0,7})")


def within(sheet: Worksheet, areas: Sequence[Range]) -> Worksheet:
    """The sheet with the rows and columns hidden that lie outside all its print areas."""
    inside = [spot for spot in sheet.values if any(is_inside(spot, area) for area in areas)]
    if len(inside) * _LEAST < len(sheet.values) or len(inside) == len(sheet.values):
        return sheet
    rows = {spot[0] for spot in sheet.values if not any(top <= spot[0] <= bottom for (top, _), (bottom, _) in areas)}
    columns = {spot[1] for spot in sheet.values if not any(left <= spot[1] <= right for (_, left), (_, right) in areas)}
    looks = replace(
        sheet.looks,
        hidden_rows=sheet.looks.hidden_rows | rows,
        hidden_columns=sheet.looks.hidden_columns | columns,
    )
    return replace(sheet, looks=looks)


def areas_of(references: str) -> list[Range]:
    """The areas of ``'一'!$A$1:$J$62,'一'!$L:$M``, written as spreadsheets refer to cells."""
    bare = _SHEET.sub("", references).replace("$", "").upper()
    return [area for area in map(_area, bare.split(",")) if area is not None]


def _area(text: str) -> Range | None:
    if (spot := spot_of(text)) is not None:
        return spot, spot
    match = _AREA.fullmatch(text)
    if match is None:
        return None
    first = spot_of(f"{match['left'] or 'A'}{match['top'] or '1'}")
    last = spot_of(f"{match['right'] or 'XFD'}{match['bottom'] or _LAST + 1}")
    return (first, last) if first is not None and last is not None else None


def under(areas: Sequence[Range], values: Collection[Spot], merged: Sequence[Range]) -> set[Spot]:
    """Cells under things drawn over a sheet: filled ones, and empty ones right of something filled in their row, whose
    number may be the thing that is drawn. Of a merged cell it is its first spot."""
    if not areas:
        return set()
    first: dict[int, int] = {}
    last = max((column for _, column in values), default=-1)
    for row, column in values:
        first[row] = min(column, first.get(row, column))
    found = {
        (row, column)
        for (top, left), (bottom, right) in areas
        for row in first.keys() & range(top, bottom + 1)
        for column in range(left, min(right, last) + 1)
        if column > first[row] or (row, column) in values
    }
    return found | {area[0] for area in merged if any(is_inside(spot, area) for spot in found)}
