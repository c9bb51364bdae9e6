"""What follows a page of a list: by its controls, by a request's parameters, by a guess; and whether it is worth it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from spiders.families.family import Family
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.guesses import guesses, is_same_shape
from spiders.pages.list_end import signs_of_more
from spiders.pages.page import Page
from spiders.pages.pager import pressed
from spiders.pages.shown import numbered
from spiders.walk.chain import Chain
from spiders.walk.floods import MOST_ITEMS

MOST_PAGES = 400
"""No annual column is longer; a list that goes on is a loop with ever new addresses."""

Ask = Callable[[Fetch], Awaitable[Page | None]]


class NextPages:
    """Finds the next page of one list of one family. `claim` and `worth` as for `ListWalk`."""

    def __init__(
        self, family: Family, ask: Ask, claim: Callable[[Fetch], bool], worth: Callable[[ListItem], bool] | None
    ) -> None:
        self.family = family
        self.ask = ask
        self.claim = claim
        self.worth = worth

    def following(self, page: Page, chain: Chain, items: Mapping[str, ListItem]) -> Fetch | None:
        """The next page, None at the end, at the limit, and where the list is not worth the walk or already held."""
        if chain.known and chain.keys <= chain.known:
            return None
        self._bound(chain)
        if chain.flood is not None:
            return None
        met = {key: entry for key, entry in items.items() if key in chain.keys}
        if not self.is_worth_it(met):
            return None
        further = self.family.next_page(page)
        if page.asked_by is None:
            return further
        return None if chain.is_counted_out(page) else self._of_a_script(page, further, chain)

    @staticmethod
    def _bound(chain: Chain) -> None:
        """A list that never ends is cut off."""
        if chain.pages >= MOST_PAGES:
            chain.cut_off("MOST_PAGES", f"more than {MOST_PAGES} pages")
        elif len(chain.keys) > MOST_ITEMS:
            chain.cut_off("MOST_ITEMS", f"more than {MOST_ITEMS} items")

    def _of_a_script(self, page: Page, further: Fetch | None, chain: Chain) -> Fetch | None:
        """The request after an answer: by a control, pressed again where it only counts on, else by the parameters."""
        if further is not None and further.key in chain.asked:
            further = pressed(page, page.fetch.number)
        return numbered(page, len(chain.last)) if further is None else further

    async def guessed(self, page: Page, chain: Chain, items: Mapping[str, ListItem]) -> Page | None:
        """The next page where the list says that there is one and not where; believed when it is new and alike."""
        if not self._promises(page, chain, items):
            return None
        before = self.family.entries(page)
        chain.first = chain.first or page
        for rule, way in guesses(chain.first, page.fetch.number + 1, chain.rule):
            if not self.claim(way):
                continue
            found = await self.ask(way)
            came = self.family.entries(found) if found is not None else ()
            if found is not None and is_same_shape(before, came) and {one.key for one in came} - chain.keys:
                chain.rule = rule
                return found
        return None

    def _promises(self, page: Page, chain: Chain, items: Mapping[str, ListItem]) -> bool:
        """Does a page with items say that more follow?"""
        if not page.is_html or not chain.last or not self.is_worth_it(items) or chain.flood is not None:
            return False
        if chain.known and chain.keys <= chain.known:
            return False
        stated = chain.declared
        if stated.items is not None:
            return stated.items > len(chain.keys)
        more = stated.pages is not None and stated.pages > page.fetch.number
        return more or bool(signs_of_more(page, stated.pages, next_was_live=False))

    def is_worth_it(self, came: Mapping[str, ListItem]) -> bool:
        """Is any item worth the walk? True as well when none came."""
        return self.worth is None or not came or any(map(self.worth, came.values()))
