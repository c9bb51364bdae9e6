"""How we write what WARC leaves open: header lines byte for byte, dates, and harvest data in metadata records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from archive.exchange import Exchange, Headers

METADATA = "application/warc-fields"
"""What indexers for replay pass over: a record of another type would stand as a page of its own beside the page."""
FIELD = "Harvest"
"""Name of the one field of such a record; its value is JSON on one line."""
CONTENT = "X-Content-SHA256"
"""Header of a revisit: our name of the content, decoded. Its payload digest is that of the bytes as they were sent, as
every reader computes it."""
ANSWER = "X-HTTP-Answer"
"""Header of a revisit that a "not modified" made: its status and headers, as JSON. Its block is empty: replay would
show a 304 as a blank page; with an empty block it shows the page that was not modified."""
# Renamed on the way in: warcio would undo them again when it reads, and find nothing to undo.
HOP_BY_HOP = {"transfer-encoding"}
KEPT_AS = "X-Archive-Orig-"
"""Before the name of a header that is renamed. A header that a server itself calls so is renamed once more: it must not
come back as another one."""


def warc_date(moment: datetime) -> str:
    """A time as it stands in WARC headers."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def told_in_fields(told: Mapping[str, Any]) -> bytes:
    """JSON as the body of a metadata record."""
    return f"{FIELD}: {json.dumps(told, ensure_ascii=False)}\r\n".encode()


def told_by(record: ArcWarcRecord) -> dict[str, Any]:
    """What a metadata record of ours tells: in a field, or, in archives of earlier versions, as JSON alone."""
    text: bytes = record.content_stream().read()
    told: dict[str, Any] = json.loads(text.removeprefix(f"{FIELD}: ".encode()) or b"{}")
    return told


class Lines(StatusAndHeaders):  # type: ignore[misc]
    """First line and headers, written byte for byte: warcio would write what is not ASCII as percent signs, or not."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        """What is written. Text came as latin-1, so that any byte survives."""
        text: str = self.to_str(filter_func) + "\r\n"
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError:
            return text.encode()


def answer_lines(exchange: Exchange) -> Lines:
    first = f"{exchange.status} {exchange.reason}".strip()
    return Lines(first, kept_headers(exchange.response_headers), protocol="HTTP/1.1")


def answer_in_a_line(exchange: Exchange) -> str:
    return json.dumps([exchange.status, exchange.reason, kept_headers(exchange.response_headers)])


def answered_in_a_line(record: ArcWarcRecord) -> Lines | None:
    """The status and headers that a revisit without a block has in its own header."""
    told = record.rec_headers.get_header(ANSWER)
    if told is None:
        return None
    status, reason, headers = json.loads(told)
    return Lines(f"{status} {reason}".strip(), [(name, value) for name, value in headers], protocol="HTTP/1.1")


def iterate(stream: BinaryIO) -> ArchiveIterator:
    """The records of a stream, their headers as they were sent: warcio guesses at UTF-8 first."""
    iterator = ArchiveIterator(stream)
    iterator.loader.http_parser.decode_header = lambda line: line.decode("latin-1")
    load = iterator.loader.load_http_headers

    def load_http_headers(kind: str, address: str | None, body: BinaryIO, length: int | None) -> Any:
        # warcio ends in an AttributeError where a record is torn before its address.
        if address is None and kind in iterator.loader.HTTP_RECORDS:
            raise ArchiveLoadFailed(f"a {kind} without an address")
        return load(kind, address, body, length)

    iterator.loader.load_http_headers = load_http_headers
    return iterator


def kept_headers(headers: Headers) -> list[tuple[str, str]]:
    return [(f"{KEPT_AS}{name}" if is_renamed(name) else name, value) for name, value in headers]


def is_renamed(name: str) -> bool:
    return name.lower() in HOP_BY_HOP or name.lower().startswith(KEPT_AS.lower())
