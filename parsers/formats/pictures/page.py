"""A picture of a page → tables cell by cell, and the text around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.content import Box, Cell, Page, Paragraph, Place, Table
from parsers.formats.paged.glyphs import Glyph
from parsers.formats.paged.lattice import Lattice, Ruling, grids
from parsers.formats.paged.layout import ENDS_SHORT, HANGING, INDENTED, Block, framed, is_page_number
from parsers.formats.pictures.cells import SURE_OF_WORDS, Written, is_chinese, written
from parsers.formats.pictures.cleaning import hidden_by_red, whitened, without_red
from parsers.formats.pictures.engine import Picture, detect, recognise
from parsers.formats.pictures.letter_height import letter_height
from parsers.formats.pictures.loose_tables import SeenPage
from parsers.formats.pictures.loose_words import loose_letters
from parsers.formats.pictures.orientation import Upright, straight_pages, upright
from parsers.formats.pictures.ruling_lines import ink_of, rulings

DPI = 200.0
FEWEST_CELLS, MOST_CELLS = 4, 3000  # of a lattice: fewer are a box around words
_TOUCHES = 5  # pixels by which a line of text and a table may overlap and still stand one below the other
_FAR_BELOW = 2  # heights of a line between two paragraphs: lines of a scan are measured by their ink alone; chosen
_LETTER = 27.0  # pixels of a letter at that resolution, where there are too few to tell
_LONE_NUMBER = re.compile(r"(?<!\S)\d+(?!\S)")
_LONG = 8.0  # letters: a line across several cells
_TABULAR = 6  # numbers that stand alone: a page of prose has hardly one


def read_picture(picture: Picture, page: Page) -> list[SeenPage]:
    """What one page shows; the picture shows the whole page, its letters as large as at 200 dots an inch. Boxes are in
    the page's points, whatever these say of its size."""
    scale = page.width / picture.shape[1]
    whole = upright(whitened(picture), DPI)
    return [_read_straight(part, page.number, scale) for part in straight_pages(whole)]


def _read_straight(whole: Upright, page: int, scale: float, dpi: float = DPI) -> SeenPage:
    grey = without_red(whole.picture)
    found, drawn = _grids(ink_of(grey), dpi)
    boxes = [cell.box for grid in found for cell in grid.cells]
    texts = iter(written(grey, drawn, hidden_by_red(whole.picture), boxes, dpi))
    blocks: list[tuple[float, Block]] = [
        (grid.ys[0], _table(grid, list(islice(texts, len(grid.cells))), whole, page, scale)) for grid in found
    ]
    lines = _lines(whole, [grid.box for grid in found])
    blocks.extend(_paragraphs(whole, lines, [grid.box for grid in found], page, scale))
    seen = SeenPage(page, tuple(block for _, block in sorted(blocks, key=lambda pair: pair[0])))
    if found or sum(len(_LONE_NUMBER.findall(text)) for _, text in lines) < _TABULAR:
        return seen
    letter = letter_height(grey) or _LETTER
    grey[_long(drawn, _LONG * letter)] = 255
    letters = loose_letters(grey, [box for box, _ in lines], letter, dpi)
    (a, b, c), (d, e, f) = whole.back
    back = ((a, b, c * scale), (d, e, f * scale))
    return replace(seen, letters=tuple(Glyph(one.text, *_times(one.box, scale)) for one in letters), back=back)


def _long(drawn: Picture, least: float) -> NDArray[np.bool_]:
    """Where lines run that are so long: shorter ones may be strokes of letters, such as the middle of 三安全一."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
    long = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= least
    return np.asarray((labels > 0) & long[labels])


def _grids(ink: Picture, dpi: float) -> tuple[list[Lattice], Picture]:
    """Lattices in pixels (the lattice's tolerances are in points), and the picture of their lines."""
    points = 72.0 / dpi
    across, down, drawn = rulings(ink, dpi)
    found = grids((_scaled(line, points) for line in across), (_scaled(line, points) for line in down))
    kept = [grid for grid in found if len(grid.xs) > 2 and FEWEST_CELLS <= len(grid.cells) <= MOST_CELLS]
    return [_in_pixels(grid, 1 / points) for grid in kept], drawn


def _scaled(line: Ruling, factor: float) -> Ruling:
    return Ruling(line.at * factor, line.start * factor, line.end * factor)


def _in_pixels(grid: Lattice, factor: float) -> Lattice:
    cells = tuple(cell._replace(box=_times(cell.box, factor)) for cell in grid.cells)
    return Lattice(tuple(x * factor for x in grid.xs), tuple(y * factor for y in grid.ys), cells)


def _times(box: Box, factor: float) -> Box:
    return (box[0] * factor, box[1] * factor, box[2] * factor, box[3] * factor)


def _table(grid: Lattice, texts: Sequence[Written], whole: Upright, page: int, scale: float) -> Table:
    written_in = dict(zip(grid.cells, texts, strict=True))
    filled = {cell for cell, text in written_in.items() if text.text or not text.readable}
    valued = {cell.row for cell in filled if not is_chinese(written_in[cell].text)}
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            written_in[cell].text,
            Place(page, _placed(whole, cell.box, scale)),
            cell.rowspan,
            cell.colspan,
            written_in[cell].readable,
            written_in[cell].confidence,
            written_in[cell].confirmed,
        )
        for cell in framed(grid, filled)
        # of a row cut by the page, only the label of which stands here, the values stand on the other page
        if cell in filled or not cell.open or cell.row in valued
    )
    return Table(cells, Place(page, _placed(whole, grid.box, scale)))


