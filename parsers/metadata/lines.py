"""The printed lines that may say whose report it is, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from parsers.content import Content, Paragraph, Place
from parsers.printed.breadcrumbs import steps, without_ways

OPENING = 12
"""Lines at the top of a document in which its title stands."""
_FRAME = 12
"""Further lines that may be the frame of a page: its menus and the way to it."""
LONGEST_PROSE = 20_000
"""Characters of a document that are searched for statements; no report has its own further down."""


class Line(NamedTuple):
    """A line as printed, without white space at its ends."""

    text: str
    place: Place


def printed_lines(content: Content) -> Iterator[Line]:
    """All lines; of tables only rows with a single printed cell, for reports that are one large table."""
    for text, place in _texts(content):
        for line in text.splitlines():
            if stripped := line.strip():
                yield Line(stripped, place)


def opening_lines(content: Content) -> list[Line]:
    """The first lines of the text itself, the way to the page left out."""
    lines = list(islice(printed_lines(content), OPENING + _FRAME))
    return [lines[at] for at in without_ways([line.text for line in lines])][:OPENING]


def ways(content: Content) -> list[str]:
    """The ways to the page that are printed over its text."""
    above = (line.text for line in islice(printed_lines(content), _FRAME))
    return [content.meta.get("breadcrumb", ""), *(text for text in above if len(steps(text)) > 1)]


def closing_lines(content: Content, most: int) -> list[Line]:
    """The last lines."""
    return list(islice(_lines_from_the_end(content), most))[::-1]


def _lines_from_the_end(content: Content) -> Iterator[Line]:
    for block in reversed(content.blocks):
        if isinstance(block, Paragraph):
            for line in reversed(block.text.splitlines()):
                if stripped := line.strip():
                    yield Line(stripped, block.place)


def prose(content: Content) -> str:
    """The lines as one text, up to a length."""
    made: list[str] = []
    length = 0
    for line in printed_lines(content):
        made.append(line.text)
        length += len(line.text) + 1
        if length > LONGEST_PROSE:
            break
    return "\n".join(made)[:LONGEST_PROSE]


def _texts(content: Content) -> Iterator[tuple[str, Place]]:
    for block in content.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place
        else:
            rows = ([cell for cell in row if cell.text.strip()] for row in block.rows())
            yield from ((row[0].text, row[0].place) for row in rows if len(row) == 1)
