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
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_RATIO_MATTERS = 1024 * 1024


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The directory of a ZIP file; raises `Unreadable` (``corrupt``, ``too_large``)."""
    check_size(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except NotImplementedError as error:
        raise Unreadable("unsupported", str(error)) from error
    except (zipfile.BadZipFile, ValueError, OSError, OverflowError, IndexError, struct.error) as error:
        raise Unreadable("corrupt", f"not a complete ZIP file: {error}") from error
    if len(archive.filelist) > MAX_MEMBERS * 20:
        raise Unreadable("too_large", f"the ZIP file lists {len(archive.filelist):,} members")
    return archive


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
        raise Unreadable("corrupt", f"{name} cannot be decompressed: {error}") from error
    except (NotImplementedError, RuntimeError) as error:
        raise Unreadable("unsupported", f"{name} cannot be decompressed: {error}") from error
    if len(data) > limit:
        raise Unreadable("too_large", f"{name} has more than {limit:,} bytes")
    if len(data) > _RATIO_MATTERS and len(data) > MAX_RATIO * max(info.compress_size, 1):
        raise Unreadable("too_large", f"{name} expands {len(data) // max(info.compress_size, 1)} times")
    return data


def parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Members of an Office package by lower-case path; some writers use backslashes."""
    return {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}


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
    return info.filename
