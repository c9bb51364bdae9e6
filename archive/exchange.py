"""Exchange: one request and its response as they went over the wire, and what the body means after decoding."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from datetime import datetime

import brotli

Headers = tuple[tuple[str, str], ...]
"""Header lines in the order and the case of the wire; latin-1 decoded so that any byte survives."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response.

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

    def header(self, name: str) -> str | None:
        """The first response header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.response_headers if key.lower() == wanted), None)

    def content(self) -> bytes:
        """The body with Content-Encoding undone; as transferred where the header is wrong about it."""
        data = self.body
        for coding in reversed((self.header("content-encoding") or "").lower().split(",")):
            data = decode(data, coding.strip())
        return data


def decode(data: bytes, coding: str) -> bytes:
    """Undo one content coding. Servers that name a coding they did not apply get their bytes back unchanged."""
    try:
        if coding in ("gzip", "x-gzip"):
            return gzip.decompress(data)
        if coding == "deflate":
            return inflate(data)
        if coding == "br":
            return bytes(brotli.decompress(data))
    except (OSError, EOFError, zlib.error, brotli.error):
        return data
    return data


def inflate(data: bytes) -> bytes:
    """`deflate` means zlib by the standard, a raw stream by the habit of some servers."""
    try:
        return zlib.decompress(data)
    except zlib.error:
        return zlib.decompress(data, -zlib.MAX_WBITS)
