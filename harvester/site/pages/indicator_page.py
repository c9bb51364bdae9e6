"""Indicators: the list by theme, and one page each with definition, series, distribution and cautions."""

from __future__ import annotations

import json
from typing import Any

from harvester.definitions import gloss
from harvester.definitions.figures import figures
from harvester.definitions.indicators import FEWEST_BODIES, Indicator, by_theme, indicators
from harvester.definitions.labels import LEVELS, SCOPE_PLURALS
from harvester.site.pages.indicator_series import NATION, Series, all_series, chart, chosen_series, quartiles
from harvester.site.parts.csv_file import csv_body, file_name
from harvester.site.parts.places import named
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageNotFound, PageRequest

COLUMNS = ("report_id", "agency_id", "agency_name", "division_code", "year", "scope", "form", "numerator",
           "denominator", "rate", "tainted", "level", "is_current", "simulated")  # fmt: skip


def indicator_list(visit: PageRequest) -> Answer:
    """Each with its newest median: of its first kind of body, at the level with most of them."""
    known = visit.known
    rows = visit.all(
        "select * from indicator_quartiles where code = ? and simulated = ? and median is not null order by year, n",
        NATION,
        known.population,
    )
    latest = {row["indicator"]: row for row in rows if row["scope"] == indicators()[row["indicator"]].scopes[0]}
    return HtmlAnswer("indicators.html", {"themes": by_theme(), "latest": latest, "levels": LEVELS})


def find(visit: PageRequest) -> Indicator:
    one = indicators().get(visit.parts["name"])
    if one is None:
        raise PageNotFound(visit.say("没有这个指标。", "There is no such indicator."))
    return one


def indicator(visit: PageRequest) -> Answer:
    one = find(visit)
    known = visit.known
    every = all_series(visit, one, known.population)
    series = chosen_series(visit, every) if every else None
    rows = quartiles(visit, one, series, NATION, known.population) if series else []
    told = [row for row in rows if row["median"] is not None]
    year = visit.number("year") or (told[-1]["year"] if told else None)
    scopes = list(dict.fromkeys(found.scope for found in every))
    return HtmlAnswer(
        "indicator.html",
        {
            "one": one,
            "scopes": [(s, SCOPE_PLURALS.get(s, (s, s))) for s in scopes],
            "levels": [(s.level, LEVELS[s.level]) for s in every if series and s.scope == series.scope],
            "chosen": series,
            "drawn": chart(visit, one, rows) if told else None,
            "places": _places(visit, one, series, year, known.population) if series else [],
            "year": year,
            "fewest": FEWEST_BODIES,
            "inputs": [_input(name) for name in sorted(one.inputs)],
            "sql": f"select * from indicators where indicator = '{one.id}' and year = {year or 2023}",
            "forms": gloss.forms(),
        },
    )


def _input(name: str) -> dict[str, Any]:
    keys = figures()[name].inputs
    zh, en = gloss.cell_name(*keys[0].split("/"))
    more = len(keys) - 1
    return {
        "id": name,
        "zh": zh + (f" 等{more + 1}格之和" if more else ""),
        "en": en + (f" and {more} more" if more else ""),
    }


def _places(
    visit: PageRequest, one: Indicator, series: Series, year: int | None, simulated: int
) -> list[dict[str, Any]]:
    """Provinces in the order of their codes, never by value; dots on one scale; none of too few bodies."""
    rows = visit.all(
        "select * from indicator_quartiles where indicator = ? and scope = ? and level = ? and year = ? and"
        " simulated = ? and code != ? and median is not null order by code",
        one.id,
        series.scope,
        series.level,
        year,
        simulated,
        NATION,
    )
    most = 1.0 if one.is_rate else max((row["q3"] for row in rows), default=1.0) or 1.0

    def at(value: float) -> float:
        return max(0.0, min(100.0, 100 * value / most))

    known_as = named(visit, [row["code"] for row in rows])
    return [
        dict(row)
        | {"name": known_as[row["code"]], "left": at(row["q1"]), "middle": at(row["median"]), "right": at(row["q3"])}
        for row in rows
    ]


def _values(visit: PageRequest, one: Indicator) -> list[tuple[Any, ...]]:
    known = visit.known
    rows = visit.all(
        f"select {', '.join(COLUMNS)} from indicators where indicator = ? and simulated = ? order by report_id",
        one.id,
        known.population,
    )
    return [tuple(row) for row in rows]


def indicator_csv(visit: PageRequest) -> Answer:
    one = find(visit)
    return csv_body(file_name(visit, one.id), COLUMNS, _values(visit, one))


def indicator_json(visit: PageRequest) -> Answer:
    """Definition and quartiles by year, place and kind of body."""
    one = find(visit)
    rows = visit.all("select * from indicator_quartiles where indicator = ? order by scope, level, code, year", one.id)
    answer = {"id": one.id, "zh": one.zh, "en": one.en, "definition": [one.definition_zh, one.definition_en],
              "numerator": one.numerator, "denominator": one.denominator,
              "quartiles": [dict(row) for row in rows]}  # fmt: skip
    return FileAnswer(json.dumps(answer, ensure_ascii=False), "application/json; charset=utf-8")
