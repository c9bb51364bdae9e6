"""A container of nothing but pictures: the pages of one scanned document, each a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from parsers.content import Content
from parsers.formats.pictures import image
from parsers.formats.pictures.pasted import with_pictures

Member = tuple[str, bytes]


def split(members: Iterable[Member]) -> tuple[list[Member], Iterator[Member]]:
    """The pictures that stand before all else, and the rest, which is empty where there are only pictures."""
    pictures: list[Member] = []
    given = iter(members)
    for member in given:
        if image.recognise(member[1]) is None:
            return pictures, _before(member, given)
        pictures.append(member)
    return pictures, iter(())


def _before(first: Member, rest: Iterator[Member]) -> Iterator[Member]:
    yield first
    yield from rest


def are_all(members: Iterable[Member]) -> bool:
    """Does a container hold the pages of a document as pictures, and nothing else?"""
    pictures, others = split(members)
    return len(pictures) > 1 and next(others, None) is None


def read(pictures: Sequence[Member], media_type: str) -> Content:
    """The pictures as pages in the order of their names, 2 before 10. Raises `Unreadable` where none can be read."""
    ordered = sorted(pictures, key=lambda picture: _number_by_number(picture[0]))
    return with_pictures(Content(media_type, "pictures", ()), ordered)


def _number_by_number(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d{1,9})", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
