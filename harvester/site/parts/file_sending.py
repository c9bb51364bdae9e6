"""A file as an answer: whole, or the one range of bytes that was asked for (RFC 9110, 14).

So a cut download can be taken up again, and a page of another site can read a database piece by piece.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from datasette.utils.asgi import asgi_start

PIECE = 256 * 1024
"""Bytes handed on at once."""
SQLITE = "application/vnd.sqlite3"
"""As registered with IANA."""
_ASKED = re.compile(r"bytes=(\d*)-(\d*)")
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "range",
    "access-control-max-age": "86400",
}
"""What a browser asks before a page of another site may send Range. Who may ask at all the gateway says."""


async def send_file(request: Any, send: Any, file: Path, media_type: str, headers: Mapping[str, str]) -> None:
    """Answer with `file`. Raises OSError before anything is sent."""
    if request.method == "OPTIONS":
        await asgi_start(send, HTTPStatus.NO_CONTENT, dict(_PREFLIGHT), media_type)
        await send({"type": "http.response.body", "body": b""})
        return
    with file.open("rb") as opened:
        size = os.fstat(opened.fileno()).st_size
        asked = "" if "if-range" in request.headers else request.headers.get("range", "")
        wanted = part(asked, size)
        first, last = wanted or (0, size - 1)
        told = {**headers, "accept-ranges": "bytes"}
        if first > last and size:
            told["content-range"] = f"bytes */{size}"
            await asgi_start(send, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, told, "text/plain; charset=utf-8")
            await send({"type": "http.response.body", "body": b""})
            return
        told["content-length"] = str(last - first + 1)
        if wanted:
            told["content-range"] = f"bytes {first}-{last}/{size}"
        await asgi_start(send, HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK, told, media_type)
        opened.seek(first)
        left = 0 if request.method == "HEAD" else last - first + 1
        while left > 0 and (piece := await asyncio.to_thread(opened.read, min(left, PIECE))):
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        if left or request.method == "HEAD" or not size:
            await send({"type": "http.response.body", "body": b""})


def part(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of what a Range header asks of a file of `size` bytes; None: all of it, which is also the
    answer to what is not understood and to several ranges. First behind last: there is no such part."""
    found = _ASKED.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        return (max(size - int(found[2]), 0), size - 1) if int(found[2]) else (size, size - 1)
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    if found[2] and int(found[2]) < first:
        return None
    return (first, last) if first < size else (size, size - 1)
