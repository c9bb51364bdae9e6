"""Conditional formats of .xls, which xlrd leaves out: the cells whose letters or numbers they may change.

[MS-XLS] 2.4.56 CondFmt, 2.4.42 CF, 2.5.95 DXFN. No condition is worked out here: nobody can tell what such
a cell prints.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from parsers.formats.sheets.worksheet import Spot
from parsers.formats.sheets.xls_formulas import records, sheets_of

_CONDITIONS, _CONDITION = 0x01B0, 0x01B1
_RANGES = 12  # bytes before the list of ranges
_FLAGS, _FLAGS_SIZE = 6, 4  # bytes of a condition before the flags of what it changes, and of the flags
_NUMBER, _FONT = 1 << 25, 1 << 26

Area = tuple[int, int, int, int]


def conditioned(data: bytes) -> list[list[Area]]:
    """For each sheet (first row, last row, first column, last column) of cells with such conditions."""
    book, starts = sheets_of(data)
    return [list(_of_sheet(book, start)) for start in starts]


def spots_in(areas: list[Area], spots: Iterable[Spot]) -> set[Spot]:
    """Those of the cells that stand in one of the areas."""
    return {
        (row, column)
        for row, column in spots
        if any(top <= row <= bottom and left <= column <= right for top, bottom, left, right in areas)
    }


def _of_sheet(book: bytes, start: int) -> Iterator[Area]:
    areas: list[Area] = []
    for kind, body in records(book, start):
        if kind == _CONDITIONS:
            areas = list(_areas(body))
        elif kind == _CONDITION and len(body) >= _FLAGS + _FLAGS_SIZE:
            (flags,) = struct.unpack_from("<I", body, _FLAGS)
            if flags & (_NUMBER | _FONT):
                yield from areas


def _areas(body: bytes) -> Iterator[Area]:
    if len(body) < _RANGES + 2:
        return
    (count,) = struct.unpack_from("<H", body, _RANGES)
    for number in range(min(count, (len(body) - _RANGES - 2) // 8)):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, _RANGES + 2 + 8 * number)
        yield top, bottom, left, right
