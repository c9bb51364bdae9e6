"""Several reports in one document: collections of all departments, two years on one page, a sheet a year.

A report begins with its title and prints a table of the form before the next one begins. Where titles do not tell the
reports apart nothing is cut: `parsers.lookalikes` then refuses what is a collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from parsers.content import Content, Paragraph, Table, Word
from parsers.forms.detect_form import TABLE2_CORNER, TABLE3_FIRST
from parsers.metadata.agencies import related
from parsers.metadata.titles import begins_title, is_sentence
from parsers.printed.labels import normalise
from parsers.printed.titles_and_agencies import read_title, tight

_LONGEST_TITLE = 90
_JOINED = 3
"""Paragraphs that one title may take."""
_OF_THE_WHOLE = frozenset({"title", "window_title", "breadcrumb"})
"""What a page says of itself is said of the collection."""


class _Start(NamedTuple):
    """A block that begins a report, whose and for which year."""

    block: int
    agency: str
    year: int | None


def parts(content: Content) -> list[Content]:
    """The content of each report; nothing for a document that carries one."""
    starts = list(_starts(content))
    if len(starts) < 2:
        return []
    ends = [*(start.block for start in starts[1:]), len(content.blocks)]
    return [_part(content, start.block, end) for start, end in zip(starts, ends, strict=True)]


def _starts(content: Content) -> Iterator[_Start]:
    """Titles of different reports, each with a table of the form under it."""
    titles = list(_titles(content))
    last: _Start | None = None
    for start, following in pairwise([*titles, _Start(len(content.blocks), "", None)]):
        under = content.blocks[start.block : following.block]
        if (last is None or not _is_same(last, start)) and any(map(_is_of_form, under)):
            last = start
            yield start


def _is_same(one: _Start, other: _Start) -> bool:
    """A title printed again: on the next page, in a copy for phones, in fewer words."""
    return (one.year == other.year or not one.year or not other.year) and related(one.agency, other.agency)


def _titles(content: Content) -> Iterator[_Start]:
    """Paragraphs that are a title with its agency, on their own or with the ones below."""
    for at, block in enumerate(content.blocks):
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST_TITLE:
            titled = next(filter(None, (read_title(text) for text in _joined(content, at))), None)
            if titled is not None and titled.agency:
                yield _Start(at, titled.agency, titled.year)


def _joined(content: Content, at: int) -> Iterator[str]:
    """The paragraph alone, then with those below it, where that may be a title."""
    text, first = "", ""
    for block in content.blocks[at : at + _JOINED]:
        if not isinstance(block, Paragraph) or len(tight(text + block.text)) > _LONGEST_TITLE:
            return
        text += block.text
        first = first or block.text
        if not is_sentence(text) and (text == first or begins_title(first, text.removeprefix(first))):
            yield text


def _is_of_form(block: Paragraph | Table) -> bool:
    """Does a table print the first label of table three or the corner of table two?"""
    if not isinstance(block, Table):
        return False
    texts = (normalise(cell.text) for cell in block.cells)
    return any(TABLE3_FIRST in text or text.endswith(TABLE2_CORNER) for text in texts)


def _part(content: Content, begin: int, end: int) -> Content:
    """The blocks from one title to the next; of pages without lines the words between the two."""
    meta = {key: value for key, value in content.meta.items() if key not in _OF_THE_WHOLE}
    top, bottom = _height(content, begin), _height(content, end)
    words = tuple(word for word in content.words if top <= _at(word) < bottom)
    return replace(content, blocks=content.blocks[begin:end], meta=meta, links=(), words=words)


def _height(content: Content, block: int) -> tuple[int, float]:
    """Page and top of a block; beyond the last page for the end of the document."""
    place = content.blocks[block].place if block < len(content.blocks) else None
    if place is None or place.page is None or place.box is None:
        return (len(content.pages) + 1, 0.0) if place is None else (0, 0.0)
    return place.page, place.box[1]


def _at(word: Word) -> tuple[int, float]:
    return word.page, (word.box[1] + word.box[3]) / 2
