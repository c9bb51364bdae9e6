"""Discovery: from a portal's home page to its annual-report columns, of all agencies and levels, on a budget. Pure.

Menus are followed by their words (spiders/words/menus.py), best first: an annual column at once, gateways (政务公开,
政府信息公开, 部门信息公开) one menu deeper, lists of agencies each to its own annual column. Links, options, maps,
handlers, trees and menus in scripts all count alike (spiders/pages/leads_to.py, nodes.py). Paths are never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from parsers.printed.agency_words import is_group
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, seen_key
from spiders.pages.headings import sections
from spiders.pages.links import Link
from spiders.pages.listing import FILE
from spiders.pages.page import Page
from spiders.pages.redirect_pages import menu_frames
from spiders.walk.columns import ListPage
from spiders.walk.offers import (
    OF_A_GROUP,
    SOME_AGENCIES,
    columns,
    item_of,
    named_agencies,
    offers,
    ranked_ways,
    way_of,
    weak_ways,
    weight_of,
)
from spiders.words.menus import ANNUAL, GATEWAY, is_catalogue, rank, year_folder
from spiders.words.titles import judge

BUDGET = 60
"""Menu pages that one walk may open in vain: one that leads to an annual column, or to a report, is not counted."""
DEEPEST = 4
_OF_AGENCIES = re.compile(rf"{OF_A_GROUP.pattern}|县市|县区|机构|公开")
_ID = re.compile(r"(?=[a-z]*\d)[0-9a-z]{4,}", re.I)
"""A word of an address with a digit in it; a short one (``type=3``) is a choice, not an id."""
_SITE_MAP = re.compile(r"^(?:网站|站点)(?:地图|导航)$")
_MOST_MENUS = 5
"""Menus of a sitemap.xml that are opened by their addresses."""
_OF_HOME = 70
"""`strength` of a home page: all ways begin there."""
STRONG_GROUP = 40
"""`strength` of 部门, 乡镇 and of an agency's own page."""


def strength(column: ListPage) -> int:
    """How much a menu by its name promises annual reports or agencies: `rank` of the words that led to it."""
    if not column.path:
        return _OF_HOME
    if column.inside and column.role != "home":
        return ANNUAL
    name = column.path[-1]
    of_agencies = column.role == "agency" or is_group(name) or OF_A_GROUP.search(name)
    return max(rank(name, column.fetch.url), STRONG_GROUP if of_agencies else 0)


def may_lead_off(column: ListPage) -> bool:
    """May this column stand on a sub-host of the portal's own? Annual ones, agencies, platforms of disclosure."""
    return column.annual or column.role == "agency" or strength(column) >= GATEWAY


