"""Pictures that a page carries in itself (`data:` addresses): a report may be nothing but these."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from lxml import etree

from parsers.content import Content
from parsers.formats.html.tree import hidden

_PICTURE = re.compile(r"\s*data:image/(?!svg)[\w.+-]+(?:;[\w=.-]+)*?(?P<coded>;base64)?,", re.IGNORECASE)


def with_data_pictures(root: etree._Element, content: Content) -> Content:
    """The content followed by what its pictures show, where no table of its own can be one of a report."""
    carried = [picture for picture in root.iter("img") if _PICTURE.match(picture.get("src") or "")]
    if not carried:
        return content
    from parsers.formats.pictures.pasted import SMALLEST_BYTES, lacks_tables, with_pictures  # few pages carry any

    if not lacks_tables(content):
        return content
    pictures = [
        (f"picture[{number}]", data) for number, data in enumerate(_decoded(carried), 1) if len(data) >= SMALLEST_BYTES
    ]
    return with_pictures(content, pictures) if pictures else content


def _decoded(pictures: list[etree._Element]) -> Iterator[bytes]:
    """The bytes of each picture that is shown; none of one that no browser can decode."""
    for picture in pictures:
        if hidden(picture) or any(map(hidden, picture.iterancestors())):
            continue
        source = picture.get("src") or ""
        start = _PICTURE.match(source)
        assert start is not None
        data = unquote_to_bytes(source[start.end() :])
        if start["coded"]:
            try:
                data = base64.b64decode(b"".join(data.split()) + b"==")
            except binascii.Error:
                continue
        yield data
