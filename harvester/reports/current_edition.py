"""Which edition of a report counts, what it supersedes, and what the report's row says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from harvester.reports.same_content import changed_at, first_with_same_content

# Text is better evidence than recognition; among equals the page itself before its attachments.
FORMAT_ORDER = ("html", "docx", "xlsx", "pdf", "ofd", "doc", "rtf", "text")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One edition with what decides whether it counts."""

    id: int
    sha256: str
    format: str
    is_live: bool
    numbers: int
    fails: int

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
    current = max(distinct(candidates, first), key=lambda one: one.rank)
    connection.execute("UPDATE editions SET is_current = (id = ?) WHERE report_id = ?", (current.id, report_id))
    for one in candidates:
        before = first.get(predecessor(connection, one, candidates) or 0)
        connection.execute(
            "UPDATE editions SET supersedes = ? WHERE id = ?", (before if before != first[one.id] else None, one.id)
        )
    said = {one.sha256: first[one.id] for one in candidates}
    update_report(connection, report_id, current, changed_at(connection, report_id, said))


def distinct(candidates: Sequence[Candidate], first: Mapping[int, int]) -> list[Candidate]:
    """The editions that said something first; each is as live as the latest that says the same."""
    return [
        replace(one, is_live=any(twin.is_live for twin in candidates if first[twin.id] == one.id))
        for one in candidates
        if first[one.id] == one.id
    ]


def update_touched_reports(connection: sqlite3.Connection, run_id: str) -> None:
    """Update every report whose addresses a run has visited: last checked, removed, changed back.

    A crawl on its own, and a run that was cut short, left that to this run.
    """
    rows = connection.execute(
        "SELECT DISTINCT e.report_id FROM captures seen JOIN captures c ON c.url = seen.url"
        " JOIN editions e ON e.sha256 = c.sha256 WHERE seen.role IN ('page', 'attachment')"
        " AND seen.run_id IN (SELECT id FROM runs WHERE started_at >= (SELECT coalesce(max(started_at), '') FROM runs"
        " WHERE kind IN ('run', 'parse') AND status = 'done' AND id != ?))",
        (run_id,),
    ).fetchall()
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for row in rows:
            update_current_edition(connection, row[0])


def remove_empty_reports(connection: sqlite3.Connection) -> None:
    """Take away reports that no document carries: after a rebuild they wait for their documents to be read."""
    rows = connection.execute("SELECT id FROM reports WHERE id NOT IN (SELECT report_id FROM editions)").fetchall()
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for row in rows:
            update_current_edition(connection, row[0])


def edition_rows(connection: sqlite3.Connection, report_id: int) -> Sequence[sqlite3.Row]:
    return connection.execute(
        "SELECT e.id, e.sha256, e.format,"
        " (SELECT count(*) FROM cells WHERE edition_id = e.id AND state NOT IN ('missing', 'unreadable')) AS numbers,"
        " (SELECT count(*) FROM checks WHERE edition_id = e.id AND status = 'fail') AS fails"
        " FROM editions e WHERE e.report_id = ?",
        (report_id,),
    ).fetchall()


def candidate(connection: sqlite3.Connection, row: sqlite3.Row) -> Candidate:
    (live,) = connection.execute(
        "SELECT max(c.id = (SELECT max(l.id) FROM captures l WHERE l.url = c.url)) FROM captures c WHERE c.sha256 = ?",
        (row["sha256"],),
    ).fetchone()
    return Candidate(row["id"], row["sha256"], row["format"], bool(live), row["numbers"], row["fails"])


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
            WHERE e.report_id = :report AND c.role IN ('page', 'attachment')),
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
        {"report": report_id, "edition": current.id, "changed": changed},
    )
    connection.execute(
        "UPDATE reports SET balance_status = ? WHERE id = ?", (balance(connection, current.id), report_id)
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
