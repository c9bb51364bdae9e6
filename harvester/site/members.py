"""Files inside containers (ZIP, MHT …): the bytes of one member, found the way the reader finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from parsers import formats


def member(data: bytes, name: str) -> bytes:
    """The bytes of the member called `name`. Raises KeyError when the container has none."""
    for found, content in _members(data):
        if found == name:
            return content
    raise KeyError(name)


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    known: Any = formats.recognise(data)
    read: Callable[[bytes], Iterator[tuple[str, bytes]]] | None = getattr(known, "members", None)
    if read is None:
        read = import_module("parsers.formats.zipped").members
    return read(data)
