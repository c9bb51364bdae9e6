"""The published database: one Datasette name, many successive immutable files; each request sees one of them whole.

`data/site/archive.db` is a symbolic link. A publication points it elsewhere by rename; the next request notices
(one `stat`), requests under way keep the file they began with, and connections to files nobody reads are closed.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from datasette.database import Database

from archive.read_only import fixed_address

T = TypeVar("T")
Identity = tuple[int, int, int]
"""inode, modification time in ns, size: what tells one published file from the next."""

NEEDED = (
    "reports",
    "cells",
    "site_facts",
    "figures",
    "cell_marks",
    "recent",
    "notable_findings",
    "first_seen",
    "search_index_config",
    "search_facets",
    "search_names",
)
"""Tables that tell a database of this version from an older one, and a whole one from a broken one."""

NEEDED_OF_REPORTS = ("level", "errors_found")
"""Columns that publishing adds."""

MOST_BYTES = 20_000_000
"""Of one value or row: what a query may build in a single step, which no time limit interrupts."""

STEPS_BETWEEN_LOOKS = 50_000
"""Steps of SQLite's machine: about two milliseconds."""

_pinned: ContextVar[Identity | None] = ContextVar("pinned", default=None)


class NotPublished(Exception):
    """There is no published database to serve yet."""


class Published(Database):  # type: ignore[misc]
    """`link` followed at each request. `pages` is a thread pool of our own, so visitors' SQL never delays a page."""

    def __init__(self, datasette: Any, link: Path, *, page_threads: int = 4) -> None:
        super().__init__(datasette, path=str(link), is_mutable=False)
        self._cached_table_counts: dict[str, int | None] | None = None
        self.link = link
        self.pages = ThreadPoolExecutor(page_threads, "pages")
        self.trouble: str | None = None
        self._files: dict[Identity, str] = {}
        self._readers: dict[Identity, int] = {}
        self._threads = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._refused: Identity | None = None
        self.current = self._first()

    def _first(self) -> Identity:
        identity, path = self._identify()
        self._check(path)
        self._adopt(identity, path)
        return identity

    def _identify(self) -> tuple[Identity, str]:
        try:
            path = os.path.realpath(self.link)
            found = os.stat(path)
        except OSError as error:
            raise NotPublished(f"{self.link} cannot be opened: {error.strerror}") from error
        return (found.st_ino, found.st_mtime_ns, found.st_size), path

    @staticmethod
    def _check(path: str) -> None:
        try:
            connection = _open(path)
            try:
                for table in NEEDED:
                    connection.execute(f"select 1 from {table} limit 1").fetchone()
                connection.execute(f"select {', '.join(NEEDED_OF_REPORTS)} from reports limit 1").fetchone()
            finally:
                connection.close()
        except sqlite3.Error as error:
            message = f"{path} is damaged, or was published by an older version ({error}); run harvester publish"
            raise NotPublished(message) from error

    def _adopt(self, identity: Identity, path: str) -> None:
        self._files[identity] = path
        self._readers.setdefault(identity, 0)
        self.path = path
        self.cached_hash = self.cached_size = self._cached_table_counts = None
        self.current = identity
        self.trouble = None

    def look(self) -> Identity:
        """Notice a new publication. A file that does not open is refused once and the old one keeps serving."""
        identity = None
        try:
            identity, path = self._identify()
            if identity == self.current:
                self.trouble = None
            elif identity != self._refused:
                self._check(path)
                self._adopt(identity, path)
        except NotPublished as error:
            self._refused = identity
            if self.trouble is None:
                print(f"publication refused, the last one keeps serving: {error}", file=sys.stderr)
            self.trouble = str(error)
        return self.current

    @contextmanager
    def pinned(self) -> Iterator[Identity]:
        """For one request: every query inside sees the file that was current when it began."""
        identity = self.look()
        self._readers[identity] += 1
        token = _pinned.set(identity)
        try:
            yield identity
        finally:
            _pinned.reset(token)
            self._readers[identity] -= 1
            for old in [key for key in self._files if key != self.current and not self._readers[key]]:
                del self._files[old], self._readers[old]

    def _connection(self, identity: Identity) -> sqlite3.Connection:
        mine: dict[Identity, sqlite3.Connection] = self._threads.__dict__.setdefault("connections", {})
        for old in [key for key in mine if key not in self._files]:
            closing = mine.pop(old)
            self._opened.remove(closing)
            closing.close()
        if identity not in mine:
            mine[identity] = _open(self._files[identity])
            self._opened.append(mine[identity])
            self.ds._prepare_connection(mine[identity], self.name)
        return mine[identity]

    async def _run(self, function: Callable[[sqlite3.Connection], T], pool: Executor) -> T:
        identity = _pinned.get() or self.current
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, lambda: function(self._connection(identity)))

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """Datasette's own way in: stock pages and visitors' SQL."""
        return await self._run(fn, self.ds.executor)

    async def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """The way in of our pages: a pool that visitors' SQL cannot fill."""
        return await self._run(function, self.pages)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Counted once when publishing, never by scanning forty million cells at start-up."""
        if self._cached_table_counts is None:
            counts = dict(await self.read(_stored_counts))
            self._cached_table_counts = {name: counts.get(name) for name in await self.table_names()}
        return self._cached_table_counts

    def close(self) -> None:
        """Close every connection ever opened; the server ends."""
        self.pages.shutdown()
        while self._opened:
            self._opened.pop().close()


class ReadConnection(sqlite3.Connection):
    """A connection that looks at the clock less often.

    Datasette's time limit runs a Python function every 1,000 steps of the query, which is some 30,000 times a second:
    three slow queries of visitors then pass the interpreter's lock among themselves and starve the pages.
    """

    def set_progress_handler(self, handler: Any, n: int) -> None:
        super().set_progress_handler(handler, max(n, STEPS_BETWEEN_LOOKS))


def _open(path: str) -> sqlite3.Connection:
    address = fixed_address(Path(path))
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, factory=ReadConnection)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    connection.set_authorizer(without_paths)
    return connection


REFUSED_FUNCTIONS = ("load_extension", "fts3_tokenizer")
"""One loads a library; the other shows, and takes, an address in this process's memory."""


def without_paths(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """SQLite asks before it compiles a statement: none tells where files lie on this machine, none opens another."""
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() == "database_list":
        return sqlite3.SQLITE_IGNORE
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in REFUSED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK


def _stored_counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    return [(name, n) for name, n in connection.execute("select name, rows from table_counts")]
