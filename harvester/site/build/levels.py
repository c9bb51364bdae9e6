"""The level of a body or report: of its place, or `town` for towns and street offices. Medians never mix levels."""

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
