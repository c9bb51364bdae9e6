"""What has changed since a stage last looked, written down by triggers: a run without news does no work for it.

Three notes, each taken away by the stage that has dealt with it: `changed_reports` and `changed_portals` (news.sql),
for what follows from many reports; and a number that grows with every row that a visitor would see otherwise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from importlib.resources import files

from archive.schema import TableSpec, tables

VOLATILE: Mapping[str, frozenset[str]] = {
    "portals": frozenset({"last_ok_at"}),
    "reports": frozenset({"last_checked_at"}),
    "ledger": frozenset({"visits", "last_visit_at", "evidence_capture_id"}),
}
"""Columns that every visit changes, whatever it found: they are published with the next news, or after a week."""

BOOKKEEPING = frozenset({"runs", "releases", "events", "list_walks", "ledger_lists"})
"""Tables in which each run leaves rows, whatever it found."""

DERIVED = frozenset({"cells", "checks", "sections", "document_pages"})
"""Functions of the document and the moment it was read, which `documents` has."""

CHANGES = "public changes"


def install(connection: sqlite3.Connection) -> None:
    """The triggers as this version has them, whatever an older one left."""
    wanted = {statement.split()[2]: statement for statement in statements()}
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'news_%'")
    present = dict(map(tuple, found.fetchall()))
    if present == wanted:
        return
    # Rows that a version without these triggers wrote are not in the notes: everything is looked at once.
    forget(connection)
    for name in present:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in wanted.values():
        connection.execute(statement)


def statements() -> Iterator[str]:
    """CREATE TRIGGER, one after another."""
    text = files("archive").joinpath("news.sql").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    yield from (statement.strip() for statement in lines.split(";;") if statement.strip())
    for table in tables().values():
        if not table.private and table.name not in BOOKKEEPING:
            yield from public_changes(table)


def public_changes(table: TableSpec) -> Iterator[str]:
    """The number grows with each row of a published table that comes, goes or says something else."""
    name = table.name
    count = f"BEGIN UPDATE last_looks SET value = value + 1 WHERE name = '{CHANGES}'; END"
    if name not in DERIVED:
        when = "WHEN new.outcome IS NOT 'unchanged' " if name == "captures" else ""
        yield f"CREATE TRIGGER news_public_{name}_in AFTER INSERT ON {name} {when}{count}"
        yield f"CREATE TRIGGER news_public_{name}_out AFTER DELETE ON {name} {count}"
    told = [one.name for one in table.columns if one.name not in VOLATILE.get(name, ())]
    old, new = (", ".join(f'{row}."{column}"' for column in told) for row in ("old", "new"))
    yield f"CREATE TRIGGER news_public_{name} AFTER UPDATE ON {name} WHEN ({old}) IS NOT ({new}) {count}"


def forget(connection: sqlite3.Connection) -> None:
    """As if no stage had ever looked: the next run makes everything anew."""
    connection.execute("DELETE FROM last_looks WHERE name != ?", (CHANGES,))
    connection.execute("INSERT OR IGNORE INTO last_looks (name, value) VALUES (?, 0)", (CHANGES,))


def last_look(connection: sqlite3.Connection, name: str) -> str | None:
    """What a stage noted when it last was done, None where it never was."""
    row = connection.execute("SELECT value FROM last_looks WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def looked(connection: sqlite3.Connection, name: str, value: str | int) -> None:
    """Note with what a stage is done, in the caller's transaction."""
    connection.execute("INSERT OR REPLACE INTO last_looks (name, value) VALUES (?, ?)", (name, value))


def public_state(connection: sqlite3.Connection) -> str:
    """The same as long as no published row has changed."""
    return last_look(connection, CHANGES) or "0"
