"""Pages that are mostly words: method, about, API, corrections, downloads."""

from __future__ import annotations

import json
import re
from itertools import groupby
from mimetypes import guess_type
from typing import Any

from datasette.utils.asgi import Response

from harvester.definitions import gloss
from harvester.definitions.identities import RULES
from harvester.definitions.indicators import GREY_BELOW, SUPPRESS_BELOW, headline_indicator
from harvester.definitions.labels import CODES
from harvester.site.pages.machine_readable import newest, schema_org
from harvester.site.parts.file_sending import SQLITE, send_file
from harvester.site.parts.lite import lite_address
from harvester.site.parts.releases import ReleasedFile, released
from harvester.site.parts.takedowns import contact, takedowns
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageRequest, published

SAFE_NAME = re.compile(r"^[\w][\w.-]*$")
CURRENT = "from editions e join reports r on r.current_edition_id = e.id where r.simulated = ?"
MEASURED = (
    (
        "份文件读作年报",
        "documents read as reports",
        "select count(*) from documents where kind = 'report' and simulated = ?",
    ),
    ("份形似而非年报", "lookalikes", "select count(*) from documents where kind = 'lookalike' and simulated = ?"),
    (
        "份未能读出",
        "documents that could not be read",
        "select count(*) from documents where kind = 'unreadable' and simulated = ?",
    ),
    (
        "份报告的现行版本两种读法一致",
        "reports whose two readings agree (current edition)",
        f"select count(*) {CURRENT} and e.readings_agree = 1",
    ),
    (
        "份报告的现行版本两种读法不一致",
        "reports whose two readings differ (current edition)",
        f"select count(*) {CURRENT} and e.readings_agree = 0",
    ),
    (
        "个单元格未能辨认（现行版本）",
        "unreadable cells (current editions)",
        "select count(*) from cells c join reports r on r.current_edition_id = c.edition_id"
        " where c.state = 'unreadable' and r.simulated = ?",
    ),
    (
        "次采集中的异常",
        "oddities met by the crawler",
        "select count(*) from events v join portals p on p.id = v.portal_id where coalesce(p.simulated, 0) = ?",
    ),
)
"""What the method page counts, of the real rows or of the simulated ones."""


QUERIES = (
    (
        "哪些报告的勾稽关系不符，印作多少、推算多少：",
        "Failed identities, with what is printed and what is implied:",
        "select agency_name, year, code, cell, implied_value, zh\nfrom findings_public\nwhere severity = 'error'\n"
        "order by year desc limit 100",
    ),
    (
        "各年{zh}的中位数，只计县级政府汇总：",
        "Median {en} by year, aggregates of county governments only:",
        "select year, n, median\nfrom indicator_quartiles\nwhere indicator = '{id}' and code = '000000'\n"
        "  and scope = 'government_aggregate' and level = 'county'\norder by year",
    ),
    (
        "中文全文检索，两个字、一个字都行：",
        "Full-text search; words of two characters, or one, are found:",
        "select r.title\nfrom search_index s join reports r on r.id = s.rowid\n"
        "where s.search_index match pieces('复议') limit 20",
    ),
)
"""Queries of the API page: what they tell in both languages, and their SQL; {id}, {zh}, {en} of the headline."""


def method(visit: PageRequest) -> Answer:
    which = visit.known.population
    measured = [(zh, en, visit.count(sql, which)) for zh, en, sql in MEASURED]
    statuses = visit.all(
        "select k.code, k.status, count(*) as n from checks k join reports r on r.current_edition_id = k.edition_id"
        " where r.simulated = ? group by 1, 2 order by 1, 2",
        which,
    )
    found = visit.all("select code, count(*) from findings_public where simulated = ? group by 1", which)
    return HtmlAnswer(
        "method.html",
        {
            "measured": measured,
            "checks": [(code, list(rows)) for code, rows in groupby(statuses, key=lambda row: row["code"])],
            "rules": RULES,
            "codes": CODES,
            "found": dict(tuple(row) for row in found),
            "forms": gloss.forms(),
            "limits": (SUPPRESS_BELOW, GREY_BELOW),
            "portals": visit.all(
                "select status, simulated, count(*) as n from portals where coalesce(simulated, 0) = ? group by 1, 2"
                " order by 1",
                which,
            ),
            "events": visit.all(
                "select v.kind, count(*) as n from events v join portals p on p.id = v.portal_id"
                " where coalesce(p.simulated, 0) = ? group by 1 order by n desc limit 20",
                which,
            ),
        },
    )


