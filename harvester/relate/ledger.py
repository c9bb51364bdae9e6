"""The ledger: which agency owes a report for which year, and what came of it.

Owed: by every agency that has published at least once, for every year since its first; and by the government of a
portal that a run has walked, for every year since 2019. Absence is claimed only when an unfiltered walk of the
portal's lists after the due date has not found the report; the list capture is the proof.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from archive import editions
from archive.divisions import by_code
from archive.places import PLACE
from harvester.reports.agency_names import canonical
from harvester.reports.publisher import Origin, origin, place_of
from parsers.printed.scopes import scope_of
from spiders.words.titles import judge

FIRST_YEAR_OF_GOVERNMENTS = 2019
GOVERNMENT_KINDS = {"government_aggregate"}
WALK = """json_extract(r.stats, '$.portals."' || c.portal_id || '".%s')"""
"""A figure of one portal's walk in its run's account."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One agency and year."""

    agency_id: int
    kind: str
    portal_id: str
    portal_status: str
    year: int


def due_on(year: int, kind: str) -> date:
    """The statutory date: 31 January of the next year, 31 March for governments and for reports before 2019."""
    if year < 2019 or kind in GOVERNMENT_KINDS:
        return date(year + 1, 3, 31)
    return date(year + 1, 1, 31)


def keep_ledger(connection: sqlite3.Connection, today: date | None = None) -> None:
    """Make the ledger anew from reports, captures and portals, in one transaction."""
    today = today or datetime.now(UTC).date()
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        connection.execute("DELETE FROM ledger")
        enter_governments(connection)
        placeholders = placeholder_captures(connection)
        visits = Visits(connection)
        rows = (entry(connection, owed, visits, placeholders) for owed in owed_reports(connection, today, placeholders))
        editions.insert_many(connection, "ledger", (row for row in rows if row is not None))


def enter_governments(connection: sqlite3.Connection) -> None:
    """The government of every portal owes a report: even if none was ever found, even before anyone has looked."""
    for row in connection.execute(
        "SELECT p.* FROM portals p WHERE p.level IN ('province', 'city', 'county', 'district')"
        " AND NOT EXISTS (SELECT 1 FROM agencies a WHERE a.division_code = p.division_code"
        " AND a.kind = 'government_aggregate')"
    ).fetchall():
        place = PLACE.sub("", row["name"])
        editions.agency_id(
            connection,
            {
                "name": f"{place}人民政府",
                "kind": "government_aggregate",
                "division_code": row["division_code"],
                "portal_id": row["id"],
                "simulated": row["simulated"],
            },
        )


def owed_reports(
    connection: sqlite3.Connection, today: date, placeholders: dict[tuple[int, int], int]
) -> Iterator[Owed]:
    """Every agency and year that is due by today, and years that were reported before they were due."""
    promised: dict[int, int] = {}
    for agency_id, year in sorted(placeholders, reverse=True):
        promised[agency_id] = year
    rows = connection.execute(
        "SELECT a.id, a.name, a.kind, a.portal_id, p.status, min(r.year) AS first, max(r.year) AS last"
        " FROM agencies a JOIN portals p ON p.id = a.portal_id LEFT JOIN reports r ON r.agency_id = a.id"
        " WHERE a.kind != 'public_institution' GROUP BY a.id ORDER BY a.id"
    )
    for row in rows:
        firsts = [row["first"], promised.get(row["id"])]
        if row["kind"] in GOVERNMENT_KINDS:
            firsts.append(FIRST_YEAR_OF_GOVERNMENTS)
        first = min((year for year in firsts if year), default=today.year)
        for year in range(first, max(row["last"] or 0, today.year - 1) + 1):
            if due_on(year, row["kind"]) < today or year <= (row["last"] or 0):
                yield Owed(row["id"], row["kind"], row["portal_id"], row["status"], year)


