"""One PDF page → `Sheet`, by pdfium's page objects and characters.

Objects inside Form XObjects carry the form's own coordinates: every container's matrix is applied. White fills are
kept: real reports draw their cell borders with them.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Box, Page
from parsers.formats.paged.drawing import IDENTITY, MOST_OBJECTS, THIN, Marks, Matrix, Point, Run, mapped, times
from parsers.formats.paged.glyphs import Glyph
from parsers.formats.paged.lattice import Ruling
from parsers.formats.paged.page_ink import PageInk, page_ink
from parsers.formats.paged.raised import without_raised
from parsers.formats.paged.sheet import Sheet
from parsers.formats.pdf.glyphs import Glyphs, OddText, read_glyphs
from parsers.formats.pdf.sight import seen, sight_of
from parsers.formats.pdf.stamps import Colour, is_stamp_colour, without_stamps

DEEPEST = 16  # nested forms

# What pdfium fills in anew at every call: it is asked some thousand times a page.
_MATRIX = raw.FS_MATRIX()
_COLOUR = tuple(ctypes.c_uint() for _ in range(4))
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_X, _Y = ctypes.c_float(), ctypes.c_float()
_BOUNDS = tuple(ctypes.c_float() for _ in range(4))


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


@dataclass(slots=True)
class Objects(Marks):
    """What the page objects say: drawn things, and which text objects are odd (by address): not to be read, or in the
    colour of a stamp."""

    hidden: set[int] = field(default_factory=set)
    coloured: dict[int, Colour] = field(default_factory=dict)
    slanted: set[int] = field(default_factory=set)
    turns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    @property
    def sideways(self) -> int:
        """Quarter turns clockwise that make most of the text upright."""
        most = max(range(4), key=lambda quarter: self.turns[quarter])
        return -most % 4 if self.turns[most] > 0.6 * sum(self.turns) else 0


def sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    """All marks of a page. Text that nobody sees, and watermarks, are left out of its glyphs."""
    shown, width, height = frame(page)
    marks = Objects()
    _walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, shown, marks, 0)
    marks.horizontal.extend(_crossings(page, shown))
    found = read_glyphs(page, shown, OddText(marks.hidden, marks.slanted, marks.coloured))
    looked = _looked_at(page, found, marks, (width, height))
    return Sheet(
        page=Page(number, round(width, 2), round(height, 2)),
        glyphs=tuple(looked.glyphs),
        horizontal=tuple(marks.horizontal),
        vertical=tuple(marks.vertical),
        fills=tuple(marks.fills),
        pictures=tuple(marks.pictures),
        hidden=found.unseen + looked.unseen,
        sideways=marks.sideways,
        notes=() if marks.budget > 0 else (f"page {number}: more than {MOST_OBJECTS} objects, the rest not looked at",),
        ink=looked.ink,
    )


class _Looked(NamedTuple):
    """What is left of the glyphs after a look at the page, how many are not to be seen, and where it has ink."""

    glyphs: list[Glyph]
    unseen: int
    ink: PageInk | None


def _looked_at(page: pdfium.PdfPage, found: Glyphs, marks: Objects, size: tuple[float, float]) -> _Looked:
    """The glyphs compared with the page as it is drawn; nothing is drawn for a page without any text."""
    if not (found.plain or found.coloured):
        return _Looked([], 0, None)
    sight = sight_of(page, size, found.inks.values(), marks.sideways)
    glyphs = without_stamps(found.plain, found.coloured, marks.vertical, sight.shows) if found.coloured else found.plain
    left, right = _reach(marks.horizontal, size[0])
    glyphs = [g for g in glyphs if 2 * left < g.x0 + g.x1 < 2 * right and 0 < g.top + g.bottom < 2 * size[1]]
    inks = [found.inks.get(glyph) for glyph in glyphs]
    kept, boxes, unseen = seen(glyphs, inks, sight, () if marks.sideways else marks.horizontal, found.stand_ins)
    if marks.sideways:
        return _Looked(kept, unseen, None)
    gone = {glyph.box for one in (found.plain, *found.coloured.values()) for glyph in one} - {g.box for g in glyphs}
    return _Looked(without_raised(kept, boxes), unseen, page_ink(sight.grey, sight.scale, (*marks.pictures, *gone)))


def _crossings(page: pdfium.PdfPage, shown: Matrix) -> Iterator[Ruling]:
    """The lines of notes by which readers cross out text."""
    points = raw.FS_QUADPOINTSF()
    for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, i)
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_STRIKEOUT:
            for j in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
                raw.FPDFAnnot_GetAttachmentPoints(note, j, points)
                xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
                x0, top, x1, bottom = mapped((min(xs), min(ys), max(xs), max(ys)), shown)
                yield Ruling((top + bottom) / 2, x0, x1)
        raw.FPDFPage_CloseAnnot(note)


def _reach(horizontal: Iterable[Ruling], width: float) -> tuple[float, float]:
    """How far to either side glyphs are read: the page, and where its edge cuts a ruled table, all of that. Else the
    page's edge would cut digits off."""
    across = [line for line in horizontal if line.start < width and line.end > 0]
    return min([0.0, *(line.start for line in across)]), max([width, *(line.end for line in across)])


