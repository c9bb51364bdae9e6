"""The table `cell_marks`: what is known of a cell beside what it prints, worked out once for page, files and API.

A cell without a row stands in no failed identity and has neither an implied value nor a correction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from harvester.definitions.identities import FileIdentity, identity

Key = str
"""``table/row/column``."""
Value = int | float | str | None

COLUMNS = ("in_failed_identity", "is_marked", "implied_value", "corrected_value")


@dataclass(slots=True)
class Mark:
    """`is_marked`: the page shows it red. `implied`: what the arithmetic gives, None where it cannot tell."""

    in_failed_identity: bool = False
    is_marked: bool = False
    implied: Value = None
    corrected: Value = None


def create(connection: sqlite3.Connection) -> None:
    """Create and fill `cell_marks` in the database being published."""
    connection.execute(
        "CREATE TABLE cell_marks (edition_id INTEGER, table_id TEXT, row_id TEXT, column_id TEXT, in_failed_identity"
        " INTEGER, is_marked INTEGER, implied_value NUMERIC, corrected_value NUMERIC, PRIMARY KEY (edition_id,"
        " table_id, row_id, column_id)) WITHOUT ROWID"
    )
    editions = connection.execute(
        "SELECT id, form FROM editions WHERE id IN (SELECT edition_id FROM checks WHERE status = 'fail' UNION SELECT"
        " edition_id FROM findings WHERE severity = 'error' UNION SELECT edition_id FROM corrections) ORDER BY id"
    ).fetchall()
    for edition, form in editions:
        _fill(connection, edition, form)


def _fill(connection: sqlite3.Connection, edition: int, form: str) -> None:
    values = {
        f"{table}/{row}/{column}": value
        for table, row, column, value in connection.execute(
            "SELECT table_id, row_id, column_id, value FROM cells WHERE edition_id = ?", (edition,)
        )
    }
    found = marks(connection, edition, form, values)
    connection.executemany(
        "INSERT INTO cell_marks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (edition, *key.split("/"), int(mark.in_failed_identity), int(mark.is_marked), mark.implied, mark.corrected)
            for key, mark in sorted(found.items())
            if key in values
        ],
    )


def marks(connection: sqlite3.Connection, edition: int, form: str, values: Mapping[Key, Value]) -> dict[Key, Mark]:
    """Marks of one edition. Red are the cells that an error names with an implied value, else the printed total of each
    failed identity."""
    found: dict[Key, Mark] = {}
    named = connection.execute(
        "SELECT cell, implied_value FROM findings WHERE edition_id = ? AND severity = 'error'"
        " AND implied_value IS NOT NULL AND cell IS NOT NULL ORDER BY id",
        (edition,),
    )
    for cell, implied in named:
        found[cell] = Mark(is_marked=True, implied=implied)
    failed = connection.execute(
        "SELECT code, key, lhs, rhs, cells FROM checks WHERE edition_id = ? AND status = 'fail' ORDER BY code, key",
        (edition,),
    )
    for code, key, lhs, rhs, cells in failed:
        _mark_identity(found, identity(code, key, form), (lhs, rhs), set(json.loads(cells or "[]")), values)
    corrected = connection.execute(
        "SELECT table_id || '/' || row_id || '/' || column_id, value FROM corrections WHERE edition_id = ?"
        " ORDER BY at, id",
        (edition,),
    )
    for cell, value in corrected:
        found.setdefault(cell, Mark()).corrected = value
    return found


def _mark_identity(
    found: dict[Key, Mark],
    known: FileIdentity | None,
    sides: tuple[Value, Value],
    used: set[Key],
    values: Mapping[Key, Value],
) -> None:
    """All its cells stand in a failed identity; its total is marked unless one of them already is."""
    used = used | (set(known.parts + known.whole) if known else set())
    is_told = any(key in found and found[key].is_marked for key in used)
    for key in used:
        found.setdefault(key, Mark()).in_failed_identity = True
    if known is not None and not is_told:
        total = known.whole[0]
        mark = found.setdefault(total, Mark())
        mark.is_marked = True
        if len(known.whole) == 1:
            mark.implied = next((s for s in sides if s is not None and number(s) != number(values.get(total))), None)


def number(value: object) -> Decimal | None:
    """A stored value (integer, or decimal text) as an exact number."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
