"""Another place's report on a portal: kept as a foreign copy, never counted as that agency's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from harvester.reports.publisher import Origin, Publisher

REASON = "foreign_copy"


def keep_foreign_copy(
    connection: sqlite3.Connection, sha256: str, member: str | None, who: Publisher, found: Origin
) -> None:
    """Note a copy, and an event for the run that met it."""
    connection.execute(
        "INSERT INTO foreign_copies (sha256, member, portal_id, url, agency_name, division_code, year, simulated,"
        " captures_weighed) VALUES (?1, ?, ?, ?, ?, ?, ?, ?, (SELECT max(id) FROM captures WHERE sha256 = ?1))",
        (sha256, member or "", found.portal_id, found.url, who.name, who.division_code, who.year, found.simulated),
    )
    detail = f"{who.name} ({who.division_code}) {who.year or ''} on the portal of {found.place_name}"
    connection.execute(
        "INSERT INTO events (run_id, portal_id, url, kind, detail, at)"
        " SELECT run_id, portal_id, url, 'foreign_copy', ?, fetched_at FROM captures c"
        " WHERE c.sha256 = ? AND c.portal_id = ? AND c.role IN ('page', 'attachment') AND NOT EXISTS"
        " (SELECT 1 FROM events e WHERE e.url = c.url AND e.kind = 'foreign_copy') ORDER BY id LIMIT 1",
        (detail, sha256, found.portal_id),
    )


def mark_foreign(connection: sqlite3.Connection, sha256: str, kind: str, kept: Sequence[int]) -> str:
    """The kind of a document, `lookalike` where all that it carries are reports of other places."""
    copy = connection.execute(
        "SELECT agency_name, year FROM foreign_copies WHERE sha256 = ? ORDER BY member LIMIT 1", (sha256,)
    ).fetchone()
    if copy is None or kept:
        return kind
    connection.execute(
        "UPDATE documents SET kind = 'lookalike', reason = ? WHERE sha256 = ?",
        (f"{REASON}: {copy['agency_name']} {copy['year'] or ''}".strip(), sha256),
    )
    return "lookalike"
