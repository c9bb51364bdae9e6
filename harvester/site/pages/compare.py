"""Compare up to twelve bodies by one indicator over the years: with n, never across forms that differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from harvester.definitions.indicators import (
    FEWEST_BODIES,
    GREY_BELOW,
    SUPPRESS_BELOW,
    Indicator,
    by_theme,
    headline_indicator,
    indicators,
)
from harvester.definitions.labels import LEVELS, SCOPE_PLURALS
from harvester.definitions.years import POSSIBLE_YEARS
from harvester.site.pages.compare_places import PLACE_COLUMNS, place_lines, place_rows
from harvester.site.pages.indicator_series import all_series, chosen_series, form_breaks
from harvester.site.parts.charts import SMALL, WHOLE, ChartLine, Point, scale
from harvester.site.parts.csv_file import csv_body, file_name
from harvester.site.parts.visit import Answer, HtmlAnswer, PageRequest
from parsers.forms import MODERN_SINCE
from spiders.words.numbers import whole

MOST = 12
COLUMNS = ("agency_id", "agency_name", "division_code", "scope", "year", "report_id", "indicator", "numerator",
           "denominator", "rate", "status", "tainted", "level", "is_current", "simulated")  # fmt: skip


def _chosen(visit: PageRequest) -> list[int]:
    ids = [part for text in visit.args.get("a", []) for part in text.split(",")]
    return list(dict.fromkeys(number for part in ids if (number := whole(part)) is not None))[:MOST]


def _agencies(visit: PageRequest, ids: Sequence[int]) -> list[sqlite3.Row]:
    rows = {
        row["id"]: row for row in visit.all(f"select * from agencies where id in ({','.join('?' * len(ids))})", *ids)
    }
    return [rows[id_] for id_ in ids if id_ in rows]


def _years(visit: PageRequest) -> tuple[int, int]:
    """The years asked for, as ``2019-2024`` or ``2021``; what is no year counts as not given."""
    named = [number if (number := whole(part)) in POSSIBLE_YEARS else None for part in visit.arg("years").split("-")]
    known = visit.known.years or (MODERN_SINCE,)
    low = named[0] or known[0]
    high = named[-1] or named[0] or known[-1]
    return min(low, high), max(low, high)


def _values(visit: PageRequest, one: Indicator, agency: int) -> dict[int, sqlite3.Row]:
    """Year → the ledger's status and, where a report prints the inputs, both parts of the ratio."""
    rows = visit.all(
        "select y.year, l.status, r.id as report_id, r.scope, r.form, v.numerator, v.denominator, v.tainted from"
        " (select year from ledger where agency_id = ?1 union select year from reports where agency_id = ?1) y"
        " left join ledger l on l.agency_id = ?1 and l.year = y.year"
        " left join reports r on r.id = coalesce(l.report_id, (select id from reports where agency_id ="
        " ?1 and year = y.year))"
        " left join indicator_values v on v.report_id = r.id and v.indicator = ?2",
        agency,
        one.id,
    )
    return {row["year"]: row for row in rows}


def compare(visit: PageRequest) -> Answer:
    one = indicators().get(visit.arg("i"), headline_indicator())
    agencies = _agencies(visit, _chosen(visit))
    years = list(range(_years(visit)[0], _years(visit)[1] + 1))
    series = [{"agency": row, "values": _values(visit, one, row["id"])} for row in agencies]
    kinds = {row["kind"] for row in agencies}
    across = one.newest_break
    most = _top(one, series, years)
    found = visit.arg("q")
    every = all_series(visit, one, visit.known.population)
    chosen = chosen_series(visit, every) if every else None
    context: dict[str, Any] = {
        "one": one,
        "themes": by_theme(),
        "years": years,
        "series": [s | {"svg": _draw(visit, one, s, years, most, n), "cells": [_cell(one, s, y) for y in years]}
                   for n, s in enumerate(series)],
        "ids": ",".join(str(row["id"]) for row in agencies),
        "mixed": len(kinds) > 1 and "government_aggregate" in kinds,
        "across": across,
        "cut": across is not None and across.comparable == "no",
        "kinds": SCOPE_PLURALS,
        "chosen": chosen,
        "scopes": list(dict.fromkeys(found.scope for found in every)),
        "levels": [(found.level, LEVELS[found.level]) for found in every if chosen and found.scope == chosen.scope],
        "places": place_rows(visit, one, chosen, years) if chosen else [],
        "fewest": FEWEST_BODIES,
        "mixed_levels": len({row["level"] for row in agencies}) > 1,
        "results": _named(visit, found),
        "similar": _similar(visit, agencies),
        "simulated": visit.known.population == 1 or any(row["simulated"] for row in agencies),
    }  # fmt: skip
    return HtmlAnswer("compare.html", context)


