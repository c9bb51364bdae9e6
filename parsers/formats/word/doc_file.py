"""The inside of a Word 97–2003 file: piece table, paragraph and character properties ([MS-DOC] 2.4, 2.5, 2.8)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from parsers.code_points import SURROGATES
from parsers.content import Unreadable

_PAGE = 512
"""Bytes of a page of formatted runs (FKP)."""
_FC, _BX_PAP = 4, 13
"""Bytes of the bound of a run, and of what such a page says of a paragraph; of characters it says one byte."""
_CLX, _CHPX, _PAPX, _STYLES = 0x1A2, 0xFA, 0x102, 0xA2
_TEXT_LENGTH = 0x4C
_COMPRESSED = 0x40000000

Run = tuple[int, int, bytes]
"""First byte, byte after the last, modifiers."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: characters `start` to `stop` stand at byte `offset`, one or two bytes each."""

    start: int
    stop: int
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Runs:
    """Properties by byte range of the main stream, sorted: what begins at `starts[i]` ends at `stops[i]`."""

    starts: list[int]
    stops: list[int]
    properties: list[bytes]

    def at(self, offset: int) -> bytes:
        """Properties of the byte at `offset`."""
        index = bisect_right(self.starts, offset) - 1
        return self.properties[index] if index >= 0 and offset < self.stops[index] else b""


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams of a document with its pieces and properties."""

    text: str
    pieces: tuple[Piece, ...]
    paragraphs: Runs
    characters: Runs
    data: bytes
    styles: bytes = b""

    def paragraph(self, character: int) -> tuple[int, bytes]:
        """The number of the style of a character's paragraph, and its modifiers."""
        stored = self.paragraphs.at(self.offset(character))
        return int.from_bytes(stored[:2], "little"), stored[2:]

    def offset(self, character: int) -> int:
        """The byte at which a character stands."""
        index = bisect_right(self.pieces, character, key=attrgetter("start")) - 1
        piece = self.pieces[index]
        return piece.offset + (character - piece.start) * piece.width


def open_word(main: bytes, table: bytes, data: bytes) -> WordFile:
    """Read the structures of the streams WordDocument and 0Table or 1Table; raises `Unreadable` (``corrupt``)."""
    try:
        length = _u32(main, _TEXT_LENGTH)
        pieces = tuple(_pieces(_block(main, table, _CLX), length))
        text = "".join(_decode(main, piece) for piece in pieces)
        paragraphs = _runs(main, _block(main, table, _PAPX), _paragraph_page)
        characters = _runs(main, _block(main, table, _CHPX), _character_page)
        styles = _block(main, table, _STYLES)
    except (struct.error, IndexError) as error:
        raise Unreadable("corrupt", f"the Word file is damaged: {error}") from error
    if len(text) < length:
        raise Unreadable("corrupt", f"the Word file has {len(text)} of its {length} characters")
    return WordFile(text, pieces, paragraphs, characters, data, styles)


def _u32(data: bytes, at: int) -> int:
    value: int = struct.unpack_from("<I", data, at)[0]
    return value


def _block(main: bytes, table: bytes, at: int) -> bytes:
    """A structure of the table stream, by the place of its offset and length in the header."""
    offset, size = struct.unpack_from("<II", main, at)
    return table[offset : offset + size]


def _pieces(clx: bytes, length: int) -> Iterator[Piece]:
    """Pieces of the main text from the Clx: modifiers of fast saves come first, then the piece table."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    if at >= len(clx) or clx[at] != 2:
        raise Unreadable("corrupt", "the Word file has no piece table")
    plc = clx[at + 5 : at + 5 + _u32(clx, at + 1)]
    count = (len(plc) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", plc, 0)
    for index in range(count):
        start, stop = bounds[index], min(bounds[index + 1], length)
        if start >= stop:
            continue
        stored = _u32(plc, 4 * (count + 1) + 8 * index + 2)
        if stored & _COMPRESSED:
            yield Piece(start, stop, (stored & ~_COMPRESSED) // 2, 1)
        else:
            yield Piece(start, stop, stored, 2)


def _decode(main: bytes, piece: Piece) -> str:
    raw = main[piece.offset : piece.offset + (piece.stop - piece.start) * piece.width]
    if piece.width == 1:
        return raw.decode("cp1252", errors="replace")
    text = raw.decode("utf-16-le", errors="replace")
    return text if len(text) * 2 == len(raw) else _by_units(raw)


def _by_units(raw: bytes) -> str:
    """One character a unit, so that positions hold; pairs beyond the basic plane become replacement characters."""
    units = struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
    return "".join("\ufffd" if unit in SURROGATES else chr(unit) for unit in units)


def _runs(main: bytes, plc: bytes, read_page: Callable[[bytes], Iterator[Run]]) -> Runs:
    """All formatted pages that a bin table lists."""
    count = (len(plc) - 4) // 8
    found: list[Run] = []
    for index in range(max(count, 0)):
        number = _u32(plc, 4 * (count + 1) + 4 * index) & 0x3FFFFF
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            found.extend(read_page(page))
    found.sort(key=lambda run: run[0])
    return Runs([run[0] for run in found], [run[1] for run in found], [run[2] for run in found])


def _paragraph_page(page: bytes) -> Iterator[Run]:
    """Paragraph runs of one page: bounds, then 13 bytes a run whose first points to its style and modifiers."""
    count = page[-1]
    if _FC * (count + 1) + _BX_PAP * count >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page, 0)
    for index in range(count):
        at = page[_FC * (count + 1) + _BX_PAP * index] * 2
        size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
        first = at + (1 if page[at] else 2)
        yield bounds[index], bounds[index + 1], page[first : first + size] if at else b""


def _character_page(page: bytes) -> Iterator[Run]:
    """Character runs of one page: bounds, then one byte a run that points to its modifiers."""
    count = page[-1]
    if _FC * (count + 1) + count >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page, 0)
    for index in range(count):
        at = page[_FC * (count + 1) + index] * 2
        yield bounds[index], bounds[index + 1], page[at + 1 : at + 1 + page[at]] if at else b""