@dataclass
class Discovery:
    """What one walk may still spend on looking, and what it has met."""

    left: int = BUDGET
    _met: set[str] = field(default_factory=set)
    _on_home: set[str] = field(default_factory=set)
    _agencies_of_home: list[Link] = field(default_factory=list)
    _owing: set[tuple[str, ...]] = field(default_factory=set)

    def lists_reports(self, page: Page) -> bool:
        """Does a menu page carry a list of reports itself? Only then is it worth paging through."""
        return sum(judge(link.title).kind == "report" for link in page.links) >= 2

    def below(self, column: ListPage, page: Page) -> list[ListPage]:
        """The columns a menu page leads to: annual ones to be walked as roots, gateways to be looked at as menus."""
        if not column.path:
            self._on_home |= {seen_key(link.url) for link in page.links}
            self._agencies_of_home += [link for link in named_agencies(offers(page)) if not is_group(link.title)]
        found = [
            *self._from(column, columns(page)),
            *_under_headings(column, page),
            *self._agencies(column, page),
            *_lone_reports(column, page),
            *(ListPage(fetch, column.path, column.depth, role=column.role) for fetch in menu_frames(page)),
        ]
        weaker = (self._from(column, weak_ways(page)), _site_map(page)) if column.role == "home" else ()
        return next((fresh for ways in (found, *weaker) if (fresh := self._fresh(column, page, ways))), [])

    def _fresh(self, column: ListPage, page: Page, found: list[ListPage]) -> list[ListPage]:
        """Those not met before: every page of a portal carries the same menu."""
        self._met |= {column.fetch.key, seen_key(page.url)}
        fresh = list({one.fetch.key: one for one in reversed(found) if one.fetch.key not in self._met}.values())[::-1]
        self._met.update(one.fetch.key for one in fresh)
        return fresh

    def in_the_end(self, column: ListPage, page: Page) -> list[ListPage]:
        """What every portal has and only some lead to annual columns from: menus of agencies on the home page, and the
        catalogue of all that is published, which on some is the only list of agencies."""
        found = offers(page)
        groups = [link for link in found if not column.path and is_group(link.title) and weight_of(link) < GATEWAY]
        aside = [ListPage(way_of(link), (link.title,), 1, role="home") for link in groups]
        ways, catalogues = ranked_ways(found) if column.depth < DEEPEST else ([], [])
        if ways:
            late = [column.below(ListItem(one.url, one.title, fetch=way_of(one)), "home") for _, one in catalogues]
            aside += [one for one in late if one.fetch.key not in self._met]
            self._met.update(one.fetch.key for one in late)
        return aside

    def nameless(self, column: ListPage, page: Page) -> list[ListPage]:
        """Ways on that no text names, as a picture does to a visitor: each page says itself what it is."""
        drawn = [link for link in page.links if not link.title and link.means != "option"]
        pages = [link for link in drawn if not FILE.search(link.url) and urlsplit(link.url).path.strip("/")]
        ways = {seen_key(link.url): link for link in reversed(pages)}
        found = [
            column.below(ListItem(link.url, link.url, fetch=way_of(link)), "home") for link in reversed(ways.values())
        ]
        return [one for one in found if one.fetch.key not in self._met]

    def of_addresses(self, urls: Iterable[str]) -> list[ListPage]:
        """What addresses alone tell: annual columns, else the menus that are likeliest to lead to some."""
        told = [(rank("", url), url) for url in urls if not FILE.search(url)]
        annual = [ListPage(Fetch(url), (url,)) for weight, url in told if weight >= ANNUAL]
        menus = [ListPage(Fetch(url), (url,), 1, role="home") for weight, url in told if 0 < weight < ANNUAL]
        return [one for one in annual or menus[:_MOST_MENUS] if one.fetch.key not in self._met]

    def affords(self, column: ListPage) -> bool:
        """May this page be opened? Only menus cost anything."""
        return self.left > 0 or not _is_menu(column)

    def opened(self, column: ListPage) -> None:
        """A menu costs one of the budget until it is known to lead somewhere."""
        if _is_menu(column):
            self.left -= 1
            self._owing.add(column.path)

    def led_on(self, column: ListPage) -> None:
        """An annual column or a report was found at `column`: the menus on the way there cost nothing."""
        paid = {column.path[:length] for length in range(1, len(column.path) + 1)} & self._owing
        self._owing -= paid
        self.left += len(paid)

    def _from(self, column: ListPage, entries: tuple[ListItem, ...]) -> list[ListPage]:
        found = []
        for entry in entries:
            path, fetch = (*column.path, *entry.within, entry.title), entry.fetch or Fetch(entry.url)
            if rank(entry.title, entry.url) >= ANNUAL or is_catalogue(entry.url):
                found.append(ListPage(fetch, path, entry=entry if judge(entry.title).kind == "report" else None))
            elif column.depth < DEEPEST:
                found.append(ListPage(fetch, path, column.depth + 1, role="home"))
        return found

    def _agencies(self, column: ListPage, page: Page) -> list[ListPage]:
        """Agencies that a page names, each with its own menu, and groups of them. The home page names too many."""
        if not column.path or column.depth >= DEEPEST or column.role == "agency":
            return []
        if not (_OF_AGENCIES.search(column.path[-1]) or is_group(column.path[-1])):
            return self.agencies_beside(column, page, ())
        return _as_agencies(column, named_agencies(offers(page)))

    def agencies_beside(self, column: ListPage, page: Page, held: Container[str]) -> list[ListPage]:
        """Boxes of agencies that stand on this page and not on the home page; `held`: keys of what the list has."""
        if column.depth >= DEEPEST or column.role == "agency":
            return []
        named = [link for link in named_agencies(offers(page)) if seen_key(link.url) not in self._on_home]
        fresh = [link for link in named if seen_key(link.url) not in held]
        boxes = Counter(link.group for link in fresh)
        return _as_agencies(column, [link for link in fresh if boxes[link.group] >= SOME_AGENCIES], beside=True)

    def alike(self, column: ListPage) -> list[ListPage]:
        """Agencies that the home page names, whose address is this annual list's own but for ids."""
        shape = _but_for_ids(column.fetch.url)
        alike = [link for link in self._agencies_of_home if _but_for_ids(link.url) == shape]
        return _as_agencies(column, alike, beside=True)


def _as_agencies(column: ListPage, named: list[Link], *, beside: bool = False) -> list[ListPage]:
    """`beside` an annual list, an agency whose address is the list's own but for ids has a list of the same kind."""
    return [
        column.below(ListItem(link.url, link.title, fetch=way_of(link), within=link.within), "home")
        if is_group(link.title)
        else ListPage(
            way_of(link),
            (*column.path, link.title),
            role="agency",
            inside=beside and column.annual and _but_for_ids(link.url) == _but_for_ids(column.fetch.url),
        )
        for link in named
    ]


def _but_for_ids(url: str) -> str:
    return _ID.sub("#", seen_key(url.partition("#press:")[0]))


def entries_of(column: ListPage, links: Iterable[Link]) -> list[ListPage]:
    """Years, agencies and reports among `links`, by what they are called in this column."""
    found = []
    for link in links:
        entry = item_of(link)
        kind = judge(link.title, column.context).kind
        if kind in ("report", "maybe"):
            found.append(column.below(entry, maybe_report=True))
        elif kind == "column" or year_folder(link.title) or is_group(link.title):
            found.append(column.below(entry))
    return found


def _under_headings(column: ListPage, page: Page) -> list[ListPage]:
    """What stands under a heading that names annual reports and leads nowhere itself."""
    told = ((ListPage(column.fetch, (*column.path, one.heading), column.depth), one.links) for one in sections(page))
    return [one for of, links in told for one in entries_of(of, links)]


def _lone_reports(column: ListPage, page: Page) -> list[ListPage]:
    """A report that a menu names by itself, in a box of news perhaps."""
    told = [link for link in page.links if judge(link.title).kind == "report" and judge(link.title).year]
    return [column.below(ListItem(one.url, one.title, one.date, fetch=way_of(one)), maybe_report=True) for one in told]


def _is_menu(column: ListPage) -> bool:
    return bool(column.path) and column.role in ("home", "agency")


def _site_map(page: Page) -> list[ListPage]:
    """The portal's map of itself, where no word of a menu is found."""
    named = [link for link in page.links if _SITE_MAP.match(link.title)]
    return [ListPage(way_of(link), (link.title,), 1, role="home") for link in named]
