"""The data directory: what a command needs to find there, and what is said when it is missing or damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.long_statements import hear_signals
from archive.read_only import fixed_address, open_read_only
from archive.store import Store
from archive.warc import WarcError
from harvester.errors import RunFailed, UsageError


def working_database(data: Path) -> Path:
    """data/archive.db. Raises UsageError when nothing was ever harvested, or when only the WARC files are left."""
    database = data / "archive.db"
    if database.exists() and database.stat().st_size:
        return database
    if any((data / "warc").glob("*.warc.gz")):
        lack = "empty" if database.exists() else "missing"
        raise UsageError(f"{database} is {lack}; `harvester rebuild` makes it again from the WARC files")
    raise UsageError(f"{data}: nothing harvested here yet; start with `harvester run` or `harvester demo`")


def published_database(data: Path) -> Path:
    """The file that data/site/archive.db points at. Raises UsageError when nothing is published."""
    link = data / "site" / "archive.db"
    if not link.exists():
        raise UsageError(
            f"{data}: nothing published yet; run `harvester publish` first (the demo's data: --data data/demo)"
        )
    return link.resolve()


@contextmanager
def open_store(data: Path) -> Iterator[Store]:
    """The archive, open; what SQLite or a WARC file finds wrong inside the block names the file."""
    with explained_errors(data / "archive.db"), Store.open(data) as store:
        yield store


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    """A database open for reading only, also where nothing can be written: a mounted backup, a full disk."""
    with explained_errors(database), closing(connected(database)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def connected(database: Path) -> sqlite3.Connection:
    """A connection that has been tried. SQLite keeps a small file beside a database that is in use, if it may."""
    connection = open_read_only(database)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        log = database.with_name(f"{database.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        connection = sqlite3.connect(fixed_address(database), uri=True)
    except sqlite3.Error:
        connection.close()
        raise
    hear_signals(connection)
    return connection


@contextmanager
def explained_errors(database: Path) -> Iterator[None]:
    """Errors of SQLite and of WARC files as RunFailed: which file it is, and what can be done about it."""
    try:
        yield
    except sqlite3.Error as error:
        # Only this class itself means damage; its subclasses are a full disk, a lock, a programming error.
        damaged = type(error) is sqlite3.DatabaseError
        raise RunFailed(f"{database}: {error}{advice(database) if damaged else ''}") from error
    except WarcError as error:
        raise RunFailed(f"{database.parent}: {error}") from error


def advice(database: Path) -> str:
    """How a damaged database is replaced: each can be made again."""
    if database.parent.name == "site":
        return "; remove it and run `harvester publish`"
    return "; `harvester rebuild` makes it again from the WARC files"


def sync(path: Path) -> None:
    """A file, or the names in a folder, are on the disk when this returns. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
