"""The characters of a PDF page with their boxes, by pdfium."""

from __future__ import annotations

import ctypes
import math
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Set
from typing import Any, NamedTuple
from unicodedata import digit

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Box
from parsers.formats.paged.drawing import Matrix, mapped
from parsers.formats.paged.glyphs import LARGEST, WATERMARK_SIZE, Glyph, is_pale, once
from parsers.formats.pdf.faces import Face, FontDigit, face
from parsers.formats.pdf.stamps import WHITE, Colour

_SAME_BOX = 0.01  # points by which two boxes of one thing may differ: pdfium gives single precision
_OUTSIDE = 0.5  # points by which the middle of the ink may lie outside the box that pdfium gives
_TOO_HIGH = 3  # times the ink: a box as high belongs to another matrix
_LEVEL = 0.01  # of its run by which a line of text may rise and still be level
_SMALLEST, _LARGEST = 2, 400  # points of letters whose stated size can be meant
_DIGITS = frozenset({*range(0x30, 0x3A), *range(0xFF10, 0xFF1A)})
_BREAKS = frozenset({0x0D, 0x0A})
_HYPHEN = 0x02
_PRECISE = 3  # decimals: fonts have a thousand units to the letter
_LOW_HALVES = range(0xDC00, 0xE000)
_HIGH_HALVES = frozenset(map(chr, range(0xD800, 0xDC00)))
_EDGES = _LEFT, _RIGHT, _BOTTOM, _TOP = tuple(ctypes.c_double() for _ in range(4))  # filled anew for every letter


class OddText(NamedTuple):
    """Addresses of text objects: nobody sees them, they stand askew, they have the colour of a stamp, and which."""

    hidden: Set[int]
    slanted: Set[int]
    coloured: Mapping[int, Colour]


class Digit(NamedTuple):
    """What is known of a digit: the box of its ink, the address of its text object, and which glyph it is."""

    ink: Box
    text_object: int
    kind: FontDigit


class Glyphs(NamedTuple):
    """The glyphs to be seen on a page, plain ones and those in the colours of stamps, and how many more there are
    that nobody sees."""

    plain: list[Glyph]
    coloured: dict[Colour, list[Glyph]]
    unseen: int
    digits: dict[Glyph, Digit]
    dropped: list[Box]
    """Where letters stand that are left out for their size."""

    blots: list[Box]
    """Where those of them stand that may hide others: as white as paper, or larger than letters are."""

    text_objects: set[int]
    """The addresses of text objects that gave a character."""


def read_glyphs(page: pdfium.PdfPage, shown: Matrix, odd: OddText) -> Glyphs:
    """The glyphs of a page but those that stand askew."""
    text_page = page.get_textpage()
    try:
        return _read(text_page.raw, shown, odd)
    finally:
        text_page.close()


def _read(text_page: Any, shown: Matrix, odd: OddText) -> Glyphs:
    plain: list[Glyph] = []
    coloured: dict[Colour, list[Glyph]] = defaultdict(list)
    digits: dict[Glyph, Digit] = {}
    dropped: list[Box] = []
    blots: list[Box] = []
    faces: dict[int, Face] = {}
    objects: set[int] = set()
    unseen = 0
    rect = raw.FS_RECTF()
    *linear, e, f = shown
    turned = linear != [1, 0, 0, -1]
    trusted: tuple[float, ...] | None = None  # bottom and top of the last box that was right: its line, its font
    glyphs = plain
    for i in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, i)
        if code in _BREAKS or (code == 0x20 and raw.FPDFText_IsGenerated(text_page, i)):
            continue
        if code in _LOW_HALVES and glyphs and glyphs[-1].text in _HIGH_HALVES:
            glyphs[-1] = glyphs[-1]._replace(text=_pair(glyphs[-1].text, code))
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, i, rect):
            continue
        text_object = raw.FPDFText_GetTextObject(text_page, i)
        address = ctypes.addressof(text_object.contents)
        objects.add(address)
        if address in odd.hidden:
            unseen += 1
            continue
        if address in odd.slanted:
            continue
        colour = odd.coloured.get(address)
        glyphs = plain if colour is None else coloured[colour]
        loose = settled = (rect.left, rect.bottom, rect.right, rect.top)
        if loose[1::2] != trusted:
            settled = _settled(text_page, i, loose)
            trusted = loose[1::2] if settled is loose else None
        box = mapped(settled, shown) if turned else (settled[0] + e, f - settled[3], settled[2] + e, f - settled[1])
        if box[3] - box[1] > WATERMARK_SIZE and _is_left_out(text_page, i, box, colour, (dropped, blots)):
            continue
        glyphs.append(Glyph(_letter(text_page, i, code), *box))
        if code in _DIGITS:
            raw.FPDFText_GetCharBox(text_page, i, *_EDGES)
            ink = (_LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value)
            kind = FontDigit(_face(text_object, faces), str(digit(chr(code))), _outline(ink, settled))
            digits[glyphs[-1]] = Digit(mapped(ink, shown), address, kind)
    own = {colour: once(letters) for colour, letters in coloured.items()}
    return Glyphs(once(plain), own, unseen, digits, dropped, blots, objects)