def _walk(holder: Any, count: Any, get: Any, outer: Matrix, marks: Objects, depth: int) -> None:
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
    m = _MATRIX
    if not raw.FPDFPageObj_GetMatrix(thing, m):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _text_object(thing: Any, outer: Matrix, marks: Objects) -> None:
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    address = ctypes.addressof(thing.contents)
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        marks.hidden.add(address)
        return
    red, green, blue, alpha = _COLOUR
    raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha)
    colour = red.value, green.value, blue.value, alpha.value
    if is_stamp_colour(*colour):
        marks.coloured[address] = colour
    a, b, _, _, _, _ = times(_matrix(thing), outer)
    turn = math.degrees(math.atan2(b, a))
    quarter = round(turn / 90)
    if abs(turn - 90 * quarter) > 4:
        marks.slanted.add(address)
    else:
        marks.turns[quarter % 4] += 1


def _path(thing: Any, outer: Matrix, marks: Objects) -> None:
    raw.FPDFPath_GetDrawMode(thing, _FILL, _STROKE)
    filled, stroked = bool(_FILL.value), bool(_STROKE.value)
    if not filled and not stroked:
        return
    corners = raw.FPDFPath_CountSegments(thing)
    if corners == 2 or (corners <= 5 and not stroked):  # most of what is drawn: one line
        raw.FPDFPageObj_GetBounds(thing, *_BOUNDS)
        left, bottom, right, top = (edge.value for edge in _BOUNDS)
        box = mapped((left, bottom, right, top), outer)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            marks.budget -= corners
            marks.area(box)
            return
    m = times(_matrix(thing), outer)
    for run in _subpaths(thing, m, marks, stroked):
        marks.path(run, stroked, filled)


def _corner(segment: Any, m: Matrix) -> Point:
    raw.FPDFPathSegment_GetPoint(segment, _X, _Y)
    x, y = _X.value, _Y.value
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _subpaths(thing: Any, m: Matrix, marks: Objects, stroked: bool) -> Iterator[Run]:
    """The subpaths of a path in shown coordinates, the handles of their curves included. Whether one returns to its
    start matters, and is asked, only where it is drawn as a line."""
    run = Run()
    count = min(raw.FPDFPath_CountSegments(thing), marks.budget)
    marks.budget -= count
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(thing, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and run.points:
            yield run
            run = Run()
        if stroked and i > 1:
            run.closed = bool(raw.FPDFPathSegment_GetClose(segment))
        run.to(_corner(segment, m), kind == raw.FPDF_SEGMENT_BEZIERTO)
    if run.points:
        yield run
