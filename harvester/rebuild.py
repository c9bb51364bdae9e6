"""archive.db made again from the WARC files alone: every capture, document and portal that the records tell of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.editions import insert
from archive.store import Store, stamp
from archive.warc import Record, records
from harvester.errors import UsageError
from harvester.lock import locked

CAPTURE = ("portal_id", "url", "role", "outcome", "media_type", "sha256", "size", "landing_url", "list_title",
           "list_date", "column_path", "redirected_from", "run_id")  # fmt: skip


def rebuild(data: Path) -> str:
    """Make archive.db from data/warc; an existing archive.db is kept beside it under another name.

    Reading the documents is left to `parse --all`. Raises UsageError when there are no WARC files.
    """
    files = sorted((data / "warc").glob("*.warc.gz"))
    if not files:
        raise UsageError(f"{data / 'warc'}: no WARC files to rebuild from")
    with locked(data, "rebuild"):
        set_aside(data / "archive.db")
        with Store.open(data) as store:
            count = sum(restore_file(store, file) for file in files)
    return f"rebuilt archive.db from {len(files)} WARC files: {count} captures; now run `harvester parse --all`"


def set_aside(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        old = database.with_name(database.name + suffix)
        if old.exists():
            os.replace(old, old.with_name(f"archive-before-rebuild.db{suffix}"))


def restore_file(store: Store, file: Path) -> int:
    """All captures of one WARC file, in one transaction."""
    count = 0
    store.connection.execute("BEGIN")
    for record in records(file):
        if record.harvest.get("portal_id"):
            restore(store, record)
            count += 1
    store.connection.execute("COMMIT")
    return count


def restore(store: Store, record: Record) -> None:
    """One capture with its run, portal and document."""
    harvest: Mapping[str, Any] = record.harvest
    connection = store.connection
    fetched_at = stamp(record.exchange.fetched_at)
    connection.execute(
        "INSERT INTO runs (id, kind, started_at, finished_at, status) VALUES (?, 'run', ?, ?, 'done')"
        " ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at",
        (harvest["run_id"], fetched_at, fetched_at),
    )
    portal = {"hosts": "[]", "status": "unverified", **harvest.get("portal", {}), "id": harvest["portal_id"]}
    names = ", ".join(portal)
    connection.execute(
        f"INSERT INTO portals ({names}) VALUES ({', '.join(f':{name}' for name in portal)}) ON CONFLICT DO NOTHING",
        portal,
    )
    insert(
        connection,
        "captures",
        {
            **{name: harvest.get(name) for name in CAPTURE},
            "fetched_at": fetched_at,
            "http_status": record.exchange.status,
            "etag": record.exchange.header("etag"),
            "last_modified": record.exchange.header("last-modified"),
            "warc_file": record.reference.file,
            "warc_offset": record.reference.offset,
        },
    )
    if harvest.get("sha256") and harvest["role"] in ("page", "attachment"):
        connection.execute(
            "INSERT INTO documents (sha256, media_type, size, kind, simulated) VALUES (?, ?, ?, 'pending', ?)"
            " ON CONFLICT DO NOTHING",
            (harvest["sha256"], harvest.get("media_type"), harvest["size"], portal.get("simulated")),
        )
