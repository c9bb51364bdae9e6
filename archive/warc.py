"""WARC files: one request, response or revisit record after another, append-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]
"""Header lines in the order and the case of the wire; latin-1 decoded so that any byte survives."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response as they went over the wire.

    `body` is the payload as transferred (Content-Encoding still applied, chunking removed); `content()` is what
    it means after decoding. `fetched_at` is UTC.
    """

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    reason: str
    response_headers: Headers
    body: bytes
    fetched_at: datetime
    ip_address: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a record begins: file name inside ``data/warc`` and byte offset."""

    file: str
    offset: int
