"""The only code that writes archive.db: runs, portals, captures, events, and what the crawler remembers.

Bytes first, row second: a capture's WARC record is on the disk before its row is written. What parsing writes
is in archive/editions.py, on the same connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any

from sqlite_utils import Database

from archive import news
from archive.capture import Capture, Kept
from archive.crawl_memory import CrawlMemory
from archive.exchange import Exchange
from archive.long_statements import hear_signals
from archive.migrations import migrate
from archive.moments import now, stamp
from archive.places import add_simulated, fill_divisions
from archive.proof import proven_content
from archive.warc import Record, Reference, WarcError, content_sha256, read_record
from archive.warc_writer import WarcWriter

MOST_HOLDERS = 20
"""Records that are looked into for one content."""

HARVESTED_ROLES = ("page", "attachment")

DATABASE = "archive.db"
"""Name of the working database in a data directory."""


class Store(CrawlMemory):
    """An open data directory. Not thread-safe; one process writes at a time (harvester's lock sees to it)."""

    def __init__(self, data: Path, database: str = DATABASE) -> None:
        self.data = data
        self.warc = data / "warc"
        for folder in (self.warc, data / "site", data / "runs", data / "exports"):
            folder.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(data / database, timeout=30, isolation_level=None)
        hear_signals(self.connection)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        migrate(Database(self.connection))
        news.install(self.connection)
        fill_divisions(self.connection)

    @classmethod
    def over(cls, data: Path, connection: sqlite3.Connection) -> Store:
        """A data directory behind a connection that is open already, for reading: nothing is laid out or migrated."""
        store = cls.__new__(cls)
        store.data, store.warc, store.connection = data, data / "warc", connection
        return store

    @classmethod
    def open(cls, data: Path, database: str = DATABASE) -> Store:
        """Open (and lay out, if new) a data directory; the schema is brought up to date."""
        return cls(data, database)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Runs and portals

    def start_run(self, kind: str = "run") -> str:
        """Open a run; runs that a kill left open are marked `interrupted`. Ids sort by time, as their WARC files do."""
        begun = datetime.now(UTC)
        run_id = f"{begun:%Y%m%dT%H%M%S}-{begun.microsecond:05x}{token_hex(1)}"
        with self.connection:
            self.connection.execute(
                "UPDATE runs SET status = 'interrupted', finished_at = ?, stats = json_object('portals', (SELECT"
                " json_group_object(portal_id, json(account)) FROM visit_accounts WHERE run_id = runs.id))"
                " WHERE status = 'running'",
                (now(),),
            )
            self.connection.execute(
                "INSERT INTO runs (id, kind, started_at, status) VALUES (?, ?, ?, 'running')", (run_id, kind, now())
            )
        return run_id

    def finish_run(self, run_id: str, status: str, stats: Mapping[str, Any]) -> None:
        """Close a run as done or failed, with its figures."""
        self.connection.execute(
            "UPDATE runs SET status = ?, finished_at = ?, stats = ? WHERE id = ?",
            (status, now(), json.dumps(stats, ensure_ascii=False, sort_keys=True), run_id),
        )
        self.connection.execute("DELETE FROM visit_accounts WHERE run_id = ?", (run_id,))

    def save_visit(self, run_id: str, portal_id: str, figures: Mapping[str, Any]) -> None:
        """What the visit to one portal came to, while the run goes on."""
        self.connection.execute(
            "INSERT OR REPLACE INTO visit_accounts (run_id, portal_id, account) VALUES (?, ?, ?)",
            (run_id, portal_id, json.dumps(figures, ensure_ascii=False)),
        )

    def save_list_walks(self, run_id: str, portal_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """How the walks of a portal's lists ended, once the visit to it is over."""
        for row in rows:
            values = {"run_id": run_id, "portal_id": portal_id, "walked_at": now(), **row}
            names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
            self.connection.execute(f"INSERT INTO list_walks ({names}) VALUES ({marks})", values)

    def save_portals(self, portals: Iterable[Mapping[str, Any]]) -> None:
        """Bring the registry's rows in; what a run has found out (status, last_ok_at) is kept."""
        rows = [dict(portal) for portal in portals]
        with self._together():
            add_simulated(self.connection, rows)
            self.connection.executemany(
                "INSERT INTO portals (id, name, division_code, level, family, hosts, status, status_reason, simulated,"
                " start_url) VALUES (:id, :name, :division_code, :level, :family, :hosts, :status, :status_reason,"
                " :simulated, :start_url) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                " division_code = excluded.division_code, level = excluded.level, family = excluded.family,"
                " hosts = excluded.hosts, simulated = excluded.simulated, start_url = excluded.start_url",
                rows,
            )

    def set_portal_status(self, portal_id: str, status: str, reason: str | None, *, ok: bool) -> None:
        """What a run has found out about a portal. `ok` stamps last_ok_at."""
        self.connection.execute(
            "UPDATE portals SET status = ?, status_reason = ?, last_ok_at = CASE WHEN ? THEN ? ELSE last_ok_at END"
            " WHERE id = ?",
            (status, reason, ok, now(), portal_id),
        )

    def record_event(self, run_id: str, portal_id: str, url: str | None, kind: str, detail: str | None) -> None:
        """Trouble or oddity: never fatal, never lost."""
        self.connection.execute(
            "INSERT INTO events (run_id, portal_id, url, kind, detail, at) VALUES (?, ?, ?, ?, ?, ?)",
            (run_id, portal_id, url, kind, detail, now()),
        )

    # Captures

    def keep(self, run_id: str, portal_id: str, capture: Capture, writer: WarcWriter) -> Kept:
        """Archive one answer: bytes into the WARC file, then its row, then its document.

        Content that is archived already becomes a revisit record: nothing is stored twice.
        """
        before = self.last_capture(capture.url)
        digest = self._digest(capture, before)
        outcome = capture.outcome or self._outcome(digest, before)
        reference = self._archive(run_id, portal_id, capture, digest, outcome, writer)
        with self._together():
            capture_id = self._insert_capture(run_id, portal_id, capture, digest, outcome, reference)
            if capture.role in HARVESTED_ROLES and outcome in ("new", "changed", "unchanged") and digest:
                self.connection.execute(
                    "INSERT INTO documents (sha256, media_type, size, kind, simulated)"
                    " SELECT ?, ?, ?, 'pending', simulated FROM portals WHERE id = ? ON CONFLICT DO NOTHING",
                    (digest, capture.media_type, len(capture.body), portal_id),
                )
        return Kept(capture_id, outcome, digest)

    @contextmanager
    def _together(self) -> Iterator[None]:
        """One transaction, or a part of the caller's."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        with self.connection:
            yield

    def last_capture(self, url: str) -> sqlite3.Row | None:
        """The newest capture of an address that holds content, None for a new address."""
        row: sqlite3.Row | None = self.connection.execute(
            "SELECT * FROM captures WHERE url = ? AND outcome != 'gone' ORDER BY id DESC LIMIT 1", (url,)
        ).fetchone()
        return row

    def outcomes(self, url: str, last: int) -> list[str]:
        """What the last captures of an address came to, the newest first."""
        query = "SELECT outcome FROM captures WHERE url = ? ORDER BY id DESC LIMIT ?"
        return [row[0] for row in self.connection.execute(query, (url, last))]

    def content(self, digest: str) -> bytes:
        """The bytes of a document, out of its WARC record. Raises WarcError when they are not there or not right."""
        return proven_content(self.warc, [to_reference(row) for row in self.holders(digest)], digest)

    def _digest(self, capture: Capture, before: sqlite3.Row | None) -> str | None:
        if capture.outcome == "gone":
            return None
        if capture.exchange.status == HTTPStatus.NOT_MODIFIED and before is not None:
            return str(before["sha256"])
        return content_sha256(capture.body)

    @staticmethod
    def _outcome(digest: str | None, before: sqlite3.Row | None) -> str:
        if before is None:
            return "new"
        return "unchanged" if before["sha256"] == digest else "changed"

    def _archive(
        self, run_id: str, portal_id: str, capture: Capture, digest: str | None, outcome: str, writer: WarcWriter
    ) -> Reference:
        told = (name for name in Capture.__dataclass_fields__ if name not in ("exchange", "body"))
        harvest: dict[str, Any] = {"portal_id": portal_id} | {name: getattr(capture, name) for name in told}
        harvest |= {"run_id": run_id, "outcome": outcome, "sha256": digest, "size": len(capture.body)}
        harvest["portal"] = self._portal(portal_id)
        held = self._readable(digest) if digest and outcome != "gone" else None
        if held is None or digest is None or not says_the_same(capture.exchange, held):
            return writer.write(capture.exchange, harvest)
        return writer.write_revisit(capture.exchange, digest, held, harvest)

    def holders(self, digest: str) -> list[sqlite3.Row]:
        """Captures whose records may hold this content, the likeliest first; a record that was damaged is not the only
        one where the content was met again."""
        return self.connection.execute(
            "SELECT c.* FROM captures c WHERE c.sha256 = ? AND c.http_status != 304"
            " ORDER BY c.outcome NOT IN ('new', 'changed'), c.id LIMIT ?",
            (digest, MOST_HOLDERS),
        ).fetchall()

    def named(self, beginning: str) -> str | None:
        """The hash of the document whose hash begins so; None where none does, or several do."""
        found = self.connection.execute(
            "SELECT sha256 FROM documents WHERE sha256 >= ? AND sha256 < ? LIMIT 2", (beginning, f"{beginning}g")
        ).fetchall()
        return str(found[0][0]) if len(found) == 1 else None

    def _readable(self, digest: str) -> Record | None:
        """The record that is proven to hold this content: a revisit refers to nothing that cannot be read."""
        return next(filter(None, (self._holding(row, digest) for row in self.holders(digest))), None)

    def _holding(self, row: sqlite3.Row, digest: str) -> Record | None:
        try:
            record = read_record(self.warc, to_reference(row))
            return record if content_sha256(record.content()) == digest else None
        except WarcError:
            return None

    def _portal(self, portal_id: str) -> dict[str, Any]:
        """What a rebuild of archive.db from the WARC files must know of a portal."""
        row = self.connection.execute(
            "SELECT name, division_code, level, family, hosts, simulated, start_url FROM portals WHERE id = ?",
            (portal_id,),
        ).fetchone()
        return dict(row) if row else {}

    def _insert_capture(
        self, run_id: str, portal_id: str, capture: Capture, digest: str | None, outcome: str, reference: Reference
    ) -> int:
        exchange = capture.exchange
        row = {
            "run_id": run_id,
            "portal_id": portal_id,
            "url": capture.url,
            "fetched_at": stamp(exchange.fetched_at),
            "http_status": exchange.status,
            "outcome": outcome,
            "media_type": capture.media_type,
            "sha256": digest,
            "size": len(capture.body),
            "etag": exchange.header("etag"),
            "last_modified": exchange.header("last-modified"),
            "warc_file": reference.file,
            "warc_offset": reference.offset,
            "role": capture.role,
            "landing_url": capture.landing_url,
            "list_title": capture.list_title,
            "list_date": capture.list_date,
            "column_path": capture.column_path,
            "redirected_from": capture.redirected_from,
            "tls": exchange.tls.verdict if exchange.tls is not None else None,
        }
        marks = ", ".join(f":{name}" for name in row)
        cursor = self.connection.execute(f"INSERT INTO captures ({', '.join(row)}) VALUES ({marks})", row)
        return int(cursor.lastrowid or 0)


def says_the_same(exchange: Exchange, held: Record) -> bool:
    """May a revisit stand for this answer? The same content packed otherwise is another payload: a replay would unpack
    the held bytes by the new headers."""
    return exchange.status == HTTPStatus.NOT_MODIFIED or exchange.body == held.exchange.body


def to_reference(row: sqlite3.Row) -> Reference:
    """Where the record of a capture begins."""
    return Reference(row["warc_file"], row["warc_offset"])
