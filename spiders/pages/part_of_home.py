"""The home page, or a part of it, in the place of something else: how some systems answer an unknown id. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from spiders.pages.page import Page
from spiders.pages.texts import squeeze

_LEAST_TEXTS = 5
"""Pieces of text that a page must have to be compared; one of a script alone is the same at every address."""
_LEAST_LINKS = 3
_MOST_OF_ITS_OWN = 0.05
"""Of the pieces of text, that a part of the home page may have for itself: a day, a clock, a title."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a page is made of."""

    texts: frozenset[str]
    links: frozenset[str]
    scripts: frozenset[str]


def is_of_home(page: Page, home: Page) -> str | None:
    """Why `page` is the home page or nothing but a part of it; None where it is not, or is drawn by its scripts."""
    made = _made_of(page)
    if len(made.texts) < _LEAST_TEXTS and made.scripts:
        return None
    if page.body == home.body:
        return "the home page at another address"
    whole = _made_of(home)
    own = made.texts - whole.texts
    if len(made.texts) < _LEAST_TEXTS or len(made.links) < _LEAST_LINKS:
        return None
    is_part = len(own) <= _MOST_OF_ITS_OWN * len(made.texts) and made.links <= whole.links
    return "a part of the home page at another address" if is_part and made.scripts <= whole.scripts else None


def _made_of(page: Page) -> _Made:
    texts = page.tree.xpath("//text()[not(ancestor::script or ancestor::style)]")
    pieces = (squeeze(str(text)) for text in texts)
    written = (squeeze(script.get("src") or script.text or "") for script in page.tree.iter("script"))
    return _Made(
        frozenset(piece for piece in pieces if len(piece) > 1),
        frozenset(link.url for link in page.links),
        frozenset(source for source in written if source),
    )
