"""ZIP archives that hold documents. Asked after the formats that are ZIP packages themselves."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.content import Unreadable
from parsers.formats.containers.litter import is_litter
from parsers.formats.limits import MAX_MEMBERS, MAX_UNPACKED_BYTES
from parsers.formats.packages.zip_parts import MAGIC, open_zip, printed_name, read_member

MEDIA_TYPE = "application/zip"
_EMPTY = b"PK\x05\x06"


def recognise(data: bytes) -> str | None:
    """A local header, or the end record of an empty archive."""
    return MEDIA_TYPE if data.startswith((MAGIC, _EMPTY)) else None


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and bytes in the archive's order. Raises `Unreadable` (``encrypted``, ``too_large``, ``corrupt``).

    A member that cannot be unpacked is given without bytes, so that it shows; when none can, its error is raised.
    """
    with open_zip(data) as archive:
        wanted = [info for info in archive.infolist() if not is_litter(printed_name(info))]
        if len(wanted) > MAX_MEMBERS:
            raise Unreadable("too_large", f"the archive holds {len(wanted):,} files, the limit is {MAX_MEMBERS}")
        left = MAX_UNPACKED_BYTES
        failed: list[Unreadable] = []
        for number, info in enumerate(wanted):
            try:
                content = read_member(archive, info)
            except Unreadable as error:
                failed.append(error)
                if error.kind == "too_large" or len(failed) == len(wanted):
                    raise
                content = b""
            left -= len(content)
            if left < 0:
                raise Unreadable(
                    "too_large", f"the archive unpacks to more than {MAX_UNPACKED_BYTES:,} bytes ({number})"
                )
            yield printed_name(info), content
