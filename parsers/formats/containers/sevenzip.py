"""7z archives that hold documents."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.formats.containers.unpacker import unpacked
from parsers.formats.limits import check_size

MEDIA_TYPE = "application/x-7z-compressed"
_MAGIC = b"7z\xbc\xaf\x27\x1c"


def recognise(data: bytes) -> str | None:
    """The signature."""
    return MEDIA_TYPE if data.startswith(_MAGIC) else None


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and bytes. Raises `Unreadable` as `unpacked` does."""
    check_size(data)
    yield from unpacked(data, "7z")
