"""Which pages need not be drawn, because their own objects leave no doubt of what is to be seen of their digits.

A digit is plain where dark opaque ink fills it upright on the page, outside every form, clip and optional layer, where
nothing lies over it or touches it, light areas alone lie under it, and a digit like it of its font has been drawn
and looks as it is called. A page on which one digit is not, or on which something may be drawn that is no text, has to
be looked at. In doubt a page is not plain: to draw it costs time, not to draw it may cost a number.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from parsers.content import Box
from parsers.formats.paged.drawing import THIN, Matrix, Point, mapped
from parsers.formats.paged.glyphs import Glyph
from parsers.formats.paged.lattice import joined
from parsers.formats.pdf.glyphs import Digit, Glyphs
from parsers.formats.pdf.objects import Objects, Shade, TextObject

Boxes = NDArray[np.float32]
"""x0, top, x1, bottom each."""

_SMALLEST = 3.5  # points: lower digits may be too small to be read
_TOUCH = THIN / 2  # points from the middle of a line within which its ink may be
_STRAY = 14.0  # points: shorter lines that go on in no others may be strokes of a digit
_WITHIN = 0.5  # points by which a digit may reach over its clip: producers round
_EVERYWHERE = (-math.inf, -math.inf, math.inf, math.inf)
_OPTIONAL, _REPLACED = "OC".encode("utf-16-le"), ctypes.create_string_buffer(b"ActualText")

_X, _Y = ctypes.c_float(), ctypes.c_float()
_NAME = (ctypes.c_ushort * 32)()
_LENGTH = ctypes.c_ulong()


def is_plain(found: Glyphs, marks: Objects, shown: Matrix, size: tuple[float, float]) -> bool:
    """Do the objects of a page leave no doubt of its digits, but for what their fonts look like?"""
    if found.coloured or marks.clips_by_text or marks.budget <= 0:
        return False
    if not _are_clean(found.digits.values(), marks.texts, shown):
        return False
    glyphs = [glyph for glyph in found.plain if glyph in found.digits]
    digits = [found.digits[glyph] for glyph in glyphs]
    inks = _array(digit.ink for digit in digits)
    if len(inks) and not _on_the_page(inks, size):
        return False
    return not (
        _over_or_under(inks, digits, found, marks)
        or _on_lines(inks, marks)
        or _are_touched(inks, glyphs, found.plain).any()
        or _something_else(found, marks)
    )


def disputed(found: Glyphs, marks: Objects, shown: Matrix, notes: Sequence[Box]) -> set[Glyph]:
    """The digits over which something is drawn, that may be cut off, or whose text is given by other words. `notes` are
    the boxes of what readers put over the page."""
    glyphs = list(found.digits)
    digits = [found.digits[glyph] for glyph in glyphs]
    if not digits:
        return set()
    inks = _array(digit.ink for digit in digits)
    drawn = np.array([marks.texts[digit.text_object].order for digit in digits])
    over = [*marks.veils, *marks.shades, *(Shade(marks.order + 1, box, is_light=False) for box in notes)]
    is_over = np.array([shade.order for shade in over])[None, :] > drawn[:, None]
    letters = [glyph for one in (found.plain, *found.coloured.values()) for glyph in one]
    hidden = np.asarray((_meet(inks, _array(shade.box for shade in over)) & is_over).any(axis=1))
    hidden = hidden | _are_touched(inks, glyphs, letters)
    if found.blots:
        hidden = hidden | _meet(inks, _array(found.blots)).any(axis=1)
    clips = {address: _own_clip(marks.texts[address], shown) for address in {digit.text_object for digit in digits}}
    return {
        glyph
        for glyph, digit, is_hidden in zip(glyphs, digits, hidden, strict=True)
        if is_hidden or not _is_inside(digit.ink, clips[digit.text_object])
    }


def _own_clip(text: TextObject, shown: Matrix) -> Box | None:
    """The box within which a text object is drawn for certain; None where there is none, or it is marked."""
    return None if _is_marked(text.thing) else _clip(text.thing, shown)


def _is_inside(ink: Box, clip: Box | None) -> bool:
    return clip is not None and (
        clip[0] - _WITHIN <= ink[0]
        and clip[1] - _WITHIN <= ink[1]
        and ink[2] <= clip[2] + _WITHIN
        and ink[3] <= clip[3] + _WITHIN
    )


def _array(boxes: Iterable[Box]) -> Boxes:
    return np.array(list(boxes), dtype=np.float32).reshape(-1, 4)


def _on_the_page(inks: Boxes, size: tuple[float, float]) -> bool:
    inside = inks[:, :2].min() > 0 and inks[:, 2].max() < size[0] and inks[:, 3].max() < size[1]
    return bool(inside and (inks[:, 3] - inks[:, 1]).min() > _SMALLEST)


def _are_clean(digits: Iterable[Digit], texts: dict[int, TextObject], shown: Matrix) -> bool:
    """Do all digits stand in plain text objects, in no optional layer, and within their clips?"""
    clips: dict[int, Box | None] = {}
    for digit in digits:
        if digit.text_object not in clips:
            text = texts.get(digit.text_object)
            clips[digit.text_object] = _own_clip(text, shown) if text is not None and text.is_plain else None
        if not _is_inside(digit.ink, clips[digit.text_object]):
            return False
    return True


def _is_marked(thing: Any) -> bool:
    """Is it in an optional layer, or is its text given by other words?"""
    for i in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, i)
        if not raw.FPDFPageObjMark_GetName(mark, _NAME, ctypes.sizeof(_NAME), _LENGTH):
            return True
        if bytes(_NAME)[: max(_LENGTH.value - 2, 0)] == _OPTIONAL:
            return True
        if raw.FPDFPageObjMark_GetParamValueType(mark, _REPLACED) != raw.FPDF_OBJECT_UNKNOWN:
            return True
    return False


def _clip(thing: Any, shown: Matrix) -> Box | None:
    """The box to which an object is cut; None where it is cut to another shape."""
    path = raw.FPDFPageObj_GetClipPath(thing)
    box = _EVERYWHERE
    for i in range(raw.FPDFClipPath_CountPaths(path) if path else 0):
        corners = list(_corners(path, i))
        own = _rectangle(corners)
        if own is None:
            return None
        x0, top, x1, bottom = mapped(own, shown)
        box = (max(box[0], x0), max(box[1], top), min(box[2], x1), min(box[3], bottom))
    return box


def _corners(path: Any, i: int) -> Iterator[Point]:
    for j in range(raw.FPDFClipPath_CountPathSegments(path, i)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, i, j), _X, _Y)
        yield _X.value, _Y.value


def _rectangle(corners: Sequence[Point]) -> Box | None:
    """The box of which these are the four corners, one after the other."""
    xs, ys = {x for x, _ in corners}, {y for _, y in corners}
    one_by_one = all((x == to_x) != (y == to_y) or (x, y) == (to_x, to_y) for (x, y), (to_x, to_y) in pairwise(corners))
    if len(xs) != 2 or len(ys) != 2 or len(set(corners)) != 4 or not one_by_one:
        return None
    return (min(xs), min(ys), max(xs), max(ys))


def _over_or_under(inks: Boxes, digits: Sequence[Digit], found: Glyphs, marks: Objects) -> bool:
    """Does anything lie over a digit, or anything but light paper under it?"""
    if len(inks) == 0:
        return False
    veils = [*(veil.box for veil in marks.veils), *marks.leaning, *found.dropped]
    if veils and _meet(inks, _array(veils)).any():
        return True
    if not marks.shades:
        return False
    covers = _meet(inks, _array(shade.box for shade in marks.shades))
    drawn = np.array([marks.texts[digit.text_object].order for digit in digits])
    shaded = np.array([shade.order for shade in marks.shades])
    is_dark = np.array([not shade.is_light for shade in marks.shades])
    return bool((covers & (is_dark[None, :] | (shaded[None, :] > drawn[:, None]))).any())


def _meet(ones: Boxes, others: Boxes) -> NDArray[np.bool_]:
    """Which boxes have a point in common?"""
    one, other = ones[:, None, :], others[None, :, :]
    made: NDArray[np.bool_] = (
        (one[..., 0] <= other[..., 2])
        & (other[..., 0] <= one[..., 2])
        & (one[..., 1] <= other[..., 3])
        & (other[..., 1] <= one[..., 3])
    )
    return made


def _on_lines(inks: Boxes, marks: Objects) -> bool:
    """Does a line touch a digit, or may its ink?"""
    across = [(line.start, line.at - _TOUCH, line.end, line.at + _TOUCH) for line in marks.horizontal]
    down = [(line.at - _TOUCH, line.start, line.at + _TOUCH, line.end) for line in marks.vertical]
    return bool(len(inks) and (across or down) and _meet(inks, _array([*across, *down])).any())


def _are_touched(inks: Boxes, digits: Sequence[Glyph], letters: Sequence[Glyph]) -> NDArray[np.bool_]:
    """Over which digits does another letter lie, so that the middle of one is within the other?"""
    if not letters:
        return np.zeros(len(inks), dtype=bool)
    boxes = _array(glyph.box for glyph in letters)
    within = _holds(boxes, _middles(inks)) | _holds(inks, _middles(boxes)).T
    place = {glyph: at for at, glyph in enumerate(letters)}
    for i, digit in enumerate(digits):
        if digit in place:
            within[place[digit], i] = False
    made: NDArray[np.bool_] = np.asarray(within.any(axis=0))
    return made


def _middles(boxes: Boxes) -> NDArray[np.float32]:
    made: NDArray[np.float32] = (boxes[:, :2] + boxes[:, 2:]) * np.float32(0.5)
    return made


def _holds(boxes: Boxes, points: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which box holds which point?"""
    box, x, y = boxes[:, None, :], points[None, :, 0], points[None, :, 1]
    made: NDArray[np.bool_] = (box[..., 0] <= x) & (x <= box[..., 2]) & (box[..., 1] <= y) & (y <= box[..., 3])
    return made


def _something_else(found: Glyphs, marks: Objects) -> bool:
    """Is anything drawn among the lines of tables that may be a number and is no text: a picture, a curve, strokes,
    text without characters?"""
    if not (marks.horizontal and marks.vertical):
        return False  # no table has lines
    area = (
        min(min(line.start for line in marks.horizontal), min(line.at for line in marks.vertical)),
        min(min(line.at for line in marks.horizontal), min(line.start for line in marks.vertical)),
        max(max(line.end for line in marks.horizontal), max(line.at for line in marks.vertical)),
        max(max(line.at for line in marks.horizontal), max(line.end for line in marks.vertical)),
    )
    mute = [text.box for address, text in marks.texts.items() if address not in found.text_objects]
    odd = _array([*(veil.box for veil in marks.veils), *marks.leaning, *mute, *found.dropped])
    return bool(len(odd) and _meet(_array([area]), odd).any()) or _has_strays(marks)


def _has_strays(marks: Objects) -> bool:
    """Are there short lines that are no part of a longer one?"""
    for lines in (marks.horizontal, marks.vertical):
        if any(line.end - line.start < _STRAY for line in lines):
            whole = joined(lines)
            if any(line.end - line.start < _STRAY for line in whole):
                return True
    return False
