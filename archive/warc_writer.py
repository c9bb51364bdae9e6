"""WARC files: request, response, revisit and metadata records, one gzip member each, append-only.

One file a run, ``<stamp>-<run id>.warc.gz`` in ``data/warc``. A record is on the disk (fsync) before its reference is
given out, so that a row never points at bytes that are not there; a kill in mid-record leaves a torn tail that no row
refers to. When a write fails (disk full) the file is cut back to the end of the last good record.

A capture's harvest data (portal, role, landing page, list title) goes into a metadata record right after its response:
archive.db can be made again from the WARC files alone.
"""

from __future__ import annotations

import io
import os
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter as RecordWriter

from archive.exchange import Exchange
from archive.warc import Record, Reference
from archive.warc_format import (
    ANSWER,
    CONTENT,
    METADATA,
    Lines,
    answer_in_a_line,
    answer_lines,
    told_in_fields,
    warc_date,
)

REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
RECORDING = "urn:disclosure-harvester:recording"
"""Target of the record with which a recorded visit ends: whose it was, and what it found."""


class WarcWriter:
    """The WARC file of one run. Use as a context manager; not thread-safe."""

    def __init__(self, folder: Path, run_id: str, software: str = "disclosure-harvester") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.path = folder / f"{stamp}-{run_id}.warc.gz"
        self.sync_each = True
        """False where the caller, harvester/crawl/write_batch.py, syncs before it commits rows about records."""
        self._chains: set[str] = set()
        self._file = self.path.open("xb")
        self._writer = RecordWriter(self._file, gzip=True, warc_version="1.1")
        info = {"software": software, "format": "WARC File Format 1.1", "robots": "obey", "isPartOf": run_id}
        self._append(self._writer.create_warcinfo_record(self.path.name, info))

    def write(self, exchange: Exchange, harvest: Mapping[str, Any] | None = None) -> Reference:
        """Append request, response and harvest data; return where the response begins, once it is on the disk.

        Raises OSError when it cannot be written; nothing half-written stays.
        """
        http = answer_lines(exchange)
        response = self._writer.create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=http,
            warc_headers_dict=self._headers(exchange),
        )
        return self._append_exchange(exchange, response, harvest)

    def write_revisit(
        self, exchange: Exchange, content_sha256: str, original: Record, harvest: Mapping[str, Any]
    ) -> Reference:
        """Append a revisit: the server said "not modified", or sent the content that is archived already.

        `original`: the response record that holds the bytes. Address, date and payload digest are given as they stand
        there: by these three a replay finds it.
        """
        headers = {
            **self._headers(exchange),
            "WARC-Refers-To-Target-URI": original.exchange.url,
            "WARC-Refers-To-Date": warc_date(original.exchange.fetched_at),
            "WARC-Payload-Digest": original.payload_digest or f"sha256:{content_sha256}",
            "WARC-Profile": REVISIT,
            CONTENT: content_sha256,
        }
        http: Lines | None = answer_lines(exchange)
        if exchange.status == HTTPStatus.NOT_MODIFIED:
            headers |= {"WARC-Profile": NOT_MODIFIED, ANSWER: answer_in_a_line(exchange)}
            http = None
        revisit = self._writer.create_warc_record(
            exchange.url, "revisit", payload=io.BytesIO(b""), length=0, http_headers=http, warc_headers_dict=headers
        )
        return self._append_exchange(exchange, revisit, harvest)

    def end_recording(self, note: Mapping[str, Any]) -> None:
        """Append what a recorded visit was and found (archive/tape.py). Raises OSError."""
        text = told_in_fields(note)
        self._append(
            self._writer.create_warc_record(
                RECORDING, "metadata", payload=io.BytesIO(text), length=len(text), warc_content_type=METADATA
            )
        )

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        if not self._file.closed:
            self._file.close()

    def __enter__(self) -> WarcWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _headers(self, exchange: Exchange) -> dict[str, str]:
        headers = {"WARC-Date": warc_date(exchange.fetched_at)}
        if exchange.ip_address:
            headers["WARC-IP-Address"] = exchange.ip_address
        return headers

    def _append_exchange(
        self, exchange: Exchange, record: ArcWarcRecord, harvest: Mapping[str, Any] | None
    ) -> Reference:
        path = exchange.url.split("//", 1)[-1].partition("/")[2]
        line = Lines(f"{exchange.method} /{path} HTTP/1.1", list(exchange.request_headers), is_http_request=True)
        request = self._writer.create_warc_record(
            exchange.url,
            "request",
            payload=io.BytesIO(exchange.request_body),
            length=len(exchange.request_body),
            http_headers=line,
            warc_headers_dict=self._headers(exchange),
        )
        request.rec_headers.add_header("WARC-Concurrent-To", record.rec_headers.get_header("WARC-Record-ID"))
        described = told_in_fields({**(harvest or {}), **self._tls(exchange)})
        metadata = self._writer.create_warc_record(
            exchange.url,
            "metadata",
            payload=io.BytesIO(described),
            length=len(described),
            warc_content_type=METADATA,
            warc_headers_dict={"WARC-Refers-To": record.rec_headers.get_header("WARC-Record-ID")},
        )
        offset, _, _ = self._append(record, request, metadata)
        return Reference(self.path.name, offset)

    def _tls(self, exchange: Exchange) -> dict[str, Any]:
        """The verdict on the chain of certificates; the chain itself beside the first capture of a file that has it."""
        if exchange.tls is None:
            return {}
        digests = [sha256(one).hexdigest() for one in exchange.tls.chain]
        told: dict[str, Any] = {"version": exchange.tls.version, "verdict": exchange.tls.verdict, "chain": digests}
        if not self._chains.issuperset(digests):
            told["certificates"] = [b64encode(one).decode() for one in exchange.tls.chain]
            self._chains.update(digests)
        return {"tls": told}

    def _append(self, *records: ArcWarcRecord) -> list[int]:
        """Write records and sync them; on any failure cut the file back to where it was."""
        start = self._file.tell()
        offsets = []
        try:
            for record in records:
                offsets.append(self._file.tell())
                self._writer.write_record(record)
                # warcio measures the payload into a temporary file and leaves it open.
                record.raw_stream.close()
            self._file.flush()
            if self.sync_each:
                os.fsync(self._file.fileno())
        except OSError:
            os.ftruncate(self._file.fileno(), start)
            raise
        return offsets

    def sync(self) -> None:
        """Everything written so far is on the disk when this returns. Raises OSError."""
        os.fsync(self._file.fileno())
