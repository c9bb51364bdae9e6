"""What is printed in each cell of a scanned grid. A blank stays blank; a doubtful digit is unreadable, not guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np

from parsers.content import Box
from parsers.formats.pictures.border_crossings import InkedCell, crossed_borders
from parsers.formats.pictures.digit_shapes import confirmed
from parsers.formats.pictures.engine import Picture, Recognised, recognise
from parsers.formats.pictures.ink import Mark, framed, lines_in, marks_in, may_hold_dash
from parsers.formats.pictures.ruling_lines import ink_of
from parsers.formats.pictures.strokes import has_raised_sign, is_crossed, is_digit_crossed, is_flat, is_slanted, stroke

SURE = 0.80  # a label is taken as read
SURE_DIGITS = 0.90  # a number, and a second look must see the same
SURE_THRICE, LEAST_DIGITS = 0.75, 0.60  # on average and at least, when three looks see the same
SURE_STROKE = 0.85  # of a lone 1 or 7
_NONSENSE = 0.72  # less sure of a label than this
HALF_SURE = 0.60  # of both halves of such a label
SURE_SIGN = 0.45  # a dash or a slash, likewise seen twice
SURE_STROKE_ALONE = 0.95  # that a sign told by its shape is one
_FROM_A_LINE = 0.03  # inches between a mark and the line beside it
SURE_OF_WORDS = 0.5  # of a line or cell of words, which no sum can prove; chosen
_EDGE, _BORDER = 0.012, 0.06  # inches cut off a cell, and within which what is left of its lines is wiped out
_WIDER = 3  # times as wide as that border on each side, from which on a cell has anything else to show
_HIDDEN_DIGIT = 0.05  # inches each way: a digit may be under so much of an opaque seal; chosen
_NEAR, _THIN = 0.035, 0.055  # inches to the border of a cell, and of a stroke there that may be no 1; chosen
_TWO_LINES, _TWO_LETTERS = 0.26, 0.2  # inches: no lower and no narrower can two lines of a label be; chosen
_CHINESE = re.compile(r"[\u4e00-\u9fff]")  # what holds none and is no number is a damaged digit
_MEANT = re.compile(r"[\d\u4e00-\u9fff]")
_NUMBER = re.compile(r"[0-9０-９OoIl|.,，。·\s+\-—－一/％%()（）]+")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of one cell, how surely it was read (0 to 1; 1 for a blank), and whether it may be believed.

    `confirmed`: do the shapes of its digits say the same? None of what is no number.
    """

    text: str
    confidence: float
    readable: bool
    confirmed: bool | None = None


BLANK = Written("", 1.0, True)
UNTOLD = Written("", 0.0, False)


class LineReading(NamedTuple):
    """One line as read: does the engine see the `same` at another size, are its digits `alike` by their shapes?"""

    text: str
    score: float
    same: bool
    alike: bool | None


def written(grey: Picture, drawn: Picture, hidden: Picture, boxes: Sequence[Box], dpi: float) -> list[Written]:
    """The text in each box (pixels); `drawn` shows where lines run, `hidden` what an opaque seal covers."""
    crops: list[Picture] = []
    owners: list[int] = []
    touched: list[bool] = []
    doubtful: list[bool] = []
    inked: list[InkedCell] = []
    for i, box in enumerate(boxes):
        cell = _inside(grey, drawn, box, dpi)
        marks = marks_in(cell, dpi)[0]
        inked.append(_inked(box, marks, dpi))
        here = list(lines_in(cell, dpi))
        crops.extend(here)
        owners.extend([i] * len(here))
        touched.append(bool(here) and _is_touched(cell, marks, dpi))
        doubtful.append(not here and may_hold_dash(cell, dpi))
    looks = _looked_at(crops, dpi)
    lines: list[list[LineReading]] = [[] for _ in boxes]
    for owner, look in zip(owners, looks, strict=True):
        lines[owner].append(look)
    texts = [
        _joined(found, edge) if found else UNTOLD if doubt else _blank(hidden, box, dpi)
        for found, box, edge, doubt in zip(lines, boxes, touched, doubtful, strict=True)
    ]
    shared = crossed_borders(inked, dpi)
    return [
        replace(text, readable=False) if i in shared and _NUMBER.fullmatch(text.text) else text
        for i, text in enumerate(texts)
    ]


