"""Which edition of a report counts, what it supersedes, and what the report's row says of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive import news
from harvester.reports.publisher import significant
from harvester.reports.same_content import changed_at, first_with_same_content

# Text is better evidence than recognition; among equals the page itself before its attachments.
FORMAT_ORDER = ("html", "docx", "xlsx", "pdf", "ofd", "doc", "rtf", "text")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One edition with what decides whether it counts.

    `portal_id`: where it stands, of several the one with the highest `standing`: 2 the portal of the agency's own
    place, 1 one that speaks for it from above, 0 any other.
    """

    id: int
    sha256: str
    format: str
    is_live: bool
    numbers: int
    fails: int
    portal_id: str = ""
    standing: int = 2

    @property
    def rank(self) -> tuple[bool, bool, int, int, int, int]:
        """Larger is better: still on the portal, not recognised from a scan, most numbers, fewest failed sums."""
        order = FORMAT_ORDER.index(self.format) if self.format in FORMAT_ORDER else len(FORMAT_ORDER)
        scan = self.format == "image_scan"
        # A scan counts when it is all there is: its numbers weigh only against other scans.
        return (self.is_live, not scan and self.numbers > 0, self.numbers, -self.fails, -order, -self.id)


def update_current_edition(connection: sqlite3.Connection, report_id: int) -> None:
    """Choose the current edition of a report and bring the report's row up to date.

    A report that no document carries any longer is taken away.
    """
    rows = edition_rows(connection, report_id)
    candidates = [candidate(connection, row) for row in rows]
    if not candidates:
        connection.execute("DELETE FROM findings WHERE report_id = ?", (report_id,))
        connection.execute("DELETE FROM ledger WHERE report_id = ?", (report_id,))
        connection.execute("DELETE FROM reports WHERE id = ?", (report_id,))
        return
    first = first_with_same_content(connection, rows)
    current = chosen(distinct(candidates, first))
    connection.execute("UPDATE editions SET is_current = (id = ?) WHERE report_id = ?", (current.id, report_id))
    for one in candidates:
        before = first.get(predecessor(connection, one, candidates) or 0)
        same = first[one.id] if first[one.id] != one.id else None
        connection.execute(
            "UPDATE editions SET supersedes = ?, same_as = ? WHERE id = ?",
            (before if before != first[one.id] else None, same, one.id),
        )
    said = {one.sha256: first[one.id] for one in candidates}
    update_report(connection, report_id, current, changed_at(connection, report_id, said))
    beside = [one.id for one in candidates if one.portal_id == current.portal_id]
    update_dates(connection, report_id, current.id, beside)


