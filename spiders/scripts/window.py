"""The window as scripts know it: parts of the page's address, objects that are made anew. Pure."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from spiders.scripts.patterns import made
from spiders.scripts.values import UNKNOWN, Query

WINDOWS = ("window.", "self.", "top.", "parent.", "document.")
"""What a script may write before a name of the window's own."""


def without_windows(name: str) -> str:
    """``parent.go`` and ``window.top.go`` as ``go``: a frame's script means the page around it."""
    while name.startswith(WINDOWS):
        name = name.partition(".")[2]
    return name


def location(name: str, address: str) -> Any:
    """Parts of the page's own address by the name a script gives them; UNKNOWN for any other name."""
    bare = without_windows(name)
    parts = urlsplit(address)
    known = {
        "location": address,
        "location.href": address,
        "URL": address if name.startswith("document.") else UNKNOWN,
        "location.pathname": parts.path or "/",
        "location.host": parts.netloc,
        "location.hostname": parts.hostname or "",
        "location.protocol": f"{parts.scheme}:",
        "location.origin": f"{parts.scheme}://{parts.netloc}",
        "location.search": f"?{parts.query}" if parts.query else "",
        "location.hash": "",
        "domain": parts.hostname if name.startswith("document.") else UNKNOWN,
    }
    return known.get(bare, UNKNOWN)


def built(name: str, given: list[Any]) -> Any:
    """``new RegExp(…)``, ``new URLSearchParams(…)``, ``new Array()``."""
    if name == "RegExp":
        return made(given)
    if name in ("URLSearchParams", "URL") and given and isinstance(given[0], str):
        asked_for = urlsplit(given[0]).query if name == "URL" else given[0].lstrip("?")
        return Query(dict(parse_qsl(asked_for, keep_blank_values=True)))
    return [] if name == "Array" and not given else UNKNOWN
