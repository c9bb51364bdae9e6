"""Discovery: from a portal's home page to its annual-report columns, of all agencies and levels, on a budget. Pure.

Menus are followed by their words (spiders/words/menus.py), best first: an annual column at once, gateways (政务公开,
政府信息公开, 部门信息公开) one menu deeper, lists of agencies each to its own annual column. Paths are never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, seen_key
from spiders.pages.listing import FILE
from spiders.pages.page import Link, Page
from spiders.pages.redirect_pages import frames
from spiders.pages.selectors import choices
from spiders.walk.columns import ListPage
from spiders.words.agencies import is_agency, is_group
from spiders.words.menus import is_catalogue, rank
from spiders.words.titles import judge

ANNUAL = 80
GATEWAY = 30
BUDGET = 60
"""Menu pages that one walk may open in vain: one that leads to an annual column, or to a report, is not counted."""
DEEPEST = 3
_GROUPS = r"部门|乡镇|街道|镇街|单位|区县"
_OF_AGENCIES = re.compile(rf"{_GROUPS}|县市|机构|公开")
_OF_A_GROUP = re.compile(_GROUPS)
_SITE_MAP = re.compile(r"^(?:网站|站点)(?:地图|导航)$")
_LONGEST = 40
_MOST_WEAK = 3


def columns(page: Page) -> tuple[ListItem, ...]:
    """Links of a home or menu page that lead to annual-report columns or towards them, best first, as printed."""
    ranked = [(weight, link) for link in page.links if (weight := _weight(link)) > 0]
    ranked = [one for one in ranked if not _is_catalogue(one[1])] or ranked
    ranked.sort(key=lambda one: (-one[0], one[1].position))
    found = {seen_key(link.url): ListItem(link.url, link.title) for _, link in reversed(ranked)}
    ordered = [found[key] for key in dict.fromkeys(seen_key(link.url) for _, link in ranked)]
    return tuple(ordered) or _site_map(page)


@dataclass
class Discovery:
    """What one walk may still spend on looking."""

    left: int = BUDGET
    _met: set[str] = field(default_factory=set)
    _owing: set[tuple[str, ...]] = field(default_factory=set)

    def lists_reports(self, page: Page) -> bool:
        """Does a menu page carry a list of reports itself? Only then is it worth paging through."""
        return sum(judge(link.title).kind == "report" for link in page.links) >= 2

    def below(self, column: ListPage, page: Page) -> list[ListPage]:
        """The columns a menu page leads to: annual ones to be walked as roots, gateways to be looked at as menus."""
        found = [
            *self._from(column, columns(page)),
            *self._agencies(column, page),
            *(
                ListPage(fetch, column.path, column.depth + 1, role="home")
                for fetch in frames(page)
                if column.depth < DEEPEST
            ),
        ]
        return self._fresh(found) or self._fresh(self._from(column, _weak(page)))

    def _fresh(self, found: list[ListPage]) -> list[ListPage]:
        """Those not met before: every page of a portal carries the same menu."""
        fresh = [one for one in found if one.fetch.key not in self._met]
        self._met.update(one.fetch.key for one in fresh)
        return fresh

    def in_the_end(self, column: ListPage, page: Page) -> list[ListPage]:
        """Menus of agencies on the home page: every portal has them, and only some lead to annual columns."""
        groups = [link for link in page.links if not column.path and is_group(link.title) and _weight(link) < GATEWAY]
        return [ListPage(Fetch(link.url), (link.title,), 1, role="home") for link in groups]

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
            path = (*column.path, entry.title)
            if rank(entry.title, entry.url) >= ANNUAL or is_catalogue(entry.url):
                found.append(
                    ListPage(Fetch(entry.url), path, entry=entry if judge(entry.title).kind == "report" else None)
                )
            elif column.depth < DEEPEST:
                found.append(ListPage(Fetch(entry.url), path, column.depth + 1, role="home"))
        return found

    def _agencies(self, column: ListPage, page: Page) -> list[ListPage]:
        """Agencies that a gateway names, each with its own menu, and groups of them. The home page names too many."""
        if not column.path or column.depth >= DEEPEST or not _OF_AGENCIES.search(column.path[-1]):
            return []
        offered = reversed({seen_key(link.url): link for link in reversed((*page.links, *choices(page)))}.values())
        named = [
            link for link in offered if (is_agency(link.title) or is_group(link.title)) and _weight(link) < GATEWAY
        ]
        return [
            column.below(ListItem(link.url, link.title), "home")
            if is_group(link.title)
            else ListPage(Fetch(link.url), (*column.path, link.title), role="agency", inside=False)
            for link in named
        ]


def _weak(page: Page) -> tuple[ListItem, ...]:
    """The best of what only an address (``/zfxxgk/``) or a weak word speaks for, where no new menu word is found."""
    ranked = [(rank(link.title, link.url), link) for link in page.links if link.title and len(link.title) <= _LONGEST]
    weak = [one for one in ranked if 0 < one[0] < GATEWAY and not FILE.search(one[1].url)]
    weak.sort(key=lambda one: (-one[0], one[1].position))
    return tuple({seen_key(link.url): ListItem(link.url, link.title) for _, link in weak[:_MOST_WEAK]}.values())


def _weight(link: Link) -> int:
    """`columns.rank` of a link, 0 for an article, a file, or a weak word."""
    if not link.title or len(link.title) > _LONGEST or FILE.search(link.url):
        return 0
    weight, judgement = rank(link.title, link.url), judge(link.title)
    lookalike = judgement.kind == "lookalike" and (judgement.reason != "catalogue" or judgement.year is not None)
    one_report = judgement.kind in ("report", "maybe") and judgement.agency is not None
    return 0 if weight < GATEWAY or lookalike or one_report else weight


def _is_catalogue(link: Link) -> bool:
    """A list of all that is published, annual reports perhaps among it: a way where there is no other."""
    named = judge(link.title).reason == "catalogue"
    return named and not _OF_A_GROUP.search(link.title) and not is_catalogue(link.url)


def _is_menu(column: ListPage) -> bool:
    return bool(column.path) and column.role in ("home", "agency")


def _site_map(page: Page) -> tuple[ListItem, ...]:
    """The site map, where no menu word is found."""
    return tuple(ListItem(link.url, link.title) for link in page.links if _SITE_MAP.match(link.title))[:1]
