"""One OFD page → `Sheet`: texts with their advances, paths, pictures; millimetres become points."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.content import Box, Page
from parsers.formats.ofd.look import ObjectLook, look_of
from parsers.formats.ofd.package import MM, Leaf, numbers
from parsers.formats.ofd.visible import INK, Area, Letter, visible
from parsers.formats.packages.xml_tree import Element, attribute, child, local
from parsers.formats.paged.drawing import MOST_OBJECTS, QUARTER_TURN, THIN, Marks, Matrix, Subpath, mapped, times
from parsers.formats.paged.glyphs import DOUBTFUL, WATERMARK_SIZE, Glyph, is_pale, once
from parsers.formats.paged.lattice import Ruling
from parsers.formats.paged.sheet import Sheet

_DEEPEST = 24  # nested blocks
_PILED = 0.18  # of a digit's height: digits that stand no farther apart lie on each other
_LEVEL = 4.0  # degrees that a line of text may lean
_SPACED = 1.15  # of a letter's usual width: a longer step leaves a gap behind it
_ONE_WORD = 1.05  # of a letter's size: letters that stand farther apart may be of several words
_UNEVEN = 0.03  # of a letter's size: by so much steps differ that are written with few decimals
_ASCENT, _DESCENT = 0.86, 0.14  # of a letter's size: what its box takes over and under its line
_OFF = ("false", "0")
_SEEN, _DARK = 60.0, 195.0  # alpha and grey of 255 of lines that are seen on paper


@dataclass(slots=True)
class DrawnPage(Marks):
    """The marks of a page with its glyphs, how each is drawn, what may cover it, and the resources of its pictures."""

    glyphs: list[Glyph] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    crossings: list[Ruling] = field(default_factory=list)
    """Level lines that can be seen."""

    images: list[tuple[Box, str]] = field(default_factory=list)
    styles: Mapping[str, Element] = field(default_factory=dict)
    layer: str = ""
    """The drawing parameters of the layer that is read."""

    order: int = 0


def drawn(leaf: Leaf) -> DrawnPage:
    """Everything on a page, in points from its top left."""
    marks = DrawnPage(styles=leaf.styles)
    to_points: Matrix = (MM, 0, 0, MM, -leaf.box[0] * MM, -leaf.box[1] * MM)
    for layer in leaf.layers:
        marks.layer = attribute(layer, "DrawParam") or ""
        _walk(layer, to_points, marks, 0)
    return marks


def sheet_of(leaf: Leaf, marks: DrawnPage) -> Sheet:
    """The page as marks."""
    width, height = leaf.box[2] * MM, leaf.box[3] * MM
    notes = (
        () if marks.budget > 0 else (f"page {leaf.number}: more than {MOST_OBJECTS} objects, the rest not looked at",)
    )
    return Sheet(
        page=Page(leaf.number, round(width, 2), round(height, 2)),
        glyphs=tuple(once(visible(marks.glyphs, marks.letters, marks.areas, marks.crossings, (width, height)))),
        horizontal=tuple(marks.horizontal),
        vertical=tuple(marks.vertical),
        fills=tuple(marks.fills),
        pictures=tuple(box for box, _ in marks.images),
        notes=notes,
    )


def _walk(block: Element, outer: Matrix, marks: DrawnPage, depth: int) -> None:
    for item in block:
        marks.budget -= 1
        marks.order += 1
        if marks.budget <= 0:
            return
        if (attribute(item, "Visible") or "true").lower() in _OFF:
            continue
        kind = local(item)
        if kind in ("PageBlock", "Layer") and depth < _DEEPEST:
            _walk(item, outer, marks, depth + 1)
        elif kind == "TextObject":
            _text(item, outer, marks)
        elif kind == "PathObject":
            _path(item, outer, marks)
        elif kind == "CompositeObject" and depth < _DEEPEST:
            _composite(item, outer, marks, depth)
        elif kind == "ImageObject":
            box = numbers(attribute(item, "Boundary"))
            if len(box) == 4:
                around = mapped((box[0], box[1], box[0] + box[2], box[1] + box[3]), outer)
                marks.images.append((around, attribute(item, "ResourceID") or ""))
                marks.areas.append(Area(marks.order, around, None, (numbers(attribute(item, "Alpha")) or [255.0])[0]))


def _composite(item: Element, outer: Matrix, marks: DrawnPage, depth: int) -> None:
    """A unit of the resources, drawn where the object puts it. Where that clips it or makes it pale, what is left to be
    seen of its digits is not known."""
    unit = marks.styles.get(attribute(item, "ResourceID") or "")
    content = child(unit, "Content") if unit is not None else None
    if content is None:
        return
    first = len(marks.glyphs)
    _walk(content, _placed(item, outer), marks, depth + 1)
    if attribute(item, "Alpha") is not None or child(item, "Clips") is not None:
        drawn_there = marks.glyphs[first:]
        marks.glyphs[first:] = [g._replace(text=DOUBTFUL) if g.text.isdecimal() else g for g in drawn_there]


def _placed(item: Element, outer: Matrix) -> Matrix:
    """From the object's own space by its CTM, then to where its boundary begins, then to the page."""
    ctm = numbers(attribute(item, "CTM"))
    own: Matrix = (ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5]) if len(ctm) == 6 else (1, 0, 0, 1, 0, 0)
    boundary = [*numbers(attribute(item, "Boundary"))[:2], 0.0, 0.0]
    return times(times(own, (1, 0, 0, 1, boundary[0], boundary[1])), outer)


