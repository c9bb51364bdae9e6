"""Fonts of a PDF by what they are, so that a glyph of one page is known again on the next."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple
from zlib import crc32

import pypdfium2.raw as raw

_MOST = 16_000_000  # bytes of a font's program that are compared, a millisecond for each million
_NAME = ctypes.create_string_buffer(256)


class Face(NamedTuple):
    """A font. `program` is the checksum of its program; None where it is drawn letter by letter, as fonts of type 3
    are, and where it is not in the file."""

    name: bytes
    is_embedded: bool
    program: int | None


class FontDigit(NamedTuple):
    """A digit of a font, and the outline of its ink: what it is called, and which of the font's glyphs it is."""

    face: Face
    digit: str
    outline: tuple[float, ...]

    @property
    def is_known_again(self) -> bool:
        """Is a digit of this kind on another page the same glyph?"""
        return self.face.program is not None or not self.face.is_embedded


def face(font: Any) -> Face:
    """The face of a font."""
    length = raw.FPDFFont_GetBaseFontName(font, _NAME, ctypes.sizeof(_NAME))
    is_embedded = bool(raw.FPDFFont_GetIsEmbedded(font) != 0)
    size = ctypes.c_size_t()
    program = None
    if is_embedded and raw.FPDFFont_GetFontData(font, None, 0, size) and 0 < size.value <= _MOST:
        data = (ctypes.c_uint8 * size.value)()
        raw.FPDFFont_GetFontData(font, data, size.value, size)
        program = crc32(data)
    return Face(_NAME.raw[:length], is_embedded, program)
