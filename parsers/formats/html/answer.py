"""Answers of interfaces: JSON that carries an article's HTML in one of its strings, read as a page's script is."""

from __future__ import annotations

from collections.abc import Callable

from parsers.charset import decode
from parsers.content import Content, Place
from parsers.formats.html import html
from parsers.formats.html.embedded_json import embedded_article

MEDIA_TYPE = "application/json"
LARGEST = 16 << 20
"""Bytes of an answer that is looked into; a report is a thousandth of that."""


def recognise(data: bytes) -> str | None:
    """``application/json`` for an object or a list with an article in it."""
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"[") or len(data) > LARGEST:
        return None
    return MEDIA_TYPE if embedded_article(decode(data)[0].lstrip("\ufeff")) else None


def read(data: bytes) -> Content:
    """The article, with places as they are in a script of a page."""
    return html.read(_as_page(data))


def second_reading(data: bytes) -> Content | None:
    """The other way of reading a page, over the same article."""
    return html.second_reading(_as_page(data))


def locate(data: bytes, path: str) -> str:
    """The printed text at a path that `read` gave."""
    return html.locate(_as_page(data), path)


def finder(data: bytes) -> Callable[[Place], str | None]:
    """`locate` for many places."""
    return html.finder(_as_page(data))


def _as_page(data: bytes) -> bytes:
    """The answer as the only script of a page; ``<\\/`` is how JSON may write the end of a tag."""
    text = decode(data)[0].lstrip("\ufeff").replace("</", "<\\/")
    return f"<!DOCTYPE html><meta charset=utf-8><script>{text}</script>".encode()
