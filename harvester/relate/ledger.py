"""The ledger: which agency owes a report for which year, and what came of it.

Owed: by the government of every portal in the registry since 2019, while its place exists; by any other agency for the
years in which its own reports show that it existed: from its first one to the year after its last (who reports on a
year exists in the next). Nothing is owed for what only another place's portal shows.

Nobody is accused without proof. `missing` needs a list that would hold the report, walked to its proven end after the
due date, and nothing on any list that may be it; whatever is short of that is `unknown`, with its reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from archive import editions
from archive.divisions import by_code
from archive.places import PLACE
from archive.schema import tables
from harvester.following import followed
from harvester.relate.changed_bodies import ChangedBodies, changed_bodies, note_all_if_new
from harvester.relate.list_proof import ListKey, ListWalks, Weighed, weigh
from harvester.relate.listed_items import ListedItems
from harvester.relate.visits import count_visits, stamp_visits
from harvester.reports.publisher import significant
from parsers.forms import MODERN_SINCE
from spiders.walk.recheck import DEPARTMENTS_DUE, GOVERNMENTS_DUE

FIRST_YEAR_OF_GOVERNMENTS = MODERN_SINCE
GOVERNMENT = "government_aggregate"

NOT_ASKED = ("dead", "moved")
"""Portals of the registry that are not there any more: nothing is known of what they would hold."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One agency and year, with the portal that it was first met on."""

    agency_id: int
    kind: str
    portal_id: str
    portal_status: str
    year: int

    @property
    def due(self) -> date:
        return due_on(self.year, self.kind)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the ledger is judged by: walks of lists, items that are no report in hand, visits by portal (n, last)."""

    walks: ListWalks
    listed: ListedItems
    visits: Mapping[str, tuple[int, str]]

    def lists_of(self, agency_id: int) -> set[ListKey]:
        """The lists that name an agency's reports, of whatever year."""
        return self.walks.lists_of.get(agency_id, set()) | self.listed.lists_of.get(agency_id, set())


def due_on(year: int, kind: str) -> date:
    """The statutory date: 31 January of the next year, 31 March for governments and for reports before 2019."""
    if year < MODERN_SINCE or kind == GOVERNMENT:
        return date(year + 1, *GOVERNMENTS_DUE)
    return date(year + 1, *DEPARTMENTS_DUE)


def keep_ledger(connection: sqlite3.Connection, today: date | None = None) -> None:
    """Make the ledger anew, in one transaction, for the bodies of which anything changed: see changed_bodies.py."""
    today = today or datetime.now(UTC).date()
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        enter_governments(connection)
        visits = count_visits(connection, today)
        note_all_if_new(connection, today)
        bodies = changed_bodies(connection)
        evidence = Evidence(bodies.walks, bodies.listed, visits.of_portal)
        rows, proofs = [], []
        for owed in followed(owed_reports(connection, today, bodies), "entries of the ledger"):
            row, weighed = entry(connection, owed, evidence)
            rows.append(row)
            walks = weighed.walks if weighed else ()
            proofs += [{"agency_id": owed.agency_id, "year": owed.year, "list_walk_id": walk.id} for walk in walks]
        replace_entries(connection, rows, proofs)
        stamp_visits(connection, visits)


def replace_entries(connection: sqlite3.Connection, rows: list[dict[str, Any]], proofs: list[dict[str, Any]]) -> None:
    """The entries of the changed bodies in the place of those they had; an entry that says the same is left alone."""
    connection.execute("CREATE TEMP TABLE entered AS SELECT * FROM main.ledger LIMIT 0")
    editions.insert_many(connection, "temp.entered", rows)
    connection.execute("CREATE UNIQUE INDEX temp.entry ON entered (agency_id, year)")
    names = tuple(one.name for one in tables()["ledger"].columns)
    same = " AND ".join(f"o.{name} IS e.{name}" for name in names)
    columns = ", ".join(names)
    connection.execute(
        "DELETE FROM ledger AS o WHERE agency_id IN (SELECT id FROM changed_agencies) AND NOT EXISTS"
        " (SELECT 1 FROM temp.entered e WHERE e.agency_id = o.agency_id AND e.year = o.year)"
    )
    told = ", ".join(f"{name} = excluded.{name}" for name in names if name not in ("agency_id", "year"))
    connection.execute(
        f"INSERT INTO ledger ({columns}) SELECT {columns} FROM temp.entered e WHERE NOT EXISTS"
        f" (SELECT 1 FROM ledger o WHERE {same}) ORDER BY agency_id, year"
        f" ON CONFLICT (agency_id, year) DO UPDATE SET {told}"
    )
    connection.execute("DELETE FROM ledger_lists WHERE agency_id IN (SELECT id FROM changed_agencies)")
    editions.insert_many(connection, "ledger_lists", proofs)
    connection.execute("DROP TABLE temp.entered")
    connection.execute("DROP TABLE temp.changed_agencies")
    connection.execute("DELETE FROM changed_portals")


