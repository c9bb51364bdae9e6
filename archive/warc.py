"""WARC files read: response and revisit records with their harvest data, past whatever is damaged.

How they are written is in archive/warc_writer.py.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from archive.codings import TooLarge
from archive.exchange import Exchange, Headers
from archive.members import Gap, next_record
from archive.warc_format import (
    CONTENT,
    KEPT_AS,
    answered_in_a_line,
    iterate,
    told_by,
)

__all__ = ["Exchange", "Headers", "Record", "Reference", "WarcError", "read_record", "records"]

DAMAGED = (OSError, EOFError, ValueError, zlib.error, ArchiveLoadFailed, StatusAndHeadersParserException)


class WarcError(Exception):
    """A record is not where its reference says, or does not hold what it should."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a record begins: file name inside ``data/warc`` and byte offset."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Record:
    """One response or revisit record with its harvest data. A revisit's `exchange` has an empty body.

    `content_sha256`: the content that a revisit stands for; `payload_digest`: as the record states it.
    """

    reference: Reference
    exchange: Exchange
    is_revisit: bool
    content_sha256: str | None
    payload_digest: str | None
    harvest: Mapping[str, Any]

    def content(self) -> bytes:
        """The body after Content-Encoding; empty for a revisit. Raises WarcError for a bomb."""
        try:
            return self.exchange.content()
        except TooLarge as error:
            raise WarcError(f"{self.reference.file}@{self.reference.offset}: {error}") from error


def read_record(folder: Path, reference: Reference) -> Record:
    """The response or revisit record at `reference`. Raises WarcError when there is none."""
    try:
        with (folder / reference.file).open("rb") as file:
            file.seek(reference.offset)
            for record in iterate(file):
                if record.rec_type not in ("response", "revisit"):
                    break
                return to_record(record, reference, {})
    except DAMAGED as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else "the record is damaged"
        raise WarcError(f"{reference.file}@{reference.offset}: {what}") from error
    raise WarcError(f"{reference.file}@{reference.offset}: no response record begins here")


def warc_files(folder: Path) -> list[Path]:
    """The WARC files of an archive, oldest first."""
    return sorted(file for file in folder.glob("*.warc.gz") if file.is_file())


def records(file: Path, gaps: list[Gap] | None = None) -> Iterator[Record]:
    """Every response and revisit of a WARC file with its harvest data, past whatever is damaged.

    What could not be read is appended to `gaps`. Raises OSError when the file cannot be opened.
    """
    start: int | None = 0
    with file.open("rb") as stream:
        while start is not None:
            broken = yield from _walk(stream, file.name, start)
            if broken is None:
                return
            start = next_record(stream, broken + 1)
            if gaps is not None:
                gaps.append(Gap(file.name, broken, start or file.stat().st_size, start is None))


def _walk(stream: BinaryIO, name: str, start: int) -> Generator[Record, None, int | None]:
    """Records from an offset on; returns where the first damaged one begins, None at the end of the file."""
    pending: Record | None = None
    stream.seek(start)
    iterator = iterate(stream)
    try:
        for record in iterator:
            if record.rec_type in ("response", "revisit"):
                if pending is not None:
                    yield pending
                pending = to_record(record, Reference(name, iterator.offset), {})
            elif record.rec_type == "metadata" and pending is not None:
                yield replace(pending, harvest=told_by(record))
                pending = None
    except (*DAMAGED, WarcError):
        return int(iterator.offset)
    if pending is not None:
        yield pending
    return None


def to_record(record: ArcWarcRecord, reference: Reference, harvest: Mapping[str, Any]) -> Record:
    http = answered_in_a_line(record) or record.http_headers
    if http is None:
        raise WarcError(f"{reference.file}@{reference.offset}: a record without HTTP headers")
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    exchange = Exchange(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        method="GET",
        request_headers=(),
        request_body=b"",
        status=int(http.get_statuscode()),
        reason=http.statusline.partition(" ")[2],
        response_headers=tuple((name.removeprefix(KEPT_AS), value) for name, value in http.headers),
        body=record.raw_stream.read(),
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date").replace("Z", "+00:00")),
        ip_address=record.rec_headers.get_header("WARC-IP-Address"),
    )
    named = record.rec_headers.get_header(CONTENT)
    if named is None and digest.startswith("sha256:"):  # as earlier versions wrote it
        named = digest.removeprefix("sha256:")
    return Record(reference, exchange, record.rec_type == "revisit", named, digest or None, harvest)


def content_sha256(data: bytes) -> str:
    """The name of a content: SHA-256 in lower-case hex."""
    return sha256(data).hexdigest()
