"""The published database: built beside the old one, checked by the gates, swapped in by renaming a symbolic link.

Its name carries a hash of its content: the same archive publishes the same file, and nothing is swapped when nothing
has changed. The last two files are kept, for readers that still have the older one open.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from archive import news
from archive.long_statements import hear_signals
from archive.read_only import open_read_only
from archive.schema import TableSpec, create_statement, tables
from archive.store import Store
from harvester.data_directory import explained_errors, sync
from harvester.following import followed
from harvester.publish.gates import check_gates
from harvester.publish.read_otherwise import FILE as READINGS
from harvester.publish.read_otherwise import check_readings
from harvester.publish.withheld import withheld, withhold
from harvester.site.build.prepare import prepare, recipe

KEEP_FILES = 2

REFRESHED_AFTER_DAYS = 7
"""Visits that found nothing new are published once in so many days: pages say when a report was last checked."""

PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the file, whether it is new, and its size."""

    file: Path
    is_new: bool
    reports: int
    cells: int
    otherwise: int = 0
    """Cells of documents that were read anew and say something else than in the last publication."""

    def __str__(self) -> str:
        what = "published" if self.is_new else "nothing changed, still published:"
        anew = f"; {self.otherwise} cells read otherwise than before: {READINGS}" if self.otherwise else ""
        return f"{what} {self.file.name}: {self.reports} reports, {self.cells} cells{anew}"


def publish(store: Store, *, accept_readings: bool = False) -> Publication:
    """Build, check, swap. Raises GateRefused and leaves the last good database when a gate fails.

    Nothing is built where no row that a visitor sees has changed since the last publication.
    """
    site = store.data / "site"
    draft = site / f"draft-{os.getpid()}.db"
    clear_drafts(site)
    state = public_state(store)
    last = last_publication(store, site, state)
    if last is not None:
        return counted(last, is_new=False)
    otherwise = 0
    try:
        digest = build(store, draft)
        final = site / f"archive-{digest[:12]}.db"
        link = site / "archive.db"
        is_new = not link.exists() or link.resolve() != final.resolve() or not is_whole(final)
        if is_new:
            last_good = link.resolve() if link.exists() and link.resolve() != final.resolve() else None
            with explained_errors(last_good or draft):
                check_gates(draft, last_good)
                if last_good is not None:
                    otherwise = check_readings(draft, last_good, store.data, accepted=accept_readings)
            swap(draft, final, link)
    finally:
        draft.unlink(missing_ok=True)
    news.looked(store.connection, PUBLISHED, json.dumps([state, final.name]))
    return replace(counted(final, is_new=is_new), otherwise=otherwise)


def counted(file: Path, *, is_new: bool) -> Publication:
    """A publication with its size, from the numbers that it brings along."""
    with closing(open_read_only(file)) as connection:
        counts = dict(connection.execute("SELECT name, rows FROM table_counts WHERE name IN ('reports', 'cells')"))
    return Publication(file, is_new, counts["reports"], counts["cells"])


def public_state(store: Store) -> str:
    """What a publication is made from, without looking at it: the same text, the same publication.

    The week of the last visit is a part of it: when a report was last checked is never out by more.
    """
    connection = store.connection
    digest = hashlib.sha256(recipe().encode())
    digest.update(repr([create_statement(table) for table in tables().values()]).encode())
    digest.update(repr(withheld(store.data)).encode())
    return f"{news.public_state(connection)} {week(connection)} {digest.hexdigest()}"


def week(connection: sqlite3.Connection, schema: str = "main") -> int:
    """Number of the week in which the newest capture was made, 0 without one."""
    newest = f"SELECT fetched_at FROM {schema}.captures ORDER BY id DESC LIMIT 1"
    (days,) = connection.execute(f"SELECT julianday(({newest})) / {REFRESHED_AFTER_DAYS}").fetchone()
    return int(days or 0)


def last_publication(store: Store, site: Path, state: str) -> Path | None:
    """The file that was made from the same, where it still stands and opens."""
    noted, link = news.last_look(store.connection, PUBLISHED), site / "archive.db"
    if noted is None or not link.exists():
        return None
    before, name = json.loads(noted)
    final = site / name
    return final if before == state and link.resolve() == final.resolve() and is_whole(final) else None


def is_whole(database: Path) -> bool:
    """Whether a published file still opens. One that does not is replaced by the same content."""
    try:
        with closing(open_read_only(database)) as connection:
            connection.execute("SELECT count(*) FROM reports").fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def build(store: Store, draft: Path) -> str:
    """Write the public tables into a new file and add what the site needs; return the hash of its content."""
    connection = sqlite3.connect(draft, isolation_level=None)
    hear_signals(connection)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("ATTACH ? AS working", (str(store.data / "archive.db"),))
        digest = hashlib.sha256()
        connection.execute("BEGIN")
        public = [table for table in tables().values() if not table.private]
        for table in followed(public, "tables copied", len(public)):
            copy(connection, table)
            digest.update(fingerprint(connection, table).encode())
        digest.update(f"{withhold(connection, store.data)} {week(connection, 'working')}".encode())
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


def fingerprint(connection: sqlite3.Connection, table: TableSpec) -> str:
    """A hash over the rows of a table in key order; empty for tables that follow from others.

    Without what every visit changes (archive/news.py): a visit that found nothing new is not worth a swap.
    """
    if table.name in news.BOOKKEEPING | news.DERIVED:
        return ""
    digest = hashlib.sha256(table.name.encode())
    order = ", ".join(f'"{name}"' for name in table.key)
    told = ", ".join(f'"{one.name}"' for one in table.columns if one.name not in news.VOLATILE.get(table.name, ()))
    where = " WHERE outcome IS NOT 'unchanged'" if table.name == "captures" else ""
    for row in connection.execute(f'SELECT {told} FROM main."{table.name}"{where} ORDER BY {order}'):
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
