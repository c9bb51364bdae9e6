"""One list, page after page, until it ends, repeats itself, runs empty or loops; and whether that was all of it."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from spiders.families.family import Family
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.pages.redirect_pages import frames

MOST_PAGES = 400
"""No annual column is longer; a list that goes on is a loop with ever new addresses."""

MOST_STALE = 3

Ask = Callable[[Fetch], Awaitable[Page | None]]


class ListWalk:
    """Walks one list of one family. `claim` says whether an address is new to the whole walk, and makes it known.

    `worth` judges an item: a list without one that is worth it is left after its first page, where it is given.
    """

    def __init__(
        self,
        family: Family,
        ask: Ask,
        claim: Callable[[Fetch], bool],
        worth: Callable[[ListItem], bool] | None = None,
    ) -> None:
        self.family = family
        self.worth = worth
        self.ask = ask
        self.claim = claim
        self.items: dict[str, ListItem] = {}
        self.declared = Declared()
        self.walked = 0
        self.broken = False
        self.addresses: list[str] = []
        self._base = self._own = Declared()
        self._last: list[str] = []
        self._stale = 0

    async def pages(self, first: Page) -> AsyncIterator[Page]:
        """Every page of the list that could be had. `first` is given; what the list is loaded from is fetched."""
        async for page in self._chains(self.family.list_requests(first)):
            yield page
        if not self.items:
            async for page in self._chain(first):
                yield page
        if not self.items:
            async for page in self._chains(frames(first)):
                yield page

    async def _chains(self, starts: tuple[Fetch, ...]) -> AsyncIterator[Page]:
        for fetch in starts:
            if self.claim(fetch):
                before, self._base = dict(self.items), self.declared
                async for page in self._chain(fetch):
                    yield page
                if len(starts) > 1 and not self._is_worth_it(before):
                    # A box beside the list (latest news): neither its items nor its total count.
                    self.items, self.declared = before, self._base

    async def _chain(self, start: Page | Fetch) -> AsyncIterator[Page]:
        before, self._own = dict(self.items), Declared()
        waiting: deque[Page | Fetch] = deque([start])
        while waiting and self.walked < MOST_PAGES:
            step = waiting.popleft()
            page = step if isinstance(step, Page) else await self._good(step)
            if page is None:
                return
            self.addresses.append(page.fetch.address)
            goes_on = self._take(page) or page.fetch.number == 0
            yield page
            following = self.family.next_page(page) if goes_on and self._is_worth_it(before) else None
            if following is not None and self.claim(following):
                waiting.append(following)

    def _is_worth_it(self, before: Mapping[str, ListItem]) -> bool:
        """Is any item that came after `before` worth the walk? True as well when none came."""
        came = [entry for key, entry in self.items.items() if key not in before]
        return self.worth is None or not came or any(map(self.worth, came))

    async def _good(self, fetch: Fetch) -> Page | None:
        """The page, None when it is not to be had; one that was promised and is missing breaks the list."""
        page = await self.ask(fetch)
        if page is None or not self.family.entries(page):
            other = self.family.fallback_request(fetch)
            if other is not None and self.claim(other):
                fetch, page = other, await self.ask(other) or page
        self.broken = self.broken or (page is None and not fetch.probe)
        return page

    def _take(self, page: Page) -> bool:
        """Adds the items of `page`. False when the list has ended: nothing new, or the page before once more.

        Where the list declares more than was found, a page of old items is passed over (records were shifted, or the
        server cuts pages otherwise than we count them).
        """
        stated = self.family.declared_totals(page)
        self._own = Declared(_most(self._own.items, stated.items), _most(self._own.pages, stated.pages))
        base = self._base
        self.declared = Declared(_sum(base.items, self._own.items), _sum(base.pages, self._own.pages))
        found: dict[str, ListItem] = {}
        for entry in self.family.entries(page):
            found.setdefault(entry.key, entry)
        fresh = {key: entry for key, entry in found.items() if key not in self.items}
        repeated, self._last = list(found) == self._last, list(found)
        if repeated or not found:
            return False
        if not fresh:
            self._stale += 1
            return self._stale <= MOST_STALE and len(self.items) < (self.declared.items or 0)
        self._stale = 0
        self.walked += 1
        self.items |= fresh
        return True

    def verdict(self) -> str:
        """complete, short, over (against what the list declares) or unknown."""
        if self.declared.items is not None:
            found, stated = len(self.items), self.declared.items
        elif self.declared.pages is not None:
            found, stated = self.walked, self.declared.pages
        else:
            return "short" if self.broken else "unknown"
        if found == stated:
            return "complete"
        return "short" if found < stated else "over"

    def account(self) -> str:
        """The comparison in words, for events."""
        stated = f"declared items {self.declared.items}, pages {self.declared.pages}"
        return f"{len(self.items)} items on {self.walked} pages; {stated}"


def _most(first: int | None, second: int | None) -> int | None:
    return max((number for number in (first, second) if number is not None), default=None)


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None and second is None else (first or 0) + (second or 0)
