"""Human corrections: stored beside the printed value with a reason and a name, never over it."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path

from archive import journal
from archive.editions import insert
from archive.moments import now
from archive.store import Store
from harvester.data_directory import open_store, working_database
from harvester.errors import UsageError
from harvester.lock import locked

COLUMNS = ("report_id", "cell", "value", "reason", "by")


def correct(data: Path, *, report_id: int, cell: str, value: str, reason: str, by: str) -> str:
    """Store one correction on the current edition of a report. Raises UsageError when the cell does not exist."""
    with correcting(data) as store:
        return enter(store, report_id, cell, value, reason, by)


def correct_from_csv(data: Path, file: Path, *, by: str | None = None) -> str:
    """Store every row of a CSV (report_id, cell, value, reason, by), or none if one of them is wrong."""
    rows = list(read_rows(file, by))
    with correcting(data) as store:
        count = "SELECT count(*) FROM corrections"
        (before,) = store.connection.execute(count).fetchone()
        for line, row in rows:
            try:
                enter(store, int(row["report_id"]), row["cell"], row["value"], row["reason"], row["by"])
            except (UsageError, ValueError) as error:
                raise UsageError(f"{file}, line {line}: {error}") from error
        (after,) = store.connection.execute(count).fetchone()
    known = f"; {len(rows) - after + before} were stored already" if after - before < len(rows) else ""
    return f"{after - before} corrections stored{known}; they show after the next `harvester publish`"


@contextmanager
def correcting(data: Path) -> Iterator[Store]:
    """The archive in a transaction; what was corrected in it stands in the journal too, or nothing was."""
    working_database(data)
    with locked(data, "correct"), open_store(data) as store, store.connection:
        store.connection.execute("BEGIN IMMEDIATE")
        (before,) = store.connection.execute("SELECT coalesce(max(id), 0) FROM corrections").fetchone()
        yield store
        journal.append(store.warc, journal.corrections_entry(store.connection, before))


def read_rows(file: Path, by: str | None) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a corrections file; every column must be filled."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is not UTF-8") from error
    rows = csv.DictReader(text.splitlines())
    absent = [name for name in COLUMNS if name not in (rows.fieldnames or ()) and not (name == "by" and by)]
    if absent:
        raise UsageError(f"{file}: has no column {', '.join(absent)}")
    for line, row in enumerate(rows, 2):
        filled = {name: (row.get(name) or "").strip() for name in COLUMNS}
        filled["by"] = filled["by"] or by or ""
        empty = [name for name in COLUMNS if not filled[name]]
        if empty:
            raise UsageError(f"{file}, line {line}: {', '.join(empty)} missing")
        yield line, filled


def enter(store: Store, report_id: int, cell: str, value: str, reason: str, by: str) -> str:
    """Write one correction inside the caller's transaction."""
    corrected = number(value)
    parts = cell.replace(".", "/").split("/")
    row = store.connection.execute(
        "SELECT c.* FROM reports r JOIN cells c ON c.edition_id = r.current_edition_id"
        " WHERE r.id = ? AND c.table_id || '/' || c.row_id || '/' || c.column_id = ?",
        (report_id, "/".join(parts)),
    ).fetchone()
    if row is None:
        raise UsageError(f"report {report_id} has no cell {cell!r}; cells are named table/row/column")
    if is_stored(store, row, corrected, reason, by):
        return f"report {report_id}, {cell}: this correction is stored already"
    insert(
        store.connection,
        "corrections",
        {
            "edition_id": row["edition_id"],
            "table_id": row["table_id"],
            "row_id": row["row_id"],
            "column_id": row["column_id"],
            "value": corrected,
            "reason": reason,
            "by": by,
            "at": now(),
        },
    )
    return f"report {report_id}, {cell}: printed {row['raw'].strip()!r}, corrected to {value} by {by}"


def is_stored(store: Store, cell: sqlite3.Row, value: str, reason: str, by: str) -> bool:
    """Whether the last correction of the cell says just this: the same file entered twice changes nothing."""
    last = store.connection.execute(
        "SELECT value, reason, by FROM corrections WHERE edition_id = ? AND table_id = ? AND row_id = ?"
        " AND column_id = ? ORDER BY at DESC, id DESC LIMIT 1",
        (cell["edition_id"], cell["table_id"], cell["row_id"], cell["column_id"]),
    ).fetchone()
    return last is not None and (Decimal(str(last["value"])), last["reason"], last["by"]) == (
        Decimal(value),
        reason,
        by,
    )


def number(text: str) -> str:
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise UsageError(f"{text!r} is not a number") from error
    if not value.is_finite():
        raise UsageError(f"{text!r} is not a number")
    return format(value, "f")
