"""The proof of one entry of the ledger: what was looked for, on which lists, how each walk ended, and what was kept.

Every entry has this page, whatever its status: a claim of absence stands on it, and so does "nothing can be said".
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from harvester.definitions.ledger_statuses import LEDGER_STATUSES
from harvester.definitions.vocabulary import vocabulary
from harvester.site.parts.places import crumbs
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageNotFound, PageRequest, joined

MOST_PAGES = 40
"""Pages of one list that are linked; the rest is counted."""

MOST_EVENTS = 12


def proof(visit: PageRequest) -> Answer:
    entry, agency = find(visit)
    word, _, detail = (entry["reason"] or "").partition(" · ")
    reason, _, why = word.partition(": ")
    return HtmlAnswer(
        "proof.html",
        {
            "entry": entry,
            "agency": agency,
            "crumbs": crumbs(visit, agency["division_code"], entry["year"]),
            "status": LEDGER_STATUSES[entry["status"]],
            "meaning": vocabulary()["ledger.status"][entry["status"]],
            "reason": vocabulary()["ledger.reason"].get(reason, (reason, reason)),
            "why": why,
            "about": detail,
            "walks": walks(visit, entry),
            "ended": vocabulary()["list_walks.ended"],
            "named": named(visit, agency["id"]),
            "captures": captures(visit, entry, detail),
            "events": events(visit, agency["portal_id"], detail),
            "portal": visit.one("select * from portals where id = ?", agency["portal_id"]),
            "simulated": bool(agency["simulated"]),
        },
    )


def proof_json(visit: PageRequest) -> Answer:
    entry, agency = find(visit)
    detail = (entry["reason"] or "").partition(" · ")[2]
    answer = {
        "entry": dict(entry),
        "agency": dict(agency),
        "lists": walks(visit, entry),
        "captures": joined(captures(visit, entry, detail)),
        "events": joined(events(visit, agency["portal_id"], detail)),
    }
    return FileAnswer(json.dumps(answer, ensure_ascii=False), "application/json; charset=utf-8")


def find(visit: PageRequest) -> tuple[sqlite3.Row, sqlite3.Row]:
    """The entry and its agency."""
    id_, year = int(visit.parts["id"]), int(visit.parts["year"])
    entry = visit.one("select * from ledger where agency_id = ? and year = ?", id_, year)
    agency = visit.one("select * from agencies where id = ?", id_)
    if entry is None or agency is None:
        raise PageNotFound(visit.say("台账里没有这一条。", "The ledger has no such entry."))
    return entry, agency


def walks(visit: PageRequest, entry: sqlite3.Row) -> list[dict[str, Any]]:
    """The walks of lists that were weighed, each with the pages of it that the archive kept."""
    rows = visit.all(
        "select w.* from ledger_lists p join list_walks w on w.id = p.list_walk_id where p.agency_id = ? and p.year = ?"
        " order by w.column_path, w.id",
        entry["agency_id"],
        entry["year"],
    )
    return [dict(row) | {"pages": joined(pages_of(visit, row))} for row in rows]


def pages_of(visit: PageRequest, walk: sqlite3.Row) -> list[sqlite3.Row]:
    """The pages of a list as they were kept on that walk, in the order in which they were met."""
    return visit.all(
        "select id, url, fetched_at, http_status, sha256 from captures where run_id = ? and portal_id = ? and"
        " role = 'list' and column_path = ? order by id limit ?",
        walk["run_id"],
        walk["portal_id"],
        walk["column_path"],
        MOST_PAGES,
    )


def named(visit: PageRequest, agency_id: int) -> list[sqlite3.Row]:
    """The columns in which this body's reports of other years stand: that is why these lists were looked at."""
    return visit.all(
        "select c.column_path, group_concat(distinct r.year) as years, count(distinct r.id) as n"
        " from reports r join editions e on e.report_id = r.id join captures c on c.sha256 = e.sha256"
        " where r.agency_id = ? and c.column_path is not null group by c.column_path order by 1",
        agency_id,
    )


def captures(visit: PageRequest, entry: sqlite3.Row, about: str) -> list[sqlite3.Row]:
    """What was kept of the report, or of the item that a list has in its place."""
    return visit.all(
        "select c.* from captures c where c.id = ?1 or (?2 != '' and c.url = ?2) or c.sha256 in"
        " (select sha256 from editions where report_id = ?3) order by c.id limit ?4",
        entry["evidence_capture_id"],
        about,
        entry["report_id"],
        MOST_PAGES,
    )


def events(visit: PageRequest, portal_id: str, about: str) -> list[sqlite3.Row]:
    """What went wrong at that address, else on the last visits to the portal that had trouble, newest first."""
    return visit.all(
        "select kind, detail, url, max(at) as at, count(*) as times from events where portal_id = ?1"
        " and (?2 = '' or url = ?2) group by kind, url order by 4 desc limit ?3",
        portal_id,
        about,
        MOST_EVENTS,
    )
