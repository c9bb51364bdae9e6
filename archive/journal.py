"""The journal: what captures do not tell, so that archive.db can be made again from the WARC files alone.

data/warc/journal.warc.gz, append-only, one metadata record an entry: a run with its events, what it found out about
its portals, which lists it walked and what failed, and the ids it gave to agencies, reports and editions; or human
corrections.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter as RecordWriter

from archive.members import Gap, next_record
from archive.warc import DAMAGED
from archive.warc_format import METADATA, told_by, told_in_fields

FILE = "journal.warc.gz"
TARGET = "urn:disclosure-harvester:journal"
NAMED: Mapping[str, str] = {
    "agencies": "*",
    "reports": "id, agency_id, agency_name, division_code, province, city, county, year, scope, simulated",
    "editions": "id, report_id, sha256, member",
}
"""Tables whose ids stand in addresses and citations, with what tells a row from others: a report that is entered anew
must not get another's number. Everything else in them comes from the documents."""

CALENDAR = """SELECT * FROM urls WHERE (role IN ('list', 'page') OR failures > 0) AND last_checked >= coalesce(
    (SELECT max(started_at) FROM runs WHERE id != ? AND json_extract(stats, '$.ids') IS NOT NULL), '') ORDER BY url"""
"""What no capture tells, since the run told of last: when a list that was walked is due again, whether all that hangs
on an article was asked for, and what failed."""

READINGS = """SELECT * FROM list_readings WHERE read_at >= (SELECT started_at FROM runs WHERE id = ?)
    ORDER BY portal_id, url"""
"""Lists that were read twice in a run."""

NEWER = "SELECT 1 FROM urls WHERE url = ? AND last_checked > ?"

Entry = Mapping[str, Any]


def append(folder: Path, entry: Entry) -> None:
    """Add one entry; it is on the disk when this returns. Raises OSError, and leaves nothing half-written."""
    with (folder / FILE).open("ab") as file:
        start = file.tell()
        writer = RecordWriter(file, gzip=True, warc_version="1.1")
        try:
            if start == 0:
                info = {"software": "disclosure-harvester", "format": "WARC File Format 1.1"}
                writer.write_record(writer.create_warcinfo_record(FILE, info))
            text = told_in_fields(entry)
            record = writer.create_warc_record(
                TARGET, "metadata", payload=io.BytesIO(text), length=len(text), warc_content_type=METADATA
            )
            writer.write_record(record)
            record.raw_stream.close()
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), start)
            raise


def entries(folder: Path, gaps: list[Gap] | None = None) -> Iterator[Entry]:
    """Every entry, oldest first, past whatever is damaged; what could not be read is appended to `gaps`."""
    file = folder / FILE
    if not file.exists():
        return
    with file.open("rb") as stream:
        offset = next_record(stream, 0)
        while offset is not None:
            entry = _entry(stream, offset)
            following = next_record(stream, offset + 1)
            if entry is not None:
                yield entry
            elif gaps is not None:
                gaps.append(Gap(FILE, offset, following or file.stat().st_size, following is None))
            offset = following


def _entry(stream: io.BufferedReader, offset: int) -> Entry | None:
    """The entry that begins at an offset, empty for the file's own description, None when it is damaged."""
    stream.seek(offset)
    try:
        record = next(ArchiveIterator(stream))
        entry: Entry = told_by(record) if record.rec_type == "metadata" else {}
    except (*DAMAGED, StopIteration):
        return None
    return entry


def last_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """Highest id of each named table when a run last wrote its entry."""
    row = connection.execute(
        "SELECT json_extract(stats, '$.ids') FROM runs WHERE json_extract(stats, '$.ids') IS NOT NULL"
        " ORDER BY started_at DESC, id DESC LIMIT 1"
    ).fetchone()
    return dict.fromkeys(NAMED, 0) | (json.loads(row[0]) if row else {})


def present_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """Highest id of each named table now."""
    query = "SELECT coalesce(max(id), 0) FROM {}"
    return {table: connection.execute(query.format(table)).fetchone()[0] for table in NAMED}


def run_entry(
    connection: sqlite3.Connection, run_id: str, portals: Iterable[str], since: Mapping[str, int]
) -> dict[str, Any]:
    """What a run has to tell: its row, events and portals, and everything that got an id above `since`."""
    entry = {
        "urls": [dict(row) for row in connection.execute(CALENDAR, (run_id,))],
        "runs": _rows(connection, "runs", "id = ?", run_id),
        "events": _rows(connection, "events", "run_id = ?", run_id),
        "list_walks": _rows(connection, "list_walks", "run_id = ?", run_id),
        "list_readings": [dict(row) for row in connection.execute(READINGS, (run_id,))],
        "portals": _rows(connection, "portals", "id IN (SELECT value FROM json_each(?))", json.dumps(sorted(portals))),
    }
    return entry | {table: _rows(connection, table, "id > ?", since[table], names) for table, names in NAMED.items()}


def corrections_entry(connection: sqlite3.Connection, after: int) -> dict[str, Any]:
    """The corrections above an id."""
    return {"corrections": _rows(connection, "corrections", "id > ?", after)}


def _rows(
    connection: sqlite3.Connection, table: str, where: str, value: object, names: str = "*"
) -> list[dict[str, Any]]:
    found = connection.execute(f"SELECT {names} FROM {table} WHERE {where} ORDER BY id", (value,))
    return [dict(row) for row in found]


def restore(connection: sqlite3.Connection, entry: Entry) -> None:
    """Enter the rows of an entry under the ids they had; a later entry of the same row counts, and so does a later
    capture of an address."""
    for table, rows in entry.items():
        for row in rows:
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            values = tuple(row.values())
            if table == "urls" and connection.execute(NEWER, (row["url"], row["last_checked"])).fetchone():
                continue
            connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", values)
