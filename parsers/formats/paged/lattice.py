"""Ruling lines → grids of cells with spans. Pure geometry, the same for PDF, OFD and pictures.

Coordinates are points (or pixels times a scale), origin at the top left. A line is `Line(at, start, end)`: a
horizontal one lies at y = `at` from x = `start` to x = `end`, a vertical one the other way round.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parsers.content import Box

SNAP = 2.5  # lines closer than this are one line drawn twice (double borders, two neighbours' edges)
_LEVEL = 1.6  # times as far from the first to the last of several that are one: they must not drift; chosen
_FEWEST_LINES = 3  # of a lattice: two that cross are an underlined heading
THINNEST = 4.5  # no cell is narrower: closer lines are the two strokes of a double border
REACH = 3.0  # ends closer than this touch
SHORTEST = 5.0  # shorter lines are dots, ticks and strokes of letters
MOST_LINES = 1200  # of one direction on one page; beyond that the longest are kept
MOST_BOXES = 20_000  # in one lattice; a page of a report has two thousand


class Ruling(NamedTuple):
    """An axis-parallel line: position across, start and end along."""

    at: float
    start: float
    end: float


class GridCell(NamedTuple):
    """A cell of a grid. `open` names the sides on the outline of the grid that have no line: ``t b l r``."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    open: str = ""


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table's lattice: `xs` and `ys` are its lines' positions, cells count from 0 between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def joined(lines: Iterable[Ruling], snap: float = SNAP, gap: float = REACH) -> list[Ruling]:
    """Lines of one direction with doubles, dashes and pieces made one; dots dropped."""
    whole: list[Ruling] = []
    for group in _levels(sorted(lines), snap):
        at = sum(line.at for line in group) / len(group)
        whole.extend(line for line in _chained(at, group, gap) if line.end - line.start >= SHORTEST)
    return sorted(sorted(whole, key=lambda line: line.start - line.end)[:MOST_LINES])


def _levels(lines: Sequence[Ruling], snap: float) -> Iterator[list[Ruling]]:
    group: list[Ruling] = []
    for line in lines:
        if group and (line.at - group[-1].at > snap or line.at - group[0].at > _LEVEL * snap):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _chained(at: float, group: list[Ruling], gap: float) -> Iterator[Ruling]:
    start = end = None
    for line in sorted(group, key=lambda line: line.start):
        if end is not None and start is not None and line.start <= end + gap:
            end = max(end, line.end)
            continue
        if end is not None and start is not None:
            yield Ruling(at, start, end)
        start, end = line.start, line.end
    if end is not None and start is not None:
        yield Ruling(at, start, end)


