"""What is printed in each cell of a scanned grid. A blank stays blank; a doubtful digit is unreadable, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from parsers.content import Box
from parsers.formats.ocr_engine import Picture, Seen, recognise
from parsers.formats.ocr_lines import ink_of

SURE = 0.80  # a label is taken as read
SURE_DIGITS = 0.90  # a number, and a second look must see the same
_NUMBER = re.compile(r"[0-9０-９OoIl|.,，。·\s+\-—－一/％%()（）]+")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of one cell, how surely it was read (0 to 1; 1 for a blank), and whether it may be believed."""

    text: str
    confidence: float
    readable: bool


BLANK = Written("", 1.0, True)


def written(grey: Picture, drawn: Picture, boxes: Sequence[Box], dpi: float) -> list[Written]:
    """The text in each box (pixels); `drawn` shows where lines run."""
    crops: list[Picture] = []
    owners: list[int] = []
    for i, box in enumerate(boxes):
        for crop in lines_in(_inside(grey, drawn, box, dpi), dpi):
            crops.append(crop)
            owners.append(i)
    seen = recognise(crops)
    again = _second_look(crops, seen)
    lines: list[list[tuple[Seen, bool]]] = [[] for _ in boxes]
    for owner, first, second in zip(owners, seen, again, strict=True):
        lines[owner].append((first, second))
    return [_joined(found) if found else BLANK for found in lines]


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
    boxes = _marks(cell, dpi)
    if not boxes:
        return
    pad = round(0.03 * dpi)
    for top, bottom in _letters(_bands([(y, y + height) for _, y, _, height in boxes]), boxes, dpi):
        band = [box for box in boxes if box[1] < bottom and box[1] + box[3] > top]
        left, right = min(x for x, _, _, _ in band), max(x + width for x, _, width, _ in band)
        yield _framed(cell[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2], pad)


def _marks(cell: Picture, dpi: float) -> list[tuple[int, int, int, int]]:
    """Boxes of what is written: not specks, and not remains of lines along the border."""
    ink = ink_of(cell)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high, wide = cell.shape[:2]
    speck, thin = 0.032 * dpi, 0.025 * dpi
    found = []
    for x, y, width, height, area in stats[1:count].tolist():
        along = (y <= 0.15 * high or y + height >= 0.85 * high) and height <= thin and width > 0.4 * wide
        beside = (x <= 0.1 * wide or x + width >= 0.9 * wide) and width <= thin and height > 0.6 * high
        frame = width > 0.9 * wide and height > 0.9 * high
        if along or beside or frame:
            continue
        if max(width, height) >= speck and area >= 0.35 * speck * speck:
            found.append((x, y, width, height))
    tall = max((height for *_, height in found), default=0)
    if tall < 0.045 * dpi and all(width < 0.06 * dpi for _, _, width, _ in found):
        return []
    return found


def _bands(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Vertical extents joined where they overlap."""
    bands: list[tuple[int, int]] = []
    for top, bottom in sorted(spans):
        if bands and top < bands[-1][1] + 1:
            bands[-1] = (bands[-1][0], max(bands[-1][1], bottom))
        else:
            bands.append((top, bottom))
    return bands


def _letters(
    bands: list[tuple[int, int]], boxes: Sequence[tuple[int, int, int, int]], dpi: float
) -> list[tuple[int, int]]:
    """In vertical writing the strokes of 三 are bands of their own: those that fit into one letter are joined."""
    size = max(x + width for x, _, width, _ in boxes) - min(x for x, _, _, _ in boxes)
    if size > 0.25 * dpi:
        return bands
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


def _second_look(crops: Sequence[Picture], seen: Sequence[Seen]) -> list[bool]:
    """For each number: does the engine see the same, and as surely, at another size? Labels are taken as seen."""
    doubtful = [i for i, one in enumerate(seen) if _NUMBER.fullmatch(one.text) or one.score < SURE]
    larger = [_framed(_resized(crops[i], 1.6), 7) for i in doubtful]
    same = [True] * len(seen)
    for i, second in zip(doubtful, recognise(larger), strict=True):
        same[i] = second.text == seen[i].text and second.score >= SURE
    return same


def _resized(picture: Picture, factor: float) -> Picture:
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def _joined(found: Sequence[tuple[Seen, bool]]) -> Written:
    text = "\n".join(seen.text for seen, _ in found)
    confidence = min(seen.score for seen, _ in found)
    if _NUMBER.fullmatch(text):
        readable = confidence >= SURE_DIGITS and all(same for _, same in found) and bool(text.strip())
    else:
        readable = bool(text.strip()) and confidence >= 0.5
    return Written(text, round(confidence, 3), readable)
