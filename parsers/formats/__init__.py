"""Bytes in, Content out: a family of formats is a package, a format a module in it. The only list of them is below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from parsers.content import Content, Place

FORMATS = (
    "pdf.pdf",
    "pictures.image",
    "ofd.ofd",
    "word.docx",
    "word.doc",
    "sheets.xls",
    "opendocument.odt",
    "word.rtf",
    "word.word_xml",
    "sheets.spreadsheet_xml",
    "containers.eml",
    "containers.mht",
    "containers.rar",
    "containers.sevenzip",
    "containers.gz",
    "containers.zip",  # after the formats that are ZIP packages
    "html.html",
    "text.text",  # last: whatever decodes is text
)
"""`family.module` of each format, in the order in which they are asked."""


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
                name.rpartition(".")[2],
                media_type,
                getattr(module, "read", None),
                getattr(module, "read_again", None),
                getattr(module, "members", None),
                getattr(module, "arbitrate", None),
                getattr(module, "finder", None),
            )
    return None
