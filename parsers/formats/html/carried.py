"""Pages that carry the report as a file in themselves: a PDF or an office file as base64 in a string of a script or in
a ``data:`` address. Such a page is read as the container that it is."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

MEDIA_TYPE = "text/html"
SMALLEST = 1_000
"""Letters of base64 below which no report fits into a file."""
_FILE = re.compile(
    rb"[\"'](?:data:[^\"',]{1,100},)?((?:JVBERi0|UEsDB|0M8R4KGx|e1xydG)[A-Za-z0-9+/\s\\]{%d,}+={0,2})[\"']" % SMALLEST
)
"""A string that begins as PDF, ZIP packages (docx, xlsx, ofd), OLE files (doc, xls) and RTF do."""
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|div|p)\b", re.IGNORECASE)
_TABLE = re.compile(rb"<table\b", re.IGNORECASE)
_NO_BASE64 = re.compile(rb"[\s\\]+")


def recognise(data: bytes) -> str | None:
    """``text/html`` for a page without a table of its own that carries a file."""
    if _PAGE.search(data[:2048]) is None or _TABLE.search(data) or _FILE.search(data) is None:
        return None  # most pages have a table, which is found at once
    return MEDIA_TYPE


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file, once each, in order."""
    for number, coded in enumerate(dict.fromkeys(found[1] for found in _FILE.finditer(data)), 1):
        plain = _NO_BASE64.sub(b"", coded).rstrip(b"=")
        try:
            yield f"file[{number}]", base64.b64decode(plain + b"=" * (-len(plain) % 4))
        except binascii.Error:
            yield f"file[{number}]", plain  # what cannot be decoded is a member that cannot be read
