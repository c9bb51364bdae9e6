"""One PDF page → `Sheet`, by pdfium's page objects and characters.

Objects inside Form XObjects carry the form's own coordinates: every container's matrix is applied. White fills are
kept: real reports draw their cell borders with them.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Box, Page
from parsers.formats.lattice import Line
from parsers.formats.lattice_text import Glyph, once
from parsers.formats.sheet import Sheet

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
THIN = 3.0  # points: a filled area no wider is a line
WATERMARK_SIZE = 34.0  # points: larger pale letters are a watermark, not text
DEEPEST = 16  # nested forms
MOST_OBJECTS = 200_000  # on one page, segments of paths included


def frame(page: pdfium.PdfPage) -> tuple[Matrix, float, float]:
    """Matrix from PDF user space to the page as shown (top-left origin), and the shown size in points."""
    x0, y0, x1, y1 = _visible_box(page)
    width, height = x1 - x0, y1 - y0
    match page.get_rotation():
        case 90:
            return (0, 1, 1, 0, -y0, -x0), height, width
        case 180:
            return (-1, 0, 0, 1, x1, -y0), width, height
        case 270:
            return (0, -1, -1, 0, y1, x1), height, width
        case _:
            return (1, 0, 0, -1, -x0, y1), width, height


def _visible_box(page: pdfium.PdfPage) -> Box:
    media = page.get_mediabox()
    crop = page.get_cropbox()
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else media


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def mapped(box: Box, m: Matrix) -> Box:
    """The box around the image of a box."""
    a, b, c, d, e, f = m
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return (min(xs), min(ys), max(xs), max(ys))


@dataclass(slots=True)
class Marks:
    """Drawn things gathered while walking a page's objects."""

    horizontal: list[Line] = field(default_factory=list)
    vertical: list[Line] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    slanted: set[int] = field(default_factory=set)
    turns: dict[int, int] = field(default_factory=dict)
    budget: int = MOST_OBJECTS

    def area(self, box: Box) -> None:
        """A filled area: a line when thin; a dot may belong to a dotted line of either direction."""
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if height <= THIN and 2 * width >= height:
            self.horizontal.append(Line((top + bottom) / 2, x0, x1))
        if width <= THIN and 2 * height >= width:
            self.vertical.append(Line((x0 + x1) / 2, top, bottom))
        if width > THIN and height > THIN:
            self.fills.append(box)

    def stroke(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A drawn line; slanted ones (a header cell's diagonal, a chart) bound no cell."""
        if abs(y - to_y) <= 0.7:
            self.horizontal.append(Line((y + to_y) / 2, min(x, to_x), max(x, to_x)))
        elif abs(x - to_x) <= 0.7:
            self.vertical.append(Line((x + to_x) / 2, min(y, to_y), max(y, to_y)))


def sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    """All marks of a page. Text that nobody sees, and watermarks, are left out of its glyphs."""
    shown, width, height = frame(page)
    marks = Marks()
    _walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, shown, marks, 0)
    glyphs, hidden = _glyphs(page, shown, marks)
    return Sheet(
        page=Page(number, round(width, 2), round(height, 2)),
        glyphs=tuple(glyphs),
        horizontal=tuple(marks.horizontal),
        vertical=tuple(marks.vertical),
        fills=tuple(marks.fills),
        pictures=tuple(marks.pictures),
        hidden=hidden,
        notes=() if marks.budget > 0 else (f"page {number}: more than {MOST_OBJECTS} objects, the rest not looked at",),
    )


def _walk(holder: Any, count: Any, get: Any, outer: Matrix, marks: Marks, depth: int) -> None:
    for i in range(count(holder)):
        marks.budget -= 1
        if marks.budget <= 0:
            return
        thing = get(holder, i)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _path(thing, outer, marks)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            _text_object(thing, outer, marks)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            picture = mapped((0, 0, 1, 1), times(_matrix(thing), outer))
            marks.pictures.append(picture)
            if min(picture[2] - picture[0], picture[3] - picture[1]) <= THIN:
                marks.area(picture)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = times(_matrix(thing), outer)
            _walk(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, marks, depth + 1)


def _matrix(thing: Any) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, m):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _text_object(thing: Any, outer: Matrix, marks: Marks) -> None:
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    address = ctypes.addressof(thing.contents)
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        marks.hidden.add(address)
        return
    a, b, _, _, _, _ = times(_matrix(thing), outer)
    turn = math.degrees(math.atan2(b, a))
    quarter = round(turn / 90)
    if abs(turn - 90 * quarter) > 4:
        marks.slanted.add(address)
    elif quarter % 4:
        marks.turns[address] = quarter % 4


