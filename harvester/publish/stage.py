"""The published database: built beside the old one, checked by the gates, swapped in by renaming a symbolic link.

Its name carries a hash of its content: the same archive publishes the same file, and nothing is swapped when nothing
has changed. The last two files are kept, for readers that still have the older one open.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.schema import TableSpec, create_statement, tables
from archive.store import Store
from harvester.data_directory import explained_errors
from harvester.publish.gates import check_gates
from harvester.publish.withheld import withhold
from harvester.site.build.prepare import prepare, recipe

KEEP_FILES = 2


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the file, whether it is new, and its size."""

    file: Path
    is_new: bool
    reports: int
    cells: int

    def __str__(self) -> str:
        what = "published" if self.is_new else "nothing changed, still published:"
        return f"{what} {self.file.name}: {self.reports} reports, {self.cells} cells"


def publish(store: Store) -> Publication:
    """Build, check, swap. Raises GateRefused and leaves the last good database when a gate fails."""
    site = store.data / "site"
    draft = site / f"draft-{os.getpid()}.db"
    clear_drafts(site)
    try:
        digest = build(store, draft)
        final = site / f"archive-{digest[:12]}.db"
        link = site / "archive.db"
        is_new = not link.exists() or link.resolve() != final.resolve() or not is_whole(final)
        if is_new:
            last_good = link.resolve() if link.exists() and link.resolve() != final.resolve() else None
            with explained_errors(last_good or draft):
                check_gates(draft, last_good)
            swap(draft, final, link)
    finally:
        draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"file:{final}?mode=ro", uri=True)) as connection:
        reports, cells = connection.execute(
            "SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM cells)"
        ).fetchone()
    return Publication(final, is_new, reports, cells)


def is_whole(database: Path) -> bool:
    """Whether a published file still opens. One that does not is replaced by the same content."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM reports").fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def build(store: Store, draft: Path) -> str:
    """Write the public tables into a new file and add what the site needs; return the hash of its content."""
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("ATTACH ? AS working", (str(store.data / "archive.db"),))
        digest = hashlib.sha256()
        connection.execute("BEGIN")
        for table in tables().values():
            if not table.private:
                copy(connection, table)
                digest.update(fingerprint(connection, table).encode())
        digest.update(withhold(connection, store.data).encode())
        digest.update(recipe().encode())
        connection.execute("COMMIT")
        connection.execute("DETACH working")
        prepare(connection)
        # A new version of the site may want other tables from the same rows: that too is a new publication.
        for (statement,) in connection.execute("SELECT sql FROM sqlite_master ORDER BY name, sql"):
            digest.update(str(statement).encode())
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the new database does not pass its own check")
    finally:
        connection.close()
    sync(draft)
    return digest.hexdigest()


def copy(connection: sqlite3.Connection, table: TableSpec) -> None:
    """One table, rows in key order, so that the same rows give the same file."""
    connection.execute(create_statement(table))
    if is_kept_by_key(table) and len(set(connection.execute(DEFINITIONS, (table.name, table.name)))) == 1:
        # The same definition, and a tree that is sorted by its key: SQLite copies records without taking them apart.
        connection.execute(f'INSERT INTO main."{table.name}" SELECT * FROM working."{table.name}"')
        return
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    connection.execute(
        f'INSERT INTO main."{table.name}" ({names}) SELECT {names} FROM working."{table.name}" ORDER BY {order}'
    )


DEFINITIONS = (
    "SELECT sql FROM main.sqlite_master WHERE name = ? UNION ALL SELECT sql FROM working.sqlite_master WHERE name = ?"
)


def is_kept_by_key(table: TableSpec) -> bool:
    """Whether the order of the rows in the file is that of the key."""
    return table.without_rowid or (table.key == ("id",) and table.columns[0].type == "INTEGER")


# A run that found nothing new changes these and no more; that alone is not worth a swap.
BOOKKEEPING = {"runs", "releases"}
# Functions of the document and the moment it was read, which `documents` has; forty million cells need no hashing.
DERIVED = {"cells", "checks", "sections", "document_pages"}


def fingerprint(connection: sqlite3.Connection, table: TableSpec) -> str:
    """A hash over the rows of a table in key order; empty for tables that follow from others."""
    if table.name in BOOKKEEPING | DERIVED:
        return ""
    digest = hashlib.sha256(table.name.encode())
    order = ", ".join(f'"{name}"' for name in table.key)
    for row in connection.execute(f'SELECT * FROM main."{table.name}" ORDER BY {order}'):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def swap(draft: Path, final: Path, link: Path) -> None:
    """Give the draft its name, then point the link at it: readers see the old file or the new one, never neither."""
    os.replace(draft, final)
    beside = link.with_name("archive.db.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(final.name)
    os.replace(beside, link)
    sync(link.parent)
    published = sorted(link.parent.glob("archive-*.db"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in [path for path in published if path != final][KEEP_FILES - 1 :]:
        old.unlink()


def clear_drafts(site: Path) -> None:
    """Drafts of a run that was killed."""
    for draft in site.glob("draft-*.db*"):
        draft.unlink()


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
