"""Formulas of .xls, which xlrd leaves out: the sums among them as text, by sheet ([MS-XLS] 2.4.127, 2.5.198)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from parsers.formats.packages.ole import open_ole, stream
from parsers.formats.sheets.worksheet import Spot, spot_name

_BOF, _EOF, _SHEET, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0006
_HEADER = 4  # bytes before a record's body: its kind and its length
_POSITION = 4  # bytes at the start of a sheet's record: where its own records begin
_CLASSES = 0x40  # tokens from here on are those before, as values or as arrays ([MS-XLS] 2.5.198)
_FIXED = 22  # bytes of a formula record before its tokens
_SUM = 4  # the number of the function
_SIZES = {0x03: 0, 0x04: 0, 0x12: 0, 0x13: 0, 0x15: 0, 0x19: 3, 0x1E: 2, 0x1F: 8, 0x22: 3, 0x24: 4, 0x25: 8}
"""Bytes behind each token that is understood."""


def formulas(data: bytes) -> list[dict[Spot, str]]:
    """The formulas of each sheet in the order of the workbook; an empty text for one that is no sum."""
    book, starts = sheets_of(data)
    return [dict(_of_sheet(book, start)) for start in starts]


def sheets_of(data: bytes) -> tuple[bytes, list[int]]:
    """The stream of the workbook, and where in it the records of each sheet begin."""
    with open_ole(data) as ole:
        book = stream(ole, "Workbook") or stream(ole, "Book")
    starts = [
        struct.unpack_from("<I", body)[0] for kind, body in records(book, 0) if kind == _SHEET and len(body) > _POSITION
    ]
    return book, starts


def _of_sheet(book: bytes, start: int) -> Iterator[tuple[Spot, str]]:
    for kind, body in records(book, start):
        if kind == _FORMULA and len(body) >= _FIXED:
            row, column = struct.unpack_from("<HH", body)
            (length,) = struct.unpack_from("<H", body, _FIXED - 2)
            yield (row, column), _written(body[_FIXED : _FIXED + length])


def records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the workbook, charts within it left out."""
    depth = 0
    while at + _HEADER <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, book[at + _HEADER : at + _HEADER + length]
        elif depth < 1:
            return
        at += _HEADER + length


def _written(tokens: bytes) -> str:
    """A formula as people write it, with SUM for brackets; empty where it holds anything but sums."""
    terms: list[str] = []
    at = 0
    while at < len(tokens):
        code = tokens[at] if tokens[at] < _CLASSES else 0x20 | (tokens[at] & 0x1F)  # references come in three classes
        size = _SIZES.get(code)
        body = tokens[at + 1 : at + 1 + (size or 0)]
        if size is None or len(body) < size or not _take(code, body, terms):
            return ""
        at += 1 + size
    return terms[0] if len(terms) == 1 else ""


def _take(code: int, body: bytes, terms: list[str]) -> bool:
    """Apply one token to the terms read so far; False for what is no part of a sum."""
    if code in (0x1E, 0x1F):
        (number,) = struct.unpack("<H" if code == 0x1E else "<d", body)
        terms.append(f"{number:f}" if isinstance(number, float) else str(number))
    elif code == 0x24:
        row, column = struct.unpack("<HH", body)
        terms.append(spot_name(row, column & 0x3FFF))
    elif code == 0x25:
        top, bottom, left, right = struct.unpack("<HHHH", body)
        terms.append(f"{spot_name(top, left & 0x3FFF)}:{spot_name(bottom, right & 0x3FFF)}")
    elif code in (0x03, 0x04) and len(terms) > 1:
        second = terms.pop()
        terms.append(f"{terms.pop()}+{second}" if code == 0x03 else f"{terms.pop()}-SUM({second})")
    elif code == 0x13 and terms:
        terms.append(f"-SUM({terms.pop()})")
    elif code == 0x22:
        count, function = body[0], int.from_bytes(body[1:], "little")
        if function != _SUM or not 0 < count <= len(terms):
            return False
        terms[-count:] = [f"SUM({','.join(terms[-count:])})"]
    elif code == 0x19 and body[0] == 0x10 and terms:  # SUM of one argument
        terms.append(f"SUM({terms.pop()})")
    else:
        return code in (0x12, 0x15) or (code == 0x19 and body[0] in (0x00, 0x01, 0x40, 0x41))  # signs, blanks
    return True
