"""Whole numbers as portals write them: totals, pages, years, spans. Pure.

A portal may write anything where a number belongs. Python's ``int`` takes other scripts' digits, refuses text of more
than 4,300 digits with an exception, and ``str.isdigit`` is true of ``²``.
"""

from __future__ import annotations

from collections.abc import Iterable

_MOST_DIGITS = 9
"""Digits of the largest number believed: no list has a thousand million items."""
_BEYOND = 10**_MOST_DIGITS


def whole(value: object) -> int | None:
    """The number that a text or a value of JSON is; None for anything else, and beyond any list."""
    if isinstance(value, float) and value.is_integer():
        value = int(value) if abs(value) < _BEYOND else None
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def largest(values: Iterable[object]) -> int | None:
    """The largest of the numbers among `values`; None where none is one."""
    return max((number for value in values if (number := whole(value)) is not None), default=None)
