"""What is printed in each cell of a scanned grid. A blank stays blank; a doubtful digit is unreadable, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from parsers.content import Box
from parsers.formats.ocr_engine import Picture, Seen, recognise
from parsers.formats.ocr_lines import ink_of

SURE = 0.80  # a label is taken as read
SURE_DIGITS = 0.90  # a number, and a second look must see the same
SURE_THRICE, LEAST_DIGITS = 0.75, 0.60  # on average and at least, when three looks see the same
SURE_STROKE = 0.85  # of a lone 1 or 7
_NONSENSE = 0.72  # less sure of a label than this
SURE_SIGN = 0.45  # a dash or a slash, likewise seen twice
_LETTERS = re.compile(r"[A-Za-z\W_]{1,3}")  # no cell of a report holds a Latin letter: a damaged digit
_NUMBER = re.compile(r"[0-9０-９OoIl|.,，。·\s+\-—－一/％%()（）]+")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of one cell, how surely it was read (0 to 1; 1 for a blank), and whether it may be believed."""

    text: str
    confidence: float
    readable: bool


BLANK = Written("", 1.0, True)


def written(grey: Picture, drawn: Picture, hidden: Picture, boxes: Sequence[Box], dpi: float) -> list[Written]:
    """The text in each box (pixels); `drawn` shows where lines run, `hidden` what an opaque seal covers."""
    crops: list[Picture] = []
    owners: list[int] = []
    touched: list[bool] = []
    for i, box in enumerate(boxes):
        cell = _inside(grey, drawn, box, dpi)
        touched.append(_is_touched(cell, dpi))
        for crop in lines_in(cell, dpi):
            crops.append(crop)
            owners.append(i)
    seen = _halves_tried(crops, recognise(crops), dpi)
    again = _second_look(crops, seen)
    lines: list[list[tuple[Seen, bool]]] = [[] for _ in boxes]
    for owner, first, second in zip(owners, seen, again, strict=True):
        lines[owner].append((first, second))
    return [
        _joined(found, edge) if found else _blank(hidden, box, dpi)
        for found, box, edge in zip(lines, boxes, touched, strict=True)
    ]


def _is_touched(cell: Picture, dpi: float) -> bool:
    """Does a stroke reach the border of the cell, as the arc of a seal or what is left of a line does, or stand so
    close beside it that it may be such? Beside a digit it would be read as a 1."""
    if min(cell.shape[:2], default=0) < 0.04 * dpi:
        return False
    high, wide = cell.shape[:2]
    near, thin = 0.035 * dpi, 0.055 * dpi
    for x, y, width, height in _marks(cell, dpi)[0]:
        if y <= 0 or y + height >= high or x <= 0 or x + width >= wide:
            return True
        close = min(x, y, wide - x - width, high - y - height) < near
        if close and width <= thin and height > 2 * width:
            return True
    return False


def _blank(hidden: Picture, box: Box, dpi: float) -> Written:
    """A blank, unless something covers so much of the cell that a digit could be under it."""
    x0, y0, x1, y1 = (max(round(value), 0) for value in box)
    covered = np.count_nonzero(hidden[y0:y1, x0:x1])
    return BLANK if covered < (0.05 * dpi) ** 2 else Written("", 0.0, False)


def _inside(grey: Picture, drawn: Picture, box: Box, dpi: float) -> Picture:
    """The cell without its border. Lines are some pixels thick and not quite straight; they are wiped out along the
    border only, for farther in a long stroke may be a large 1."""
    edge, margin = max(round(0.012 * dpi), 1), round(0.06 * dpi)
    x0, y0, x1, y1 = (round(value) for value in box)
    rows, columns = slice(max(y0 + edge, 0), max(y1 - edge, 0)), slice(max(x0 + edge, 0), max(x1 - edge, 0))
    cell, lines = grey[rows, columns].copy(), drawn[rows, columns].copy()
    if min(lines.shape) > 3 * margin:
        lines[margin:-margin, margin:-margin] = 0
    cell[lines > 0] = 255
    return cell


def lines_in(cell: Picture, dpi: float) -> Iterator[Picture]:
    """The lines of text in a cell, cut out closely; none when nothing but specks and bits of ruling is there."""
    if min(cell.shape[:2], default=0) < 0.04 * dpi:
        return
    marks, small = _marks(cell, dpi)
    if not marks:
        return
    pad = round(0.03 * dpi)
    bands = _bands([(y, y + height) for _, y, _, height in marks])
    for top, bottom in _letters([part for band in bands for part in _parted(band, marks, cell)], marks, dpi):
        band = [box for box in marks if box[1] < bottom and box[1] + box[3] > top]
        left, right = min(x for x, _, _, _ in band), max(x + width for x, _, width, _ in band)
        left, right = _with_small(small, (left, top, right, bottom))
        yield _framed(cell[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2], pad)


