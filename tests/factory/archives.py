"""Archives made by hand: ZIP with names in GBK, RAR without compression."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def zipped(members: dict[str, bytes], *, gbk: bool = False) -> bytes:
    """A .zip; with `gbk` its names are stored as Chinese packers store them, without the UTF-8 flag."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.encode("gbk").hex() if gbk else name, data)
    made = buffer.getvalue()
    for name in members if gbk else ():
        raw = name.encode("gbk")
        made = made.replace(raw.hex().encode(), raw.ljust(len(raw) * 2, b"_"))
    return made


def rarred(members: dict[str, bytes]) -> bytes:
    """A .rar (version 4) whose members are stored, not compressed."""
    blocks = [b"Rar!\x1a\x07\x00", _block(0x73, 0, struct.pack("<HI", 0, 0))]
    for name, data in members.items():
        raw = name.encode("utf-8", "surrogateescape")
        fields = struct.pack("<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0, 20, 0x30, len(raw), 0o644)
        blocks.append(_block(0x74, 0x8000, fields + raw) + data)
    blocks.append(_block(0x7B, 0x4000, b""))
    return b"".join(blocks)


def _block(kind: int, flags: int, fields: bytes) -> bytes:
    body = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body
