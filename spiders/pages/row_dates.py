"""The day that stands beside a link: in its row, or in rows of its own that take turns with the links. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from lxml import html

from spiders.pages.texts import DATE, find_date, squeeze

_LONGEST_ROW = 600
"""Characters of a row that is searched for its date; chosen: a longer one is a text with dates of its own."""
_LONGEST_DAY = 30
"""Characters of what is nothing but a day, with a word like 发布日期 before it."""
_ALONE = re.compile(rf"[\W_]*(?:\w{{2,6}}[:：]\s*)?[\W_]*{DATE.pattern}\s*日?[\W_]*(?:\d{{1,2}}:\d\d(?::\d\d)?)?[\W_]*")
_COMPACT = re.compile(r"[\[(（【]?(20\d\d)(\d\d)(\d\d)[\])）】]?")
_DAY_FIRST = re.compile(r"(\d{1,2})日?\s*[/|]?\s*(20\d\d)\s*[-./年]\s*(\d{1,2})月?")
"""A large day over a small year and month: ``20`` ``2023-01``."""


class RowDates:
    """The days of one page's rows; rows that take turns with days are looked at once for all of them."""

    def __init__(self) -> None:
        self._dates: dict[Any, str | None] = {}
        self._turns: dict[Any, dict[Any, str]] = {}

    def of(self, row: html.HtmlElement) -> str | None:
        """The day of `row` as YYYY-MM-DD; None where none is told, or where it is not sure whose it is."""
        if row not in self._dates:
            self._dates[row] = _inside(row) or self._beside(row)
        return self._dates[row]

    def _beside(self, row: html.HtmlElement) -> str | None:
        parent = row.getparent()
        if parent is None:
            return None
        if parent not in self._turns:
            self._turns[parent] = dict(_in_turn(parent))
        return self._turns[parent].get(row)


def _inside(row: html.HtmlElement) -> str | None:
    text = " ".join(row.itertext())
    if len(text) >= _LONGEST_ROW:
        return None
    return find_date(text) or next((day for part in row.iter() if (day := _written_otherwise(part))), None)


def _written_otherwise(part: html.HtmlElement) -> str | None:
    """A day without marks, or one that stands before its month: only where the element holds nothing else."""
    text = squeeze(" ".join(part.itertext())) if isinstance(part.tag, str) and part.tag != "a" else ""
    if not text or len(text) > _LONGEST_DAY:
        return None
    if compact := _COMPACT.fullmatch(text):
        return _day(compact[1], compact[2], compact[3])
    first = _DAY_FIRST.fullmatch(text)
    return _day(first[2], first[3], first[1]) if first else None


def _day(year: str, month: str, day: str) -> str | None:
    with suppress(ValueError):
        return date(int(year), int(month), int(day)).isoformat()
    return None


def _in_turn(parent: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """The rows of `parent` with the days beside them, where each row has exactly one, on the same side."""
    told = list(_links_and_days(parent))
    if len(told) % 2:
        return
    pairs = list(zip(told[::2], told[1::2], strict=True))
    if all(isinstance(day, str) and not isinstance(row, str) for row, day in pairs):
        yield from pairs
    elif all(isinstance(day, str) and not isinstance(row, str) for day, row in pairs):
        yield from ((row, day) for day, row in pairs)


def _links_and_days(parent: html.HtmlElement) -> Iterator[html.HtmlElement | str]:
    """The children that hold a link, and the days that stand alone between them, in order."""
    if day := _alone(parent.text):
        yield day
    for child in parent:
        if isinstance(child.tag, str):
            if child.tag == "a" or next(child.iter("a"), None) is not None or child.get("onclick"):
                yield child
            elif day := _alone(" ".join(child.itertext())):
                yield day
        if day := _alone(child.tail):
            yield day


def _alone(text: str | None) -> str | None:
    """The day that a text is, and nothing more."""
    shown = squeeze(text) if text and len(text) < _LONGEST_ROW else ""
    return find_date(shown) if 0 < len(shown) <= _LONGEST_DAY and _ALONE.fullmatch(shown) else None
