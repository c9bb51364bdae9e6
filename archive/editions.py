"""What reading a document leaves in archive.db: agencies, reports, editions and all that hangs on an edition.

Plain rows in, plain rows out; every function works on the caller's transaction. Ids are given once and never again:
a document that is read anew keeps its edition id, an agency's year keeps its report id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]

CHILDREN = ("cells", "checks", "findings", "sections")


def agency_id(connection: sqlite3.Connection, row: Row) -> int:
    """The id of an agency by name, division and whether it is simulated; a new one is entered."""
    connection.execute(
        "INSERT INTO agencies (name, kind, division_code, portal_id, simulated)"
        " VALUES (:name, :kind, :division_code, :portal_id, :simulated)"
        " ON CONFLICT (name, division_code, simulated) DO NOTHING",
        dict(row),
    )
    found = connection.execute(
        "SELECT id FROM agencies WHERE name = :name AND division_code = :division_code AND simulated = :simulated",
        dict(row),
    ).fetchone()
    return int(found[0])


def report_id(connection: sqlite3.Connection, row: Row) -> int:
    """The id of the report of an agency, year and scope; a new one is entered."""
    connection.execute(
        "INSERT INTO reports (agency_id, agency_name, division_code, province, city, county, year, scope, simulated)"
        " VALUES (:agency_id, :agency_name, :division_code, :province, :city, :county, :year, :scope, :simulated)"
        " ON CONFLICT (agency_id, year, scope) DO NOTHING",
        dict(row),
    )
    found = connection.execute(
        "SELECT id FROM reports WHERE agency_id = :agency_id AND year = :year AND scope = :scope", dict(row)
    ).fetchone()
    return int(found[0])


def edition_id(connection: sqlite3.Connection, row: Row) -> tuple[int, int | None]:
    """Enter an edition or bring the known one (same document and member) up to date.

    Returns its id and the report it belonged to before, if that was another.
    """
    known = connection.execute(
        "SELECT id, report_id FROM editions WHERE sha256 = ? AND member IS ?", (row["sha256"], row["member"])
    ).fetchone()
    if known is None:
        return insert(connection, "editions", {**row, "is_current": 0}), None
    names = [name for name in row if name not in ("sha256", "member")]
    assignments = ", ".join(f"{name} = :{name}" for name in names)
    connection.execute(f"UPDATE editions SET {assignments} WHERE id = :id", {**row, "id": known["id"]})
    moved = known["report_id"] if known["report_id"] != row["report_id"] else None
    return int(known["id"]), moved


def replace_children(connection: sqlite3.Connection, edition: int, rows: Mapping[str, Iterable[Row]]) -> None:
    """Put `rows` (table name -> rows without edition_id) in the place of all that hung on an edition."""
    for table in CHILDREN:
        connection.execute(f"DELETE FROM {table} WHERE edition_id = ?", (edition,))
        insert_many(connection, table, ({"edition_id": edition, **row} for row in rows.get(table, ())))


def drop_editions(connection: sqlite3.Connection, sha256: str, keep: Iterable[int] = ()) -> list[int]:
    """Take away editions of a document that it no longer carries; the reports they belonged to are returned."""
    kept = set(keep)
    rows = connection.execute("SELECT id, report_id FROM editions WHERE sha256 = ?", (sha256,)).fetchall()
    gone = [row for row in rows if row["id"] not in kept]
    for row in gone:
        for table in CHILDREN:
            connection.execute(f"DELETE FROM {table} WHERE edition_id = ?", (row["id"],))
        for column in ("supersedes", "same_as"):
            connection.execute(f"UPDATE editions SET {column} = NULL WHERE {column} = ?", (row["id"],))
        connection.execute("DELETE FROM editions WHERE id = ?", (row["id"],))
    return [row["report_id"] for row in gone]


def replace_pages(connection: sqlite3.Connection, sha256: str, pages: Iterable[Row]) -> None:
    """The page sizes of a document."""
    connection.execute("DELETE FROM document_pages WHERE sha256 = ?", (sha256,))
    insert_many(connection, "document_pages", ({"sha256": sha256, **page} for page in pages))


def insert(connection: sqlite3.Connection, table: str, row: Row) -> int:
    """Insert one row and return its id."""
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    return int(connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", dict(row)).lastrowid or 0)


def insert_many(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows that all have the same columns. executemany: six times as fast as a library's insert_all here."""
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return
    names = tuple(first)
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    connection.execute(statement, tuple(first.values()))
    connection.executemany(statement, (tuple(row[name] for name in names) for row in iterator))
