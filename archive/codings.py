"""Content-Encoding undone, every layer within one limit: a few kilobytes can be made to hold gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli

GZIP = b"\x1f\x8b"

LARGEST = 64 << 20
"""Bytes that one answer may be, on the wire and after each coding. The largest report seen has nine million."""

MOST_CODINGS = 4
"""Codings one upon the other. More than one is a mistake of a server, more than these are an attack."""

UNDECODED = frozenset({"zstd", "compress", "x-compress", "dcb", "dcz"})
"""Real codings that are never asked for and not undone here."""

BROTLI_STEP = 1 << 20
"""Bytes that the brotli decoder gives out at a time."""

Decoder = Callable[[bytes, int], bytes]


class TooLarge(ValueError):
    """What is encoded is larger than anything that is kept."""


def names(header: str | None) -> list[str]:
    """The codings that a Content-Encoding header names, in the order in which they were applied."""
    found = (name.strip().lower() for name in (header or "").split(","))
    return [name for name in found if name not in ("", "identity")]


def undo(data: bytes, codings: list[str], largest: int = LARGEST) -> bytes:
    """The data with all codings undone. A coding that is named and was not applied leaves it as it is.

    Raises TooLarge when any layer is larger than `largest`, or when there are more than MOST_CODINGS.
    """
    if len(codings) > MOST_CODINGS:
        raise TooLarge(f"{len(codings)} content codings one upon the other")
    for coding in reversed(codings):
        decoder = DECODERS.get(coding)
        if decoder is not None:
            try:
                data = decoder(data, largest)
            except (zlib.error, brotli.error):
                continue
    return data


def inflate(data: bytes, largest: int = LARGEST) -> bytes:
    """gzip (several members, junk after the last), zlib, or a raw stream by the habit of some servers.

    Raises TooLarge, and zlib.error for what is none of these and for a stream that ends early.
    """
    parts: list[bytes] = []
    size = 0
    while data:
        room = largest + 1 - size
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
        if size > largest:
            raise TooLarge(f"more than {largest} bytes decoded")
        if not decoder.eof:
            raise zlib.error("the stream ends early")
        data = decoder.unused_data
    return b"".join(parts)


def unbrotli(data: bytes, largest: int = LARGEST) -> bytes:
    """Raises TooLarge, and brotli.error for what is no whole brotli stream."""
    decoder = brotli.Decompressor()
    parts = [decoder.process(data, output_buffer_limit=BROTLI_STEP)]
    size = len(parts[0])
    while not decoder.is_finished() and size <= largest:
        part = decoder.process(b"", output_buffer_limit=BROTLI_STEP)
        if not part:
            raise brotli.error("the stream ends early")
        parts.append(part)
        size += len(part)
    if size > largest:
        raise TooLarge(f"more than {largest} bytes decoded")
    return b"".join(parts)


DECODERS: dict[str, Decoder] = {"gzip": inflate, "x-gzip": inflate, "deflate": inflate, "br": unbrotli}
