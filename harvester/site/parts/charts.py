"""Charts as SVG drawn here: real text, CJK, n under each year, the line broken where the form changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from harvester.definitions.indicators import GREY_BELOW

WHOLE = 100
"""Percent."""
_STEPS = 4
"""Of an axis."""
_WITHOUT_DECIMALS = 100
"""Figures from here on are written without decimals: three digits are enough to read off a chart."""
_ROUNDING = 1e-9
"""By so much at most the steps of an axis miss its top when they are added up."""


@dataclass(frozen=True, slots=True)
class Point:
    """One year. `value` None leaves a gap; `n` is the denominator (or count of bodies); `band` the quartiles."""

    label: str
    value: float | None
    n: int | None = None
    band: tuple[float, float] | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Size of a chart and of its margins, in SVG units."""

    width: float = 770
    height: float = 320
    left: float = 44
    right: float = 26
    top: float = 22
    bottom: float = 46


WIDE = Frame()
NARROW = Frame(width=380, height=300)
SMALL = Frame(width=270, height=150, left=42, right=12, top=16, bottom=26)


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line chart. `breaks` are the labels after which the line is cut, each with what is written there."""

    points: Sequence[Point]
    title: str
    description: str
    unit: str = ""
    breaks: Sequence[tuple[str, str]] = ()
    most: float | None = None
    values: bool = True
    counts: bool = True

    def draw(self, frame: Frame = WIDE, name: str = "c") -> Markup:
        top, step = (self.most, self.most / _STEPS) if self.most else scale(self._highest())
        pen = _Pen(frame, len(self.points), top)
        body = [*pen.grid(step, self.unit), *pen.cuts(self), *pen.shade(self), *pen.lines(self)]
        body += pen.dots(self)
        return Markup(
            f'<svg class="chart" viewBox="0 0 {frame.width:g} {frame.height:g}" role="img" '
            f'aria-labelledby="{name}-t {name}-d" xmlns="http://www.w3.org/2000/svg">'
            f'<title id="{name}-t">{escape(self.title)}</title><desc id="{name}-d">{escape(self.description)}</desc>'
            + "".join(body)
            + "</svg>"
        )

    def _highest(self) -> float:
        values = [p.value for p in self.points if p.value is not None]
        return max([*values, *(p.band[1] for p in self.points if p.band)], default=1)


def scale(highest: float) -> tuple[float, float]:
    """A round top for an axis, and its step: 0 is always on it."""
    if highest <= _STEPS:
        return (float(math.ceil(highest)) or 1.0, 1.0)
    power = 10.0 ** math.floor(math.log10(highest))
    for factor in (1, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 4, 6, 8, 10):
        if highest <= factor * power and (factor * power) % _STEPS == 0:
            return factor * power, factor * power / _STEPS
    return 10 * power, 2.5 * power


def figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= _WITHOUT_DECIMALS or value == int(value) else f"{value:.1f}"


@dataclass(frozen=True, slots=True)
class _Pen:
    """Turns values into marks on a frame."""

    frame: Frame
    count: int
    most: float

    def x(self, index: float) -> float:
        side = min(26.0, self.frame.width / 24)  # room for the first and last value beside the axis
        inner = self.frame.width - self.frame.left - self.frame.right - 2 * side
        return self.frame.left + side + inner * (index / (self.count - 1) if self.count > 1 else 0.5)

    def y(self, value: float) -> float:
        inner = self.frame.height - self.frame.top - self.frame.bottom
        return self.frame.top + inner * (1 - value / self.most)

    def grid(self, step: float, unit: str) -> list[str]:
        marks, value = [], 0.0
        while value <= self.most + _ROUNDING:
            y, last = self.y(value), value + step > self.most + _ROUNDING
            marks.append(
                f'<line x1="{self.frame.left:g}" x2="{self.frame.width - self.frame.right:g}" '
                f'y1="{y:.1f}" y2="{y:.1f}" '
                f'class="{"grid" if value else "axis"}"/><text x="{self.frame.left - 6:g}" y="{y + 4:.1f}" '
                f'class="tick" text-anchor="end">{figure(value)}{unit if last else ""}</text>'
            )
            value += step
        return marks

    def cuts(self, line: ChartLine) -> list[str]:
        labels = [point.label for point in line.points]
        marks = []
        for after, text in line.breaks:
            if after in labels[:-1]:
                x = self.x(labels.index(after) + 0.5)
                marks.append(
                    f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{self.frame.top - 8:g}" '
                    f'y2="{self.frame.height - self.frame.bottom:g}" class="break"/>'
                    f'<text x="{x + 5:.1f}" y="{self.frame.top - 4:g}" class="note">{escape(text)}</text>'
                )
        return marks

    def shade(self, line: ChartLine) -> list[str]:
        """Quartile bands, one polygon for each unbroken run of years that have one."""
        cut = {after for after, _ in line.breaks}
        shapes, run = [], list[tuple[float, float, float]]()
        for index, point in enumerate([*line.points, Point("", None)]):
            if point.band:
                run.append((self.x(index), self.y(point.band[0]), self.y(point.band[1])))
            if run and (not point.band or point.label in cut):
                up = " ".join(f"{x:.1f},{high:.1f}" for x, _, high in run)
                down = " ".join(f"{x:.1f},{low:.1f}" for x, low, _ in reversed(run))
                shapes.append(f'<polygon points="{up} {down}" class="band"/>')
                run = []
        return shapes

    def lines(self, line: ChartLine) -> list[str]:
        cut = {after for after, _ in line.breaks}
        marks, run = [], list[str]()
        for index, point in enumerate([*line.points, Point("", None)]):
            if point.value is not None:
                run.append(f"{self.x(index):.1f},{self.y(point.value):.1f}")
            if point.value is None or point.label in cut:
                if len(run) > 1:
                    marks.append(f'<polyline points="{" ".join(run)}" class="line"/>')
                run = []
        return marks

    def dots(self, line: ChartLine) -> list[str]:
        bottom = self.frame.height - self.frame.bottom
        marks = []
        for index, point in enumerate(line.points):
            x = self.x(index)
            marks.append(
                f'<text x="{x:.1f}" y="{bottom + 18:g}" class="tick" text-anchor="middle">{point.label}</text>'
            )
            if line.counts:
                n = "–" if point.n is None else f"{point.n:,}"
                marks.append(f'<text x="{x:.1f}" y="{bottom + 34:g}" class="n" text-anchor="middle">n={n}</text>')
            if point.value is None:
                continue
            y, hollow = self.y(point.value), point.hollow
            title = f"{point.label}: {figure(point.value)}{line.unit}" + (f" (n={point.n})" if point.n else "")
            marks.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="dot{" small" if hollow else ""}">'
                f"<title>{escape(title)}</title></circle>"
            )
            if line.values:
                marks.append(
                    f'<text x="{x:.1f}" y="{y - 10:.1f}" class="val{" dim" if hollow else ""}" '
                    f'text-anchor="middle">{figure(point.value)}{line.unit}</text>'
                )
        return marks


def small(n: int | None) -> bool:
    return n is not None and n < GREY_BELOW
