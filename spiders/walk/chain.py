"""One row of pages of a list: what came, what it says of itself, and what it promised that was not followed."""

from __future__ import annotations

from dataclasses import dataclass, field

from spiders.pages.entry import Declared
from spiders.pages.page import Page

VERDICTS = ("short", "unknown", "over", "complete")
"""From the worst to the best. `complete` is claimed with proof only."""


@dataclass(slots=True)
class Chain:
    """One row of pages: what was found on it, what it says of itself, and what it promised that was not followed.

    `known`: what other parts of the list had brought before. `rule`: by which guess its further pages are found,
    counted from the page `first`. `covers`: it is the whole list seen another way, by a browser or a recipe, so that
    its end is the list's end where it holds what the other parts hold.
    """

    keys: set[str] = field(default_factory=set)
    pages: int = 0
    declared: Declared = field(default_factory=Declared)
    open: list[str] = field(default_factory=list)
    known: frozenset[str] = frozenset()
    proven: bool = False
    rule: int | None = None
    first: Page | None = None
    covers: bool = False
    stale: int = 0
    last: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    flood: str | None = None

    def cut_off(self, flood: str, why: str) -> None:
        """It is not followed any further: the bound called `flood` is met."""
        if self.flood is None:
            self.flood = flood
            self.open.append(why)

    def verdict(self) -> str:
        """complete, short, over, or unknown where nothing is declared and no end was seen."""
        items, pages = self.declared.items, self.declared.pages
        if items is not None and len(self.keys) == items:
            return "complete"
        if self.open or (items is not None and len(self.keys) < items):
            return "short"
        if items is not None:
            return "over"
        if pages is not None and self.pages != pages:
            return "short" if self.pages < pages else "over"
        return "complete" if self.proven or pages is not None else "unknown"

    def is_counted_out(self, page: Page) -> bool:
        """Has all come that the list declares?"""
        items, pages = self.declared.items, self.declared.pages
        return (items is not None and len(self.keys) >= items) or (pages is not None and page.fetch.number >= pages)

    def account(self) -> str:
        """The comparison in words, for events."""
        seen = f"; seen and not followed: {', '.join(self.open)}" if self.open else ""
        declared = ((self.declared.items, "items"), (self.declared.pages, "pages"))
        stated = ", ".join(f"{count} {what} declared" for count, what in declared if count is not None)
        stated = stated or "it declares no total"
        return f"{len(self.keys)} items on {self.pages} pages; {stated}{seen}"


def most(first: int | None, second: int | None) -> int | None:
    """The larger of two numbers that may be unknown."""
    return max((number for number in (first, second) if number is not None), default=None)


def total(numbers: list[int | None]) -> int | None:
    """The sum of those that are known, None where none is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
