"""A single file compressed with gzip."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from parsers.content import Unreadable
from parsers.formats.limits import MAX_PART_BYTES, check_size

MEDIA_TYPE = "application/gzip"


def recognise(data: bytes) -> str | None:
    """The gzip signature with its only method, deflate."""
    return MEDIA_TYPE if data.startswith(b"\x1f\x8b\x08") else None


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The one file. Raises `Unreadable` (``too_large``, ``corrupt``)."""
    check_size(data)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            content = stream.read(MAX_PART_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable("corrupt", "not a complete gzip file") from error
    if len(content) > MAX_PART_BYTES:
        raise Unreadable("too_large", f"the file unpacks to more than {MAX_PART_BYTES:,} bytes")
    yield "content", content
