"""Tapes: WARC files read as what a visit was answered, request by request; and the note that ends a recording.

A recording (`harvester portals record`) holds every exchange of one visit and, last, a metadata record that says whose
visit it was and what it found. The archive of a run holds what was kept, with each portal's name in the harvest data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from archive.exchange import Exchange
from archive.warc import DAMAGED, Reference, WarcError, content_sha256, to_record
from archive.warc_format import told_by
from archive.warc_writer import RECORDING


@dataclass(slots=True)
class Tape:
    """What was answered, in order, by portal. `notes`: what recordings say of themselves, by portal too."""

    exchanges: dict[str, list[tuple[Exchange, Mapping[str, Any]]]] = field(default_factory=dict)
    notes: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def read_tape(files: list[Path]) -> Tape:
    """The answers in these WARC files. Raises WarcError for a file that is damaged or none, OSError for none at all."""
    tape, bodies = Tape(), dict[str, Exchange]()
    for file in files:
        waiting: list[tuple[Exchange, Mapping[str, Any]]] = []
        for exchange, harvest, digest, note in _entries(file):
            if note is not None:
                portal_id = str(note["portal"]["id"])
                tape.notes[portal_id] = note
                tape.exchanges.setdefault(portal_id, []).extend(waiting)
                waiting = []
            elif exchange is not None:
                answered = _with_body(exchange, digest, bodies)
                portal_id = str(harvest.get("portal_id") or "")
                (tape.exchanges.setdefault(portal_id, []) if portal_id else waiting).append((answered, harvest))
        if waiting:
            raise WarcError(f"{file}: the recording has no end: its visit was cut off")
    return tape


def _entries(file: Path) -> Iterator[tuple[Exchange | None, Mapping[str, Any], str | None, Mapping[str, Any] | None]]:
    """Each exchange with its harvest data and the digest of a revisit; or the note of a recording."""
    pending: Exchange | None = None
    digest: str | None = None
    try:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type in ("response", "revisit"):
                    read = to_record(record, Reference(file.name, 0), {})
                    pending, digest = read.exchange, read.content_sha256 if read.is_revisit else None
                elif record.rec_type == "request" and pending is not None:
                    headers = tuple(record.http_headers.headers)
                    body = record.content_stream().read()
                    method = record.http_headers.protocol
                    pending = replace(pending, method=method, request_headers=headers, request_body=body)
                elif record.rec_type == "metadata":
                    told = told_by(record)
                    if record.rec_headers.get_header("WARC-Target-URI") == RECORDING:
                        yield None, {}, None, told
                    elif pending is not None:
                        yield pending, told, digest, None
                        pending = None
    except DAMAGED as error:
        raise WarcError(f"{file}: {error}") from error


def _with_body(exchange: Exchange, digest: str | None, bodies: dict[str, Exchange]) -> Exchange:
    """A revisit with the bytes that it stands for; a "not modified" with the answer that it confirms."""
    if digest is None:
        bodies.setdefault(content_sha256(exchange.content()), exchange)
        return exchange
    held = bodies.get(digest)
    if held is None:
        return exchange
    if exchange.status == HTTPStatus.NOT_MODIFIED:
        return replace(held, url=exchange.url, method=exchange.method, request_body=exchange.request_body)
    return replace(exchange, body=held.body, response_headers=held.response_headers)