def enter_governments(connection: sqlite3.Connection) -> None:
    """The government of every portal owes a report: even if none was ever found, even before anyone has looked."""
    for row in connection.execute(
        "SELECT p.* FROM portals p WHERE p.level IN ('province', 'city', 'county', 'district')"
        " AND NOT EXISTS (SELECT 1 FROM agencies a WHERE a.division_code = p.division_code"
        " AND a.kind = 'government_aggregate' AND a.simulated = coalesce(p.simulated, 0)) ORDER BY p.id"
    ).fetchall():
        editions.agency_id(
            connection,
            {
                "name": f"{PLACE.sub('', row['name'])}人民政府",
                "kind": GOVERNMENT,
                "division_code": row["division_code"],
                "portal_id": row["id"],
                "simulated": int(row["simulated"] or 0),
            },
        )


def owed_reports(connection: sqlite3.Connection, today: date, bodies: ChangedBodies) -> Iterator[Owed]:
    """Every changed agency and year that is due by today, and years that were reported before they were due."""
    promised: dict[int, set[int]] = {}
    for agency_id, year in bodies.listed.named:
        promised.setdefault(agency_id, set()).add(year)
    rows = connection.execute(
        "SELECT a.id, a.kind, a.portal_id, a.division_code, a.successor_id, p.status, min(r.year) AS first,"
        " p.division_code AS portal_division,"
        " max(r.year) AS last FROM agencies a JOIN portals p ON p.id = a.portal_id"
        " LEFT JOIN reports r ON r.agency_id = a.id WHERE a.kind != 'public_institution'"
        " AND a.id IN (SELECT id FROM changed_agencies) GROUP BY a.id ORDER BY a.id"
    ).fetchall()
    for row in rows:
        known = promised.get(row["id"], set()) | {year for year in (row["first"], row["last"]) if year}
        for year in years_owed(row, known, today):
            if due_on(year, row["kind"]) < today or year in known or year <= (row["last"] or 0):
                yield Owed(row["id"], row["kind"], row["portal_id"], row["status"], year)


def years_owed(agency: sqlite3.Row, known: set[int], today: date) -> list[int]:
    """The years in which an agency existed, as far as that is known. `known`: years of its reports and on lists."""
    if agency["kind"] == GOVERNMENT:
        years = range(min(known | {FIRST_YEAR_OF_GOVERNMENTS}), max(known | {today.year - 1}) + 1)
        return [year for year in years if year in known or existed(agency["division_code"], year)]
    if not known or not agency["division_code"].startswith(significant(agency["portal_division"])):
        return sorted(known)  # another place's body, a sample on a made-up portal: it owes nothing here
    shown = {agency["last"] + 1} if agency["last"] and not agency["successor_id"] else set()
    span = known | {year for year in shown if year < today.year}
    return list(range(min(span), max(span) + 1))


def existed(code: str, year: int) -> bool:
    """Was a division code valid in a year? True for places that the nation's list does not have."""
    return by_code(code) is None or by_code(code, year) is not None


