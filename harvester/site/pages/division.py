"""One province, city or county: the places below it, its bodies year by year, figures that may be added, findings."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from harvester.definitions.figures import figures
from harvester.site.parts.coverage import EMPTY, Choice, choice, matrix, total
from harvester.site.parts.lite import lite_address
from harvester.site.parts.places import crumbs, division, latin_names, level, names, under
from harvester.site.parts.visit import Answer, HtmlAnswer, PageNotFound, PageRequest

MOST_AGENCIES = 300
BLOCKS = (
    (("政府汇总", "Government aggregates"), ("已含所属部门与乡镇街道", "departments and towns included")),
    (("部门、办公室与乡镇街道", "Departments, offices, towns"), ("各报各的", "each for itself")),
)
"""Two blocks that are never added up: what aggregates say, and what single bodies say."""
SUM_COLUMNS = {
    "own": ("本级政府汇总", "this government’s aggregate"),
    "city": ("下属各市政府汇总之和", "sum of the cities’ aggregates"),
    "county": ("下属各县政府汇总之和", "sum of the counties’ aggregates"),
    "bodies": ("部门、办公室、乡镇等各报之和", "sum of single bodies’ reports"),
}


def division_page(visit: PageRequest) -> Answer:
    code = visit.parts["code"]
    year = visit.number("year")
    row = division(visit, code, year)
    if row is None:
        raise PageNotFound(visit.say("没有这个区划代码。", "There is no such division code."))
    known = visit.known
    simulated = 1 if code.startswith("99") else known.population
    years = known.years or (year or 0,)
    year = year or known.latest or 0
    chosen = choice(visit, known, simulated)
    below = _below(visit, code, chosen)
    own = _agencies(visit, code, simulated)
    whole = [agency for agency in own if agency["kind"] == "government_aggregate"]
    rest = [agency for agency in own if agency["kind"] != "government_aggregate"]
    say = visit.say
    return HtmlAnswer(
        "division.html",
        {
            "division": row,
            "latin": row.name_en,
            "lite": _lite(visit, code),
            "crumbs": crumbs(visit, code, year),
            "rows": below,
            "chosen": chosen,
            "totals": {y: total([r["years"] for r in below], y) for y in years},
            "years": years,
            "year": year,
            "empty": EMPTY,
            "blocks": [(say(*t), say(*note), found) for (t, note), found in zip(BLOCKS, (whole, rest), strict=True)],
            "sums": _sums(visit, code, year, simulated),
            "findings": _findings(visit, code, simulated),
            "portals": _portals(visit, code),
            "inside": _inside(visit, code) if not below and not own else [],
            "prefix": under(code).rstrip("*"),
            "simulated": known.population == 1 or code.startswith("99") or any(a["simulated"] for a in own),
        },
    )  # fmt: skip


def _lite(visit: PageRequest, code: str) -> str:
    """Where the data of the place open in a browser; "" where they are too many, or the site has no address."""
    reports = visit.count("select count(*) from reports where division_code glob ?", under(code)) if visit.public else 0
    return lite_address(visit.public, f"/divisions/{code}.db", reports=reports)


def _inside(visit: PageRequest, code: str) -> list[sqlite3.Row]:
    """The places in it, for a page that would say nothing else."""
    sql = (
        "select code, name, name_en from divisions where code glob ? and code != ? and valid_to is null group by code"
        " order by code limit 200"
    )
    return visit.all(sql, under(code), code)


def _portals(visit: PageRequest, code: str) -> list[sqlite3.Row]:
    sql = "select * from portals where division_code glob ? order by division_code, id limit 50"
    return visit.all(sql, under(code))


def _below(visit: PageRequest, code: str, chosen: Choice) -> list[dict[str, Any]]:
    """The next level down: cities of a province, counties of a city; counties directly under a province too."""
    if level(code) == "county":
        return []
    pattern = f"{code[:2]}??00" if level(code) == "province" else f"{code[:4]}??"
    counts = dict(matrix(visit, pattern, chosen))
    known = names(visit, under(code))
    if level(code) == "province":
        orphans = [city for city in counts if city not in known and city != code]
        for city in orphans:
            counts |= matrix(visit, f"{city[:4]}??", chosen)
            counts.pop(city, None)
    counts.pop(code, None)
    latin = latin_names(visit, counts)
    return [
        {
            "path": f"/divisions/{place}",
            "name": known.get(place, place),
            "name_en": latin.get(place, ""),
            "years": years,
        }
        for place, years in sorted(counts.items())
    ]


def _agencies(visit: PageRequest, code: str, simulated: int) -> list[dict[str, Any]]:
    """Bodies of the place itself, each with its ledger by year."""
    rows = visit.all(
        "select a.* from agencies a where a.division_code = ? and coalesce(a.simulated, 0) = ?"
        " order by a.kind != 'government_aggregate', a.kind, a.name limit ?",
        code,
        simulated,
        MOST_AGENCIES,
    )
    return with_ledger(visit, rows)


def with_ledger(visit: PageRequest, agencies: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    marks = ",".join("?" * len(agencies))
    entries = visit.all(
        f"select l.*, r.errors_found from ledger l left join reports r on r.id = l.report_id where"
        f" l.agency_id in ({marks})",
        *(row["id"] for row in agencies),
    )
    by_agency: dict[int, dict[int, sqlite3.Row]] = defaultdict(dict)
    for entry in entries:
        by_agency[entry["agency_id"]][entry["year"]] = entry
    return [dict(row) | {"years": by_agency[row["id"]]} for row in agencies]


def _sums(visit: PageRequest, code: str, year: int, simulated: int) -> dict[str, Any] | None:
    """Sums of a few figures over the place: its own aggregate, aggregates below it by level, single bodies. Columns
    are never added to each other; one without a report is left out."""
    summed = [figure for figure in figures().values() if figure.division_sum]
    columns = ", ".join(
        f'sum(f."{one.name}") as "{one.name}", count(f."{one.name}") as "{one.name}_n"' for one in summed
    )
    rows = visit.all(
        f"select case when r.scope is not 'government_aggregate' then 'bodies' when r.division_code = ? then 'own'"
        f" when r.division_code like '%00' then 'city' else 'county' end as whose, {columns} from reports r"
        " join figures f on f.report_id = r.id where r.division_code glob ? and r.year = ? and r.simulated = ?"
        " group by 1",
        code,
        under(code),
        year,
        simulated,
    )
    found = {row["whose"]: row for row in rows}
    shown = [whose for whose in SUM_COLUMNS if whose in found]
    lines = [(one, [(found[w][one.name], found[w][f"{one.name}_n"]) for w in shown]) for one in summed]
    return {"columns": [SUM_COLUMNS[whose] for whose in shown], "lines": lines} if shown else None


def _findings(visit: PageRequest, code: str, simulated: int) -> list[sqlite3.Row]:
    return visit.all(
        "select * from findings_public where division_code glob ? and simulated = ? and attribution = 'publisher'"
        " order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, year desc, finding_id limit 8",
        under(code),
        simulated,
    )
