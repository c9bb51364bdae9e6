"""Atom feeds, sitemap, robots.txt and the health check."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from datasette.utils.asgi import Response

from harvester.definitions import gloss
from harvester.definitions.labels import in_english
from harvester.site.pages.findings import SOURCE, where
from harvester.site.pages.report_files import changed_cells
from harvester.site.parts.places import division, under
from harvester.site.parts.takedowns import withheld_editions
from harvester.site.parts.templating import changed
from harvester.site.parts.visit import Answer, FileAnswer, PageNotFound, PageRequest, published
from spiders.words.numbers import whole

ATOM = "application/atom+xml; charset=utf-8"
ENTRIES = 50
MOST_PAGES = 200
"""Pages of a feed: whoever wants more wants the download files."""
SITEMAP_MOST = 45_000
EVENTS = {
    "new": ("新归档", "newly archived"),
    "changed": ("内容有变", "changed"),
    "removed": ("原网站已撤下", "removed at the source"),
}
CLOSED_TO_ROBOTS = ("/archive", "/en/archive", "/compare?", "/search", "/divisions/*.zip", "/divisions/*.db")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in CLOSED_TO_ROBOTS)


def feed(visit: PageRequest) -> Answer:
    return _atom(visit, "", "r.simulated = ?", visit.known.population)


def division_feed(visit: PageRequest) -> Answer:
    code = visit.parts["code"]
    place = division(visit, code)
    return _atom(visit, place.name if place else code, "r.division_code glob ?", under(code))


def agency_feed(visit: PageRequest) -> Answer:
    id_ = int(visit.parts["id"])
    row = visit.one("select name from agencies where id = ?", id_)
    if row is None:
        raise PageNotFound(visit.say("没有这个机关。", "There is no such body."))
    return _atom(visit, row["name"], "r.agency_id = ?", id_)


def _atom(visit: PageRequest, about: str, clause: str, value: object) -> FileAnswer:
    page = _page(visit)
    rows = _happened(visit, clause, value, page * ENTRIES + 1)
    shown = rows[(page - 1) * ENTRIES : page * ENTRIES]
    entries = [_correction(visit, row) if row["happened"] == "corrected" else _entry(visit, row) for row in shown]
    return _feed(visit, about, [row["happened_at"] for row in shown], entries, more=len(rows) > page * ENTRIES)


def _page(visit: PageRequest) -> int:
    page = visit.number("page", 1) or 1
    if page > MOST_PAGES:
        raise PageNotFound(visit.say("更早的请用下载文件。", "For what is older use the download files."))
    return page


def _happened(visit: PageRequest, clause: str, value: object, most: int) -> list[sqlite3.Row]:
    """The last thing that happened to each report, and every human correction, newest first."""
    indexed = clause.replace("r.simulated", "n.simulated")
    news = visit.all(
        "select r.*, n.happened_at, n.happened, null as correction from recent n join reports r on r.id = n.report_id"
        f" where {indexed} order by n.happened_at desc, n.report_id desc limit ?",
        value,
        most,
    )
    corrected = visit.all(
        "select r.*, k.at as happened_at, 'corrected' as happened, k.id as correction from corrections k"
        " join editions e on e.id = k.edition_id join reports r on r.id = e.report_id"
        f" where {clause} order by k.at desc, k.id desc limit ?",
        value,
        most,
    )
    every = [*news, *corrected]
    return sorted(every, key=lambda row: (row["happened_at"] or "", row["id"], row["correction"] or 0), reverse=True)


def _feed(
    visit: PageRequest, about: str, times: Sequence[str | None], entries: Sequence[str], *, more: bool
) -> FileAnswer:
    """One page of a feed; `more`: an older page follows (RFC 5005)."""
    name = visit.say("政务公开年报档案", "Disclosure Reports Archive") + (f" · {about}" if about else "")
    updated = max([_time(t) for t in times], default=_time(None))
    page = _page(visit)
    first = f"{visit.origin}{changed(visit, 'page', '')}".rstrip("?")
    links = (
        {"self": page, "first": 1} | ({"next": page + 1} if more else {}) | ({"previous": page - 1} if page > 1 else {})
    )
    told = "".join(f'<link rel="{rel}" href="{escape(_numbered(first, number))}"/>' for rel, number in links.items())
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(name)}</title><id>{escape(first)}</id><updated>{updated}</updated>"
        f'{told}<link href="{escape(visit.origin)}/"/>'
        f"<author><name>{escape(name)}</name></author>{''.join(entries)}</feed>"
    )
    return FileAnswer(text, ATOM)


def _numbered(first: str, page: int) -> str:
    return first if page == 1 else f"{first}{'&' if '?' in first else '?'}page={page}"


def _tag(visit: PageRequest, *parts: object) -> str:
    """The id of an entry, which stays the same wherever the feed is read."""
    host = visit.origin.split("//")[-1].split(":")[0]
    return escape(f"tag:{host},2026:{'/'.join(map(str, parts))}")


def _mark(visit: PageRequest, row: sqlite3.Row) -> str:
    return visit.say("［模拟 SIMULATED］", "[SIMULATED] ") if row["simulated"] else ""


def _correction(visit: PageRequest, row: sqlite3.Row) -> str:
    """A human correction: the cell, what is printed, what it should be, and why."""
    told = visit.one(
        "select k.*, c.raw from corrections k left join cells c on c.edition_id = k.edition_id and c.table_id ="
        " k.table_id and c.row_id = k.row_id and c.column_id = k.column_id where k.id = ?",
        row["correction"],
    )
    assert told is not None  # it was just listed
    cell = (told["table_id"], told["row_id"], told["column_id"])
    address = f"{visit.origin}{visit.say.href('/reports/' + str(row['id']), cell='.'.join(cell))}"
    zh, en = gloss.cell_name(*cell)
    printed, reason = told["raw"] or "", told["reason"] or ""
    said = visit.say(f"{zh}：原件印作“{printed}”，更正为 {told['value']}。{reason}",
                     f"{en}: printed “{printed}”, corrected to {told['value']}. {reason}")  # fmt: skip
    title = f"{_mark(visit, row)}{row['agency_name']} {row['year'] or ''} · {visit.say('人工更正', 'human correction')}"
    return (
        f"<entry><id>{_tag(visit, 'correction', told['id'])}</id><title>{escape(title)}</title>"
        f'<link href="{escape(address)}"/><updated>{_time(row["happened_at"])}</updated>'
        f"<content>{escape(said)}</content></entry>"
    )


def _entry(visit: PageRequest, row: sqlite3.Row) -> str:
    edition = visit.one("select * from editions where id = ?", row["current_edition_id"])
    sha = edition["sha256"][:12] if edition else ""
    what = visit.say(*EVENTS[row["happened"]])
    failed = (
        visit.say(f"{row['checks_failed']} 处勾稽不符。", f"{row['checks_failed']} identities fail. ")
        if row["checks_failed"]
        else ""
    )
    content = (
        f"<p>{escape(row['agency_name'] or '')} {row['year'] or ''}：{what}。{failed}</p>{_changes(visit, edition)}"
    )
    title = f"{_mark(visit, row)}{row['agency_name']} {row['year'] or ''} · {what}"
    address = f"{visit.origin}{visit.say.href('/reports/' + str(row['id']))}"
    return (
        f"<entry><id>{_tag(visit, 'report', row['id'], sha, row['happened'])}</id><title>{escape(title)}</title>"
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
        " order by r.first_seen_at desc, f.id desc limit ? offset ?",
        *values,
        ENTRIES + 1,
        (_page(visit) - 1) * ENTRIES,
    )
    shown, entries = rows[:ENTRIES], []
    for row in shown:
        cell = (row["cell"] or "").replace("/", ".")
        address = f"{visit.origin}{visit.say.href('/reports/' + str(row['report_id']), cell=cell)}"
        said = visit.say(row["message"], in_english(row))
        title = f"{_mark(visit, row)}{row['agency_name']} {row['year'] or ''} · {row['code']}"
        entries.append(
            f"<entry><id>{_tag(visit, 'finding', row['id'])}</id><title>{escape(title)}</title>"
            f'<link href="{escape(address)}"/><updated>{_time(row["first_seen_at"])}</updated>'
            f"<content>{escape(said)}</content></entry>"
        )
    return _feed(
        visit, visit.say("疑点", "findings"), [row["first_seen_at"] for row in shown], entries, more=len(rows) > ENTRIES
    )


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
