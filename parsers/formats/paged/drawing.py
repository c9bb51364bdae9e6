"""Drawn things gathered from a page: lines, filled areas, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.content import Box
from parsers.formats.paged.lattice import Ruling

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
QUARTER_TURN = 90  # degrees
THIN = 3.0  # points: a filled area no wider is a line
_LEVEL = 0.7  # points by which the ends of a level line may differ: producers round
_SQUARE = 0.5  # points by which the corners of a box may lie off its sides
_CORNERS = 4  # of a box
_CURVE = 3  # points behind the first of a Bézier curve
_PIECES = 32  # of a slanted or curved stroke: a seal's circle in pieces of two points
MOST_OBJECTS = 200_000  # on one page, segments of paths included

Point = tuple[float, float]


@dataclass(slots=True)
class Subpath:
    """One subpath: its corners, the indices of those reached by a curve, and whether it returns to its start."""

    points: list[Point] = field(default_factory=list)
    bends: set[int] = field(default_factory=set)
    closed: bool = False

    def to(self, point: Point, bent: bool = False) -> None:
        if bent:
            self.bends.add(len(self.points))
        self.points.append(point)

    @property
    def box(self) -> Box:
        """The box around its corners and the handles of its curves."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return (min(xs), min(ys), max(xs), max(ys))

    @property
    def is_box(self) -> bool:
        """Do all corners lie on the corners of the box around them (trapezoids of mitred borders included)?"""
        return bool(self.points) and _is_box(self.points, self.box)

    def pieces(self) -> Iterator[Box]:
        """Small boxes along its strokes: straight ones and the curves between, cut into short parts."""
        points = [*self.points, self.points[0]] if self.closed and self.points else self.points
        i = 0
        while i + 1 < len(points):
            is_curve = set(range(i + 1, i + _CURVE + 1)) <= self.bends and i + _CURVE < len(points)
            ends = points[i : i + _CURVE + 1] if is_curve else points[i : i + 2]
            for (x, y), (to_x, to_y) in pairwise(_along(ends)):
                yield (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
            i += len(ends) - 1

    @property
    def is_straight(self) -> bool:
        """Is every stroke of it level or upright, so that it counts as lines?"""
        ends = [*self.points, self.points[0]] if self.closed else self.points
        return not self.bends and all(
            min(abs(x - to_x), abs(y - to_y)) <= _LEVEL for (x, y), (to_x, to_y) in pairwise(ends)
        )


def _along(ends: Sequence[Point]) -> list[Point]:
    """Points along a straight line or a curve with two handles."""
    steps = [step / _PIECES for step in range(_PIECES + 1)]
    if len(ends) == 2:
        (x, y), (to_x, to_y) = ends
        return [(x + (to_x - x) * t, y + (to_y - y) * t) for t in steps]
    weights = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in steps]
    return [
        (
            sum(w * x for w, (x, _) in zip(each, ends, strict=True)),
            sum(w * y for w, (_, y) in zip(each, ends, strict=True)),
        )
        for each in weights
    ]


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then`."""
    if first == IDENTITY:
        return then
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def mapped(box: Box, m: Matrix) -> Box:
    """The box around the image of a box."""
    a, b, c, d, e, f = m
    if not (b or c):  # nearly always, and asked for some thousand objects a page
        left, right, upper, lower = a * box[0] + e, a * box[2] + e, d * box[1] + f, d * box[3] + f
        return (min(left, right), min(upper, lower), max(left, right), max(upper, lower))
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return (min(xs), min(ys), max(xs), max(ys))


@dataclass(slots=True)
class Marks:
    """Lines, areas and pictures in points as the page is shown. `budget` bounds the work for one page."""

    horizontal: list[Ruling] = field(default_factory=list)
    vertical: list[Ruling] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    budget: int = MOST_OBJECTS

    def area(self, box: Box) -> None:
        """A filled area: a line when thin; a dot may belong to a dotted line of either direction."""
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if height <= THIN and 2 * width >= height:
            self.horizontal.append(Ruling((top + bottom) / 2, x0, x1))
        if width <= THIN and 2 * height >= width:
            self.vertical.append(Ruling((x0 + x1) / 2, top, bottom))
        if width > THIN and height > THIN:
            self.fills.append(box)

    def stroke(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A drawn line; slanted ones (a header cell's diagonal, a chart) bound no cell."""
        if abs(y - to_y) <= _LEVEL:
            self.horizontal.append(Ruling((y + to_y) / 2, min(x, to_x), max(x, to_x)))
        elif abs(x - to_x) <= _LEVEL:
            self.vertical.append(Ruling((x + to_x) / 2, min(y, to_y), max(y, to_y)))

    def path(self, run: Subpath, stroked: bool, filled: bool) -> None:
        """A subpath, drawn, filled or both. Its curves are no lines, but an area may be bounded by them."""
        points = run.points
        if stroked:
            for i, ((x, y), (to_x, to_y)) in enumerate(pairwise(points), 1):
                if i not in run.bends:
                    self.stroke(x, y, to_x, to_y)
            if run.closed and len(points) > 2:
                self.stroke(*points[-1], *points[0])
        if filled and run.is_box:
            box = run.box
            if not (stroked and box[2] - box[0] > THIN and box[3] - box[1] > THIN):
                self.area(box)


def _is_box(points: Sequence[Point], box: Box) -> bool:
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        return True
    return len(points) >= _CORNERS and all(
        min(abs(x - box[0]), abs(x - box[2])) < _SQUARE and min(abs(y - box[1]), abs(y - box[3])) < _SQUARE
        for x, y in points
    )
