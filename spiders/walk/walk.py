"""The walk: start addresses → columns → pages of lists → items → articles and their files."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import AsyncIterator
from functools import partial

from archive.capture import Capture
from archive.warc import content_sha256
from spiders.families.family import Family
from spiders.pages import soft_errors as softerror
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.listing import is_file, judge
from spiders.pages.page import Page
from spiders.pages.redirect_pages import frames
from spiders.walk.account import WalkedList
from spiders.walk.articles import Articles, Item
from spiders.walk.choose_family import Families
from spiders.walk.columns import ListPage, children
from spiders.walk.discovery import Discovery
from spiders.walk.events import Stopped
from spiders.walk.list_walk import ListWalk
from spiders.walk.visitor import Visitor

PEEKS = 10
"""Where nothing is due, one list for so many known addresses is looked at all the same: new reports show there."""

MOST_COLUMNS = 600


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

    async def captures(self) -> AsyncIterator[Capture]:
        """Everything worth keeping, in the order it was met."""
        async for capture in self._walk():
            yield capture
        if not self.reached and not self.visitor.account.not_due:
            self._try_home()
            async for capture in self._walk():
                yield capture
        if self.visitor.options.whole and not self.waiting:
            self.visitor.memory.walked(self.walked, self.visitor.now())
        if self.reached and not self.visitor.account.found + self.visitor.account.not_due:
            self.visitor.event("list_short", self.empty or self.visitor.portal.start[0].url, "no report on any list")
        async for capture in self._remembered():
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

    def _try_home(self) -> None:
        """No start address answered: paths drift, the home page says where things are now."""
        host = self.visitor.portal.hosts[0]
        scheme = self.visitor.portal.start[0].url.split(":")[0]
        self.waiting.append(ListPage(Fetch(f"{scheme}://{host}/"), role="home"))

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
        return None

    async def _list(self, column: ListPage, page: Page, family: Family) -> AsyncIterator[Capture]:
        worth = None if column.annual else partial(self._is_wanted, column)
        walk = ListWalk(family, self._page, self.visitor.claim, worth)
        leads, framed = family.columns(page), {fetch.key for fetch in frames(page)}
        yield page.capture("list", column_path=column.breadcrumb)
        async for one in walk.pages(page):
            if one is not page:
                yield one.capture("list", column_path=column.breadcrumb)
            if one.fetch.key in framed:  # the menu of a frameset
                leads += family.columns(one)
        wanted, documents = self._sort(column, list(walk.items.values()), family)
        if column.entry is not None and not wanted:
            async for capture in self._article(column, page, family):
                yield capture
            return
        self._queue(column, children(column, leads, len(wanted)), found=bool(wanted))
        if column.annual or wanted:
            self._record_completeness(column, page, walk, len(wanted))
        for entry in (*wanted, *documents):
            async for capture in self._item(Item(entry, column.breadcrumb), family):
                yield capture
        if not walk.broken:
            self.walked += [column.fetch.address, *walk.addresses]

    async def _article(self, column: ListPage, page: Page, family: Family) -> AsyncIterator[Capture]:
        """A column that turned out to be an article: some systems show the report at the column's own address."""
        item = Item(column.entry or ListItem(page.fetch.url, page.title), column.breadcrumb)
        self.visitor.account.found += column.entry is None
        if self._may_fetch(item):
            async for capture in self.articles.read(page, item, family, self.visitor.memory.recall(page.fetch.address)):
                yield capture

    async def _item(self, item: Item, family: Family) -> AsyncIterator[Capture]:
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

    def _record_completeness(self, column: ListPage, page: Page, walk: ListWalk, wanted: int) -> None:
        """Found against declared."""
        if not wanted and not softerror.placeholder(page.text):
            self.empty = self.empty or column.fetch.url
        if not walk.items:
            return
        verdict = walk.verdict()
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

    def _is_wanted(self, column: ListPage, entry: ListItem) -> bool:
        return (entry.kind or judge(entry.title, column.context).kind) in ("report", "maybe")

    def _sort(self, column: ListPage, entries: list[ListItem], family: Family) -> tuple[list[ListItem], list[ListItem]]:
        """The items to fetch, and what earlier runs have found to be documents; what may be either, and folders, are
        queued; lookalikes and what is off the portal or out of the years is left."""
        wanted, documents = [], []
        for entry in entries:
            kind, year = entry.kind, entry.year
            if kind is None:
                judgement = judge(entry.title, column.context)
                kind, year = judgement.kind, judgement.year
                if kind == "other" and column.annual and entry.title.endswith(("…", "...")):
                    kind = "maybe"  # cut off before it said what it is
            self.visitor.account.lookalikes += kind == "lookalike"
            if kind not in ("report", "maybe", "column"):
                continue
            if not self.visitor.allowed(entry.url):
                self.left[column.breadcrumb].append((entry.title, entry.url, "off_host"))
                continue
            if kind == "column":
                self.waiting.append(column.below(entry))
            elif self._wanted_year(year):
                self.visitor.account.found += 1
                if entry.kind or entry.fetch or is_file(entry.url) or family.article.search(entry.url):
                    wanted.append(entry)
                elif self._is_document(entry):
                    documents.append(entry)
                else:
                    self.waiting.append(column.below(entry, maybe_report=True))
        return wanted, documents

    def _is_document(self, entry: ListItem) -> bool:
        known = self.visitor.memory.recall(entry.url)
        return known is not None and known.role == "page" and known.sha256 is not None

    def _wanted_year(self, year: int | None) -> bool:
        years = self.visitor.options.years
        return years is None or year is None or year in years

    async def _remembered(self) -> AsyncIterator[Capture]:
        """Documents whose time has come and to which no list led in this run."""
        if not self.visitor.options.whole:
            return
        family = self.families.configured
        for known in self.visitor.memory.known():
            if known.role in ("page", "attachment") and self.visitor.allowed(known.url):
                entry = ListItem(known.url, known.list_title or "", known.list_date, role=known.role)
                item = Item(entry, known.column_path or "", known.landing_url)
                async for capture in self.articles.visit(item, family):
                    yield capture


def _trouble(page: Page, visitor: Visitor) -> tuple[str, str]:
    """What is wrong with a page of a list: the kind of event and its detail, empty where nothing is."""
    if page.status >= 400:
        return "http_error", f"status {page.status}"
    if visitor.moved_home(page):
        return "moved_home", f"leads to {page.url}"
    if why := softerror.recognise(page.text):
        return "soft_404", why
    return "", ""
