"""What the objects of a PDF page say, without drawing it: lines, areas, pictures, and what may lie over its text.

Objects inside Form XObjects carry the form's own coordinates: every container's matrix is applied. White fills are
kept: real reports draw their cell borders with them.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from parsers.content import Box
from parsers.formats.paged.drawing import IDENTITY, QUARTER_TURN, THIN, Marks, Matrix, Point, Subpath, mapped, times
from parsers.formats.pdf.stamps import Colour, is_stamp_colour

DEEPEST = 16  # nested forms
_ASKEW = 4  # degrees: text that leans more stands askew
_LEVEL = 0.01  # of their size by which letters may lean and still be upright
_MOSTLY = 0.6  # of a page's texts, which say how it is held; chosen
_BOX = 5  # segments of a box: four sides and the way back
_NARROW = 0.4  # times as wide as letters of that height are: narrower ones may be slivers
_INTRICATE = 40  # corners of a drawn line: of one with more, only the box around it is looked at
_DARK, _LIGHT = 130, 200  # levels of 255 of ink and of paper: further apart than what may be overlooked (sight.py)

# What pdfium fills in anew at every call: it is asked some thousand times a page.
_MATRIX = raw.FS_MATRIX()
_COLOUR = tuple(ctypes.c_uint() for _ in range(4))
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_X, _Y = ctypes.c_float(), ctypes.c_float()
_BOUNDS = tuple(ctypes.c_float() for _ in range(4))


class Shade(NamedTuple):
    """A filled area: the number of its object in the order of drawing, and whether it is opaque and light."""

    order: int
    box: Box
    is_light: bool


class TextObject(NamedTuple):
    """A text object of a page or of a form in it, with the matrix of what it stands in."""

    thing: Any
    outer: Matrix
    order: int
    is_plain: bool
    """Upright, filled with dark opaque ink, and in no form. Its clip and its marks are not looked at."""

    is_turned: bool = False
    """Upside down or sideways on the page."""

    is_mirrored: bool = False

    @property
    def box(self) -> Box:
        return bounds_of(self.thing, self.outer)


@dataclass(slots=True)
class Objects(Marks):
    """What the page objects say: drawn things, and which text objects are odd (by address): not to be read, or in the
    colour of a stamp."""

    hidden: set[int] = field(default_factory=set)
    coloured: dict[int, Colour] = field(default_factory=dict)
    slanted: set[int] = field(default_factory=set)
    turns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    texts: dict[int, TextObject] = field(default_factory=dict)
    shades: list[Shade] = field(default_factory=list)
    veils: list[Shade] = field(default_factory=list)
    """Everything that is neither text, a thin straight line nor a plain area: pictures, curves, shadings."""

    images: list[Any] = field(default_factory=list)
    """The objects of the pictures, in their order."""

    leaning: list[Box] = field(default_factory=list)
    """Around text that stands askew."""

    clips_by_text: bool = False
    order: int = 0

    def veil(self, box: Box) -> None:
        """Note what may hide things, drawn now."""
        self.veils.append(Shade(self.order, box, is_light=False))

    @property
    def sideways(self) -> int:
        """Quarter turns clockwise that make most of the text upright."""
        most = max(range(4), key=lambda quarter: self.turns[quarter])
        return -most % 4 if self.turns[most] > _MOSTLY * sum(self.turns) else 0


def objects_of(page: Any, shown: Matrix) -> Objects:
    """All objects of a page, in points as it is shown."""
    marks = Objects()
    _walk(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, shown, marks, 0)
    return marks


def _walk(holder: Any, count: Any, get: Any, outer: Matrix, marks: Objects, depth: int) -> None:
    for i in range(count(holder)):
        marks.budget -= 1
        if marks.budget <= 0:
            return
        marks.order += 1
        thing = get(holder, i)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _path(thing, outer, marks)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            _text_object(thing, outer, marks, depth)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            picture = mapped((0, 0, 1, 1), times(_matrix(thing), outer))
            marks.pictures.append(picture)
            marks.images.append(thing)
            marks.veil(picture)
            if min(picture[2] - picture[0], picture[3] - picture[1]) <= THIN:
                marks.area(picture)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = times(_matrix(thing), outer)
            _walk(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, marks, depth + 1)
        else:
            marks.veil(bounds_of(thing, outer))


def _matrix(thing: Any) -> Matrix:
    m = _MATRIX
    if not raw.FPDFPageObj_GetMatrix(thing, m):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def bounds_of(thing: Any, outer: Matrix) -> Box:
    """The box around an object, its strokes included."""
    raw.FPDFPageObj_GetBounds(thing, *_BOUNDS)
    left, bottom, right, top = (edge.value for edge in _BOUNDS)
    return mapped((left, bottom, right, top), outer)


def _text_object(thing: Any, outer: Matrix, marks: Objects, depth: int) -> None:
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    address = ctypes.addressof(thing.contents)
    marks.clips_by_text = marks.clips_by_text or mode >= raw.FPDF_TEXTRENDERMODE_FILL_CLIP
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        marks.hidden.add(address)
        return
    is_flat = bool(raw.FPDFPageObj_GetFillColor(thing, *_COLOUR))
    red, green, blue, alpha = (part.value for part in _COLOUR)
    if is_stamp_colour(red, green, blue, alpha):
        marks.coloured[address] = (red, green, blue, alpha)
    a, b, c, d, _, _ = times(_matrix(thing), outer)
    turn = math.degrees(math.atan2(b, a))
    quarter = round(turn / QUARTER_TURN)
    if abs(turn - QUARTER_TURN * quarter) > _ASKEW:
        marks.slanted.add(address)
        marks.leaning.append(bounds_of(thing, outer))
    else:
        marks.turns[quarter % 4] += 1
    is_upright = a > -_NARROW * d > 0 and abs(b) + abs(c) < _LEVEL * (a - d)
    is_dark = is_flat and alpha == 255 and _grey(red, green, blue) <= _DARK
    is_filled = mode == raw.FPDF_TEXTRENDERMODE_FILL and not raw.FPDFPageObj_HasTransparency(thing)
    is_plain = depth == 0 and is_upright and is_dark and is_filled
    marks.texts[address] = TextObject(thing, outer, marks.order, is_plain, quarter % 4 != 0, a * d > b * c)


def _path(thing: Any, outer: Matrix, marks: Objects) -> None:
    raw.FPDFPath_GetDrawMode(thing, _FILL, _STROKE)
    filled, stroked = bool(_FILL.value), bool(_STROKE.value)
    if not filled and not stroked:
        return
    corners = raw.FPDFPath_CountSegments(thing)
    if corners == 2 or (corners <= _BOX and not stroked):  # most of what is drawn: one line
        box = bounds_of(thing, outer)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            marks.budget -= corners
            marks.area(box)
            return
    m = times(_matrix(thing), outer)
    runs = list(_subpaths(thing, m, marks, stroked))
    for run in runs:
        marks.path(run, stroked, filled)
    _lay_over(thing, outer, runs, (filled, stroked, m), marks)


def _lay_over(
    thing: Any, outer: Matrix, runs: Sequence[Subpath], way: tuple[bool, bool, Matrix], marks: Objects
) -> None:
    """Note what a path may cover. Edges that are thin and straight are among the lines already."""
    filled, stroked, m = way
    is_thin = not stroked or _stroke_width(thing, m) <= THIN
    boxes = [run.box for run in runs if run.points]
    if is_thin and filled and all(run.is_box for run in runs):
        is_light = _is_light(thing)
        marks.shades.extend(
            Shade(marks.order, box, is_light) for box in boxes if min(box[2] - box[0], box[3] - box[1]) > THIN
        )
    elif filled or sum(len(run.points) for run in runs) > _INTRICATE:
        marks.veil(bounds_of(thing, outer))
    elif not (is_thin and all(run.is_straight for run in runs)):
        half = _stroke_width(thing, m) / 2
        for run in runs:
            for x0, top, x1, bottom in run.pieces():
                marks.veil((x0 - half, top - half, x1 + half, bottom + half))


def _stroke_width(thing: Any, m: Matrix) -> float:
    raw.FPDFPageObj_GetStrokeWidth(thing, _X)
    return _X.value * max(math.hypot(m[0], m[1]), math.hypot(m[2], m[3]))


def _is_light(thing: Any) -> bool:
    if not raw.FPDFPageObj_GetFillColor(thing, *_COLOUR) or raw.FPDFPageObj_HasTransparency(thing):
        return False
    red, green, blue, alpha = (part.value for part in _COLOUR)
    return alpha == 255 and _grey(red, green, blue) >= _LIGHT


def _grey(red: int, green: int, blue: int) -> float:
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _corner(segment: Any, m: Matrix) -> Point:
    raw.FPDFPathSegment_GetPoint(segment, _X, _Y)
    x, y = _X.value, _Y.value
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _subpaths(thing: Any, m: Matrix, marks: Objects, stroked: bool) -> Iterator[Subpath]:
    """The subpaths of a path in shown coordinates, the handles of their curves included. Whether one returns to its
    start matters, and is asked, only where it is drawn as a line."""
    run = Subpath()
    count = min(raw.FPDFPath_CountSegments(thing), marks.budget)
    marks.budget -= count
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(thing, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and run.points:
            yield run
            run = Subpath()
        if stroked and i > 1:
            run.closed = bool(raw.FPDFPathSegment_GetClose(segment))
        run.to(_corner(segment, m), kind == raw.FPDF_SEGMENT_BEZIERTO)
    if run.points:
        yield run