def _text(item: Element, outer: Matrix, marks: DrawnPage) -> None:
    m = _placed(item, outer)
    look = look_of(item, marks.styles, marks.layer, "FillColor", outer)
    size = _first(item, "Size", 0.0)
    stretch = _first(item, "HScale", 1.0) or 1.0
    if size <= 0 or _is_slanted(m) or _is_watermark(item, size * math.hypot(m[2], m[3])):
        return
    x = y = 0.0
    for code in (part for part in item if local(part) == "TextCode"):
        x = _first(code, "X", x)
        y = _first(code, "Y", y)
        text = code.text or ""
        right, down = advances(attribute(code, "DeltaX"), len(text)), advances(attribute(code, "DeltaY"), len(text))
        goes_down = any(down)
        even = 0.0 if goes_down else _even_step(right, size)
        at_x, at_y = x, y
        first = len(marks.glyphs)
        for i, letter in enumerate(text):
            marks.budget -= 1
            if marks.budget <= 0:
                return
            wide = even or _width(letter, size * stretch, 0.0 if goes_down else _step(right, i))
            if _is_printed(letter):
                box = mapped((at_x, at_y - _ASCENT * size, at_x + wide, at_y + _DESCENT * size), m)
                marks.glyphs.append(Glyph(letter, *box))
                ink = mapped((at_x, at_y - INK * size, at_x + wide, at_y), m)
                marks.letters.append(Letter(marks.order, look, ink))
            if right or not goes_down:
                at_x += _step(right, i) if right else wide
            at_y += _step(down, i)
        marks.glyphs[first:] = _legible(marks.glyphs[first:])


def _first(item: Element, name: str, otherwise: float) -> float:
    """The first number of an attribute."""
    return (numbers(attribute(item, name)) or [otherwise])[0]


def _is_slanted(m: Matrix) -> bool:
    """Does text run neither level nor upright?"""
    turn = math.degrees(math.atan2(m[1], m[0]))
    return abs(turn - QUARTER_TURN * round(turn / QUARTER_TURN)) > _LEVEL


def _even_step(steps: Sequence[float], size: float) -> float:
    """The one step of a string all of whose letters stand as far apart, no farther than ideographs do: they are one
    word, and each as wide as its step. Else 0."""
    if not steps or not 0 < max(steps) <= _ONE_WORD * size:
        return 0.0
    return max(steps) if max(steps) - min(steps) < _UNEVEN * size else 0.0


def _width(letter: str, size: float, step: float) -> float:
    """A letter is as wide as the step behind it, where that is near what letters of its kind are; else as its kind."""
    usual = size * (1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5)
    return step if 0 < step < _SPACED * usual else usual


