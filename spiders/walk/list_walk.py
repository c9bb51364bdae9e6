"""One list, page after page, until it ends, repeats itself, runs empty or loops; and whether that was all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from spiders.families.family import Family
from spiders.pages.controls import controls
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.list_end import is_live, signs_of_more
from spiders.pages.page import Page
from spiders.pages.redirect_pages import frames
from spiders.pages.shown import as_shown, may_be_an_empty_list, requests_at_load
from spiders.recipes.reading import CARRIED
from spiders.walk.chain import VERDICTS, Chain, most, total
from spiders.walk.next_pages import Ask, NextPages

MOST_STALE = 3

MOST_DEEP = 2
"""Frames within frames that are looked into for a list."""


class ListWalk:
    """Walks one list of one family. `claim` says whether an address is new to the whole walk, and makes it known.

    `worth` judges an item: a list without one that is worth it is left after its first page, where it is given.
    `open_requests`: pages that failed or came empty, to be asked for again later in the visit (`again`). `read_once`:
    it was not compared with what a browser shows, though scripts may show more; `shown`: its first page there; `told`:
    what each reading brought, in words.
    """

    def __init__(
        self,
        family: Family,
        ask: Ask,
        claim: Callable[[Fetch], bool],
        worth: Callable[[ListItem], bool] | None = None,
    ) -> None:
        self.family = family
        self.further = NextPages(family, ask, claim, worth)
        self.ask = ask
        self.claim = claim
        self.items: dict[str, ListItem] = {}
        self.chains: list[Chain] = []
        self.addresses: list[str] = []
        self.open_requests: list[tuple[Fetch, Chain]] = []
        self.first: Page | None = None
        self.shown: Page | None = None
        self.read_once = False
        self.told = ""

    @property
    def declared(self) -> Declared:
        """What the list says it holds, all its parts together; one that is the whole seen another way is no part."""
        stated = [chain.declared for chain in self.chains if not chain.covers] or [one.declared for one in self.chains]
        return Declared(total([one.items for one in stated]), total([one.pages for one in stated]))

    @property
    def broken(self) -> bool:
        """Is a page still owed?"""
        return bool(self.open_requests)

    async def pages(self, first: Page) -> AsyncIterator[Page]:
        """Every page of the list that could be had. `first` is given; what the list is loaded from is fetched.

        What a page shows and what its scripts fetch are united: a box of years beside a list is as good as the list.
        """
        self.first = first
        async for page in self._whole(first, MOST_DEEP):
            yield page

    async def _whole(self, first: Page, deep: int) -> AsyncIterator[Page]:
        """A page with what its scripts fetch; where nothing is on it, its frames, each a page of its own."""
        async for page in self._parts(self.family.list_requests(first) or requests_at_load(first), first):
            yield page
        async for page in self._part(first, first):
            yield page
        for fetch in frames(first) if not self.items and deep else ():
            chain = Chain()
            framed = await self._good(fetch, chain, first) if self.claim(fetch) else None
            if chain.open:
                self.chains.append(chain)
            if framed is not None:
                self.addresses.append(fetch.address)
                async for page in self._whole(replace(framed, framed_by=first), deep - 1):
                    yield page

    async def part(self, start: Fetch) -> AsyncIterator[Page]:
        """The pages that begin with one request, and no others."""
        async for page in self._part(start, self.first):
            yield page

    def forget(self) -> None:
        """Before the list is walked anew: what was found stays, what was promised is seen again."""
        self.chains.clear()
        self.open_requests.clear()

    def owe_first(self) -> None:
        """Nothing is on a list that should hold something: its page is owed a second look."""
        if not self.open_requests and self.first is not None:
            chain = Chain()
            self.chains.append(chain)
            self._owe(self.first.fetch, chain, "no item on it")

    async def again(self) -> AsyncIterator[Page]:
        """The pages that are owed, asked for once more, and what comes after them."""
        owed, self.open_requests = self.open_requests, []
        for fetch, chain in owed:
            chain.open.clear()
            async for page in self._chain(fetch, chain, self.first):
                yield page

    async def _parts(self, starts: tuple[Fetch, ...], of: Page) -> AsyncIterator[Page]:
        for fetch in starts:
            if self.claim(fetch):
                async for page in self._part(fetch, of, alone=len(starts) == 1):
                    yield page

    async def _part(self, start: Page | Fetch, of: Page | None, *, alone: bool = True) -> AsyncIterator[Page]:
        """One part of the list; it counts when it brought anything that the parts before had not."""
        before, chain = dict(self.items), Chain(known=frozenset(self.items))
        chain.covers = isinstance(start, Fetch) and CARRIED in start.carry
        async for page in self._chain(start, chain, of):
            yield page
        came = {key: entry for key, entry in self.items.items() if key not in before}
        if not alone and not self.further.is_worth_it(came):
            self.items = before  # a box beside the list (latest news): neither its items nor its total count
        elif came or chain.open or not self.chains:
            self.chains.append(chain)

    async def _chain(self, start: Page | Fetch, chain: Chain, of: Page | None) -> AsyncIterator[Page]:
        step, live, before = start, False, of
        while True:
            page = step if isinstance(step, Page) else await self._good(step, chain, before)
            if page is None:
                return
            before = page
            self.addresses.append(page.fetch.address)
            chain.asked.add(page.fetch.key)
            goes_on = self._take(page, chain)
            yield page
            if not goes_on:
                self._ran_out(page, step, chain)
                return
            following = self.further.following(page, chain, self.items)
            if following is None and (guessed := await self.further.guessed(page, chain, self.items)) is not None:
                step = guessed
                continue
            if following is None:
                self._ended(page, chain, next_was_live=live)
                return
            following = replace(following, found_on=self._document(page).url)
            if not self.claim(following):
                chain.proven = True
                return
            live = live or any(one.means == "next" and is_live(page, one) for one in controls(page))
            step = following

    def _document(self, page: Page) -> Page:
        """The document that an answer of its script stands in: that is what a browser names as Referer."""
        if page.is_html and not page.is_piece:
            return page
        return page.asked_by or self.first or page

    def _ended(self, page: Page, chain: Chain, *, next_was_live: bool) -> None:
        """No page follows `page`: proven, unless something on it says otherwise."""
        held_elsewhere = chain.known and chain.keys <= chain.known
        if held_elsewhere and all(other.verdict() == "complete" for other in self.chains):
            return
        ahead = signs_of_more(page, chain.declared.pages, next_was_live=next_was_live)
        chain.open += ahead
        chain.proven = page.is_html and not ahead

    async def _good(self, fetch: Fetch, chain: Chain, asked_by: Page | None) -> Page | None:
        """The page, None when it is not to be had; one that was promised and is missing is owed."""
        if asked_by is not None and not fetch.found_on:
            fetch = replace(fetch, found_on=(asked_by.asked_by or asked_by).url)
        page = await self.ask(fetch)
        if page is not None and asked_by is not None:
            page = self._as_asked(page, asked_by, fetch)
        if page is None or not self.family.entries(page):
            other = self.family.fallback_request(fetch)
            if other is not None and self.claim(other):
                fetch, page = other, await self.ask(other) or page
        if page is None and not fetch.probe:
            self._owe(fetch, chain, f"page {fetch.number} was not to be had")
        chain.proven = chain.proven or (page is None and fetch.probe)
        return page

    def _as_asked(self, page: Page, asked_by: Page, fetch: Fetch) -> Page:
        """The page with what the one that asked for it knows: its scripts, and how it shows an answer."""
        if asked_by.scripts and page.script_files == asked_by.script_files:
            page = replace(page, scripts=asked_by.scripts)
        return self._piece(page, asked_by) if page.is_piece and fetch.found_by != "frame" else page

    def _piece(self, page: Page, asked_by: Page) -> Page:
        """An answer to a request of a script, as the script shows it, or as the data that it is."""
        if type(self.family).entries is not Family.entries and self.family.entries(page) and not page.is_html:
            return page  # the family knows this data
        drawn = as_shown(page, asked_by)
        return drawn if drawn.rendered is not None else replace(page, asked_by=drawn.asked_by)

    def _owe(self, fetch: Fetch, chain: Chain, why: str) -> None:
        chain.open.append(why)
        self.open_requests.append((fetch, chain))

    def _take(self, page: Page, chain: Chain) -> bool:
        """Adds the items of `page`. False when the list has ended: nothing new, or the page before once more.

        Where the list declares more than was found, a page of old items is passed over (records were shifted, or the
        server cuts pages otherwise than we count them).
        """
        stated = self.family.declared_totals(page)
        held = chain.declared
        chain.declared = Declared(most(held.items, stated.items), most(held.pages, stated.pages))
        found: dict[str, ListItem] = {}
        shown_on = page.url if page.is_html or self.first is None else self.first.url
        for entry in self.family.entries(page):
            found.setdefault(entry.key, replace(entry, found_on=shown_on))
        fresh = found.keys() - chain.keys
        repeated, chain.last = list(found) == chain.last, list(found)
        self.items |= {key: entry for key, entry in found.items() if key not in self.items}
        chain.keys |= fresh
        if repeated or not found:
            return page.fetch.number == 0
        if not fresh:
            chain.stale += 1
            return chain.stale <= MOST_STALE and len(chain.keys) < (chain.declared.items or 0)
        chain.stale = 0
        chain.pages += 1
        chain.open += ["the rest of a page that is too large"] if page.is_cut else []
        return True

    def _ran_out(self, page: Page, step: Page | Fetch, chain: Chain) -> None:
        """A page with nothing new: the end, unless a link promised it, or it is page one once more."""
        if isinstance(step, Page) or step.number <= 1:
            if isinstance(step, Fetch) and not step.probe and (page.asked_by is None or may_be_an_empty_list(page)):
                self._owe(step, chain, "an empty answer")
            return
        chain.proven = True
        if step.number == 2 and chain.pages == 1 and chain.last and page.asked_by is not None:
            chain.open.append("page 2 is page 1 once more")
        if step.probe or not page.is_html:
            return
        if not self.family.entries(page):
            self._owe(step, chain, f"page {step.number} came empty")
        elif step.number == 2 and chain.pages == 1:
            self._owe(step, chain, "page 2 is page 1 once more")

    def verdict(self) -> str:
        """The worst of its parts: complete, short, over (against what the list declares) or unknown.

        A list whose end is proven by its pager alone must have been read twice; a total that is reached needs no more.
        """
        if any(one.covers and one.keys >= self.items.keys() and one.verdict() == "complete" for one in self.chains):
            return "complete"
        said = [chain.verdict() for chain in self.chains]
        worst = next((verdict for verdict in VERDICTS if verdict in said), "unknown")
        counted = all(chain.declared != Declared() for chain in self.chains)
        return "unknown" if worst == "complete" and self.read_once and not counted else worst

    def account(self) -> str:
        """What its parts say, those that are not complete first."""
        trouble = [chain for chain in self.chains if chain.verdict() != "complete"]
        return " | ".join(dict.fromkeys(chain.account() for chain in trouble or self.chains))