def _inked(box: Box, marks: Sequence[Mark], dpi: float) -> InkedCell:
    left, top = max(round(box[0]) + _edge(dpi), 0), max(round(box[1]) + _edge(dpi), 0)
    return InkedCell(box, [(x + left, y + top, width, height) for x, y, width, height in marks])


def read_lines(crops: Sequence[Picture], dpi: float) -> list[Written]:
    """What is written in pictures of one line each, as surely as in cells."""
    return [_joined([look], touched=False) for look in _looked_at(crops, dpi)]


def _looked_at(crops: Sequence[Picture], dpi: float) -> list[LineReading]:
    """Each crop read: a lone stroke by its shape, all else by the engine, and numbers by their shapes besides."""
    strokes = [stroke(crop, dpi) for crop in crops]
    others = [crop for crop, sign in zip(crops, strokes, strict=True) if sign is None]
    seen = _halves_tried(others, recognise(others), dpi)
    again = _second_look(others, seen)
    shapes = confirmed(others, [one.text for one in seen])
    read = iter([LineReading(*one, same, alike) for one, same, alike in zip(seen, again, shapes, strict=True)])
    return [next(read) if sign is None else LineReading(sign, SURE_STROKE_ALONE, True, None) for sign in strokes]


def _is_touched(cell: Picture, marks: Sequence[Mark], dpi: float) -> bool:
    """Does a stroke reach the border of the cell, as the arc of a seal or what is left of a line does, or stand so
    close beside it that it may be such? Beside a digit it would be read as a 1."""
    high, wide = cell.shape[:2]
    near, thin = _NEAR * dpi, _THIN * dpi
    for x, y, width, height in marks:
        if y <= 0 or y + height >= high or x <= 0 or x + width >= wide:
            return True
        close = min(x, y, wide - x - width, high - y - height) < near
        if close and width <= thin and height > 2 * width:
            return True
    return len(marks) == 1 and _may_be_an_arc(marks[0], (high, wide), _FROM_A_LINE * dpi)


def _may_be_an_arc(mark: Mark, size: tuple[int, int], near: float) -> bool:
    """Does a single slanted stroke reach from line to line, or stand at the side, as a piece of a seal does and no
    slash?"""
    x, y, width, height = mark
    high, wide = size
    return max(y, high - y - height) < near or (height > width and min(x, wide - x - width) < near)


def _blank(hidden: Picture, box: Box, dpi: float) -> Written:
    """A blank, unless something covers so much of the cell that a digit could be under it."""
    x0, y0, x1, y1 = (max(round(value), 0) for value in box)
    covered = np.count_nonzero(hidden[y0:y1, x0:x1])
    return BLANK if covered < (_HIDDEN_DIGIT * dpi) ** 2 else UNTOLD


def _inside(grey: Picture, drawn: Picture, box: Box, dpi: float) -> Picture:
    """The cell without its border. Lines are some pixels thick and not quite straight; they are wiped out along the
    border only, for farther in a long stroke may be a large 1."""
    edge, margin = _edge(dpi), round(_BORDER * dpi)
    x0, y0, x1, y1 = (round(value) for value in box)
    rows, columns = slice(max(y0 + edge, 0), max(y1 - edge, 0)), slice(max(x0 + edge, 0), max(x1 - edge, 0))
    cell, lines = grey[rows, columns].copy(), drawn[rows, columns].copy()
    if min(lines.shape) > _WIDER * margin:
        lines[margin:-margin, margin:-margin] = 0
    cell[lines > 0] = 255
    return cell


def _edge(dpi: float) -> int:
    """Pixels along the border of a cell that are its line's."""
    return max(round(_EDGE * dpi), 1)