def _path(thing: Any, outer: Matrix, marks: Marks) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    if not fill.value and not stroke.value:
        return
    m = times(_matrix(thing), outer)
    for points, closed in _subpaths(thing, m, marks):
        if stroke.value:
            for (x, y), (to_x, to_y) in pairwise(points):
                marks.stroke(x, y, to_x, to_y)
            if closed and len(points) > 2:
                marks.stroke(*points[-1], *points[0])
        if fill.value:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if _is_box(points, box) and not (stroke.value and box[2] - box[0] > THIN and box[3] - box[1] > THIN):
                marks.area(box)


def _is_box(points: list[tuple[float, float]], box: Box) -> bool:
    """Do all corners lie on the corners of the box around them (trapezoids of mitred borders included)?"""
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return True
    return len(points) >= 4 and all(
        min(abs(x - box[0]), abs(x - box[2])) < 0.5 and min(abs(y - box[1]), abs(y - box[3])) < 0.5 for x, y in points
    )


def _subpaths(thing: Any, m: Matrix, marks: Marks) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Corner points of each subpath in shown coordinates; curves count by their end points."""
    a, b, c, d, e, f = m
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    closed = False
    for i in range(raw.FPDFPath_CountSegments(thing)):
        marks.budget -= 1
        if marks.budget <= 0:
            break
        segment = raw.FPDFPath_GetPathSegment(thing, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, closed
            points = []
        closed = bool(raw.FPDFPathSegment_GetClose(segment))
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
    if points:
        yield points, closed


def _glyphs(page: pdfium.PdfPage, shown: Matrix, marks: Marks) -> tuple[list[Glyph], int]:
    text_page = page.get_textpage()
    try:
        return _read_glyphs(text_page.raw, shown, marks)
    finally:
        text_page.close()


def _read_glyphs(text_page: Any, shown: Matrix, marks: Marks) -> tuple[list[Glyph], int]:
    glyphs: list[Glyph] = []
    hidden = 0
    rect = raw.FS_RECTF()
    odd = marks.hidden or marks.slanted
    for i in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, i)
        if code in (0x0D, 0x0A) or (code == 0x20 and raw.FPDFText_IsGenerated(text_page, i)):
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, i, rect):
            continue
        if odd:
            address = ctypes.addressof(raw.FPDFText_GetTextObject(text_page, i).contents)
            if address in marks.hidden:
                hidden += 1
                continue
            if address in marks.slanted:
                continue
        loose = _settled(text_page, i, (rect.left, rect.bottom, rect.right, rect.top))
        box = mapped(loose, shown)
        if box[3] - box[1] > WATERMARK_SIZE and _is_pale(text_page, i):
            continue
        glyphs.append(Glyph(chr(code) if code else "\ufffd", *box))
    return once(glyphs), hidden


def _settled(text_page: Any, i: int, loose: Box) -> Box:
    """The loose box (advance by line height), put right where pdfium gives something else.

    Vertical fonts: it forgets the text matrix; the ink decides. Type 3 fonts (Chromium's way with many Chinese
    fonts): it gives the ink alone, so that 一 would float above its line; origin and size decide.
    """
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
    ink = (left.value, bottom.value, right.value, top.value)
    if all(abs(one - other) < 0.01 for one, other in zip(ink, loose, strict=True)):
        return _from_origin(text_page, i, ink)
    x, y = (ink[0] + ink[2]) / 2, (ink[1] + ink[3]) / 2
    size = max(ink[2] - ink[0], ink[3] - ink[1])
    height = loose[3] - loose[1]
    inside = loose[0] - 0.5 <= x <= loose[2] + 0.5 and loose[1] - 0.5 <= y <= loose[3] + 0.5
    if size <= 0 or (inside and (height <= WATERMARK_SIZE or 3 * size > height)):
        return loose
    return (x - size / 2, y - size / 2, x + size / 2, y + size / 2)


def _from_origin(text_page: Any, i: int, ink: Box) -> Box:
    m = raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text_page, i, m)
    raw.FPDFText_GetCharOrigin(text_page, i, x, y)
    size = raw.FPDFText_GetFontSize(text_page, i) * math.hypot(m.c, m.d)
    if abs(m.b) > 0.01 * abs(m.a) or not 2 < size < 400:
        return ink
    wide = unicodedata.east_asian_width(chr(raw.FPDFText_GetUnicode(text_page, i))) in "WF"
    right = x.value + size * (1.0 if wide else 0.5)
    return (min(x.value, ink[0]), y.value - 0.14 * size, max(right, ink[2]), y.value + 0.86 * size)


def _is_pale(text_page: Any, i: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text_page, i, red, green, blue, alpha)
    return alpha.value < 160 or min(red.value, green.value, blue.value) > 120 or red.value > 180
