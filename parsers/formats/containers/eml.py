"""Mail messages (.eml) with attachments: a container."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from parsers.formats.containers import mht
from parsers.formats.limits import MAX_MEMBERS, check_size

MEDIA_TYPE = "message/rfc822"
_HEAD = 65536


def recognise(data: bytes) -> str | None:
    """MIME headers at the beginning and a part that is an attachment."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if b":" not in head[:200] or b"mime-version:" not in head[:8192].lower():
        return None
    if mht.recognise(data) is None and b"multipart/mixed" not in head[:8192].lower():
        return None
    return MEDIA_TYPE if b"content-disposition: attachment" in data.lower() else None


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The attachments by name, then the body where it is a page or text."""
    check_size(data)
    parts = [part for part in message_from_bytes(data).walk() if not part.is_multipart()][:MAX_MEMBERS]
    for part in sorted(parts, key=lambda part: part.get_content_disposition() != "attachment"):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            yield _name(part), payload


def _name(part: Message) -> str:
    name = part.get_filename() or part.get_content_type().replace("/", ".")
    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, UnicodeError, LookupError, ValueError):
        return name