def grids(horizontal: Iterable[Ruling], vertical: Iterable[Ruling]) -> list[Lattice]:
    """Every lattice that the lines form, from the top; a frame around nothing (one cell) counts too."""
    across, down = joined(horizontal), joined(vertical)
    found = []
    for rows, columns in _components(across, down):
        grid = _grid(rows, columns)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _components(across: list[Ruling], down: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch each other, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for j, column in enumerate(down):
        for i, row in enumerate(across):
            if (
                column.start - REACH <= row.at <= column.end + REACH
                and row.start - REACH <= column.at <= row.end + REACH
            ):
                parent[root(i)] = root(len(across) + j)
    members: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for i, row in enumerate(across):
        members[root(i)][0].append(row)
    for j, column in enumerate(down):
        members[root(len(across) + j)][1].append(column)
    for rows, columns in members.values():
        if len(rows) + len(columns) >= _FEWEST_LINES and rows and columns:
            yield rows, columns


def _grid(rows: list[Ruling], columns: list[Ruling]) -> Lattice | None:
    """The cells between touching lines. Where lines stick out of the frame by more than a little, the frame is
    open there (a table cut by the page, or drawn without side borders) and their ends are its border."""
    xs = positions([*(line.at for line in columns), *_overhang(rows, columns)], THINNEST)
    ys = positions([*(line.at for line in rows), *_overhang(columns, rows)], THINNEST)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_BOXES:
        return None
    walls_across = _walls(rows, ys, xs)
    walls_down = _walls(columns, xs, ys)
    owner = _regions(len(ys) - 1, len(xs) - 1, walls_across, walls_down)
    cells = tuple(sorted(_cells(owner, xs, ys, walls_across, walls_down)))
    return Lattice(tuple(xs), tuple(ys), cells)


def _overhang(lines: list[Ruling], border: list[Ruling]) -> list[float]:
    low, high = min(line.at for line in border), max(line.at for line in border)
    start, end = min(line.start for line in lines), max(line.end for line in lines)
    return [*([start] if start < low - 2 * REACH else []), *([end] if end > high + 2 * REACH else [])]


def positions(values: Iterable[float], snap: float = SNAP) -> list[float]:
    """The values in order, those within `snap` of an earlier one left out."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > snap:
            found.append(value)
    return found


def _walls(lines: list[Ruling], levels: list[float], stops: list[float]) -> list[list[bool]]:
    """walls[i][j]: is there a line at level i between stop j and j + 1?"""
    covered = [[0.0] * (len(stops) - 1) for _ in levels]
    for line in lines:
        row = covered[_nearest(levels, line.at)]
        for j, (low, high) in enumerate(pairwise(stops)):
            if line.start < high and low < line.end:
                row[j] += min(line.end, high) - max(line.start, low)
    enough = [0.6 * (high - low) for low, high in pairwise(stops)]
    return [[length >= least for length, least in zip(row, enough, strict=True)] for row in covered]


def _nearest(levels: list[float], at: float) -> int:
    after = bisect_left(levels, at)
    before = max(after - 1, 0)
    return after if after < len(levels) and levels[after] - at < at - levels[before] else before


def _regions(height: int, width: int, across: list[list[bool]], down: list[list[bool]]) -> list[list[int]]:
    """Number of the region each elementary box belongs to: flooded wherever no wall stands between two boxes."""
    owner = [[-1] * width for _ in range(height)]
    number = 0
    for top in range(height):
        for left in range(width):
            if owner[top][left] >= 0:
                continue
            pending = [(top, left)]
            owner[top][left] = number
            while pending:
                r, c = pending.pop()
                for rr, cc, wall in (
                    (r - 1, c, across[r][c]),
                    (r + 1, c, across[r + 1][c]),
                    (r, c - 1, down[c][r]),
                    (r, c + 1, down[c + 1][r]),
                ):
                    if not wall and 0 <= rr < height and 0 <= cc < width and owner[rr][cc] < 0:
                        owner[rr][cc] = number
                        pending.append((rr, cc))
            number += 1
    return owner


def _cells(
    owner: list[list[int]], xs: list[float], ys: list[float], across: list[list[bool]], down: list[list[bool]]
) -> Iterator[GridCell]:
    boxes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for r, row in enumerate(owner):
        for c, number in enumerate(row):
            boxes[number].append((r, c))
    for region in boxes.values():
        for top, left, bottom, right in _rectangles(region):
            box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
            sides = (
                ("t", top == 0 and not all(across[0][left : right + 1])),
                ("b", bottom == len(ys) - 2 and not all(across[-1][left : right + 1])),
                ("l", left == 0 and not all(down[0][top : bottom + 1])),
                ("r", right == len(xs) - 2 and not all(down[-1][top : bottom + 1])),
            )
            opened = "".join(name for name, is_open in sides if is_open)
            yield GridCell(top, left, bottom - top + 1, right - left + 1, box, opened)


def _rectangles(region: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of a region; one that is no rectangle (a piece of line is missing) is cut into
    runs of equal width."""
    if len(region) == 1:
        yield *region[0], *region[0]
        return
    top, left = min(r for r, _ in region), min(c for _, c in region)
    bottom, right = max(r for r, _ in region), max(c for _, c in region)
    if (bottom - top + 1) * (right - left + 1) == len(region):
        yield top, left, bottom, right
        return
    open_runs: dict[tuple[int, int], int] = {}
    for r in range(top, bottom + 2):
        runs = set(_runs(sorted(c for rr, c in region if rr == r)))
        for run in [run for run in open_runs if run not in runs]:
            yield open_runs.pop(run), run[0], r - 1, run[1]
        for run in runs:
            open_runs.setdefault(run, r)


def _runs(columns: list[int]) -> Iterator[tuple[int, int]]:
    start = None
    for i, column in enumerate(columns):
        if start is None:
            start = column
        if i + 1 == len(columns) or columns[i + 1] != column + 1:
            yield start, column
            start = None
