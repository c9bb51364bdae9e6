"""RAR archives through rarfile, which needs a tool that unpacks: unrar, unar, 7z or bsdtar."""

from __future__ import annotations

import io
from collections.abc import Iterator

import rarfile

from parsers.content import Unreadable
from parsers.formats.limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_UNPACKED_BYTES, check_size
from parsers.formats.zip import is_litter

MEDIA_TYPE = "application/vnd.rar"
_MAGICS = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00")
_INSTALL = "apt-get install libarchive-tools"


def recognise(data: bytes) -> str | None:
    """The signature of RAR 4 or 5."""
    return MEDIA_TYPE if data.startswith(_MAGICS) else None


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and bytes. Raises `Unreadable` (``needs_unrar``, ``encrypted``, ``too_large``, ``corrupt``)."""
    check_size(data)
    try:
        with rarfile.RarFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise Unreadable("encrypted", "the RAR archive needs a password")
            yield from _unpacked(archive)
    except rarfile.RarCannotExec as error:
        raise Unreadable("needs_unrar", f"no tool here unpacks RAR; to install one: {_INSTALL}") from error
    except (rarfile.PasswordRequired, rarfile.RarWrongPassword) as error:
        raise Unreadable("encrypted", "the RAR archive needs a password") from error
    except (rarfile.Error, OSError, ValueError, IndexError) as error:
        raise Unreadable("corrupt", f"not a complete RAR archive: {error}") from error


def _unpacked(archive: rarfile.RarFile) -> Iterator[tuple[str, bytes]]:
    wanted = [info for info in archive.infolist() if info.is_file() and not is_litter(info.filename)]
    if len(wanted) > MAX_MEMBERS:
        raise Unreadable("too_large", f"the archive holds {len(wanted):,} files, the limit is {MAX_MEMBERS}")
    left = MAX_UNPACKED_BYTES
    for info in wanted:
        limit = min(left, MAX_PART_BYTES)
        with archive.open(info) as member:
            content = member.read(limit + 1)
        if len(content) > limit:
            raise Unreadable("too_large", f"{info.filename} has more than {limit:,} bytes")
        left -= len(content)
        yield info.filename, content
