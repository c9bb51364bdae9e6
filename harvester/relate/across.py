"""Rules between reports: the same agency a year later, the page against its attachment, one narrative in two places.

Set-based, over the reports that changed since the last time and those that are compared with them: their findings are
made anew from the database, and what is found as before keeps its row and its id. The rules are SQL, one file each in
harvester/relate/rules; they write to `findings`, which stands for a table of this pass, and read `pairs`.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from archive import news
from archive.schema import tables
from harvester.relate.program import program
from harvester.relate.text_clones import find_text_clones, forget_texts

RULES = ("pairs", "carry", "stock", "jump", "clone", "editions", "foreign")

RULES_LOOKED = "rules between reports"

AFFECTED = """
CREATE TEMP TABLE affected AS
SELECT r.id FROM changed_reports c JOIN reports r ON r.agency_id = c.agency_id AND r.year IN (c.year, c.year + 1)
UNION SELECT r.id FROM changed_reports c JOIN reports r ON r.division_code = c.division_code AND r.year = c.year
"""
"""What a changed report is compared with: its agency a year later, its sisters of one place and year."""

SAME = ("report_id", "edition_id", "code", "severity", "attribution", "message", "message_en", "implied_value", "cell",
        "cells")  # fmt: skip
"""What a finding says."""


def check_across(connection: sqlite3.Connection) -> None:
    """Make the findings between reports and editions anew where something changed, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        note_all_if_new(connection)
        if connection.execute("SELECT 1 FROM changed_reports LIMIT 1").fetchone() is None:
            return
        columns = ", ".join(f'"{one.name}" {one.type}' for one in tables()["findings"].columns)
        connection.execute(f"CREATE TEMP TABLE findings ({columns})")
        connection.execute(AFFECTED)
        forget_texts(connection)
        for rule in RULES:
            for statement in statements(rule):
                connection.execute(statement)
        find_text_clones(connection)
        keep_what_is_new(connection)
        for table in ("pairs", "findings", "affected"):
            connection.execute(f"DROP TABLE temp.{table}")
        connection.execute("DELETE FROM changed_reports")


def note_all_if_new(connection: sqlite3.Connection) -> None:
    """Rules of another version, or none so far: every report is compared."""
    if news.last_look(connection, RULES_LOOKED) != program():
        connection.execute(
            "INSERT OR IGNORE INTO changed_reports (agency_id, division_code, year)"
            " SELECT DISTINCT agency_id, division_code, year FROM reports"
        )
        connection.execute(
            "DELETE FROM findings WHERE across AND coalesce(report_id, 0) NOT IN (SELECT id FROM reports)"
        )
        news.looked(connection, RULES_LOOKED, program())


def keep_what_is_new(connection: sqlite3.Connection) -> None:
    """Findings of this pass in the place of the earlier ones of the same reports; what is said again stays."""
    same = " AND ".join(f"o.{name} IS f.{name}" for name in SAME)
    columns = ", ".join(SAME)
    connection.execute("CREATE INDEX temp.findings_of_report ON findings (report_id)")
    connection.execute(
        "DELETE FROM main.findings AS o WHERE across AND report_id IN (SELECT id FROM temp.affected)"
        f" AND NOT EXISTS (SELECT 1 FROM temp.findings f WHERE {same})"
    )
    connection.execute(
        f"DELETE FROM temp.findings AS f WHERE EXISTS (SELECT 1 FROM main.findings o WHERE o.across AND {same})"
    )
    connection.execute(
        f"INSERT INTO main.findings ({columns}, across) SELECT {columns}, 1 FROM temp.findings ORDER BY rowid"
    )


def statements(rule: str) -> list[str]:
    """The SQL statements of harvester/relate/rules/<rule>.sql."""
    text = files("harvester.relate").joinpath("rules", f"{rule}.sql").read_text(encoding="utf-8")
    return [statement for statement in text.split(";\n") if statement.strip()]
