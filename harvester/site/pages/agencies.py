"""The list of bodies, filtered by name, place and kind, and the way from a readable address to a report."""

from __future__ import annotations

from urllib.parse import unquote

from harvester.definitions.labels import LEVELS, SCOPE_PLURALS
from harvester.site.pages.division import with_ledger
from harvester.site.pages.search_direct import variants
from harvester.site.parts.csv_file import csv_of_rows, file_name
from harvester.site.parts.visit import Answer, HtmlAnswer, PageNotFound, PageRequest, Redirect

PAGE = 50


FILTERS = {"kind": "kind = ?", "level": "level = ?", "province": "division_code glob ?"}


def _where(visit: PageRequest) -> tuple[str, list[object]]:
    clauses, values = ["coalesce(simulated, 0) = ?"], list[object]([visit.known.population])
    for name, clause in FILTERS.items():
        text = visit.arg(name)
        if text:
            clauses.append(clause)
            values.append(f"{text[:2]}*" if name == "province" else text)
    if visit.arg("q"):
        texts = variants(visit.arg("q"))
        likes = ["name like ?"] * len(texts) + ["pinyin like ?", "name_en like ?"]
        clauses.append(f"({' or '.join(likes)})")
        values += [f"%{text}%" for text in [*texts, *[visit.arg("q")] * 2]]
    return " and ".join(clauses), values


def agencies(visit: PageRequest) -> Answer:
    where, values = _where(visit)
    page = visit.number("page", 1) or 1
    rows = visit.all(
        f"select * from agencies where {where} order by division_code, kind, name, id limit ? offset ?",
        *values,
        PAGE,
        (page - 1) * PAGE,
    )
    known = visit.known
    return HtmlAnswer(
        "agencies.html",
        {
            "rows": with_ledger(visit, rows),
            "total": visit.count(f"select count(*) from agencies where {where}", *values),
            "page": page,
            "size": PAGE,
            "years": known.years,
            "kinds": SCOPE_PLURALS,
            "levels": LEVELS,
            "provinces": visit.all("select code, name from divisions where code like '%0000' order by code"),
            "simulated": known.population == 1 or any(row["simulated"] for row in rows),
        },
    )


def agencies_csv(visit: PageRequest) -> Answer:
    where, values = _where(visit)
    rows = visit.all(
        f"select id as agency_id, name, kind, level, division_code, simulated, pinyin, name_en, names_generated"
        f" from agencies where {where} order by id",
        *values,
    )
    columns = ("agency_id", "name", "kind", "level", "division_code", "simulated", "pinyin", "name_en",
               "names_generated")  # fmt: skip
    return csv_of_rows(file_name(visit, "agencies"), columns, rows)


def readable(visit: PageRequest) -> Answer:
    """`/d/370829/嘉祥县科学技术局/2022`: division, name, year."""
    row = visit.one(
        "select r.id from reports r join agencies a on a.id = r.agency_id where a.division_code = ? and"
        " (a.name = ? or r.agency_name = ?) and r.year = ?",
        visit.parts["code"],
        unquote(visit.parts["name"]),
        unquote(visit.parts["name"]),
        int(visit.parts["year"]),
    )
    if row is None:
        raise PageNotFound(visit.say("没有这份报告。", "There is no such report."))
    return Redirect(f"/reports/{row['id']}")
