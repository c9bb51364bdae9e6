"""What lists filter and mark by: the level of a body or report (medians never mix levels), and its errors."""

from __future__ import annotations

import sqlite3


def level_sql(code: str, kind: str) -> str:
    """SQL for the level, from columns that hold the division code and the kind of body."""
    return (
        f"CASE WHEN {kind} = 'town_or_street' THEN 'town' WHEN {code} IS NULL OR {code} = '' THEN NULL"
        f" WHEN {code} LIKE '%0000' THEN 'province' WHEN {code} LIKE '%00' THEN 'city' ELSE 'county' END"
    )


def add(connection: sqlite3.Connection) -> None:
    """A column `level` on reports and agencies."""
    for table, kind in (("reports", "scope"), ("agencies", "kind")):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN level TEXT")
        connection.execute(f"UPDATE {table} SET level = {level_sql('division_code', kind)}")


def add_errors(connection: sqlite3.Connection) -> None:
    """A column `errors_found` on reports: what lists show a badge for, sums that fail and errors of other kinds."""
    connection.execute("ALTER TABLE reports ADD COLUMN errors_found INTEGER")
    connection.execute(
        "UPDATE reports SET errors_found = max(coalesce(checks_failed, 0), (SELECT count(*) FROM findings f WHERE"
        " f.edition_id = reports.current_edition_id AND f.severity = 'error'))"
    )
