"""RAR archives: rarfile reads the directory and what is stored; what is compressed needs a tool that unpacks.

unrar, unar and 7z are called by rarfile; bsdtar, which rarfile knows too but fails with on small archives, from here.
"""

from __future__ import annotations

import io
import shutil
import zlib
from collections.abc import Iterator

import rarfile

from parsers.content import Unreadable
from parsers.formats.containers.litter import is_litter
from parsers.formats.containers.unpacker import unpacked
from parsers.formats.damage import refusing
from parsers.formats.limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_UNPACKED_BYTES, check_size

MEDIA_TYPE = "application/vnd.rar"
_MAGICS = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00")
_TOOLS = ("unrar", "unar", "7z", "7zz")


def recognise(data: bytes) -> str | None:
    """The signature of RAR 4 or 5."""
    return MEDIA_TYPE if data.startswith(_MAGICS) else None


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and bytes. Raises `Unreadable` (``needs_unrar``, ``encrypted``, ``too_large``, ``corrupt``)."""
    check_size(data)
    try:
        with (
            refusing("not a complete RAR archive", rarfile.BadRarFile, OSError, zlib.error),
            rarfile.RarFile(io.BytesIO(data), charset="gb18030") as archive,
        ):
            if archive.needs_password():
                raise Unreadable("encrypted", "the RAR archive needs a password")
            wanted = [info for info in archive.infolist() if info.is_file() and not is_litter(info.filename)]
            if len(wanted) > MAX_MEMBERS:
                raise Unreadable("too_large", f"the archive holds {len(wanted):,} files, the limit is {MAX_MEMBERS}")
            if all(info.compress_type == rarfile.RAR_M0 for info in wanted) or any(map(shutil.which, _TOOLS)):
                yield from _by_rarfile(archive, wanted)
            else:
                yield from _by_bsdtar(data, wanted)
    except (rarfile.PasswordRequired, rarfile.RarWrongPassword) as error:
        raise Unreadable("encrypted", "the RAR archive needs a password") from error


def _by_rarfile(archive: rarfile.RarFile, wanted: list[rarfile.RarInfo]) -> Iterator[tuple[str, bytes]]:
    left = MAX_UNPACKED_BYTES
    for info in wanted:
        limit = min(left, MAX_PART_BYTES)
        with archive.open(info) as member:
            content = member.read(limit + 1)
        if len(content) > limit:
            raise Unreadable("too_large", f"{info.filename} has more than {limit:,} bytes")
        left -= len(content)
        yield info.filename, content


def _by_bsdtar(data: bytes, wanted: list[rarfile.RarInfo]) -> Iterator[tuple[str, bytes]]:
    """What bsdtar unpacks, by the names and checksums of the directory, which comes in the same order.

    Where links make the two lists unequal, the files come by their own names.
    """
    files = list(unpacked(data, "RAR"))
    if len(files) != len(wanted):
        yield from files
        return
    for info, (_, content) in zip(wanted, files, strict=True):
        if info.CRC is not None and zlib.crc32(content) != info.CRC:
            raise Unreadable("corrupt", f"{info.filename} is damaged")
        yield info.filename, content
