"""What a list says: its items, and how many it claims to have."""

from __future__ import annotations

from dataclasses import dataclass

from archive.capture import Role
from spiders.pages.fetch import Fetch, seen_key


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list. `kind` is None where the title must decide, else "report" or "column".

    `fetch` says how to get it where a plain GET of `url` is not enough; `found_on` is the page it stands on,
    `within` the names above it in a tree.
    """

    url: str
    title: str
    date: str | None = None
    kind: str | None = None
    year: int | None = None
    agency: str | None = None
    role: Role = "page"
    fetch: Fetch | None = None
    found_on: str = ""
    within: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Equal for entries that lead to the same page."""
        return self.fetch.key if self.fetch else seen_key(self.url)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a list says about itself: its items and its pages, None where it says nothing."""

    items: int | None = None
    pages: int | None = None
