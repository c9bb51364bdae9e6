"""Exchange: one request and its response as they went over the wire, and what the body means after decoding."""

from __future__ import annotations

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
        """The body with Content-Encoding undone; as transferred where the header is wrong about it.

        Text that was compressed without saying so is decompressed as well: some servers do that.
        """
        named = (self.header("content-encoding") or "").lower()
        text = (self.header("content-type") or "").lower().startswith("text/")
        if not named.strip() and text and self.body.startswith(GZIP):
            named = "gzip"
        data = self.body
        for coding in reversed(named.split(",")):
            data = decode(data, coding.strip())
        return data


GZIP = b"\x1f\x8b"


def decode(data: bytes, coding: str) -> bytes:
    """Undo one content coding. Servers that name a coding they did not apply get their bytes back unchanged."""
    try:
        if coding in ("gzip", "x-gzip", "deflate"):
            return inflate(data)
        if coding == "br":
            return bytes(brotli.decompress(data))
    except (zlib.error, brotli.error):
        return data
    return data


def inflate(data: bytes, largest: int | None = None) -> bytes:
    """gzip (several members, junk after the last), zlib, or a raw stream by the habit of some servers.

    Stops one byte beyond `largest`. Raises zlib.error for what is none of these and for a stream that ends early.
    """
    parts: list[bytes] = []
    size = 0
    while data and (largest is None or size <= largest):
        room = 0 if largest is None else largest + 1 - size
        decoder = zlib.decompressobj(32 + zlib.MAX_WBITS)
        try:
            part = decoder.decompress(data, room)
        except zlib.error:
            if parts:
                break
            decoder = zlib.decompressobj(-zlib.MAX_WBITS)
            part = decoder.decompress(data, room)
        parts.append(part)
        size += len(part)
        if not decoder.eof and (largest is None or size <= largest):
            raise zlib.error("the stream ends early")
        data = decoder.unused_data
    return b"".join(parts)
