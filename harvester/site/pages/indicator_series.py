"""An indicator over the years: medians and quartiles as a chart, with the breaks between forms."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harvester.definitions.indicators import GREY_BODIES, Indicator, headline_indicator
from harvester.definitions.labels import LEVELS, SCOPE_PLURALS
from harvester.site.parts.charts import NARROW, WHOLE, WIDE, ChartLine, Point
from harvester.site.parts.facts import Facts
from harvester.site.parts.visit import PageRequest
from parsers.forms import MODERN, load

NATION = "000000"


@dataclass(frozen=True, slots=True)
class Series:
    """What medians are taken over: one kind of body at one level. `bodies`: the most that any year has."""

    scope: str
    level: str
    bodies: int


def all_series(visit: PageRequest, one: Indicator, simulated: int) -> list[Series]:
    """The series of an indicator: kinds in its own order, then levels in theirs."""
    rows = visit.all(
        "select scope, level, max(n) as bodies from indicator_quartiles where indicator = ? and code = ? and"
        " simulated = ? group by scope, level",
        one.id,
        NATION,
        simulated,
    )
    levels = list(LEVELS)
    found = [Series(row["scope"], row["level"], row["bodies"]) for row in rows]
    return sorted(found, key=lambda series: (one.scopes.index(series.scope), levels.index(series.level)))


def chosen_series(visit: PageRequest, every: Sequence[Series]) -> Series | None:
    """The one that the address asks for; else of its first kind the level with most bodies."""
    of_kind = [s for s in every if s.scope == visit.arg("scope")] or [s for s in every if s.scope == every[0].scope]
    asked = [s for s in of_kind if s.level == visit.arg("level")]
    return next(iter(asked), None) or max(of_kind, key=lambda series: series.bodies, default=None)


def quartiles(visit: PageRequest, one: Indicator, series: Series, code: str, simulated: int) -> list[sqlite3.Row]:
    """Year by year; no median where there are too few bodies."""
    return visit.all(
        "select * from indicator_quartiles where indicator = ? and scope = ? and level = ? and code = ? and"
        " simulated = ? order by year",
        one.id,
        series.scope,
        series.level,
        code,
        simulated,
    )


def chart(visit: PageRequest, one: Indicator, rows: Sequence[sqlite3.Row]) -> dict[str, Any]:
    """The chart in two widths and the rows of its table."""
    line = chart_line(visit, one, [dict(row) for row in rows])
    return {"wide": line.draw(WIDE, f"{one.id}-w"), "narrow": line.draw(NARROW, f"{one.id}-s"), "rows": rows}


def chart_line(visit: PageRequest, one: Indicator, rows: Sequence[Mapping[str, Any]]) -> ChartLine:
    """The line through rows with year, q1, median, q3 and n."""
    points = [_point(row, 100 if one.is_rate else 1) for row in rows]
    say = visit.say
    return ChartLine(
        points=points,
        title=say(f"{one.zh}：中位数", f"{one.en}: median"),
        description=say(
            "各年中位数与四分位区间，数字见下表", "median and quartiles by year; figures in the table below"
        ),
        unit="%" if one.is_rate else "",
        breaks=form_breaks([p.label for p in points], say("{}年起新表式", "new form from {}")),
        most=WHOLE if one.is_rate and all(p.band is None or p.band[1] <= WHOLE for p in points) else None,
    )


def _point(row: Mapping[str, Any], factor: int) -> Point:
    """A gap, with its n, where there are too few bodies; hollow where there are few."""
    if row["median"] is None:
        return Point(str(row["year"]), None, row["n"])
    band = (row["q1"] * factor, row["q3"] * factor)
    return Point(str(row["year"]), row["median"] * factor, row["n"], band, hollow=row["n"] < GREY_BODIES)


def form_breaks(labels: Sequence[str], text: str = "") -> list[tuple[str, str]]:
    """Where the line is cut: the last year (of two or four digits) before each newer form, and what is written there.

    In `text` {} is the first report year of the form.
    """
    found = []
    for form in MODERN[:-1]:
        first = load(form).years[0]
        before = [label for label in labels if _year(label) < first]
        found += [(before[-1], text.format(first))] if before else []
    return found


def _year(label: str) -> int:
    return int(label) if len(label) > 2 else 2000 + int(label)


def headline(visit: PageRequest, known: Facts) -> dict[str, Any] | None:
    """The one indicator on the home page; None when no year has enough bodies for a median."""
    one = headline_indicator()
    every = all_series(visit, one, known.population)
    series = chosen_series(visit, every) if every else None
    rows = quartiles(visit, one, series, NATION, known.population) if series else []
    told = [row for row in rows if row["median"] is not None]
    if series is None or not told:
        return None
    return {
        "indicator": one,
        "sentence": visit.say(*one.sentence(told[-1]["median"])),
        "scope": SCOPE_PLURALS[series.scope],
        "level": LEVELS[series.level],
        "last": told[-1],
        **chart(visit, one, rows),
    }
