"""Elements whose content is no mark-up (scripts, style sheets), found in the source of a page without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache


def raw_elements(text: str, name: str) -> Iterator[tuple[str, str]]:
    """(attributes, content) of each element of that name. One that never ends is the end of the search, so that a page
    of nothing but beginnings costs its own length."""
    begins, ends = _marks(name)
    at = 0
    while (start := begins.search(text, at)) is not None:
        opened = text.find(">", start.end())
        end = ends.search(text, opened) if opened >= 0 else None
        if end is None:
            return
        yield text[start.end() : opened], text[opened + 1 : end.start()]
        at = end.end()


@cache
def _marks(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\b[^<>]*>?", re.IGNORECASE)