def queries() -> list[tuple[str, str, str]]:
    """The queries with the headline indicator in them."""
    one = headline_indicator()
    words = {"id": one.id, "zh": one.zh, "en": one.en.lower()}
    return [(zh.format(**words), en.format(**words), sql.format(**words)) for zh, en, sql in QUERIES]


def about(visit: PageRequest) -> Answer:
    return HtmlAnswer("about.html", {"takedowns": takedowns(visit.data), "contact": contact(visit.data)})


def api(visit: PageRequest) -> Answer:
    sql = (
        "select id, agency_id, year from reports where current_edition_id is not null and simulated = ?"
        " order by id limit 1"
    )
    context = {
        "example": visit.one(sql, visit.known.population),
        "queries": queries(),
        "indicator": headline_indicator().id,
    }
    return HtmlAnswer("api.html", context)


def corrections(visit: PageRequest) -> Answer:
    rows = visit.all(
        "select k.*, r.id as report_id, r.agency_name, r.year, r.simulated, c.raw, e.sha256 from corrections k"
        " join editions e on e.id = k.edition_id join reports r on r.id = e.report_id left join cells c on"
        " c.edition_id = k.edition_id and c.table_id = k.table_id and c.row_id = k.row_id and c.column_id = k.column_id"
        " order by k.at desc, k.id desc limit 500"
    )
    known = visit.known
    return HtmlAnswer(
        "corrections.html", {"rows": rows, "simulated": known.population == 1 or any(r["simulated"] for r in rows)}
    )


def downloads(visit: PageRequest) -> Answer:
    provinces = visit.all("select distinct province from reports where province is not null order by 1")
    listed = released(visit)
    release = newest(listed)
    counts = {row["name"]: row["rows"] for row in visit.all("select name, rows from table_counts")}
    return HtmlAnswer(
        "downloads.html",
        {
            "releases": listed,
            "provinces": [row["province"] for row in provinces],
            "counts": counts,
            "size": (visit.data / "site" / "archive.db").stat().st_size,
            "dataset": schema_org(visit, release),
            "has_package": release is not None,
            "lite": lambda version, file: _lite(visit, version, file),
        },
    )


def _lite(visit: PageRequest, version: str, file: ReleasedFile) -> str:
    """Where the SQLite file of a release opens in a browser; "" for other files."""
    is_database = file.here and file.name.endswith(".db")
    path = f"/downloads/files/{version}/{file.name}"
    return lite_address(visit.public, path, size=file.bytes) if is_database else ""


def downloads_json(visit: PageRequest) -> Answer:
    rows = [
        {"version": release.name, "file": file.name, "rows": file.rows, "bytes": file.bytes, "sha256": file.sha256,
         "url": f"{visit.origin}/downloads/files/{release.name}/{file.name}" if file.here else None}
        for release in released(visit)
        for file in release.files
    ]  # fmt: skip
    return FileAnswer(json.dumps(rows, ensure_ascii=False), "application/json; charset=utf-8")


async def download(request: Any, datasette: Any, send: Any) -> Response | None:
    """`/downloads/files/<version>/<file>`: a file of `data/exports`; nothing outside that folder."""
    folder = (published(datasette).link.parent.parent / "exports").resolve()
    version, name = request.url_vars["version"], request.url_vars["file"]
    file = folder / version / name
    if SAFE_NAME.match(version) and SAFE_NAME.match(name) and file.is_file() and folder in file.resolve().parents:
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "public, max-age=3600"}
        media_type = SQLITE if file.suffix == ".db" else guess_type(name)[0] or "text/plain"
        await send_file(request, send, file, media_type, headers)
        return None
    return Response.text("this file is not kept here", status=404)
