"""Back from a cell to its document: what is printed at a place, found without any knowledge of forms."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from parsers.content import Content, Paragraph, Place, Unreadable
from parsers.formats import Format, recognise
from parsers.formats.containers import picture_pages

Finder = Callable[[Place], str | None]
"""The text printed at a place; None where a picture stands there or nothing can be found."""


def finder(data: bytes) -> Finder:
    """Opens a document once for any number of places. Raises `Unreadable`, as reading it does.

    Pages are asked by their boxes, pages of the web by their XPaths, everything else by the paths of its blocks.
    """
    found = recognise(data)
    if found is not None and found.members is not None and picture_pages.are_all(found.members(data)):
        return lambda place: None
    if found is None or found.read is None:
        raise Unreadable("unsupported", "no document in which a place can be found")
    own = found.finder(data) if found.finder is not None else None
    return own or _by_path(found, data)


PART = "@"
"""How the name of one of several reports in a document begins: ``@2``. It has no bytes of its own."""


def whole(path: str) -> str:
    """The path of the document of which a path names one report."""
    document, _, last = path.rpartition("!")
    return document if last.startswith(PART) else path


def member(data: bytes, path: str | None) -> bytes:
    """The bytes of a document inside a container, by names joined with ``!``; the data itself for None."""
    if path is None:
        return data
    found = recognise(data)
    if path.startswith(PART) and found is not None and found.members is None:
        return data
    for name, content in found.members(data) if found is not None and found.members is not None else ():
        if name == path:
            return content
        if path.startswith(f"{name}!"):
            return member(content, path.removeprefix(f"{name}!"))
    raise Unreadable("corrupt", f"the container holds no {path}")


def _by_path(found: Format, data: bytes) -> Finder:
    """By the paths that reading gives; the document is read when the first place is asked for."""

    @cache
    def texts() -> dict[str, str]:
        assert found.read is not None
        return _texts(found.read(data))

    return lambda place: None if place.page is not None or place.path is None else texts().get(place.path)


def _texts(content: Content) -> dict[str, str]:
    """Texts by path; what shares a path is joined, as the cells of one line are."""
    texts: dict[str, str] = {}
    for block in content.blocks:
        for item in (block,) if isinstance(block, Paragraph) else block.cells:
            if item.place.path is not None:
                before = texts.get(item.place.path)
                texts[item.place.path] = item.text if before is None else f"{before}\n{item.text}"
    return texts
