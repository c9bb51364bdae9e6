"""The walk: start addresses → columns → pages of lists → items → articles and their files."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import AsyncIterator
from functools import partial

from archive.capture import Capture
from archive.warc import content_sha256
from spiders.families.family import Family
from spiders.pages import soft_errors as softerror
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.pages.redirect_pages import frames
from spiders.walk.account import WalkedList
from spiders.walk.articles import Articles, Item
from spiders.walk.choose_family import Families
from spiders.walk.columns import ListPage, children
from spiders.walk.discovery import Discovery
from spiders.walk.events import Stopped
from spiders.walk.list_walk import ListWalk
from spiders.walk.sort_items import Sorted, is_wanted, sort_items
from spiders.walk.visitor import Visitor

PEEKS = 10
"""Where nothing is due, one list for so many known addresses is looked at all the same: new reports show there."""

MOST_COLUMNS = 600

PASSING = ("system_error", "stub")
"""Errors in disguise that may be over a minute later."""


class Walk:
    """One walk over one portal. Yields captures; `visitor` asks, remembers and records.

    Lists count as walked only when the whole walk has come to its end: a folder is done when all below it is.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.families = Families(visitor)
        self.articles = Articles(visitor)
        self.waiting: deque[ListPage] = deque(ListPage.of(start) for start in visitor.portal.start)
        self.left_aside: deque[ListPage] = deque()
        self.discovery = Discovery()
        self.peeks = max(1, len(visitor.memory.known()) // PEEKS)
        self.peeked: dict[str, Page] = {}
        self.columns = 0
        self.reached = 0
        self.empty: str | None = None
        self.walked: list[str] = []
        self.left: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self.passing: set[str] = set()
        self.asked_again: set[str] = set()
        self.put_off: list[ListPage] = []
        self.owed: deque[tuple[ListPage, Page, Family, ListWalk]] = deque()

    async def captures(self) -> AsyncIterator[Capture]:
        """Everything worth keeping, in the order it was met."""
        for part in (self._walk, self._from_home, self._again, self._walk):
            async for capture in part():
                yield capture
        if self.visitor.options.whole and not self.waiting:
            self.visitor.memory.walked(self.walked, self.visitor.now())
        if self.reached and not self.visitor.account.found + self.visitor.account.not_due:
            self.visitor.event("list_short", self.empty or self.visitor.portal.start[0].url, "no report on any list")
        async for capture in self.articles.remembered(self.families.configured):
            yield capture

    async def _walk(self) -> AsyncIterator[Capture]:
        while (self.waiting or self._take_up()) and self.columns < MOST_COLUMNS:
            column = self.waiting.popleft()
            if not self.discovery.affords(column):
                self.left_aside.append(column)
            elif self.visitor.allowed(column.fetch.url) and self.visitor.claim(column.fetch) and self._look(column):
                self.columns += 1
                async for capture in self._column(column):
                    yield capture

    def _take_up(self) -> bool:
        """What was left for the end, and menus that could not be afforded, once others have led on."""
        if self.discovery.left > 0:
            self.waiting, self.left_aside = self.left_aside, deque()
        return bool(self.waiting)

    def _queue(self, column: ListPage, below: list[ListPage], *, found: bool = False) -> None:
        """The columns that a page leads to; `found`: it had reports of its own."""
        self.waiting.extend(below)
        if found or any(one.annual for one in below):
            self.discovery.led_on(column)

    async def _from_home(self) -> AsyncIterator[Capture]:
        """Where no start address answered: paths drift, the home page says where things are now."""
        if self.reached or self.visitor.account.not_due:
            return
        host = self.visitor.portal.hosts[0]
        scheme = self.visitor.portal.start[0].url.split(":")[0]
        self.waiting.append(ListPage(Fetch(f"{scheme}://{host}/"), role="home"))
        async for capture in self._walk():
            yield capture

    def _look(self, column: ListPage) -> bool:
        """Is this list due? If not, may it be peeked at?"""
        if self._due(column.fetch):
            self.discovery.opened(column)
            return True
        if self.peeks:
            self.peeks -= 1
            return True
        self.visitor.account.not_due += 1
        return False

    def _due(self, fetch: Fetch) -> bool:
        known = self.visitor.memory.recall(fetch.address)
        return self.visitor.options.recheck or known is None or known.next_check <= self.visitor.now()

    async def _column(self, column: ListPage) -> AsyncIterator[Capture]:
        due = self._due(column.fetch)
        page = await self._page(column.fetch)
        if page is None:
            self._not_had(column)
            return
        self.reached += 1
        family = self.families.of(page, at_start=not column.path and column.role != "home")
        if column.role == "home":
            self._queue(column, self.discovery.below(column, page))
            self.left_aside.extend(self.discovery.in_the_end(column, page))
            if not self.discovery.lists_reports(page):
                yield page.capture("list", column_path=column.breadcrumb)
                self.walked.append(column.fetch.address)
                return
        elif family.is_article(page):
            async for capture in self._article(column, page, family):
                yield capture
            if column.entry is not None:
                return
        elif not due and self._is_same(page) and await self._is_still(family.list_requests(page)):
            self.visitor.account.not_due += 1
            self._queue(column, children(column, family.columns(page), 0))
            return
        async for capture in self._list(column, page, family):
            yield capture

    def _not_had(self, column: ListPage) -> None:
        """A page of passing trouble is looked at again at the end; else it is not known what the column holds."""
        if column.fetch.key in self.passing:
            self.passing.discard(column.fetch.key)
            self.put_off.append(column)
        elif column.annual:
            why, whole = "its page was not to be had", self.visitor.options.whole
            row = WalkedList(column.fetch.url, column.breadcrumb, "short", why, 0, Declared(), whole)
            self.visitor.account.list_walked(row)

    async def _is_still(self, requests: tuple[Fetch, ...]) -> bool:
        """Does the list behind an unchanged page say what it said? Only its first page is looked at."""
        for fetch in requests[: self.peeks]:
            self.peeks -= 1
            page = await self._page(fetch)
            if page is not None and not self._is_same(page):
                self.peeked[fetch.key] = page
                return False
        return True

    def _is_same(self, page: Page) -> bool:
        """Does the page say, byte for byte, what it said last time? Many servers send no validators for a 304."""
        known = self.visitor.memory.recall(page.fetch.address)
        return page.unchanged or (known is not None and known.sha256 == content_sha256(page.body))

    async def _page(self, fetch: Fetch) -> Page | None:
        """A page of a list, None (and an event) when it is missing, moved home, or an error in disguise."""
        if fetch.key in self.peeked:
            return self.peeked.pop(fetch.key)
        visitor, page = self.visitor, await self.visitor.ask(fetch)
        if page is None:
            visitor.failed(fetch, None)
            return None
        trouble, detail = _trouble(page, visitor)
        if not trouble or (detail == "stub" and self.families.of(page).list_requests(page)):
            return page
        if not fetch.probe:
            visitor.event(trouble, fetch.url, detail)
            visitor.failed(fetch, page.status)
        if detail in PASSING and fetch.key not in self.asked_again:
            self.passing.add(fetch.key)
            self.asked_again.add(fetch.key)
        return None

    async def _list(self, column: ListPage, page: Page, family: Family) -> AsyncIterator[Capture]:
        worth = None if column.annual else partial(is_wanted, column)
        walk = ListWalk(family, self._page, self.visitor.claim, worth)
        leads, framed = family.columns(page), {fetch.key for fetch in frames(page)}
        yield page.capture("list", column_path=column.breadcrumb)
        async for one in walk.pages(page):
            if one is not page:
                yield one.capture("list", column_path=column.breadcrumb)
            if one.fetch.key in framed:  # the menu of a frameset
                leads += family.columns(one)
        found = self._sorted(column, list(walk.items.values()), family)
        wanted = found.wanted
        if column.entry is not None and not wanted:
            async for capture in self._article(column, page, family):
                yield capture
            return
        below = children(column, leads, len(wanted))
        self._queue(column, below, found=bool(wanted))
        if column.annual and not walk.items and not below and not family.is_article(page):
            walk.owe_first()
        async for capture in self._items(found, column, family):
            yield capture
        if walk.broken:
            self.owed.append((column, page, family, walk))
        else:
            self._record_completeness(column, page, walk, len(wanted), is_list=bool(column.annual or wanted))

    def _sorted(self, column: ListPage, entries: list[ListItem], family: Family) -> Sorted:
        """What the items are worth; what may be either a list or a report, and folders, are queued."""
        found = sort_items(column, entries, family, self.visitor)
        self.waiting.extend(found.further)
        self.left[column.breadcrumb] += found.left
        return found

    async def _again(self) -> AsyncIterator[Capture]:
        """Lists of which a page failed or came empty, once more. No list is empty on the word of one answer."""
        for column in self.put_off:
            async for capture in self._column(column):
                yield capture
        while self.owed:
            column, page, family, walk = self.owed.popleft()
            held = set(walk.items)
            async for one in walk.again():
                yield one.capture("list", column_path=column.breadcrumb)
            came = [entry for key, entry in walk.items.items() if key not in held]
            found = self._sorted(column, came, family)
            async for capture in self._items(found, column, family):
                yield capture
            self._record_completeness(column, page, walk, len(found.wanted), is_list=True)

    async def _article(self, column: ListPage, page: Page, family: Family) -> AsyncIterator[Capture]:
        """A column that turned out to be an article: some systems show the report at the column's own address."""
        item = Item(column.entry or ListItem(page.fetch.url, page.title), column.breadcrumb)
        self.visitor.account.found += column.entry is None
        if self._may_fetch(item):
            async for capture in self.articles.read(page, item, family, self.visitor.memory.recall(page.fetch.address)):
                yield capture

    async def _items(self, found: Sorted, column: ListPage, family: Family) -> AsyncIterator[Capture]:
        for item in (Item(entry, column.breadcrumb) for entry in (*found.wanted, *found.documents)):
            if self._may_fetch(item):
                async for capture in self.articles.visit(item, family):
                    yield capture

    def _may_fetch(self, item: Item) -> bool:
        """Not in a rehearsal, where it is only noted. Raises Stopped when there are enough."""
        account, options = self.visitor.account, self.visitor.options
        if options.lists_only:
            account.wanted.append((item.entry.title, item.entry.url))
        elif options.limit is not None and account.items >= options.limit:
            raise Stopped("limit", f"{options.limit} reports")
        return not options.lists_only

    def _record_completeness(self, column: ListPage, page: Page, walk: ListWalk, wanted: int, *, is_list: bool) -> None:
        """Found against declared and promised: what is not proven complete is said. A folder is no list."""
        empty = bool(not walk.items and walk.broken and softerror.placeholder(page.text))  # it said so twice
        if empty or not walk.broken:
            self.walked += [column.fetch.address, *walk.addresses]
        if not is_list or not (walk.items or walk.broken):
            return
        if not (wanted or empty):
            self.empty = self.empty or column.fetch.url
        verdict = "complete" if empty else walk.verdict()
        self.visitor.account.list_walked(
            WalkedList(
                column.fetch.url,
                column.breadcrumb,
                verdict,
                walk.account(),
                len(walk.items),
                walk.declared,
                self.visitor.options.whole,
                tuple(self.left.pop(column.breadcrumb, ())),
            )
        )
        self.visitor.account.path.append(column.breadcrumb)
        if verdict in ("short", "over"):
            self.visitor.event(f"list_{verdict}", column.fetch.url, walk.account())


def _trouble(page: Page, visitor: Visitor) -> tuple[str, str]:
    """What is wrong with a page of a list: the kind of event and its detail, empty where nothing is."""
    if page.status >= 400:
        return "http_error", f"status {page.status}"
    if visitor.moved_home(page):
        return "moved_home", f"leads to {page.url}"
    if why := softerror.recognise(page.text):
        return "soft_404", why
    return "", ""
