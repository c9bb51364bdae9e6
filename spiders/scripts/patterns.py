"""Regular expressions of scripts, as far as they can be tried without harm. Pure."""

from __future__ import annotations

import re
from typing import Any

from spiders.scripts.values import UNKNOWN, Pattern, in_words

_LONGEST_PATTERN = 200
_LONGEST_TEXT = 5_000
_REPEATED_TWICE = re.compile(r"[*+}][^()]*\)\s*[*+{]|\([^)]*\|[^)]*\)[*+{]")
"""A repetition within a repetition, which may take for ever: ``(a+)+``, ``(a|ab)*``."""


def compiled(written: str) -> Any:
    """``/…/gi`` as a pattern; UNKNOWN for one that may take for ever or that Python does not know."""
    body, _, flags = written[1:].rpartition("/")
    if len(body) > _LONGEST_PATTERN or _REPEATED_TWICE.search(body):
        return UNKNOWN
    try:
        found = re.compile(body.replace("\\/", "/"), re.I if "i" in flags else 0)
    except (re.error, OverflowError):
        return UNKNOWN
    return Pattern(found, "g" in flags)


def made(given: list[Any]) -> Any:
    """``new RegExp('(^|&)' + name + '=([^&]*)')``, as every page reads the query of its own address."""
    body, flags = (*given, "", "")[:2]
    if not isinstance(body, str) or not isinstance(flags, str):
        return UNKNOWN
    return compiled(f"/{body}/{flags}")


def executed(of: Pattern, text: Any, *, test: bool = False) -> Any:
    """``/…/.exec(text)`` and ``/…/.test(text)``; ``text.match(/…/)`` is the former."""
    said = in_words(text)
    if said is UNKNOWN or len(said) > _LONGEST_TEXT:
        return UNKNOWN
    found = of.pattern.search(said)
    if test:
        return found is not None
    return None if found is None else [found[0], *found.groups()]


def replaced(text: str, of: Pattern, new: Any) -> Any:
    """``text.replace(/…/g, 'new')`` for a plain new text."""
    if not isinstance(new, str) or "$" in new or len(text) > _LONGEST_TEXT:
        return UNKNOWN
    return of.pattern.sub(lambda _: new, text, 0 if of.everywhere else 1)
