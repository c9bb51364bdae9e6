"""Numbers that run over the border of their cell: what stands on either side of the line is one number, not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.content import Box
from parsers.formats.pictures.ink import Mark

_SAME_BORDER = 6.0  # pixels between the right side of a cell and the left side of the next
_TOGETHER = 0.045  # inches between two signs of one number, with the line between them and what it wipes out
_LEVEL = 0.6  # of the lower one's height: how far two signs of one number stand beside each other


class InkedCell(NamedTuple):
    """A cell's box on the page, the corner of its inside, and the marks there, all in pixels of the page."""

    box: Box
    marks: Sequence[Mark]


def crossed_borders(cells: Sequence[InkedCell], dpi: float) -> set[int]:
    """The cells, by their index, that share a number with the cell beside them."""
    by_left: defaultdict[int, list[int]] = defaultdict(list)
    for i, cell in enumerate(cells):
        by_left[int(cell.box[0] // _SAME_BORDER)].append(i)
    found: set[int] = set()
    for i, cell in enumerate(cells):
        at = int(cell.box[2] // _SAME_BORDER)
        for j in (j for near in (at - 1, at, at + 1) for j in by_left[near]):
            if i != j and abs(cells[j].box[0] - cell.box[2]) <= _SAME_BORDER and any(_run_on(cell, cells[j], dpi)):
                found |= {i, j}
    return found


def _run_on(left: InkedCell, right: InkedCell, dpi: float) -> Iterator[bool]:
    for x, y, width, height in left.marks:
        for other_x, other_y, _, other_height in right.marks:
            beside = min(y + height, other_y + other_height) - max(y, other_y)
            yield other_x - x - width <= _TOGETHER * dpi and beside >= _LEVEL * min(height, other_height)
