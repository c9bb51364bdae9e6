"""Coverage: provinces by year, in HTML, CSV and JSON, and the entries of one status."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from harvester.definitions.labels import LEVELS, SCOPE_PLURALS
from harvester.site.parts.charts import NARROW, WIDE, ChartLine, Point
from harvester.site.parts.coverage import EMPTY, STATUSES, Choice, choice, matrix, total
from harvester.site.parts.csv_file import csv_body, file_name
from harvester.site.parts.places import latin_names, named, names
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageRequest

COLUMNS = ("division_code", "name", "year", "owed", "obtained", *STATUSES, "level", "kind", "simulated")


def coverage(visit: PageRequest) -> Answer:
    known = visit.known
    chosen = choice(visit, known)
    provinces = matrix(visit, "??0000", chosen)
    known_as = named(visit, provinces)
    latin = latin_names(visit, provinces)
    rows: list[dict[str, Any]] = [
        {"path": f"/divisions/{code}", "name": known_as[code], "name_en": latin.get(code, ""), "years": years}
        for code, years in sorted(provinces.items())
        if code != "000000"
    ]
    status = visit.arg("status") if visit.arg("status") in STATUSES else ""
    counted = [row["years"] for row in rows]
    return HtmlAnswer(
        "coverage.html",
        {
            "rows": rows,
            "totals": {year: total(counted, year) for year in known.years},
            "years": known.years,
            "empty": EMPTY,
            "chosen": chosen,
            "kinds": [("all", ("全部机关", "all bodies")), *SCOPE_PLURALS.items()],
            "levels": LEVELS,
            "status": status,
            "entries": entries(visit, status, chosen) if status else None,
            "progress": progress(visit, known.population),
        },
    )


def entries(visit: PageRequest, status: str, chosen: Choice, limit: int = 200) -> list[sqlite3.Row]:
    """Ledger entries of one status among those that the matrix counts, newest year first."""
    return visit.all(
        "select l.*, a.name, a.division_code, c.http_status, c.sha256 from ledger l"
        " join agencies a on a.id = l.agency_id left join captures c on c.id = l.evidence_capture_id"
        " where l.status = ? and coalesce(a.simulated, 0) = ?"
        " and (? = 'all' or a.kind = ?) and (? = '' or a.level = ?)"
        " order by l.year desc, a.division_code, a.id limit ?",
        status,
        chosen.simulated,
        chosen.kind,
        chosen.kind,
        chosen.level,
        chosen.level,
        limit,
    )


def progress(visit: PageRequest, simulated: int) -> dict[str, Any]:
    """Reports by month of first sight, cumulative, at most twenty-four points."""
    months = visit.all("select month, n from first_seen where simulated = ? order by month", simulated)
    points, sum_ = [], 0
    for row in months:
        sum_ += row["n"]
        points.append(Point(row["month"], float(sum_)))
    points = points[-12:]
    say = visit.say
    line = ChartLine(points, say("累计归档份数", "reports archived, cumulative"), say("按月", "by month"), counts=False)
    few = ChartLine(points[-6:], line.title, line.description, counts=False)
    return {"wide": line.draw(WIDE, "p-w"), "narrow": few.draw(NARROW, "p-s"), "points": points}


def _flat(visit: PageRequest) -> list[tuple[Any, ...]]:
    known = visit.known
    code = visit.arg("code")
    pattern = (
        "*" if not code else f"{code[:4]}*" if code.endswith("00") and not code.endswith("0000") else f"{code[:2]}*"
    )
    known_as = names(visit)
    chosen = choice(visit, known)
    counts = matrix(visit, pattern if code.isdigit() or not code else "", chosen)
    tail = (chosen.level or "all", chosen.kind, chosen.simulated)
    return [
        (place, known_as.get(place, "全国" if place == "000000" else place), year, count.owed, count.obtained,
         *(count.by_status.get(status, 0) for status in STATUSES), *tail)
        for place, years in sorted(counts.items())
        for year, count in sorted(years.items())
    ]  # fmt: skip


def coverage_csv(visit: PageRequest) -> Answer:
    return csv_body(file_name(visit, "coverage-by-place"), COLUMNS, _flat(visit))


def coverage_json(visit: PageRequest) -> Answer:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _flat(visit)]
    return FileAnswer(json.dumps(rows, ensure_ascii=False), "application/json; charset=utf-8")
