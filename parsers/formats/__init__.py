"""One module a file format: bytes in, Content out. The table below is the only list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from parsers.content import Content, Place

FORMATS = (
    "pdf",
    "image",
    "ofd",
    "docx",
    "doc",
    "xls",
    "odt",
    "rtf",
    "word_xml",
    "spreadsheet_xml",
    "eml",
    "mht",
    "rar",
    "sevenzip",
    "gz",
    "zip",  # after the formats that are ZIP packages
    "html",
    "text",  # last: whatever decodes is text
)
"""Modules of this package, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Format:
    """A reader for one kind of bytes. Containers have `members` and no `read`."""

    name: str
    media_type: str
    read: Callable[[bytes], Content] | None
    read_again: Callable[[bytes], Content | None] | None
    members: Callable[[bytes], Iterable[tuple[str, bytes]]] | None
    arbitrate: Callable[[bytes], Content | None] | None = None
    """A third, dearer reading, for where the first two differ."""
    finder: Callable[[bytes], Callable[[Place], str | None]] | None = None
    """Opens a document for finding the text at places; for the kinds whose places are not paths of blocks."""


@cache
def _module(name: str) -> object:
    return import_module(f"{__name__}.{name}")


def recognise(data: bytes) -> Format | None:
    """The format of these bytes by what they are, never by a name; None when nothing here reads them."""
    for name in FORMATS:
        module = _module(name)
        media_type = module.recognise(data)  # type: ignore[attr-defined]
        if media_type:
            return Format(
                name,
                media_type,
                getattr(module, "read", None),
                getattr(module, "read_again", None),
                getattr(module, "members", None),
                getattr(module, "arbitrate", None),
                getattr(module, "finder", None),
            )
    return None