def _placed(whole: Upright, box: Box, scale: float) -> Box:
    x0, top, x1, bottom = (round(value * scale, 1) for value in whole.original(box))
    return (x0, top, x1, bottom)


def _lines(whole: Upright, tables: Sequence[Box]) -> list[tuple[Box, str]]:
    """Lines of text outside the tables, from the top."""
    rest = whole.picture.copy()
    for x0, y0, x1, y1 in tables:
        rest[max(int(y0) - 3, 0) : int(y1) + 4, max(int(x0) - 3, 0) : int(x1) + 4] = 255
    boxes = sorted((_box(corners) for corners in detect(rest, DPI)), key=lambda box: (box[1] + box[3], box[0]))
    seen = recognise([_cut(rest, box) for box in boxes])
    return [
        (box, one.text) for box, one in zip(boxes, seen, strict=True) if one.text.strip() and one.score > SURE_OF_WORDS
    ]


def _paragraphs(
    whole: Upright, lines: Sequence[tuple[Box, str]], tables: Sequence[Box], page: int, scale: float
) -> list[tuple[float, Block]]:
    """The lines joined while they run on, without page numbers."""
    height = whole.picture.shape[0]
    rows = [(box, text) for box, text in _rows(lines) if not is_page_number(text, box[1], box[3], height)]
    return _joined(rows, whole, tables, page, scale)


def _box(corners: np.ndarray) -> Box:
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    return (float(x0), float(y0), float(x1), float(y1))


def _cut(picture: Picture, box: Box) -> Picture:
    x0, y0, x1, y1 = (int(value) for value in box)
    return picture[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1]


def _rows(lines: Sequence[tuple[Box, str]]) -> list[tuple[Box, str]]:
    """Pieces on one baseline joined, from the left."""
    rows: list[list[tuple[Box, str]]] = []
    for box, text in lines:
        middle = (box[1] + box[3]) / 2
        if rows and rows[-1][0][0][1] < middle < rows[-1][0][0][3]:
            rows[-1].append((box, text))
        else:
            rows.append([(box, text)])
    joined = []
    for row in rows:
        row.sort()
        x0, top, x1, bottom = zip(*(box for box, _ in row), strict=True)
        joined.append(((min(x0), min(top), max(x1), max(bottom)), " ".join(text for _, text in row)))
    return joined


def _joined(
    rows: Sequence[tuple[Box, str]], whole: Upright, tables: Sequence[Box], page: int, scale: float
) -> list[tuple[float, Block]]:
    right = max((box[2] for box, _ in rows), default=0.0)
    left = min((box[0] for box, _ in rows), default=0.0)
    found: list[tuple[list[Box], list[str]]] = []
    for box, text in rows:
        height = box[3] - box[1]
        if found:
            before = found[-1][0][-1]
            between = any(before[3] <= t[1] + _TOUCHES and t[3] <= box[1] + _TOUCHES for t in tables)
            short = right - before[2] > ENDS_SHORT * height
            indented = box[0] - left > INDENTED * height and box[0] > before[0] + HANGING * height
            if not (between or short or indented or box[1] - before[3] > _FAR_BELOW * height):
                found[-1][0].append(box)
                found[-1][1].append(text)
                continue
        found.append(([box], [text]))
    blocks: list[tuple[float, Block]] = []
    for boxes, texts in found:
        x0, top, x1, bottom = zip(*boxes, strict=True)
        around = (min(x0), min(top), max(x1), max(bottom))
        blocks.append((around[1], Paragraph("\n".join(texts), Place(page, _placed(whole, around, scale)))))
    return blocks