Mark = tuple[int, int, int, int]
"""x, y, width, height of a spot of ink."""


def _marks(cell: Picture, dpi: float) -> tuple[list[Mark], list[Mark]]:
    """What is written, and small spots that may belong to it: not remains of lines along the border."""
    ink = ink_of(cell)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high, wide = cell.shape[:2]
    speck, thin = 0.032 * dpi, 0.025 * dpi
    found: list[Mark] = []
    small: list[Mark] = []
    for x, y, width, height, area in stats[1:count].tolist():
        along = (y <= 0.15 * high or y + height >= 0.85 * high) and height <= thin and width > 0.4 * wide
        beside = (x <= 0.1 * wide or x + width >= 0.9 * wide) and width <= thin and height > 0.6 * high
        frame = width > 0.9 * wide and height > 0.9 * high
        if along or beside or frame:
            continue
        large = max(width, height) >= speck and area >= 0.35 * speck * speck
        (found if large else small).append((x, y, width, height))
    tall = max((height for *_, height in found), default=0)
    if tall >= 0.045 * dpi or any(width >= 0.06 * dpi for _, _, width, _ in found):
        return found, small
    return [mark for mark in (*found, *small) if _is_dash(mark, cell, dpi)], []


def _is_dash(mark: Mark, cell: Picture, dpi: float) -> bool:
    """A hyphen alone in a cell: flat, dark, at half height. Specks are round."""
    x, y, width, height = mark
    middle = (y + height / 2) / cell.shape[0]
    dark = int(cell[y : y + height, x : x + width].min()) < 130
    flat = width - 1 >= 1.8 * (height - 1)  # the smoothing of the ink adds a pixel
    return width >= 0.024 * dpi and flat and 0.3 < middle < 0.7 and dark


def _with_small(small: Sequence[Mark], box: tuple[int, int, int, int]) -> tuple[int, int]:
    """Left and right of a line widened to a minus or a point beside it."""
    left, top, right, bottom = box
    reach = 0.7 * (bottom - top)
    beside = [
        (x, x + width)
        for x, y, width, height in small
        if width >= 2 and top <= y + height / 2 <= bottom + 2 and left - reach < x + width and x < right + reach
    ]
    return min([left, *(start for start, _ in beside)]), max([right, *(end for _, end in beside)])


