"""Where the records of a WARC file begin: each is a gzip member of its own, so that damage costs one of them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import BinaryIO

GZIP = b"\x1f\x8b\x08"
RECORD = b"WARC/"
WINDOW = 1 << 20
ENOUGH = 512
"""Compressed bytes that are sure to hold the first word of a record."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes `start` to `end` of a file in which no record can be read. `is_tail`: nothing follows, as after a kill."""

    file: str
    start: int
    end: int
    is_tail: bool

    def __str__(self) -> str:
        what = "torn tail" if self.is_tail else "damaged"
        return f"{self.file}: {what}, bytes {self.start} to {self.end}"


def next_record(stream: BinaryIO, start: int) -> int | None:
    """Offset of the first record that begins at or after `start`, None when there is none."""
    while True:
        stream.seek(start)
        window = stream.read(WINDOW + ENOUGH)
        found = window.find(GZIP, 0, WINDOW)
        while found >= 0:
            if begins_record(window[found : found + ENOUGH]):
                return start + found
            found = window.find(GZIP, found + 1, WINDOW)
        if len(window) <= WINDOW:
            return None
        start += WINDOW - len(GZIP)


def begins_record(data: bytes) -> bool:
    """Whether a record begins here. The magic of gzip alone stands in compressed data by chance."""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data, len(RECORD)) == RECORD
    except zlib.error:
        return False
