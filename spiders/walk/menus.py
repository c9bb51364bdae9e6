"""Menus of one portal: what each page leads to, plainly first, and by scripts, data and a browser where it is silent.

A menu is silent when it does not show what its name promises: a home page without a way to disclosure, 政府信息公开
without annual reports, 部门 without departments. Silent menus are looked at again once nothing plain is left, the
likeliest first: with the portal's own script files, with what its scripts ask for, then as a browser shows them.
Where no report was found at all, menus that led to nothing are looked at so too; what only a picture names,
sitemap.xml and the portal's own search come last.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus

from archive.capture import Capture
from spiders.families.generic import Generic
from spiders.pages.fetch import Fetch, host_of, is_pressed
from spiders.pages.listing import entries
from spiders.pages.page import Page
from spiders.pages.search_form import searches
from spiders.pages.site_map import is_index, listed_pages
from spiders.walk.columns import ListPage, children
from spiders.walk.discovery import Discovery, entries_of, strength
from spiders.walk.more_ways import Read, readings
from spiders.walk.offers import agencies_of, links_of, offers
from spiders.walk.visitor import Visitor
from spiders.words.menus import GATEWAY
from spiders.words.titles import judge

MOST_SILENT = 30
"""Silent menus that are looked at again in vain while no report was found,"""
MOST_SILENT_WHEN_FOUND = 10
"""and once some were: those that are named for what they do not show."""

MOST_NAMELESS = 12
"""Ways without a name that are opened: a menu drawn as one picture has so many parts."""

MOST_SITEMAPS = 6
"""Files of a sitemap that is cut into several."""

STRONG = 40
"""`strength` of a menu whose silence matters even where reports were found elsewhere."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A menu that does not show what its name promises."""

    column: ListPage
    page: Page
    strength: int


@dataclass(frozen=True, slots=True)
class Step:
    """One further look: what it was at, what it found, what of it is to be kept.

    `shell`: the page whose scripts ask for what was found. `drawn`: a page on which reports are listed once its scripts
    have run; it is a list itself, with further pages perhaps.
    """

    column: ListPage
    below: list[ListPage]
    captures: tuple[Capture, ...] = ()
    shell: Page | None = None
    drawn: Page | None = None


