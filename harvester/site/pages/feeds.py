"""Atom feeds, sitemap, robots.txt and the health check."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from datasette.utils.asgi import Response

from harvester.definitions.labels import in_english
from harvester.site.pages.findings import SOURCE, where
from harvester.site.pages.home import latest
from harvester.site.pages.report_files import changed_cells
from harvester.site.parts.places import under
from harvester.site.parts.takedowns import withheld_editions
from harvester.site.parts.visit import Answer, FileAnswer, PageRequest, published, whole

ATOM = "application/atom+xml; charset=utf-8"
ENTRIES = 50
SITEMAP_MOST = 45_000
EVENTS = {
    "new": ("新归档", "newly archived"),
    "changed": ("内容有变", "changed"),
    "removed": ("原网站已撤下", "removed at the source"),
}
CLOSED_TO_ROBOTS = ("/archive", "/en/archive", "/compare?", "/search", "/divisions/*.zip")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in CLOSED_TO_ROBOTS)


def feed(visit: PageRequest) -> Answer:
    return _atom(visit, "", latest(visit, visit.known.population, ENTRIES))


def division_feed(visit: PageRequest) -> Answer:
    return _atom(visit, visit.parts["code"], _latest_of(visit, "division_code glob ?", under(visit.parts["code"])))


def agency_feed(visit: PageRequest) -> Answer:
    return _atom(visit, f"agency {visit.parts['id']}", _latest_of(visit, "agency_id = ?", int(visit.parts["id"])))


def _latest_of(visit: PageRequest, clause: str, value: object) -> list[sqlite3.Row]:
    return visit.all(
        "select r.*, n.happened_at, n.happened from reports r join recent n on n.report_id = r.id"
        f" where r.{clause} order by n.happened_at desc, r.id desc limit {ENTRIES}",
        value,
    )


def _atom(visit: PageRequest, about: str, rows: Sequence[sqlite3.Row]) -> FileAnswer:
    entries = [_entry(visit, row) for row in rows]
    return _feed(visit, about, [row["happened_at"] for row in rows], entries)


def _feed(visit: PageRequest, about: str, times: Sequence[str | None], entries: Sequence[str]) -> FileAnswer:
    name = visit.say("政务公开年报档案", "Disclosure Reports Archive") + (f" · {about}" if about else "")
    updated = max([_time(t) for t in times], default=_time(None))
    here = f"{visit.origin}{visit.say.href(visit.path)}"
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(name)}</title><id>{escape(here)}</id><updated>{updated}</updated>"
        f'<link rel="self" href="{escape(here)}"/><link href="{escape(visit.origin)}/"/>'
        f"<author><name>{escape(name)}</name></author>{''.join(entries)}</feed>"
    )
    return FileAnswer(text, ATOM)


def _entry(visit: PageRequest, row: sqlite3.Row) -> str:
    edition = visit.one("select * from editions where id = ?", row["current_edition_id"])
    sha = edition["sha256"][:12] if edition else ""
    what = visit.say(*EVENTS[row["happened"]])
    mark = visit.say("［模拟 SIMULATED］", "[SIMULATED] ") if row["simulated"] else ""
    failed = (
        visit.say(f"{row['checks_failed']} 处勾稽不符。", f"{row['checks_failed']} identities fail. ")
        if row["checks_failed"]
        else ""
    )
    content = (
        f"<p>{escape(row['agency_name'] or '')} {row['year'] or ''}：{what}。{failed}</p>{_changes(visit, edition)}"
    )
    title = f"{mark}{row['agency_name']} {row['year'] or ''} · {what}"
    address = f"{visit.origin}{visit.say.href('/reports/' + str(row['id']))}"
    host = visit.origin.split("//")[-1].split(":")[0]
    return (
        f"<entry><id>tag:{escape(host)},2026:report/{row['id']}/{sha}/{row['happened']}</id><title>{escape(title)}</title>"
        f'<link href="{escape(address)}"/><updated>{_time(row["happened_at"])}</updated>'
        f'<content type="html">{escape(content)}</content></entry>'
    )


def _changes(visit: PageRequest, edition: sqlite3.Row | None) -> str:
    """Changed cells of a new edition against the one it follows."""
    if edition is None:
        return ""
    before = visit.one(
        "select id from editions where report_id = ? and id != ? and first_seen_at < ? order by"
        " first_seen_at desc limit 1",
        edition["report_id"],
        edition["id"],
        edition["first_seen_at"],
    )
    if before is None:
        return ""
    if {before["id"], edition["id"]} & withheld_editions(visit):
        return ""
    rows: list[dict[str, Any]] = changed_cells(visit, before["id"], edition["id"])[:30]
    body = "".join(
        f"<tr><td>{escape(row['name'][0])}</td><td>{escape(row['before'])}</td><td>{escape(row['after'])}</td></tr>"
        for row in rows
    )
    return f"<table>{body}</table>" if body else ""


def findings_feed(visit: PageRequest) -> Answer:
    clause, values = where(visit)
    rows = visit.all(
        f"select f.*, r.agency_name, r.year, r.first_seen_at, r.simulated from {SOURCE} where {clause}"
        f" order by r.first_seen_at desc, f.id desc limit {ENTRIES}",
        *values,
    )
    host = visit.origin.split("//")[-1].split(":")[0]
    entries = []
    for row in rows:
        cell = (row["cell"] or "").replace("/", ".")
        address = f"{visit.origin}{visit.say.href('/reports/' + str(row['report_id']), cell=cell)}"
        said = visit.say(row["message"], in_english(row))
        mark = visit.say("［模拟 SIMULATED］", "[SIMULATED] ") if row["simulated"] else ""
        title = f"{mark}{row['agency_name']} {row['year'] or ''} · {row['code']}"
        entries.append(
            f"<entry><id>tag:{escape(host)},2026:finding/{row['id']}</id><title>{escape(title)}</title>"
            f'<link href="{escape(address)}"/><updated>{_time(row["first_seen_at"])}</updated>'
            f"<content>{escape(said)}</content></entry>"
        )
    return _feed(visit, visit.say("疑点", "findings"), [row["first_seen_at"] for row in rows], entries)


def _time(text: str | None) -> str:
    """RFC 3339; a time that is missing is the beginning of the Unix era, never now."""
    given = (text or "").strip()
    try:
        found = datetime.fromisoformat(given.replace("Z", "+00:00"))
    except ValueError:
        found = datetime.fromtimestamp(0, UTC)
    return found.replace(tzinfo=found.tzinfo or UTC).isoformat()


def sitemap(visit: PageRequest) -> Answer:
    """An index, and files of at most 45,000 addresses each."""
    part = visit.parts.get("part")
    if not part:
        reports = visit.count("select max(id) from reports")
        names = ["pages", *(f"reports-{n}" for n in range(reports // SITEMAP_MOST + 1)), "agencies"]
        body = "".join(f"<sitemap><loc>{escape(visit.origin)}/sitemap-{name}.xml</loc></sitemap>" for name in names)
        return _xml("sitemapindex", body)
    paths = _paths(visit, part)
    return _xml("urlset", "".join(f"<url><loc>{escape(visit.origin + path)}</loc></url>" for path in paths))


def _paths(visit: PageRequest, part: str) -> list[str]:
    if part == "pages":
        own = [
            "/",
            "/coverage",
            "/agencies",
            "/findings",
            "/indicators",
            "/dictionary",
            "/downloads",
            "/method",
            "/about",
        ]
        return own + [
            f"/divisions/{r['code']}"
            for r in visit.all("select distinct code from coverage_counts where code != '000000' order by 1")
        ]
    if part == "agencies":
        return [f"/agencies/{r['id']}" for r in visit.all(f"select id from agencies order by id limit {SITEMAP_MOST}")]
    number = whole(part.rpartition("-")[2])
    low = (number or 0) * SITEMAP_MOST
    return [
        f"/reports/{r['id']}"
        for r in visit.all("select id from reports where id > ? and id <= ? order by id", low, low + SITEMAP_MOST)
    ]


def _xml(root: str, body: str) -> FileAnswer:
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</{root}>'
    return FileAnswer(text, "application/xml; charset=utf-8")


def robots(visit: PageRequest) -> Answer:
    return FileAnswer(f"{ROBOTS}Sitemap: {visit.origin}/sitemap.xml\n", "text/plain; charset=utf-8")


async def healthz(request: Any, datasette: Any) -> Response:
    """200 while the newest publication is being served, 500 with the reason when it could not be opened."""
    database = published(datasette)
    trouble = database.trouble
    text = f"publication refused: {trouble}" if trouble else f"ok {database.path.rpartition('/')[2]}"
    return Response.text(text, status=500 if trouble else 200, headers={"cache-control": "no-store"})