def entry(connection: sqlite3.Connection, owed: Owed, evidence: Evidence) -> tuple[dict[str, Any], Weighed | None]:
    """The ledger's row, and the walks of lists that were weighed for it."""
    count, last = evidence.visits.get(owed.portal_id, (0, None))
    row: dict[str, Any] = {
        "agency_id": owed.agency_id,
        "year": owed.year,
        "status": "unknown",
        "reason": None,
        "due_on": owed.due.isoformat(),
        "first_seen_at": None,
        "days_late": None,
        "evidence_capture_id": None,
        "report_id": None,
        "visits": count,
        "last_visit_at": last,
    }
    report = connection.execute(
        "SELECT r.*, (SELECT min(c.id) FROM editions e JOIN captures c ON c.sha256 = e.sha256 WHERE e.report_id = r.id)"
        " AS capture, (SELECT max(c.id) FROM editions e JOIN captures k ON k.sha256 = e.sha256 JOIN captures c"
        " ON c.url = k.url WHERE e.report_id = r.id AND c.outcome = 'gone') AS gone"
        " FROM reports r WHERE r.agency_id = ? AND r.year = ? ORDER BY r.id LIMIT 1",
        (owed.agency_id, owed.year),
    ).fetchone()
    if report is not None:
        return row | found(owed, report, evidence), None
    status, reason, capture, weighed = absent(owed, last, evidence)
    if weighed and weighed.walks and capture is None:
        capture = first_page(connection, weighed)
    return row | {"status": status, "reason": reason, "evidence_capture_id": capture}, weighed


def found(owed: Owed, report: sqlite3.Row, evidence: Evidence) -> dict[str, Any]:
    """Found, late or removed. Without a stated date it is late only if a proven walk after the due date missed it."""
    late, reason = days_late(owed, report, evidence)
    removed = report["removed_at"] is not None
    return {
        "status": "removed" if removed else "late" if late else "found",
        "reason": reason,
        "first_seen_at": report["first_seen_at"],
        "days_late": late,
        "evidence_capture_id": report["gone"] if removed else report["capture"],
        "report_id": report["id"],
    }


def days_late(owed: Owed, report: sqlite3.Row, evidence: Evidence) -> tuple[int | None, str | None]:
    """Days after the due date and what tells them: 0 when in time, None when it cannot be known.

    A stated date from before the year was over is a template's, not the report's.
    """
    if report["published_on"] and report["published_on"] >= f"{report['year']}-12":
        return max(0, (date.fromisoformat(report["published_on"][:10]) - owed.due).days), "stated_date"
    first = date.fromisoformat(report["first_seen_at"][:10])
    if first <= owed.due:
        return 0, "seen_in_time"
    keys = evidence.lists_of(owed.agency_id)
    missed = weigh(evidence.walks, keys, owed.year, owed.due, until=report["first_seen_at"])
    return ((first - owed.due).days, "seen_later") if missed.doubt is None else (None, "date_not_known")


def absent(owed: Owed, last_visit: str | None, evidence: Evidence) -> tuple[str, str, int | None, Weighed | None]:
    """Status, reason, capture and walks of an entry without a report."""
    listed = evidence.listed.of(owed.agency_id, owed.year)
    if listed is not None:
        return listed.status, f"{listed.reason} · {listed.url}", listed.capture_id, None
    if owed.portal_status == "blocked":
        return "blocked", "blocked", None, None
    if last_visit is None or last_visit[:10] <= owed.due.isoformat():
        why = "portal_gone" if owed.portal_status in NOT_ASKED else "not_since_due" if last_visit else "never_visited"
        return "not_visited", why, None, None
    keys = evidence.lists_of(owed.agency_id)
    weighed = weigh(evidence.walks, keys, owed.year, owed.due)
    if weighed.doubt is None and evidence.listed.may_be(keys, owed.agency_id, owed.year):
        return "unknown", "listed_unclear", None, weighed
    return ("unknown", weighed.doubt, None, weighed) if weighed.doubt else ("missing", "on_no_list", None, weighed)


def first_page(connection: sqlite3.Connection, weighed: Weighed) -> int | None:
    """The first page of the first list that was weighed, as it was captured on that walk."""
    row = connection.execute(
        "SELECT min(c.id) FROM list_walks w JOIN captures c ON c.run_id = w.run_id AND c.portal_id = w.portal_id"
        " AND c.role = 'list' AND c.column_path = w.column_path WHERE w.id = ?",
        (weighed.walks[0].id,),
    ).fetchone()
    return None if row[0] is None else int(row[0])
