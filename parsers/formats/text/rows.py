"""The cells of a line of text: apart by tabs, pipes, drawn borders, commas or wide gaps."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_DRAWN = dict.fromkeys(map(ord, "─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╟╢"), "-") | dict.fromkeys(map(ord, "│┃║┆┊┇┋"), "|")
"""Borders of drawn tables as those of Markdown."""
_RULE = re.compile(r"[\s|:+=_-]*-[\s|:+=_-]*")
_GAP = re.compile(r"[ \u3000]{2,}")
_PIPE = re.compile(r"(?<!\\)\|")
_NUMERIC = re.compile(r"[\d０-９,，.．+＋—－-]+")
_STRESSED = re.compile(r"(\*\*|__|\*|`)(.+)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|~-])")
_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+")
_SENTENCE = re.compile("[。，；]")
_FEWEST = 5
"""Lines with a separator that make it the separator of the document."""
_MANY_PIECES = 4
"""Pieces between wide gaps that are cells whatever they say; three may be a sentence set wide."""
_SHORT = 16
"""Characters of a column label in a line of three."""


@dataclass(frozen=True, slots=True)
class Separators:
    """What separates cells in this document besides tabs and wide gaps."""

    pipes: bool
    commas: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Separators:
        """As most of its tables show them."""
        plain = [line for line in lines if "。" not in line]
        commas = sum(line.count(",") > 2 for line in plain)
        return cls(
            pipes=sum(line.translate(_DRAWN).count("|") > 1 for line in lines) >= _FEWEST,
            commas=commas >= 2 * _FEWEST and commas > sum("\t" in line or "|" in line for line in plain),
        )

    def split(self, line: str) -> list[str] | None:
        """The cells of a line, None when it is a line of prose."""
        if "\t" in line:
            return line.split("\t") if line.strip() else None
        drawn = line.translate(_DRAWN)
        if drawn.count("|") > (0 if self.pipes else 1):
            framed = drawn.strip()
            framed = framed[1:].removesuffix("|") if framed.startswith("|") else framed
            return [unmarked(text) for text in _PIPE.split(framed)]
        if self.commas and "," in line and "。" not in line:
            return next(csv.reader([line]))
        pieces = _GAP.split(line.strip())
        return pieces if _are_cells(pieces) else None


def is_rule(line: str) -> bool:
    """A line that only draws a border."""
    return _RULE.fullmatch(line.translate(_DRAWN)) is not None


def unmarked(text: str) -> str:
    """The text of a Markdown cell or line without the marks that style it."""
    text = text.strip(" ")
    heading = _HEADING.match(text)
    text = _LINE_BREAK.sub("\n", text[heading.end() :] if heading else text)
    stressed = _STRESSED.fullmatch(text)
    return html.unescape(_ESCAPED.sub(r"\1", stressed[2] if stressed else text)).strip(" ")


def _are_cells(pieces: Sequence[str]) -> bool:
    """Are these pieces between wide gaps cells? Four are, numbers behind a label are, and three short labels."""
    if len(pieces) >= _MANY_PIECES or (len(pieces) > 1 and all(_NUMERIC.fullmatch(piece) for piece in pieces[1:])):
        return True
    return len(pieces) == 3 and all(len(piece) <= _SHORT and not _SENTENCE.search(piece) for piece in pieces)