def _is_printed(letter: str) -> bool:
    """Blanks are kept, which part words; tabs and line ends are not."""
    return not letter.isspace() or letter in " \u3000"


def _step(steps: Sequence[float], i: int) -> float:
    """The step behind a letter. A list that is too short goes on with its last step."""
    return steps[min(i, len(steps) - 1)] if steps else 0.0


def _legible(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters of one string, digits that lie on each other not to be read: nobody sees what such a pile holds."""
    piled = {
        i
        for at, (one, two) in enumerate(pairwise(glyphs))
        if one.text.isdecimal()
        and two.text.isdecimal()
        and max(abs(one.x0 - two.x0), abs(one.top - two.top)) < _PILED * (two.bottom - two.top)
        for i in (at, at + 1)
    }
    return [glyph._replace(text=DOUBTFUL) if i in piled else glyph for i, glyph in enumerate(glyphs)]


def advances(text: str | None, count: int) -> list[float]:
    """Steps from letter to letter: plain numbers, and ``g n d`` for n times d."""
    words = (text or "").split()
    steps: list[float] = []
    i = 0
    while i < len(words) and len(steps) < count:
        if words[i] == "g" and i + 2 < len(words):
            times_, step = numbers(words[i + 1]), numbers(words[i + 2])
            if not times_ or not step:
                break
            steps.extend([step[0]] * min(max(int(times_[0]), 0), count - len(steps)))
            i += 3
        else:
            value = numbers(words[i])
            if not value:
                break
            steps.append(value[0])
            i += 1
    return steps


def _is_watermark(item: Element, size: float) -> bool:
    """Large and pale, or half transparent."""
    colour = child(item, "FillColor")
    alpha = (numbers(attribute(colour, "Alpha")) or numbers(attribute(item, "Alpha")) or [255.0])[0]
    values = numbers(attribute(colour, "Value"))
    return size > WATERMARK_SIZE and is_pale(values, alpha)


def _path(item: Element, outer: Matrix, marks: DrawnPage) -> None:
    m = _placed(item, outer)
    stroked = (attribute(item, "Stroke") or "true").lower() not in _OFF
    filled = (attribute(item, "Fill") or "false").lower() not in _OFF
    data = child(item, "AbbreviatedData")
    look = look_of(item, marks.styles, marks.layer, "FillColor" if filled else "StrokeColor", outer)
    lines = len(marks.horizontal)
    for run in subpaths(data.text if data is not None else None, m):
        marks.budget -= len(run.points)
        if marks.budget <= 0:
            return
        marks.path(run, stroked, filled)
        _cover(run, stroked, filled, look, marks)
    if look.alpha >= _SEEN and (look.grey is None or look.grey <= _DARK):
        marks.crossings.extend(marks.horizontal[lines:])


def _cover(run: Subpath, stroked: bool, filled: bool, look: ObjectLook, marks: DrawnPage) -> None:
    """Note what a path may lie over: a filled area, or strokes that are no lines of a table."""
    if filled and min(run.box[2] - run.box[0], run.box[3] - run.box[1]) > THIN:
        marks.areas.append(Area(marks.order, run.box, look.grey, look.alpha, run.is_box))
    elif stroked and not run.is_straight:
        marks.areas.extend(Area(marks.order, box, None, look.alpha, is_box=False) for box in run.pieces())


_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def subpaths(data: str | None, m: Matrix) -> Iterator[Subpath]:
    """The subpaths of abbreviated data, curves by their end points."""
    a, b, c, d, e, f = m
    words = (data or "").split()
    run = Subpath()
    i = 0
    while i < len(words):
        count = _ARGUMENTS.get(words[i])
        values = numbers(" ".join(words[i + 1 : i + 1 + (count or 0)]))
        if count is None or len(values) < count:
            break
        if words[i] in "SM" and run.points:
            yield run
            run = Subpath()
        if words[i] == "C":
            run.closed = True
        else:
            x, y = values[-2:]
            run.to((a * x + c * y + e, b * x + d * y + f), words[i] in "QBA")
        i += 1 + count
    if run.points:
        yield run
