"""archive.db made again from the WARC files alone: captures from their records, everything else from the journal."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive import journal
from archive.capture import Capture, Kept
from archive.editions import insert
from archive.members import Gap
from archive.moments import stamp
from archive.store import HARVESTED_ROLES, Store
from archive.warc import Record, records, warc_files
from harvester.crawl.url_memory import StoredUrlMemory
from harvester.data_directory import explained_errors, sync
from harvester.errors import UsageError
from harvester.following import followed
from harvester.lock import locked

_LOG = logging.getLogger("harvester.rebuild")

CAPTURE = ("portal_id", "url", "role", "outcome", "media_type", "sha256", "size", "landing_url", "list_title",
           "list_date", "column_path", "redirected_from", "run_id")  # fmt: skip
GROWING = "archive-rebuilding.db"
"""The new database until it is whole."""

TOLD = ("landing_url", "list_title", "list_date", "column_path", "redirected_from")


def rebuild(data: Path) -> str:
    """Make archive.db from data/warc; an existing archive.db is kept beside it under another name.

    It grows beside and takes its place when it is whole: half an archive must never be taken for the archive.
    Reading the documents is left to `parse`. Raises UsageError when there are no WARC files.
    """
    files = [file for file in warc_files(data / "warc") if file.name != journal.FILE]
    if not files:
        raise UsageError(f"{data / 'warc'}: no WARC files to rebuild from")
    gaps: list[Gap] = []
    with locked(data, "rebuild"):
        growing = data / GROWING
        remove(growing)
        with explained_errors(growing), Store.open(data, GROWING) as store:
            restoring = Restoring(store)
            count = sum(restoring.file(file, gaps) for file in followed(files, "WARC files", len(files)))
            restoring.journal(gaps)
        sync(growing)
        set_aside(data / "archive.db")
        os.replace(growing, data / "archive.db")
        sync(data)
    for gap in gaps:
        _LOG.warning("%s", gap)
    damaged = sum(not gap.is_tail for gap in gaps)
    return (
        f"rebuilt archive.db from {len(files)} WARC files: {count} captures"
        + (f"; {damaged} damaged places were passed over" if damaged else "")
        + "; now run `harvester parse`"
    )


def remove(database: Path) -> None:
    """What a rebuild that was killed left behind."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def set_aside(database: Path) -> None:
    """Give the old database another name; none that was set aside before is lost."""
    number = 1
    while (kept := database.with_name(f"archive-before-rebuild-{number}.db")).exists():
        number += 1
    for suffix in ("", "-wal", "-shm"):
        old = database.with_name(database.name + suffix)
        if old.exists():
            os.replace(old, kept.with_name(kept.name + suffix))


class Restoring:
    """Rows out of records; the crawler's memory of each portal grows with them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.memories: dict[str, StoredUrlMemory] = {}

    def file(self, file: Path, gaps: list[Gap]) -> int:
        """All captures of one WARC file, in one transaction."""
        count = 0
        self.store.connection.execute("BEGIN")
        for record in records(file, gaps):
            if record.harvest.get("portal_id"):
                self.capture(record)
                count += 1
        self.store.connection.execute("COMMIT")
        return count

    def capture(self, record: Record) -> None:
        """One capture with its run, portal and document."""
        harvest = record.harvest
        fetched_at = stamp(record.exchange.fetched_at)
        self.store.connection.execute(
            "INSERT INTO runs (id, kind, started_at, finished_at, status) VALUES (?, 'run', ?, ?, 'interrupted')"
            " ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at",
            (harvest["run_id"], fetched_at, fetched_at),
        )
        memory = self.memory(harvest)
        row = {name: harvest.get(name) for name in CAPTURE} | {
            "fetched_at": fetched_at,
            "http_status": record.exchange.status,
            "etag": record.exchange.header("etag"),
            "last_modified": record.exchange.header("last-modified"),
            "tls": (harvest.get("tls") or {}).get("verdict"),
            "warc_file": record.reference.file,
            "warc_offset": record.reference.offset,
        }
        capture_id = insert(self.store.connection, "captures", row)
        memory.kept(to_capture(record), Kept(capture_id, harvest["outcome"], harvest.get("sha256")))
        if harvest.get("sha256") and harvest["role"] in HARVESTED_ROLES:
            self.store.connection.execute(
                "INSERT INTO documents (sha256, media_type, size, kind, simulated) VALUES (?, ?, ?, 'pending', ?)"
                " ON CONFLICT DO NOTHING",
                (harvest["sha256"], harvest.get("media_type"), harvest["size"], harvest["portal"].get("simulated")),
            )

    def memory(self, harvest: Mapping[str, Any]) -> StoredUrlMemory:
        """What is remembered of the portal of a capture; its row is entered with the first."""
        portal_id = harvest["portal_id"]
        if portal_id not in self.memories:
            portal = {"status": "unverified", "status_reason": None, **harvest["portal"], "id": portal_id}
            self.store.save_portals([portal])
            self.memories[portal_id] = StoredUrlMemory(self.store, portal_id)
        return self.memories[portal_id]

    def journal(self, gaps: list[Gap]) -> None:
        """Runs, events, the standing of portals, ids and corrections."""
        with self.store.connection:
            self.store.connection.execute("BEGIN")
            for entry in journal.entries(self.store.warc, gaps):
                journal.restore(self.store.connection, entry)
            # Editions of documents that are damaged: nothing can be said of them until they are fetched again.
            self.store.connection.execute("DELETE FROM editions WHERE sha256 NOT IN (SELECT sha256 FROM documents)")


def to_capture(record: Record) -> Capture:
    """The capture as the crawl handed it over; the crawler's memory looks at no bytes."""
    harvest = record.harvest
    told = {name: harvest.get(name) for name in TOLD}
    outcome = harvest["outcome"] if harvest["outcome"] == "gone" else None
    return Capture(harvest["url"], harvest["role"], record.exchange, b"", outcome=outcome, **told)