def distinct(candidates: Sequence[Candidate], first: Mapping[int, int]) -> list[Candidate]:
    """One edition for each thing said: the earliest, or the earliest on a portal of higher standing.

    It is as live as the latest that says the same.
    """
    groups: dict[int, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(first[one.id], []).append(one)
    return [
        replace(max(twins, key=lambda one: (one.standing, -one.id)), is_live=any(one.is_live for one in twins))
        for twins in groups.values()
    ]


def chosen(candidates: Sequence[Candidate]) -> Candidate:
    """The edition that counts: first the portal by its standing, then the best of what that portal has.

    Which numbers add up never decides between two portals: a copy elsewhere may have been mended, or forged.
    """
    by_portal: dict[str, list[Candidate]] = {}
    for one in candidates:
        by_portal.setdefault(one.portal_id, []).append(one)

    def weight(portal_id: str) -> tuple[int, bool, int]:
        found = by_portal[portal_id]
        return max(one.standing for one in found), any(one.is_live for one in found), -min(one.id for one in found)

    return max(by_portal[max(by_portal, key=weight)], key=lambda one: one.rank)


VISITED = "reports brought up to date with capture"

SEEN = """
CREATE TEMP TABLE seen AS
SELECT url, max(fetched_at) AS at, max(outcome IS NOT 'unchanged' OR (
    SELECT l.outcome = 'gone' FROM captures l WHERE l.url = c.url AND l.id < c.id ORDER BY l.id DESC LIMIT 1
)) AS is_news
FROM captures c WHERE id > ? AND role IN ('page', 'attachment') GROUP BY url
"""
"""Addresses visited since the last time; one that has come back as it was is news."""

TOUCHED = """
SELECT e.report_id, max(s.at) AS at, max(coalesce(s.is_news, 0)) AS is_news, (
    SELECT count(DISTINCT k.portal_id) FROM editions o JOIN captures k ON k.sha256 = o.sha256
    WHERE o.report_id = e.report_id) AS portals
FROM seen s JOIN captures c ON c.url = s.url JOIN editions e ON e.sha256 = c.sha256 GROUP BY e.report_id
"""


def update_touched_reports(connection: sqlite3.Connection) -> None:
    """Update every report whose addresses were visited since the last time: last checked, removed, changed back.

    What stands there as before, on the one portal that has it, costs its report the time of that look and no more.
    """
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM captures").fetchone()
        connection.execute(SEEN, (int(news.last_look(connection, VISITED) or 0),))
        for row in connection.execute(TOUCHED).fetchall():
            if row["is_news"] or row["portals"] > 1:
                update_current_edition(connection, row["report_id"])
            else:
                connection.execute(
                    "UPDATE reports SET last_checked_at = max(coalesce(last_checked_at, ''), ?) WHERE id = ?",
                    (row["at"], row["report_id"]),
                )
        connection.execute("DROP TABLE temp.seen")
        news.looked(connection, VISITED, newest)


def remove_empty_reports(connection: sqlite3.Connection) -> None:
    """Take away reports that no document carries: after a rebuild they wait for their documents to be read."""
    rows = connection.execute(
        "SELECT id FROM reports WHERE current_edition_id IS NULL AND id NOT IN (SELECT report_id FROM editions)"
    ).fetchall()
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for row in rows:
            update_current_edition(connection, row[0])


def edition_rows(connection: sqlite3.Connection, report_id: int) -> Sequence[sqlite3.Row]:
    return connection.execute(
        "SELECT e.id, e.sha256, e.format, r.division_code,"
        " (SELECT count(*) FROM cells WHERE edition_id = e.id AND state NOT IN ('missing', 'unreadable')) AS numbers,"
        " (SELECT count(*) FROM checks WHERE edition_id = e.id AND status = 'fail') AS fails"
        " FROM editions e JOIN reports r ON r.id = e.report_id WHERE e.report_id = ?",
        (report_id,),
    ).fetchall()


def candidate(connection: sqlite3.Connection, row: sqlite3.Row) -> Candidate:
    """An edition with the portal that speaks for it and whether it still stands where it was met."""
    (live,) = connection.execute(
        "SELECT max(c.id = (SELECT max(l.id) FROM captures l WHERE l.url = c.url)) FROM captures c WHERE c.sha256 = ?",
        (row["sha256"],),
    ).fetchone()
    portals = connection.execute(
        "SELECT DISTINCT p.id, p.division_code FROM captures c JOIN portals p ON p.id = c.portal_id"
        " WHERE c.sha256 = ? AND c.role IN ('page', 'attachment') ORDER BY p.id",
        (row["sha256"],),
    )
    standings = [(standing(row["division_code"], code), portal_id) for portal_id, code in portals]
    best, portal_id = max(standings, key=lambda one: one[0], default=(0, ""))
    live_numbers = bool(live), row["numbers"], row["fails"]
    return Candidate(row["id"], row["sha256"], row["format"], *live_numbers, portal_id, best)


def standing(division: str, portal_division: str) -> int:
    """How a portal stands to the place of an agency: 2 its own, 1 above it, 0 neither."""
    if division == portal_division:
        return 2
    return 1 if division.startswith(significant(portal_division)) else 0


def predecessor(connection: sqlite3.Connection, one: Candidate, others: Iterable[Candidate]) -> int | None:
    """The edition of the same report that stood at the same address just before this one."""
    row = connection.execute(
        "SELECT before.sha256 FROM captures c JOIN captures before ON before.url = c.url AND before.id < c.id"
        " WHERE c.sha256 = ? AND c.outcome = 'changed' AND before.sha256 IS NOT NULL AND before.sha256 != c.sha256"
        " ORDER BY c.id DESC, before.id DESC LIMIT 1",
        (one.sha256,),
    ).fetchone()
    return next((other.id for other in others if row and other.sha256 == row[0] and other.id != one.id), None)


def update_report(connection: sqlite3.Connection, report_id: int, current: Candidate, changed: str | None) -> None:
    connection.execute(
        """
        WITH addresses AS (
            SELECT DISTINCT c.url FROM editions e JOIN captures c ON c.sha256 = e.sha256
            WHERE e.report_id = :report AND c.role IN ('page', 'attachment') AND :portal IN ('', c.portal_id)),
        visits AS (SELECT c.* FROM captures c JOIN addresses USING (url)),
        latest AS (SELECT url, outcome, fetched_at, max(id) FROM visits GROUP BY url)
        UPDATE reports SET
            current_edition_id = :edition,
            title = (SELECT title FROM editions WHERE id = :edition),
            source_url = (SELECT coalesce(landing_url, url) FROM editions WHERE id = :edition),
            form = (SELECT form FROM editions WHERE id = :edition),
            first_seen_at = (SELECT min(first_seen_at) FROM editions WHERE report_id = :report),
            last_checked_at = (SELECT max(fetched_at) FROM visits),
            changed_at = :changed,
            removed_at = (SELECT CASE WHEN min(outcome = 'gone') THEN max(fetched_at) END FROM latest),
            checks_failed = (SELECT count(*) FROM checks WHERE edition_id = :edition AND status = 'fail'),
            blank_cells = (SELECT count(*) FROM cells WHERE edition_id = :edition AND state = 'blank'),
            is_all_zero = (
                SELECT count(*) > 0 AND min(state = 'blank' OR (state = 'number' AND value = 0)) FROM cells
                WHERE edition_id = :edition AND table_id IN ('requests', 'review_litigation') AND state != 'missing')
        WHERE id = :report
        """,
        {"report": report_id, "edition": current.id, "changed": changed, "portal": current.portal_id},
    )
    connection.execute(
        "UPDATE reports SET balance_status = ? WHERE id = ?", (balance(connection, current.id), report_id)
    )


def update_dates(connection: sqlite3.Connection, report_id: int, current: int, beside: Sequence[int]) -> None:
    """Publisher and date as the current edition prints them, else another edition on the same portal."""
    for name in ("publisher", "published_on"):
        connection.execute(
            f"UPDATE reports SET {name} = (SELECT {name} FROM editions WHERE {name} IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?)) ORDER BY id != ?, id LIMIT 1) WHERE id = ?",
            (json.dumps(beside), current, report_id),
        )


def balance(connection: sqlite3.Connection, edition_id: int) -> str:
    """balanced, balanced_if_blank_is_zero, failed, incomplete or none, over all identities of an edition."""
    rows = connection.execute("SELECT DISTINCT status FROM checks WHERE edition_id = ?", (edition_id,))
    statuses = {row[0] for row in rows} - {"not_applicable"}
    for status, verdict in (
        ("fail", "failed"),
        ("incomplete", "incomplete"),
        ("pass_if_blank_is_zero", "balanced_if_blank_is_zero"),
        ("pass", "balanced"),
    ):
        if status in statuses:
            return verdict
    return "none"
