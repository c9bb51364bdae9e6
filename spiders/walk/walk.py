"""The walk: start addresses → columns → pages of lists → items → articles and their files."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from archive.capture import Capture
from spiders.families.family import Family
from spiders.pages import soft_errors as softerror
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.own_name import names_annual
from spiders.pages.page import Page
from spiders.pages.redirect_pages import menu_frames
from spiders.rendering.chromium import missing
from spiders.walk.articles import Articles, Item
from spiders.walk.choose_family import Families
from spiders.walk.columns import ListPage, children, own_list
from spiders.walk.completeness import Completeness
from spiders.walk.discovery import may_lead_off
from spiders.walk.events import Stopped
from spiders.walk.floods import MOST_COLUMNS, MOST_WAITING
from spiders.walk.list_pages import ListPages
from spiders.walk.list_walk import ListWalk
from spiders.walk.menus import Menus
from spiders.walk.offers import agencies_of, links_of
from spiders.walk.own_scripts import in_its_page, shells_of, unpressed, with_scripts
from spiders.walk.second_reading import SecondReadings
from spiders.walk.sort_items import Sorted, files_beside, is_named_a_report, is_one_report, is_wanted, sort_items
from spiders.walk.visitor import Visitor


class Walk:
    """One walk over one portal. Yields captures; `visitor` asks, remembers and records.

    Lists count as walked only when the whole walk has come to its end: a folder is done when all below it is.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.families = Families(visitor)
        self.articles = Articles(visitor)
        self.waiting: deque[ListPage] = deque(ListPage.of(start) for start in visitor.portal.start)
        self.menus = Menus(visitor)
        self.lists = ListPages(visitor, self.families)
        self.second = SecondReadings(visitor)
        self.shells: dict[str, Page] = {}
        self.columns = 0
        self.reached = 0
        self.empty: str | None = None
        self.walked: list[str] = []
        self.leaves: list[str] = []
        """Lists that were walked to their end, all their items asked for, with nothing below them."""
        self.lists_ended = Completeness(visitor)
        self.put_off: list[ListPage] = []
        self.owed: deque[tuple[ListPage, Page, Family, ListWalk]] = deque()

    async def captures(self) -> AsyncIterator[Capture]:
        """Everything worth keeping, in the order it was met."""
        plain, later = (self._walk, self._from_home, self._again, self._walk), (self._again, self._walk)
        try:
            for part in (*plain, self._look_further, *later):
                async for capture in part():
                    yield capture
        except Stopped as stop:
            if stop.kind == "budget":
                self._is_done(self.leaves)
            raise
        self.lists_ended.settle()
        self._is_done(self.leaves if self.waiting else self.walked)
        if self.reached and not self.visitor.account.found + self.visitor.account.not_due:
            self.visitor.event("list_short", self.empty or self.visitor.portal.start[0].url, "no report on any list")
            if self.visitor.account.unseen and (install := missing()):
                self.visitor.event("needs_browser", self.visitor.portal.start[0].url, install)
        async for capture in self.articles.remembered(self.families.configured):
            yield capture

    async def _walk(self) -> AsyncIterator[Capture]:
        while not self.visitor.account.floods and (self.waiting or self._take_aside()):
            column = self.waiting.popleft()
            if may_lead_off(column):
                self.visitor.let_in(column.fetch.url, column.fetch.found_on)
            if not self.menus.discovery.affords(column):
                self.menus.left_aside.append(column)
            elif self._may_open(column):
                if self.columns >= MOST_COLUMNS:
                    self.waiting.appendleft(column)
                    more = f"more than {MOST_COLUMNS} columns, at least {len(self.waiting)} are left to the next visit"
                    self.visitor.flood("MOST_COLUMNS", column.fetch.url, more, of_visit=True)
                    return
                self.columns += self.lists.is_due(column.fetch)  # a look at what is not due takes no place away
                self.menus.opened.add(column.fetch.key)
                async for capture in self._column(column):
                    yield capture

    def _is_done(self, lists: list[str]) -> None:
        """Not to be walked again before their time: of a flood the next visit takes the part that is left."""
        if self.visitor.options.whole:
            self.visitor.memory.walked(lists, self.visitor.now())

    def _may_open(self, column: ListPage) -> bool:
        """On the portal's hosts, new to this walk, and due."""
        return (
            self.visitor.allowed(column.fetch.url, *column.path[-1:])
            and self.visitor.claim(column.fetch)
            and self._look(column)
        )

    def _take_aside(self) -> bool:
        self.waiting.extend(self.menus.take_aside())
        return bool(self.waiting)

    async def _look_further(self) -> AsyncIterator[Capture]:
        """Nothing plain is left: menus that were silent are looked at again, and what they lead to is walked."""
        async for step in self.menus.further():
            for capture in step.captures:
                yield capture
            if step.drawn is not None:
                column = replace(step.column, role="annual_root", inside=True)
                async for capture in self._list(column, step.drawn, self.families.of(step.drawn)):
                    yield capture
            self._queue(step.column, step.below, shell=step.shell)
            async for capture in self._walk():
                yield capture

    def _queue(
        self, column: ListPage, below: list[ListPage], *, found: bool = False, shell: Page | None = None
    ) -> None:
        """The columns that a page leads to; `found`: it had reports of its own; `shell`: they may be pieces of it."""
        if len(self.waiting) + len(below) > MOST_WAITING:
            self.visitor.flood("MOST_WAITING", column.fetch.url, f"{len(below)} more columns", of_visit=True)
            return
        self.shells |= shells_of(shell, below)
        self.waiting.extend(one.found(column.fetch.url) for one in below)
        if found or any(one.annual for one in below):
            self.menus.discovery.led_on(column)

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
        if self.lists.is_due(column.fetch):
            self.menus.discovery.opened(column)
            return True
        if self.lists.may_peek():
            return True
        self.visitor.account.not_due += 1
        return False

    async def _column(self, column: ListPage) -> AsyncIterator[Capture]:
        """One page, read as what it is, however it was met: a report, a list, or a menu."""
        due = self.lists.is_due(column.fetch)
        page = await self.lists.page(column.fetch, is_menu=column.role == "home")
        if page is None:
            self._not_had(column)
            return
        self.reached += 1
        if self.lists.is_met(page):
            return
        page = in_its_page(page, self.shells.get(column.fetch.key))
        family = self.families.of(page, at_start=not column.path and column.role != "home")
        family = self.second.family_of(column, family)
        is_menu = column.role == "home"
        if is_menu:
            self._queue(column, self.menus.below(column, page), shell=page)
            column, is_menu = self._as_it_is(column, page)
        if is_one_report(column, page, family) or (family.is_article(page) and (column.path or not is_menu)):
            async for capture in self._article(column, page, family):
                yield capture
            if is_menu or column.entry is not None:
                return
        elif is_menu:
            yield page.capture("list", column_path=column.breadcrumb)
            self.walked.append(column.fetch.address)
            return
        elif not due and self.lists.is_same(page) and await self.lists.are_still(family.list_requests(page)):
            self.visitor.account.not_due += 1
            self._queue(column, children(column, family.columns(page), 0, agencies_of(page)))
            return
        column = own_list(column, page, family.entries(page), family.columns(page))
        async for capture in self._list(column, page, family):
            yield capture

    def _as_it_is(self, column: ListPage, page: Page) -> tuple[ListPage, bool]:
        """What calls itself a column of annual reports is one, a menu with a list of reports too; True: no more."""
        if names_annual(page):
            return replace(column, role="annual_root"), False
        return column, not self.menus.discovery.lists_reports(page)

    def _not_had(self, column: ListPage) -> None:
        """A page of passing trouble is looked at again at the end; else it is not known what the column holds."""
        if column.fetch.key in self.lists.passing:
            self.lists.passing.discard(column.fetch.key)
            self.put_off.append(column)
        elif column.annual:
            self.lists_ended.not_had(column)

    async def _pages_of(self, column: ListPage, walk: ListWalk, page: Page) -> AsyncIterator[Page]:
        """The pages of a list; walked anew with the portal's script files where only they explain it."""
        async for one in walk.pages(page):
            yield one
        fuller = await with_scripts(self.visitor, page, walk) if column.annual else None
        if fuller is not None:
            walk.forget()
            async for one in walk.pages(fuller):
                if one is not fuller:
                    yield one

    async def _list(self, column: ListPage, page: Page, family: Family) -> AsyncIterator[Capture]:
        worth = None if column.annual else partial(is_wanted, column)
        walk = ListWalk(family, self.lists.page, self.visitor.claim, worth)
        leads, parts = family.columns(page), [page]
        yield page.capture("list", column_path=column.breadcrumb)
        async for one in self._pages_of(column, walk, page):
            if one is not page:
                yield one.capture("list", column_path=column.breadcrumb)
            if "base" in one.fetch.carry or one.fetch.found_by == "frame":  # a tree as data, the menu of a frameset
                leads += family.columns(one)
                parts.append(one)
        async for capture in self.second.read(column, page, walk, family):
            yield capture
        leads += unpressed(family.columns(walk.shown), leads) if walk.shown is not None else ()
        found = self._sorted(column, list(walk.items.values()), family)
        wanted = found.wanted
        framed = [] if wanted else [replace(column, fetch=fetch) for part in parts for fetch in menu_frames(part)]
        self._queue(column, framed, shell=page)
        below = children(column, (*leads, *links_of(page)), len(wanted), agencies_of(page))
        files = () if wanted else files_beside(page, family, below)
        if not wanted and (column.entry is not None or is_named_a_report(column, walk.items, files)):
            below = [] if files else below  # a folder may stand under the title of a report
            self._queue(column, below, shell=page)
            self.menus.note(column, page, [*framed, *below])
            async for capture in self._article(column, page, family):
                yield capture
            return
        below += self._beside(column, page, walk) if wanted and column.layout != "flat" else []
        self._queue(column, below, found=bool(wanted), shell=page)
        if not wanted:
            self.menus.note(column, page, [*found.further, *below, *framed])
        if column.annual and not walk.items and not below and not family.is_article(page):
            walk.owe_first()
        async for capture in self._items(found, column, family):
            yield capture
        if walk.broken:
            self.owed.append((column, page, family, walk))
        else:
            self._record_completeness(column, page, walk, len(wanted), is_list=bool(column.annual or wanted))
            self.leaves += [] if found.further or below or framed else [column.fetch.address, *walk.addresses]

    def _beside(self, column: ListPage, page: Page, walk: ListWalk) -> list[ListPage]:
        """Agencies in boxes beside a list of reports, as sent and as a browser shows it, and on the home page."""
        seen, discovery = (page, walk.shown) if walk.shown is not None else (page,), self.menus.discovery
        beside = [found for one in seen for found in discovery.agencies_beside(column, one, walk.items)]
        return beside + (discovery.alike(column) if column.annual else [])

    def _sorted(self, column: ListPage, entries: list[ListItem], family: Family) -> Sorted:
        """What the items are worth; what may be either a list or a report, and folders, are queued."""
        found = sort_items(column, entries, family, self.visitor)
        self._queue(column, found.further)
        self.lists_ended.left[column.breadcrumb] += found.left
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
            async for capture in self.second.read(column, page, walk, family, last=True):
                yield capture
            came = [entry for key, entry in walk.items.items() if key not in held]
            found = self._sorted(column, came, family)
            async for capture in self._items(found, column, family):
                yield capture
            self._record_completeness(column, page, walk, len(found.wanted), is_list=True)

    async def _article(self, column: ListPage, page: Page, family: Family) -> AsyncIterator[Capture]:
        """A column that turned out to be an article: some systems show the report at the column's own address."""
        item = Item(column.entry or ListItem(page.fetch.url, page.title), column.breadcrumb)
        self.visitor.account.found += not column.is_counted
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
        self.second.account(column, walk)
        empty = bool(not walk.items and walk.broken and softerror.placeholder(page.text))  # it said so twice
        if empty or not walk.broken:
            self.walked += [column.fetch.address, *walk.addresses]
        if not is_list or not (walk.items or walk.broken):
            return
        if not (wanted or empty):
            self.empty = self.empty or column.fetch.url
        verdict = "complete" if empty else walk.verdict()
        self.lists_ended.record(column, walk, verdict)