def _is_left_out(text_page: Any, i: int, box: Box, colour: Colour | None, noted: tuple[list[Box], list[Box]]) -> bool:
    """Is a large letter a watermark's? Those that are left out, here or for being too large, are noted."""
    dropped, blots = noted
    is_pale = _is_pale(text_page, i)
    is_huge = not max(box[3] - box[1], box[2] - box[0]) < LARGEST
    if is_pale or is_huge:
        dropped.append(box)
    if is_huge or (colour is not None and min(colour[:3]) >= WHITE):
        blots.append(box)
    return is_pale


def _face(text_object: Any, known: dict[int, Face]) -> Face:
    """The font of a text object; `known` are those of this page by their addresses."""
    font = raw.FPDFTextObj_GetFont(text_object)
    address = ctypes.addressof(font.contents)
    if address not in known:
        known[address] = face(font)
    return known[address]


def _outline(ink: Box, loose: Box) -> tuple[float, ...]:
    """Where the ink of a letter lies in its place, whatever its size. The glyphs of a font differ in it."""
    x, y, high = loose[0], loose[1], max(loose[3] - loose[1], 0.01)
    left, bottom, right, top = ink
    return (
        round((left - x) / high, _PRECISE),
        round((bottom - y) / high, _PRECISE),
        round((right - x) / high, _PRECISE),
        round((top - y) / high, _PRECISE),
    )


def _letter(text_page: Any, i: int, code: int) -> str:
    """The character that the font says it is; U+FFFD for none. A hyphen at the end of a line comes as U+0002."""
    if code == _HYPHEN and raw.FPDFText_IsHyphen(text_page, i):
        return "-"
    return chr(code) if 0 < code <= sys.maxunicode else "\ufffd"


def _pair(high: str, low: int) -> str:
    """The character whose two halves the font's map gives one by one."""
    return (high + chr(low)).encode("utf-16", "surrogatepass").decode("utf-16")


def _settled(text_page: Any, i: int, loose: Box) -> Box:
    """The loose box (advance by line height), put right where pdfium gives something else.

    Vertical fonts: it forgets the text matrix; the ink decides. Type 3 fonts (Chromium's way with many Chinese
    fonts): it gives the ink alone, so that 一 would float above its line; origin and size decide.
    """
    raw.FPDFText_GetCharBox(text_page, i, *_EDGES)
    ink = left, bottom, right, top = _LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value
    x0, y0, x1, y1 = loose
    if abs(left - x0) < _SAME_BOX and all(abs(one - other) < _SAME_BOX for one, other in zip(ink, loose, strict=True)):
        return _from_origin(text_page, i, ink)
    x, y = (left + right) / 2, (bottom + top) / 2
    size = max(right - left, top - bottom)
    height = y1 - y0
    inside = x0 - _OUTSIDE <= x <= x1 + _OUTSIDE and y0 - _OUTSIDE <= y <= y1 + _OUTSIDE
    if size <= 0 or (inside and (height <= WATERMARK_SIZE or _TOO_HIGH * size > height)):
        return loose
    return (x - size / 2, y - size / 2, x + size / 2, y + size / 2)


def _from_origin(text_page: Any, i: int, ink: Box) -> Box:
    m = raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text_page, i, m)
    raw.FPDFText_GetCharOrigin(text_page, i, x, y)
    size = raw.FPDFText_GetFontSize(text_page, i) * math.hypot(m.c, m.d)
    if abs(m.b) > _LEVEL * abs(m.a) or not _SMALLEST < size < _LARGEST:
        return ink
    wide = unicodedata.east_asian_width(chr(raw.FPDFText_GetUnicode(text_page, i))) in "WF"
    right = x.value + size * (1.0 if wide else 0.5)
    return (min(x.value, ink[0]), y.value - 0.14 * size, max(right, ink[2]), y.value + 0.86 * size)


def _is_pale(text_page: Any, i: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text_page, i, red, green, blue, alpha)
    return is_pale((red.value, green.value, blue.value), alpha.value)
