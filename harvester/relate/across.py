"""Rules between reports: the same agency a year later, the page against its attachment, one narrative in two places.

Set-based: these findings are taken away and made anew from the database, so that they always say what the present
editions say. The rules are SQL, one file each in harvester/relate/rules.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from harvester.relate.text_clones import find_text_clones

RULES = ("pairs", "carry", "stock", "jump", "clone", "editions", "foreign")


def check_across(connection: sqlite3.Connection) -> None:
    """Make the findings between reports and editions anew, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        connection.execute("DELETE FROM findings WHERE across")
        for rule in RULES:
            for statement in statements(rule):
                connection.execute(statement)
        find_text_clones(connection)
        connection.execute("DROP TABLE temp.pairs")


def statements(rule: str) -> list[str]:
    """The SQL statements of harvester/relate/rules/<rule>.sql."""
    text = files("harvester.relate").joinpath("rules", f"{rule}.sql").read_text(encoding="utf-8")
    return [statement for statement in text.split(";\n") if statement.strip()]