class Visits:
    """Visits that walked the lists of a portal to their end, oldest first: (time, capture id).

    A run that looked for some years only, was cut short, or found fewer entries than a list declares proves no absence.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_portal: dict[str, list[tuple[str, int]]] = {}
        self._contacted = {row[0] for row in connection.execute("SELECT DISTINCT portal_id FROM captures")}
        for row in connection.execute(
            "SELECT c.portal_id, max(c.fetched_at), max(c.id) FROM captures c JOIN runs r ON r.id = c.run_id"
            " WHERE c.role = 'list' AND c.outcome != 'gone' AND coalesce(json_extract(r.stats, '$.filtered'), 0) = 0"
            f" AND coalesce({WALK % 'finished_reason'}, iif(r.status = 'done', 'finished', r.status)) = 'finished'"
            f" AND coalesce({WALK % 'lists'}, 1) > 0 AND coalesce({WALK % 'completeness'}, 'unknown') != 'short'"
            " GROUP BY c.portal_id, c.run_id ORDER BY 2"
        ):
            self._by_portal.setdefault(row[0], []).append((row[1], row[2]))

    def is_contacted(self, portal_id: str) -> bool:
        """Has anything of the portal ever been seen?"""
        return portal_id in self._contacted

    def of(self, portal_id: str) -> list[tuple[str, int]]:
        return self._by_portal.get(portal_id, [])


def entry(
    connection: sqlite3.Connection, owed: Owed, visits: Visits, placeholders: dict[tuple[int, int], int]
) -> dict[str, object] | None:
    """The ledger's row, None where nothing can be claimed."""
    due = due_on(owed.year, owed.kind)
    seen = visits.of(owed.portal_id)
    row: dict[str, object] = {
        "agency_id": owed.agency_id,
        "year": owed.year,
        "status": None,
        "due_on": due.isoformat(),
        "first_seen_at": None,
        "days_late": None,
        "evidence_capture_id": None,
        "report_id": None,
        "visits": len(seen),
        "last_visit_at": seen[-1][0] if seen else None,
    }
    report = connection.execute(
        "SELECT r.*, (SELECT min(c.id) FROM editions e JOIN captures c ON c.sha256 = e.sha256 WHERE e.report_id = r.id)"
        " AS capture, (SELECT max(c.id) FROM editions e JOIN captures k ON k.sha256 = e.sha256 JOIN captures c"
        " ON c.url = k.url WHERE e.report_id = r.id AND c.outcome = 'gone') AS gone"
        " FROM reports r WHERE r.agency_id = ? AND r.year = ? ORDER BY r.id LIMIT 1",
        (owed.agency_id, owed.year),
    ).fetchone()
    if report is None and not visits.is_contacted(owed.portal_id) and owed.portal_status != "blocked":
        return row | {"status": "not_visited"}
    return found(row, report, due, seen) if report else absent(row, owed, due, seen, placeholders)


def found(row: dict[str, object], report: sqlite3.Row, due: date, seen: list[tuple[str, int]]) -> dict[str, object]:
    """Found, late or removed. Without a stated date it is late only if a visit after the due date missed it."""
    late = days_late(report, due, seen)
    removed = report["removed_at"] is not None
    row |= {
        "status": "removed" if removed else "late" if late and late > 0 else "found",
        "first_seen_at": report["first_seen_at"],
        "days_late": late,
        "evidence_capture_id": report["gone"] if removed else report["capture"],
        "report_id": report["id"],
    }
    return row


def days_late(report: sqlite3.Row, due: date, seen: list[tuple[str, int]]) -> int | None:
    """Days after the due date, 0 when in time, None when it cannot be known.

    A stated date from before the year was over is a template's, not the report's.
    """
    if report["published_on"] and report["published_on"] >= f"{report['year']}-12":
        return max(0, (date.fromisoformat(report["published_on"][:10]) - due).days)
    first = date.fromisoformat(report["first_seen_at"][:10])
    if first <= due:
        return 0
    missed = any(due.isoformat() < visit < report["first_seen_at"] for visit, _ in seen)
    return (first - due).days if missed else None


def absent(
    row: dict[str, object],
    owed: Owed,
    due: date,
    seen: list[tuple[str, int]],
    placeholders: dict[tuple[int, int], int],
) -> dict[str, object] | None:
    """Blocked, placeholder or missing; None when nobody has looked since it was due."""
    placeholder = placeholders.get((owed.agency_id, owed.year))
    if placeholder is not None:
        return row | {"status": "placeholder", "evidence_capture_id": placeholder}
    if owed.portal_status == "blocked":
        return row | {"status": "blocked", "evidence_capture_id": seen[-1][1] if seen else None}
    if seen and seen[-1][0] > due.isoformat():
        return row | {"status": "missing", "evidence_capture_id": seen[-1][1]}
    return None


def placeholder_captures(connection: sqlite3.Connection) -> dict[tuple[int, int], int]:
    """(agency, year) -> capture of a page that has the title of a report and nothing in it.

    An agency of which nothing else is known is entered: it has a column and owes what the column promises.
    """
    placeholders: dict[tuple[int, int], int] = {}
    for row in connection.execute(
        "SELECT c.id, c.sha256, c.list_title, c.column_path FROM documents d JOIN captures c ON c.sha256 = d.sha256"
        " WHERE d.kind != 'report' AND (d.reason LIKE 'placeholder%' OR d.reason LIKE 'blank_template%')"
        " AND c.list_title IS NOT NULL ORDER BY c.id"
    ).fetchall():
        title = judge(row["list_title"], row["column_path"])
        found = origin(connection, row["sha256"])
        if title.agency and title.year and found is not None:
            placeholders[(enter_agency(connection, title.agency, found), title.year)] = row["id"]
    return placeholders


def enter_agency(connection: sqlite3.Connection, printed: str, found: Origin) -> int:
    """The agency that a list names; entered when nothing else is known of it."""
    division = place_of(connection, printed, found)
    name = canonical(printed, by_code(division), found.place_name)
    return editions.agency_id(
        connection,
        {
            "name": name,
            "kind": scope_of(name) or "department",
            "division_code": division,
            "portal_id": found.portal_id,
            "simulated": found.simulated,
        },
    )