def _halves_tried(crops: Sequence[Picture], seen: Sequence[Recognised], dpi: float) -> list[Recognised]:
    """Two lines of a label that could not be parted read as nonsense: each half is tried by itself."""
    doubtful = [
        i
        for i, one in enumerate(seen)
        if one.score < _NONSENSE and crops[i].shape[0] > _TWO_LINES * dpi and crops[i].shape[1] > _TWO_LETTERS * dpi
    ]
    cuts = [_least_ink(crops[i]) for i in doubtful]
    halves = recognise(
        [half for i, cut in zip(doubtful, cuts, strict=True) for half in (crops[i][:cut], crops[i][cut:])]
    )
    found = list(seen)
    for i, upper, lower in zip(doubtful, halves[::2], halves[1::2], strict=True):
        one = seen[i]
        if min(upper.score, lower.score) > max(HALF_SURE, one.score) and not re.search(r"\d", upper.text + lower.text):
            found[i] = Recognised(f"{upper.text}\n{lower.text}", min(upper.score, lower.score))
    return found


def _least_ink(crop: Picture) -> int:
    """The row near the middle with the least ink."""
    ink = np.count_nonzero(ink_of(crop), axis=1)
    low, high = int(0.38 * len(ink)), int(0.62 * len(ink)) + 1
    return low + int(np.argmin(ink[low:high]))


def _second_look(crops: Sequence[Picture], seen: Sequence[Recognised]) -> list[bool]:
    """For each number: does the engine see the same at another size, and has it the shape of it? Where it is less
    than sure, a third look at the bare ink has to agree too. Labels are taken as seen.
    """
    doubtful = [i for i, one in enumerate(seen) if _NUMBER.fullmatch(one.text) or one.score < SURE]
    larger = recognise([framed(_resized(crops[i], 1.6), 7) for i in doubtful])
    same = [True] * len(seen)
    unsure: list[int] = []
    for i, second in zip(doubtful, larger, strict=True):
        same[i] = second.text == seen[i].text and not _has_another_shape(second.text, crops[i])
        if same[i] and min(second.score, seen[i].score) < SURE_DIGITS and re.search(r"\d", second.text):
            unsure.append(i)
    bare = recognise([framed(_resized((255 - ink_of(crops[i])).astype(np.uint8), 2.2), 9) for i in unsure])
    for i, third in zip(unsure, bare, strict=True):
        alike = seen[i].text in _ONE_STROKE_APART and seen[i].score < SURE_STROKE
        same[i] = third.text == seen[i].text and third.score + seen[i].score > 2 * SURE_THRICE and not alike
    return same


def _has_another_shape(text: str, crop: Picture) -> bool:
    """Is the ink slanted like a slash, crossed out, or flat, as nothing is that reads like this?"""
    if text in _LIKE_A_SLASH and is_slanted(crop):
        return True
    if re.search(r"\d", text) and (is_crossed(crop) or is_digit_crossed(crop) or has_raised_sign(crop)):
        return True
    return len(text) == 1 and text.isdecimal() and is_flat(crop)


_LIKE_A_SLASH = ("7", "1", "l", "I")
_ONE_STROKE_APART = ("1", "7")


def _resized(picture: Picture, factor: float) -> Picture:
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def _joined(found: Sequence[LineReading], touched: bool) -> Written:
    text = "\n".join(look.text for look in found)
    text = "—" if text == "一" else text  # one flat stroke alone in a cell; no count is printed as 一
    confidence = round(min(look.score for look in found), 3)
    if not _NUMBER.fullmatch(text):
        return Written(text, confidence, confidence >= SURE_OF_WORDS and is_chinese(text) and not _is_soiled(found))
    sure = LEAST_DIGITS if re.search(r"\d", text) else SURE_SIGN
    alike = all(look.alike for look in found)
    touched = touched and not (alike and "1" not in (text[0], text[-1]))  # which may be what it is touched by
    denied = touched or any(look.alike is False for look in found)
    readable = confidence >= sure and all(look.same for look in found) and bool(text.strip()) and not denied
    return Written(text, confidence, readable, alike)


def _is_soiled(found: Sequence[LineReading]) -> bool:
    """Does a speck of dirt stand above or below a single word, as a line of its own, or is it a lone letter? No cell
    holds one but 无, which soon looks like another."""
    if len(found) == 1 and len(found[0].text.strip()) == 1:
        return found[0].text.strip() != "无"
    words = sum(len(_CHINESE.findall(look.text)) for look in found)
    return words <= 2 and not all(_MEANT.search(look.text) for look in found)


def is_chinese(text: str) -> bool:
    """Is there a Chinese character in it?"""
    return bool(_CHINESE.search(text))
