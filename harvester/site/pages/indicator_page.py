"""Indicators: the list by theme, and one page each with definition, series, distribution and cautions."""

from __future__ import annotations

import json
from typing import Any

from harvester.definitions import gloss
from harvester.definitions.figures import figures
from harvester.definitions.indicators import Indicator, by_theme, indicators
from harvester.definitions.labels import SCOPE_PLURALS
from harvester.site.pages.indicator_series import NATION, chart, quartiles, scopes_with_values
from harvester.site.parts.csv_file import csv_body, file_name
from harvester.site.parts.places import named
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageNotFound, PageRequest

COLUMNS = ("report_id", "agency_id", "agency_name", "division_code", "year", "scope", "form", "numerator",
           "denominator", "rate", "tainted", "simulated")  # fmt: skip


def indicator_list(visit: PageRequest) -> Answer:
    known = visit.known
    rows = visit.all(
        "select * from indicator_quartiles where code = ? and simulated = ? order by year", NATION, known.population
    )
    latest = {row["indicator"]: row for row in rows if row["scope"] == indicators()[row["indicator"]].scopes[0]}
    return HtmlAnswer("indicators.html", {"themes": by_theme(), "latest": latest})


def find(visit: PageRequest) -> Indicator:
    one = indicators().get(visit.parts["name"])
    if one is None:
        raise PageNotFound(visit.say("没有这个指标。", "There is no such indicator."))
    return one


def indicator(visit: PageRequest) -> Answer:
    one = find(visit)
    known = visit.known
    scopes = scopes_with_values(visit, one, known.population)
    scope = visit.arg("scope") if visit.arg("scope") in scopes else (scopes[0] if scopes else "")
    rows = quartiles(visit, one, scope, NATION, known.population)
    year = visit.number("year") or (rows[-1]["year"] if rows else None)
    return HtmlAnswer(
        "indicator.html",
        {
            "one": one,
            "scopes": [(s, SCOPE_PLURALS.get(s, (s, s))) for s in scopes],
            "scope": scope,
            "drawn": chart(visit, one, rows) if rows else None,
            "places": _places(visit, one, scope, year, known.population),
            "year": year,
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


def _places(visit: PageRequest, one: Indicator, scope: str, year: int | None, simulated: int) -> list[dict[str, Any]]:
    """Provinces in the order of their codes, never by value; dots on one scale."""
    rows = visit.all(
        "select * from indicator_quartiles where indicator = ? and scope = ? and year = ? and simulated = ? and"
        " code != ? order by code",
        one.id,
        scope,
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
    rows = visit.all("select * from indicator_quartiles where indicator = ? order by scope, code, year", one.id)
    answer = {"id": one.id, "zh": one.zh, "en": one.en, "definition": [one.definition_zh, one.definition_en],
              "numerator": one.numerator, "denominator": one.denominator,
              "quartiles": [dict(row) for row in rows]}  # fmt: skip
    return FileAnswer(json.dumps(answer, ensure_ascii=False), "application/json; charset=utf-8")
