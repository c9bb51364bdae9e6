"""The syntax of RTF: control words, groups and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\"
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is ``word``, ``symbol``, ``open``, ``close``, ``hex`` or ``text``; `raw` the bytes it stands for."""

    kind: str
    name: str = ""
    number: int | None = None
    raw: bytes = b""


_OPEN, _CLOSE = Token("open"), Token("close")


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file; binary data after \\bin is passed over."""
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "text":
            yield Token("text", raw=match["text"])
        elif kind == "brace":
            yield _OPEN if match["brace"] == b"{" else _CLOSE
        elif kind == "hex":
            yield Token("hex", raw=bytes([int(match["hex"], 16)]))
        elif kind == "symbol":
            yield Token("symbol", match["symbol"].decode("latin-1"), raw=match["symbol"])
        elif kind is not None:
            number = int(match["number"]) if match["number"] else None
            name = match["word"].decode("ascii")
            if name == "bin" and number:
                at += max(0, number)
                continue
            yield Token("word", name, number)
