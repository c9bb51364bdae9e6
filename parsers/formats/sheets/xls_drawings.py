"""What lies over the cells of an .xls sheet: pictures, shapes, charts, which xlrd leaves out.

[MS-XLS] 2.4.170 MsoDrawing, 2.4.181 Obj; [MS-ODRAW] 2.2.46 OfficeArtClientAnchor. Notes and the buttons of filters and
lists are no drawings.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from parsers.formats.sheets.worksheet import Range
from parsers.formats.sheets.xls_formulas import records, sheets_of

_DRAWING, _OBJECT = 0x00EC, 0x005D
_ANCHOR_SIZE = 18
_ANCHOR = struct.pack("<HI", 0xF010, _ANCHOR_SIZE)
"""The kind and the length of an anchor; flags, then the corners as column, part of it, row, part of it."""
_NOT_DRAWN = frozenset({0x14, 0x19})
_KIND = 4
"""Bytes of an object before its kind."""


def drawn(data: bytes) -> list[list[Range]]:
    """For each sheet the cells under each thing drawn."""
    book, starts = sheets_of(data)
    return [list(_of_sheet(book, start)) for start in starts]


def _of_sheet(book: bytes, start: int) -> Iterator[Range]:
    """An object follows the drawing that places it."""
    area: Range | None = None
    for kind, body in records(book, start):
        if kind == _DRAWING:
            area = _area(body)
        elif kind == _OBJECT and area is not None:
            if len(body) > _KIND + 1 and struct.unpack_from("<H", body, _KIND)[0] not in _NOT_DRAWN:
                yield area
            area = None


def _area(body: bytes) -> Range | None:
    at = body.rfind(_ANCHOR) + len(_ANCHOR)
    if at < len(_ANCHOR) or at + _ANCHOR_SIZE > len(body):
        return None
    left, _, top, _, right, across, bottom, down = struct.unpack_from("<8H", body, at + 2)
    return (top, left), (max(top, bottom - (down == 0)), max(left, right - (across == 0)))
