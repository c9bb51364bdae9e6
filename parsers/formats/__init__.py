"""Bytes in, Content out: a family of formats is a package, a format a module in it. The only list of them is below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from parsers.clean_text import clean, cleaned
from parsers.content import Content, Place

FORMATS = (
    "html.article_pages",
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
    "containers.foreign",
    "containers.zip",  # after the formats that are ZIP packages
    "html.carried",
    "html.answer",
    "html.html",
    "text.text",  # last: whatever decodes is text
)
"""`family.module` of each format, in the order in which they are asked. Marks that stand elsewhere than at the
beginning (`recognise_loosely`) are asked for after all strict ones but text."""


@dataclass(frozen=True, slots=True)
class Format:
    """A reader for one kind of bytes. Containers have `members` and no `read`."""

    name: str
    media_type: str
    read: Callable[[bytes], Content] | None
    second_reading: Callable[[bytes], Content | None] | None
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
    for name, ask in _questions():
        if media_type := ask(data):
            module = _module(name)
            return Format(
                name.rpartition(".")[2],
                media_type,
                _clean(getattr(module, "read", None)),
                _clean(getattr(module, "second_reading", None)),
                _clean_names(getattr(module, "members", None)),
                _clean(getattr(module, "arbitrate", None)),
                getattr(module, "finder", None),
            )
    return None


def asked(data: bytes) -> list[str]:
    """The formats that were asked until one said yes, for people: each with its answer."""
    said = []
    for name, ask in _questions():
        media_type = ask(data)
        how = " (by a mark that stands elsewhere)" if ask.__name__ == "recognise_loosely" else ""
        said.append(f"{name}{how}: {media_type or 'no'}")
        if media_type:
            break
    return said


def _clean(read: Callable[[bytes], Content | None] | None) -> Any:
    """A reading whose texts are cleaned here, at the border."""

    def reading(data: bytes) -> Content | None:
        content = read(data) if read is not None else None
        return cleaned(content) if content is not None else None

    return reading if read is not None else None


def _clean_names(members: Callable[[bytes], Iterable[tuple[str, bytes]]] | None) -> Any:
    """The members of a container with their names cleaned."""
    if members is None:
        return None
    return lambda data: ((clean(name), content) for name, content in members(data))


def _questions() -> Iterator[tuple[str, Callable[[bytes], str | None]]]:
    """Each format with a question of its own: its strict mark, then, before anything counts as text, loose ones."""
    *strict, text = FORMATS
    for name in strict:
        yield name, _module(name).recognise  # type: ignore[attr-defined]
    for name in strict:
        if loosely := getattr(_module(name), "recognise_loosely", None):
            yield name, loosely
    yield text, _module(text).recognise  # type: ignore[attr-defined]
