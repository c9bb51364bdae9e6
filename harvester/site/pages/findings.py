"""The explorer of findings: facets by code, attribution, severity, province and year, each with its own counts."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import urlencode

from harvester.definitions.labels import ATTRIBUTIONS, CODES, LEVELS, SEVERITIES, in_english
from harvester.site.parts.csv_file import csv_body, file_name
from harvester.site.parts.places import named
from harvester.site.parts.visit import Answer, HtmlAnswer, PageRequest

PAGE = 40
FACETS = {
    "code": "f.code",
    "attribution": "f.attribution",
    "severity": "f.severity",
    "level": "r.level",
    "province": "r.province",
    "city": "r.city",
    "county": "r.division_code",
    "year": "r.year",
}
WITHIN = {"city": "province", "county": "province"}
"""Facets with too many values for a whole country, each with the one that must be chosen first."""
SOURCE = "findings f cross join reports r on r.current_edition_id = f.edition_id"
"""CROSS keeps the order of the join: there are far fewer findings than reports."""

COLUMNS = ("finding_id", "report_id", "agency_name", "division_code", "province", "year", "code", "severity",
           "attribution", "zh", "en", "cell", "implied_value", "quote", "level", "scope", "is_current",
           "simulated")  # fmt: skip


def where(visit: PageRequest, without: str = "") -> tuple[str, list[object]]:
    """The filter of the address, one facet left out when its own counts are wanted."""
    clauses, values = ["r.simulated = ?"], list[object]([visit.known.population])
    for name, column in FACETS.items():
        if visit.arg(name) and name != without:
            clauses.append(f"{column} = ?")
            values.append(visit.number(name) if name == "year" else visit.arg(name))
    prefix = visit.arg("code_prefix")
    if prefix.isdigit():
        clauses.append("r.division_code glob ?")
        values.append(f"{prefix}*")
    return " and ".join(clauses), values


def findings(visit: PageRequest) -> Answer:
    clause, values = where(visit)
    page = visit.number("page", 1) or 1
    order = "case f.severity when 'error' then 0 when 'warning' then 1 else 2 end, r.year desc, f.id"
    rows = visit.all(
        "select f.*, r.agency_name, r.year, r.province, r.simulated, e.sha256, e.member"
        f" from {SOURCE} join editions e on e.id = f.edition_id where {clause} order by {order} limit ? offset ?",
        *values,
        PAGE,
        (page - 1) * PAGE,
    )
    facets = {name: _facet(visit, name) for name in FACETS}
    return HtmlAnswer(
        "findings.html",
        {
            "rows": [dict(row) | {"clip": _clip(visit, row)} for row in rows],
            "total": visit.count(f"select count(*) from {SOURCE} where {clause}", *values),
            "facets": facets,
            "chosen": {name: visit.arg(name) for name in FACETS},
            "page": page,
            "size": PAGE,
            "codes": CODES,
            "severities": SEVERITIES,
            "attributions": ATTRIBUTIONS,
            "levels": LEVELS,
            "places": named(visit, [row["value"] for row in facets["county"]]),
        },
    )


def _facet(visit: PageRequest, name: str) -> list[sqlite3.Row]:
    """The values of one facet with their counts; a county, by its code, is any place that has findings of its own."""
    wider = WITHIN.get(name)
    if wider and not visit.arg(wider) and not visit.arg(name):
        return []
    clause, values = where(visit, without=name)
    order = "value desc" if name == "year" else "n desc, value"
    return visit.all(
        f"select {FACETS[name]} as value, count(*) as n from {SOURCE} where {clause} and {FACETS[name]} is not null"
        f" group by 1 order by {order} limit 40",
        *values,
    )


def _clip(visit: PageRequest, finding: sqlite3.Row) -> dict[str, Any] | None:
    """A strip of the page around the cell, shown on hover and focus."""
    key = (finding["cell"] or "").split("/")
    sql = "select * from cells where edition_id = ? and table_id = ? and row_id = ? and column_id = ?"
    cell = visit.one(sql, finding["edition_id"], *key) if len(key) == 3 else None
    if cell is None or cell["x0"] is None or cell["page"] is None:
        return None
    left, top = max(0.0, cell["x0"] - 230), max(0.0, cell["top"] - 34)
    query = {"clip": f"{left:.0f},{top:.0f},{cell['x1'] + 60:.0f},{cell['bottom'] + 20:.0f}"}
    query |= {"member": finding["member"]} if finding["member"] else {}
    return {"address": f"/documents/{finding['sha256']}/pages/{cell['page']}.png?{urlencode(query)}"}


def findings_csv(visit: PageRequest) -> Answer:
    clause, values = where(visit)
    rows = visit.all(
        "select f.id as finding_id, f.report_id, r.agency_name, r.division_code, r.province, r.year, f.code,"
        " f.severity, f.attribution, f.message as zh, f.message_en, f.message, f.cell, f.implied_value, f.quote,"
        f" r.level, r.scope, 1 as is_current, r.simulated from {SOURCE} where {clause} order by f.id",
        *values,
    )
    told = [dict(row) | {"en": in_english(row)} for row in rows]
    lines = [tuple(row[column] for column in COLUMNS) for row in told]
    return csv_body(file_name(visit, "findings"), COLUMNS, lines)
