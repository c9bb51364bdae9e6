"""OLE compound files: what .doc, .wps and .xls are packed in, and encrypted Office packages too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import olefile

from parsers.content import Unreadable
from parsers.formats.limits import MAX_PART_BYTES, check_size

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (OSError, ValueError, IndexError, KeyError, TypeError, OverflowError, RecursionError, AttributeError)


@contextmanager
def open_ole(data: bytes) -> Iterator[olefile.OleFileIO]:
    """The directory of a compound file; raises `Unreadable` (``corrupt``, ``too_large``)."""
    check_size(data)
    try:
        ole = olefile.OleFileIO(io.BytesIO(data))
    except _DAMAGED as error:
        raise Unreadable("corrupt", "not a complete OLE file") from error
    try:
        yield ole
    finally:
        ole.close()


def stream(ole: olefile.OleFileIO, name: str) -> bytes:
    """One stream; empty if there is none."""
    try:
        if not ole.exists(name):
            return b""
        with ole.openstream(name) as opened:
            data: bytes = opened.read(MAX_PART_BYTES)
            return data
    except _DAMAGED as error:
        raise Unreadable("corrupt", f"stream {name} is damaged") from error


def has_stream(data: bytes, *names: str) -> bool:
    """Whether these bytes are a compound file with one of the streams; damaged ones are told by their raw names."""
    if not data.startswith(MAGIC):
        return False
    try:
        with open_ole(data) as ole:
            return any(ole.exists(name) for name in names)
    except Unreadable:
        return any(name.encode("utf-16-le") in data for name in names)


def is_damaged(data: bytes) -> bool:
    """Whether these bytes begin as a compound file but cannot be opened as one."""
    if not data.startswith(MAGIC):
        return False
    try:
        with open_ole(data):
            return False
    except Unreadable:
        return True