def _named(visit: PageRequest, part: str) -> list[sqlite3.Row]:
    """Bodies to add: those whose name contains what was typed."""
    sql = "select * from agencies where name like ? order by length(name), id limit 10"
    return visit.all(sql, f"%{part}%") if part else []


def _similar(visit: PageRequest, agencies: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
    """Bodies of the same kind, level and province as the first; some to begin with when none is chosen."""
    if not agencies:
        return visit.all(
            "select * from agencies where id in (select agency_id from reports group by 1 having count(*) > 1)"
            " order by kind != 'government_aggregate', division_code, id limit 8"
        )
    first = agencies[0]
    code = first["division_code"] or ""
    level = "%0000" if code.endswith("0000") else "%00" if code.endswith("00") else "%"
    marks = ",".join("?" * len(agencies))
    return visit.all(
        f"select * from agencies where kind is ? and division_code glob ? and division_code like ? and"
        f" id not in ({marks})"
        " and (? or division_code not like '%00') order by division_code, id limit 8",
        first["kind"],
        f"{code[:2]}*",
        level,
        *(row["id"] for row in agencies),
        level != "%",
    )


def _value(one: Indicator, row: sqlite3.Row | None) -> float | None:
    if row is None or row["numerator"] is None:
        return None
    if not one.is_rate:
        return float(row["numerator"])
    n = row["denominator"]
    return WHOLE * row["numerator"] / n if n and n >= SUPPRESS_BELOW else None


def _top(one: Indicator, series: Sequence[dict[str, Any]], years: Sequence[int]) -> float | None:
    """One scale for all panels."""
    values = [v for s in series for y in years if (v := _value(one, s["values"].get(y))) is not None]
    if one.is_rate and max(values, default=0) <= WHOLE:
        return WHOLE
    return scale(max(values))[0] if values else None


def _draw(
    visit: PageRequest, one: Indicator, s: dict[str, Any], years: Sequence[int], most: float | None, n: int
) -> Any:
    points = []
    for year in years:
        row = s["values"].get(year)
        n_cases = row["denominator"] if row is not None else None
        hollow = bool(one.is_rate and n_cases and n_cases < GREY_BELOW)
        points.append(Point(str(year)[2:], _value(one, row), n_cases if one.is_rate else None, hollow=hollow))
    title = f"{s['agency']['name']} · {visit.say(one.zh, one.en)}"
    line = ChartLine(points, title, visit.say("数字见下表", "figures in the table below"), "%" if one.is_rate else "",
                form_breaks([p.label for p in points]), most, values=False, counts=False)  # fmt: skip
    return line.draw(SMALL, f"s{n}")


def _cell(one: Indicator, s: dict[str, Any], year: int) -> dict[str, Any]:
    row = s["values"].get(year)
    if row is None:
        return {"kind": "none"}
    if row["numerator"] is None:
        return {"kind": "status" if row["report_id"] is None and row["status"] else "blank", "row": row}
    n = row["denominator"]
    small = bool(one.is_rate and (not n or n < SUPPRESS_BELOW))
    return {"kind": "small" if small else "value", "row": row, "value": _value(one, row),
            "grey": bool(one.is_rate and n and n < GREY_BELOW)}  # fmt: skip


def compare_csv(visit: PageRequest) -> Answer:
    """Exactly what is shown; a rate that the page suppresses is empty here too."""
    one = indicators().get(visit.arg("i"), headline_indicator())
    low, high = _years(visit)
    rows = []
    for agency in _agencies(visit, _chosen(visit)):
        for year, row in sorted(_values(visit, one, agency["id"]).items()):
            if low <= year <= high:
                value = _value(one, row)
                rate = round(value / 100, 6) if one.is_rate and value is not None else None
                head = (agency["id"], agency["name"], agency["division_code"], row["scope"], year, row["report_id"])
                ratio = (one.id, row["numerator"], row["denominator"], rate)
                tail = (agency["level"], 1 if row["report_id"] else None, agency["simulated"])
                rows.append((*head, *ratio, row["status"], row["tainted"], *tail))
    return csv_body(file_name(visit, "compare"), COLUMNS, rows)


def compare_places_csv(visit: PageRequest) -> Answer:
    """The provinces side by side, a line a place and year: by kind of body, level and years of the address."""
    one = indicators().get(visit.arg("i"), headline_indicator())
    low, high = _years(visit)
    every = all_series(visit, one, visit.known.population)
    chosen = chosen_series(visit, every) if every else None
    lines = place_lines(visit, one, chosen, range(low, high + 1)) if chosen else []
    return csv_body(file_name(visit, "compare-places"), PLACE_COLUMNS, lines)