class Menus:
    """Reads menus for the walk, and remembers which were silent and which were left for the end."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.discovery = Discovery()
        self.left_aside: deque[ListPage] = deque()
        self.silent: list[Silent] = []
        self.mute: list[Silent] = []
        """Those that stayed silent however they were read."""
        self.spoke: list[Silent] = []
        """Those that led somewhere before any report was found: what they led to may come to nothing."""
        self.opened: set[str] = set()
        """Keys of the columns that were opened: every page leads back to them, and that answers nothing."""
        self.home: Page | None = None
        self._looks = 0
        self._last_resorts = 0

    def below(self, column: ListPage, page: Page) -> list[ListPage]:
        """What a menu leads to by what stands on it."""
        found = self.discovery.below(column, page)
        self.left_aside.extend(self.discovery.in_the_end(column, page))
        if not column.path and self.home is None:
            self.home = page
        if not self.discovery.lists_reports(page):
            self.note(column, page, found)
        return found

    def note(self, column: ListPage, page: Page, found: list[ListPage]) -> None:
        """Remembers a page that is silent."""
        fresh = [one for one in found if one.fetch.key not in self.opened]
        if not page.is_html:
            return
        menu = Silent(column, page, strength(column))
        if not _is_answered(column, self._within_reach(fresh)):
            self.silent.append(menu)
        elif menu.strength >= STRONG and not self._reports and len(self.spoke) < MOST_SILENT:
            self.spoke.append(menu)

    def _within_reach(self, found: list[ListPage]) -> list[ListPage]:
        """Those on the portal's hosts: what stands at the foot of each page, another government, answers nothing."""
        owns, has_subhost = self.visitor.owns, self.visitor.portal.has_subhost
        return [one for one in found if owns(one.fetch.url) or has_subhost(host_of(one.fetch.url))]

    def take_aside(self) -> deque[ListPage]:
        """What was left for the end, and menus that could not be afforded, once others have led on."""
        if self.discovery.left <= 0:
            return deque()
        taken, self.left_aside = self.left_aside, deque()
        return taken

    async def further(self) -> AsyncIterator[Step]:
        """Looks at silent menus again, one way after another, until one speaks; then at the last resorts.

        What a last resort leads to may be silent too.
        """
        while True:
            async for step in self._of_silent():
                yield step
            resort = self._next_resort()
            if resort is None or self.home is None:
                return
            yield Step(ListPage(self.home.fetch, role="home"), await resort(self.home))

    async def _of_silent(self) -> AsyncIterator[Step]:
        while (silent := self._next()) is not None:
            self._looks += 1
            for reading in readings(self.visitor, silent.page, is_seen=silent.column.annual):
                read = await reading
                below = self._found(silent, read) if read is not None else []
                before = self._progress()
                if read is not None and self._is_list(silent, read):
                    below = [one for one in below if one.entry is None]
                    yield Step(silent.column, below, read.captures, read.shell, silent.page)
                    break
                if read is not None and (below or read.captures):
                    yield Step(silent.column, below, read.captures if below else (), read.shell)
                if _is_answered(silent.column, self._within_reach(below)) and self._led_on(before, below):
                    self._looks -= 1
                    break
            else:
                self.mute.append(silent)

    @property
    def _reports(self) -> int:
        """Reports found, and lists of them that are not due."""
        return self.visitor.account.found + self.visitor.account.not_due

    def _progress(self) -> tuple[int, int]:
        """Reports found, and pages opened or to be looked at again."""
        return self._reports, len(self.opened) + len(self.silent) + len(self.mute)

    def _led_on(self, before: tuple[int, int], below: list[ListPage]) -> bool:
        """Have the ways of one reading, now walked, led anywhere? Addresses that only a script names may be none."""
        found, met = self._progress()
        return found > before[0] or met > before[1] + len(below)

    def _is_list(self, silent: Silent, read: Read) -> bool:
        """Does a menu, as a browser shows it, list reports and little else? Those of the home page are news."""
        by_browser = read.means == "browser" and bool(silent.column.path) and not silent.column.annual
        return by_browser and any(_lists_reports_only(page) for page in read.pages)

    def _next(self) -> Silent | None:
        """The likeliest of the silent menus, None when enough were looked at."""
        most, least = (MOST_SILENT_WHEN_FOUND, STRONG) if self._reports else (MOST_SILENT, 0)
        self.silent.sort(key=lambda one: one.strength)
        if not self.silent or self._looks >= most or self.silent[-1].strength < least:
            return None
        return self.silent.pop()

    def _found(self, silent: Silent, read: Read) -> list[ListPage]:
        column, found = silent.column, list[ListPage]()
        for page in read.pages:
            if column.role != "home":
                found += children(column, links_of(page), 0, agencies_of(page))
            if column.inside and column.role != "home":
                found += entries_of(column, offers(page))
            found += self.discovery.below(column, page)
        known = {link.title for link in offers(silent.page)}
        found = [one for one in found if one.fetch.key not in self.opened]
        found = [one for one in found if not (is_pressed(one.fetch.url) and known & {*one.path[-1:]})]
        unique = {one.fetch.key: one for one in reversed(found)}.values()
        return [one.found(read.shell.url, read.means) for one in unique][::-1]

    def _next_resort(self) -> Callable[[Page], Awaitable[list[ListPage]]] | None:
        """The next of the last resorts, while no report was found."""
        resorts = (self._nameless, self._sitemap_file, self._search)
        if self.spoke and not self._reports:
            return self._spoken
        if self._reports or self._last_resorts >= len(resorts):
            return None
        self._last_resorts += 1
        return resorts[self._last_resorts - 1]

    async def _spoken(self, home: Page) -> list[ListPage]:
        """Menus that led to nothing are looked at again as if they had been silent."""
        self.silent, self.spoke = self.silent + self.spoke, []
        return []

    async def _nameless(self, home: Page) -> list[ListPage]:
        """What only a picture names: parts of a map, pictures without a text, on the home page or a mute gateway."""
        gateways = [one for one in self.mute if one.strength >= STRONG and one.page is not home]
        pages = [(ListPage(home.fetch, role="home"), home), *((one.column, one.page) for one in gateways)]
        ways = [way.found(page.url) for column, page in pages for way in self.discovery.nameless(column, page)]
        return [one for one in ways if self.visitor.owns(one.fetch.url)][:MOST_NAMELESS]

    async def _sitemap_file(self, home: Page) -> list[ListPage]:
        """sitemap.xml, which no page need name, and those that it names: their addresses alone tell."""
        found: list[ListPage] = []
        waiting = [home.join("/sitemap.xml") or ""]
        for url in waiting:
            fetch = Fetch(url, probe=True, found_on=home.url)
            asked = len(waiting) <= MOST_SITEMAPS and self.visitor.owns(url) and self.visitor.claim(fetch)
            page = await self.visitor.ask(fetch) if asked else None
            if page is None or page.status != HTTPStatus.OK:
                continue
            if is_index(page) and page.url == waiting[0]:
                waiting += listed_pages(page)[: MOST_SITEMAPS - 1]
                continue
            found += [one.found(page.url, "sitemap.xml") for one in self.discovery.of_addresses(listed_pages(page))]
        return found

    async def _search(self, home: Page) -> list[ListPage]:
        """The portal's own search for the reports' title, where robots.txt allows it."""
        found = (replace(fetch, found_on=home.url, found_by="search") for fetch in searches(home))
        return [ListPage(fetch, ("站内搜索",), 1, role="home") for fetch in found]


def _lists_reports_only(page: Page) -> bool:
    """A list with two reports at least, which are most of it: what is not on it may be called absent."""
    kinds = [judge(item.title).kind for item in entries(page, Generic.article)]
    return kinds.count("report") >= 2 and kinds.count("report") * 2 > len(kinds)


def _is_answered(column: ListPage, found: Iterable[ListPage]) -> bool:
    """Do these ways answer what the page's name promises? A home page promises a way to disclosure or has frames.

    Weak words and the map of the portal, which stand on every page, are followed and answer nothing.
    """
    least = GATEWAY if column.path else STRONG
    return any(one.annual or strength(one) >= least or one.path == column.path for one in found)
