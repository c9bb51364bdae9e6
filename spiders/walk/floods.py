"""Floods: what one visit may grow to. Each bound has a name; what goes over it is an event, and proves nothing.

Requests, bytes and seconds of a visit are in spiders/walk/politeness.py, pages in a row in spiders/walk/next_pages.py,
the parts of one page in spiders/pages/. docs/security.md lists them all.
"""

from __future__ import annotations

FLOOD = "flood"
"""Kind of the event, and how a visit ends that met one which it could not get around."""

MOST_COLUMNS = 600
"""Columns, menus and lists that one visit opens. The next one opens what is left: lists that are done are not due."""

MOST_WAITING = 20_000
"""Columns that wait to be opened."""

MOST_ITEMS = 50_000
"""Entries of one list: every agency of a province, twenty years."""

MOST_LEFT = 2_000
"""Items of one list that are told of as not asked for."""

MOST_EVENTS = 1_000
"""Events of one kind in one visit. What comes after is counted, and written down no more."""

LONGEST_ADDRESS = 8_000
"""Characters of an address: servers take no longer request lines, and no portal's own is a tenth of it."""

LONGEST_TITLE = 500
"""Characters of a title that are remembered. The longest of a report has 60."""

LONGEST_TOLD = 2_000
"""Characters of an event's words, and of the address in it."""


def cut(text: str, longest: int) -> str:
    """As much of a text as is kept; the mark at its end says that there was more."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def is_too_long(url: str) -> bool:
    """An address that is never asked for."""
    return len(url) > LONGEST_ADDRESS
