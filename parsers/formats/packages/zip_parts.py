"""Reading ZIP files safely: the packages of Office and OFD, and plain archives."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from parsers.content import Unreadable
from parsers.formats.limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_RATIO, check_size

MAGIC = b"PK\x03\x04"
_HEADERS = ((MAGIC, 6, 26, 30), (b"PK\x01\x02", 8, 28, 46))
"""Of a member and of the directory: signature, where the flags and the length of the name stand, where it begins."""

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_RATIO_MATTERS = 1024 * 1024
_MOST_LISTED = MAX_MEMBERS * 20
"""Members that a directory may list, most of them never read; chosen: a larger one is a bomb or no document."""


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The directory of a ZIP file; raises `Unreadable` (``corrupt``, ``too_large``)."""
    check_size(data)
    try:
        archive = _opened(data)
    except NotImplementedError as error:
        raise Unreadable("unsupported", "the ZIP file is of a kind that is not read here") from error
    except (zipfile.BadZipFile, ValueError, OSError, OverflowError, IndexError, struct.error) as error:
        raise Unreadable("corrupt", "not a complete ZIP file") from error
    if len(archive.filelist) > _MOST_LISTED:
        raise Unreadable("too_large", f"the ZIP file lists {len(archive.filelist):,} members")
    return archive


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(_without_false_flags(data)))


def _without_false_flags(data: bytes) -> bytes:
    """The archive without the mark for UTF-8 on names that are not: one such name would cost all members."""
    made = bytearray(data)
    for signature, flags_at, length_at, size in _HEADERS:
        at = data.find(signature)
        while 0 <= at <= len(data) - size:
            (flags,), (length,) = (struct.unpack_from("<H", data, at + offset) for offset in (flags_at, length_at))
            try:
                data[at + size : at + size + length].decode("utf-8")
            except UnicodeDecodeError:
                struct.pack_into("<H", made, at + flags_at, flags & ~_UTF8_NAME)
            at = data.find(signature, at + 1)
    return bytes(made)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int = MAX_PART_BYTES) -> bytes:
    """One member, decompressed; raises `Unreadable` (``encrypted``, ``too_large``, ``corrupt``).

    The sizes in the directory are claims: the bytes are counted as they come out.
    """
    name = printed_name(info)
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable("encrypted", f"{name} needs a password")
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error) as error:
        raise Unreadable("corrupt", f"{name} is damaged") from error
    except (NotImplementedError, RuntimeError) as error:
        raise Unreadable("unsupported", f"{name} is packed in a way that is not read here") from error
    if len(data) > limit:
        raise Unreadable("too_large", f"{name} has more than {limit:,} bytes")
    if len(data) > _RATIO_MATTERS and len(data) > MAX_RATIO * max(info.compress_size, 1):
        raise Unreadable("too_large", f"{name} expands {len(data) // max(info.compress_size, 1)} times")
    return data


def parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Members of an Office package by lower-case path; some writers use backslashes.

    Raises Unreadable: ``corrupt`` where two that differ have one name. Programs differ in which of them they show.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename.replace("\\", "/").lstrip("/").lower()
        known = found.setdefault(name, info)
        if (known.CRC, known.file_size) != (info.CRC, info.file_size):
            raise Unreadable("corrupt", f"two different parts are called {name}")
    return found


def printed_name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Without the UTF-8 flag Chinese packers write GBK, which `zipfile` takes for cp437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")
