"""Which lines of a wrapped label belong to which row of numbers, where no line is drawn between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.formats.paged.words import Chunk, WordRow

_MOST_LINES = 7  # in one label
_LEADING = 1.62  # from line to line of one cell, in letter sizes
_SAME_LINE = 0.5  # likewise: what is no lower stands on the same line
_WIDE_GAP = 0.8  # of a line's height between two lines: wider ones part two labels; chosen
_ORDINAL = re.compile(r"\d{1,2}\s*[.．、]|[（(]\s*[一二三四五六七八九十]+\s*[）)]|[一二三四五六七八九十]+\s*、")
# Costs, in line heights: a row of numbers without a label, a label without numbers (its cells are blank), and the
# most that a label's distance from its numbers can cost.
_NO_LABEL, _NO_NUMBERS, _FARTHEST = 3.0, 0.7, 3.0

_Steps = dict[tuple[int, int], tuple[float, tuple[int, int]]]
"""(lines used, rows done) → cost, and the state before."""


class LabelEntry(NamedTuple):
    """A row of the table: its label's lines, and its numbers where it has any."""

    label: tuple[Chunk, ...]
    row: WordRow | None

    @property
    def y(self) -> float:
        return self.row.y if self.row else (_y(self.label[0]) + _y(self.label[-1])) / 2


@dataclass(frozen=True, slots=True)
class SideLabel:
    """A label that stands beside several rows: its lines, first and last entry it covers."""

    lines: tuple[Chunk, ...]
    first: int
    last: int


def entries(lines: Sequence[Chunk], rows: Sequence[WordRow]) -> list[LabelEntry]:
    """Label lines and rows of numbers brought together.

    Cells centre their numbers beside the label, so the middle of a label's lines lies at the row's height; the
    cut of the lines into labels with the least sum of distances is found by dynamic programming.
    """
    ordered = sorted(lines, key=_y)
    height = min((chunk.box[3] - chunk.box[1] for chunk in ordered), default=1.0) or 1.0
    middles = [_y(chunk) / height for chunk in ordered]
    levels = [row.y / height for row in rows]
    ends = [_last_of(ordered, first) for first in range(len(ordered))]
    steps: _Steps = {(0, 0): (0.0, (0, 0))}
    for used in range(len(ordered) + 1):
        for done in range(len(rows) + 1):
            if (used, done) not in steps:
                continue
            cost = steps[used, done][0]
            if done < len(rows):
                _keep(steps, (used, done), (used, done + 1), cost + _NO_LABEL)
            for end in range(used + 1, ends[used] + 1 if used < len(ordered) else 0):
                _keep(steps, (used, done), (end, done), cost + _NO_NUMBERS)
                if done < len(rows):
                    off = abs((middles[used] + middles[end - 1]) / 2 - levels[done])
                    _keep(steps, (used, done), (end, done + 1), cost + min(off, _FARTHEST))
    return _traced(steps, ordered, rows)


def _keep(steps: _Steps, before: tuple[int, int], after: tuple[int, int], cost: float) -> None:
    if after not in steps or cost < steps[after][0]:
        steps[after] = (cost, before)


def _y(chunk: Chunk) -> float:
    return (chunk.box[1] + chunk.box[3]) / 2


def _last_of(ordered: Sequence[Chunk], first: int) -> int:
    """Up to which line a label that begins with this one can go: not over an ordinal nor a wide gap."""
    end = first + 1
    while end < min(len(ordered), first + _MOST_LINES):
        above, line = ordered[end - 1].box, ordered[end]
        if _ORDINAL.match(line.text) or line.box[1] - above[3] > _WIDE_GAP * (above[3] - above[1]):
            break
        end += 1
    return end


def _traced(steps: _Steps, ordered: Sequence[Chunk], rows: Sequence[WordRow]) -> list[LabelEntry]:
    found: list[LabelEntry] = []
    at = (len(ordered), len(rows))
    while at != (0, 0):
        used, done = steps[at][1]
        found.append(LabelEntry(tuple(ordered[used : at[0]]), rows[done] if at[1] > done else None))
        at = (used, done)
    return found[::-1]


def groups(chunks: Sequence[Chunk], among: Sequence[LabelEntry], free: Sequence[int]) -> list[SideLabel]:
    """Labels left of the items, each over the entries (indices in `free`) whose common middle it stands at."""
    columns: dict[float, list[list[Chunk]]] = {}
    for piece in sorted(pieces(chunks), key=_middle):
        x = next((x for x in columns if piece[0].box[0] < x < piece[0].box[2]), None)
        columns.setdefault(piece[0].middle if x is None else x, []).append(piece)
    found: list[SideLabel] = []
    for stack in columns.values():
        start = 0
        for piece in stack:
            if start >= len(free):
                break
            first = free[start]
            end = min(
                range(start, len(free)), key=lambda i: abs((among[first].y + among[free[i]].y) / 2 - _middle(piece))
            )
            found.append(SideLabel(tuple(piece), first, free[end]))
            start = end + 1
    return found


def _middle(piece: Sequence[Chunk]) -> float:
    return (piece[0].box[1] + piece[-1].box[3]) / 2


def pieces(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Chunks close under each other, as the lines of one cell stand."""
    found: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.box[1]):
        for piece in found:
            last = piece[-1]
            overlap = min(last.box[2], chunk.box[2]) - max(last.box[0], chunk.box[0])
            if overlap > 0 and _SAME_LINE < (_y(chunk) - _y(last)) / chunk.em < _LEADING:
                piece.append(chunk)
                break
        else:
            found.append([chunk])
    return found
