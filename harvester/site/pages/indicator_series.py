"""An indicator over the years: medians and quartiles as a chart, with the breaks between forms."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from harvester.definitions.indicators import Indicator, headline_indicator
from harvester.definitions.labels import SCOPE_PLURALS
from harvester.site.parts.charts import NARROW, WIDE, ChartLine, Point
from harvester.site.parts.facts import Facts
from harvester.site.parts.visit import PageRequest
from parsers.forms import MODERN, load

NATION = "000000"


def quartiles(visit: PageRequest, one: Indicator, scope: str, code: str, simulated: int) -> list[sqlite3.Row]:
    return visit.all(
        "select * from indicator_quartiles where indicator = ? and scope = ? and code = ? and simulated"
        " = ? order by year",
        one.id,
        scope,
        code,
        simulated,
    )


def scopes_with_values(visit: PageRequest, one: Indicator, simulated: int) -> list[str]:
    """Kinds of body that have this indicator, in its own order."""
    rows = visit.all(
        "select scope from indicator_quartiles where indicator = ? and code = ? and simulated = ? group by scope",
        one.id,
        NATION,
        simulated,
    )
    return sorted((row["scope"] for row in rows), key=one.scopes.index)


def chart(visit: PageRequest, one: Indicator, rows: Sequence[sqlite3.Row]) -> dict[str, Any]:
    """The chart in two widths and the rows of its table."""
    factor = 100 if one.is_rate else 1
    points = [
        Point(str(r["year"]), r["median"] * factor, r["n"], (r["q1"] * factor, r["q3"] * factor)) for r in _gaps(rows)
    ]
    say = visit.say
    line = ChartLine(
        points=points,
        title=say(f"{one.zh}：中位数", f"{one.en}: median"),
        description=say(
            "各年中位数与四分位区间，数字见下表", "median and quartiles by year; figures in the table below"
        ),
        unit="%" if one.is_rate else "",
        breaks=form_breaks([p.label for p in points], say("{}年起新表式", "new form from {}")),
        most=100 if one.is_rate and all(p.band and p.band[1] <= 100 for p in points) else None,
    )
    return {"wide": line.draw(WIDE, f"{one.id}-w"), "narrow": line.draw(NARROW, f"{one.id}-s"), "rows": rows}


def _gaps(rows: Sequence[sqlite3.Row]) -> Sequence[sqlite3.Row]:
    return rows


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
    """The one indicator on the home page; None when no body has enough cases."""
    one = headline_indicator()
    scopes = scopes_with_values(visit, one, known.population)
    if not scopes:
        return None
    rows = quartiles(visit, one, scopes[0], NATION, known.population)
    drawn = chart(visit, one, rows)
    sentence = visit.say(*one.sentence(rows[-1]["median"]))
    return {
        "indicator": one,
        "sentence": sentence,
        "scope": SCOPE_PLURALS[scopes[0]],
        "scope_id": scopes[0],
        "last": rows[-1],
        **drawn,
    }