def _bands(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Vertical extents joined where they overlap."""
    bands: list[tuple[int, int]] = []
    for top, bottom in sorted(spans):
        if bands and top < bands[-1][1] + 1:
            bands[-1] = (bands[-1][0], max(bands[-1][1], bottom))
        else:
            bands.append((top, bottom))
    return bands


def _parted(band: tuple[int, int], marks: Sequence[Mark], cell: Picture) -> list[tuple[int, int]]:
    """Lines set so close that their letters touch: cut where there is hardly any ink between them."""
    top, bottom = band
    here = [mark for mark in marks if top <= mark[1] < bottom]
    letter = min(float(np.median([height for *_, height in here])), max(width for _, _, width, _ in here))
    count = round((bottom - top) / (1.12 * letter))
    if bottom - top < 1.6 * letter or not 2 <= count <= 8:
        return [band]
    ink = np.count_nonzero(ink_of(cell)[top:bottom], axis=1)
    step, cuts = (bottom - top) / count, [top]
    for i in range(1, count):
        low, high = int(step * (i - 0.25)), int(step * (i + 0.25)) + 1
        least = low + int(np.argmin(ink[low:high]))
        if ink[least] > 0.3 * float(np.mean(ink)):
            return [band]
        cuts.append(top + least)
    return list(pairwise([*cuts, bottom]))


def _letters(
    bands: list[tuple[int, int]], boxes: Sequence[tuple[int, int, int, int]], dpi: float
) -> list[tuple[int, int]]:
    """In vertical writing the strokes of 三 are bands of their own: those that fit into one letter are joined."""
    size = max(x + width for x, _, width, _ in boxes) - min(x for x, _, _, _ in boxes)
    if size > 0.25 * dpi or max(width for _, _, width, _ in boxes) < 0.75 * size:
        return bands  # several letters wide
    letters: list[tuple[int, int]] = []
    for top, bottom in bands:
        if letters and bottom - letters[-1][0] <= 1.1 * size and top - letters[-1][1] < 0.45 * size:
            letters[-1] = (letters[-1][0], bottom)
        else:
            letters.append((top, bottom))
    return letters


def _framed(picture: Picture, pad: int) -> Picture:
    paper = int(np.percentile(picture, 90)) if picture.size else 255
    return cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(paper,)).astype(np.uint8)


def _halves_tried(crops: Sequence[Picture], seen: Sequence[Seen], dpi: float) -> list[Seen]:
    """Two lines of a label that could not be parted read as nonsense: each half is tried by itself."""
    doubtful = [
        i
        for i, one in enumerate(seen)
        if one.score < _NONSENSE and crops[i].shape[0] > 0.26 * dpi and crops[i].shape[1] > 0.2 * dpi
    ]
    cuts = [_least_ink(crops[i]) for i in doubtful]
    halves = recognise(
        [half for i, cut in zip(doubtful, cuts, strict=True) for half in (crops[i][:cut], crops[i][cut:])]
    )
    found = list(seen)
    for i, upper, lower in zip(doubtful, halves[::2], halves[1::2], strict=True):
        if min(upper.score, lower.score) > SURE_DIGITS and not re.search(r"\d", upper.text + lower.text):
            found[i] = Seen(f"{upper.text}\n{lower.text}", min(upper.score, lower.score))
    return found


def _least_ink(crop: Picture) -> int:
    """The row near the middle with the least ink."""
    ink = np.count_nonzero(ink_of(crop), axis=1)
    low, high = int(0.38 * len(ink)), int(0.62 * len(ink)) + 1
    return low + int(np.argmin(ink[low:high]))


def _second_look(crops: Sequence[Picture], seen: Sequence[Seen]) -> list[bool]:
    """For each number: does the engine see the same at another size, and has it the shape of it? Where it is less
    than sure, a third look at the bare ink has to agree too. Labels are taken as seen.
    """
    doubtful = [i for i, one in enumerate(seen) if _NUMBER.fullmatch(one.text) or one.score < SURE]
    larger = recognise([_framed(_resized(crops[i], 1.6), 7) for i in doubtful])
    same = [True] * len(seen)
    unsure: list[int] = []
    for i, second in zip(doubtful, larger, strict=True):
        slash = seen[i].text in _LIKE_A_SLASH and _is_slanted(crops[i])
        same[i] = (
            second.text == seen[i].text
            and not slash
            and not (second.text.isdecimal() and len(second.text) == 1 and _is_flat(crops[i]))
        )
        if same[i] and min(second.score, seen[i].score) < SURE_DIGITS and re.search(r"\d", second.text):
            unsure.append(i)
    bare = recognise([_framed(_resized((255 - ink_of(crops[i])).astype(np.uint8), 2.2), 9) for i in unsure])
    for i, third in zip(unsure, bare, strict=True):
        alike = seen[i].text in _ONE_STROKE_APART and seen[i].score < SURE_STROKE
        same[i] = third.text == seen[i].text and third.score + seen[i].score > 2 * SURE_THRICE and not alike
    return same


_LIKE_A_SLASH = ("7", "1", "l", "I")
_ONE_STROKE_APART = ("1", "7")


def _is_flat(crop: Picture) -> bool:
    """Is the ink a flat stroke, seen as a digit? All digits are taller than wide; dashes are taken as seen."""
    rows, columns = np.nonzero(ink_of(crop))
    return len(rows) > 0 and bool(np.ptp(rows) < 0.8 * np.ptp(columns))


def _is_slanted(crop: Picture) -> bool:
    """Is the ink one slanted stroke, as / is and 7 is not?"""
    rows, columns = np.nonzero(ink_of(crop))
    if len(rows) < 8 or np.ptp(columns) < 0.28 * np.ptp(rows):
        return False
    return bool(abs(np.corrcoef(rows, columns)[0, 1]) > 0.85)


def _resized(picture: Picture, factor: float) -> Picture:
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def _joined(found: Sequence[tuple[Seen, bool]], touched: bool) -> Written:
    text = "\n".join(seen.text for seen, _ in found)
    text = "—" if text == "一" else text  # one flat stroke alone in a cell; no count is printed as 一
    confidence = min(seen.score for seen, _ in found)
    sure = LEAST_DIGITS if re.search(r"\d", text) else SURE_SIGN
    if _NUMBER.fullmatch(text):
        readable = confidence >= sure and all(same for _, same in found) and bool(text.strip()) and not touched
    else:
        readable = confidence >= 0.5 and len(text.strip()) > 0 and not _LETTERS.fullmatch(text)
    return Written(text, round(confidence, 3), readable)
