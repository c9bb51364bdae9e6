"""What a page offers to go to, and how much its words promise annual reports or agencies. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from parsers.printed.agency_words import is_group
from spiders.pages import nodes
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, seen_key
from spiders.pages.links import Link
from spiders.pages.listing import FILE
from spiders.pages.page import Page
from spiders.pages.selectors import choices
from spiders.words.agencies import is_agency
from spiders.words.menus import GATEWAY, is_catalogue, is_chrome, rank
from spiders.words.titles import judge

OF_A_GROUP = re.compile(r"部门|乡镇|街道|镇街|单位|区县")
_LONGEST = 40
"""Characters of a menu's words; what is longer is a sentence or a title."""
_LONGEST_AGENCY = 20
"""Characters of an agency's name."""
_MOST_WEAK = 3
_MENTIONED = 25
"""`rank` of a link in a sentence that speaks of annual reports: 公开年报等内容请见公示公告."""
SOME_AGENCIES = 3
"""So many names of agencies in one box are a list of agencies, whatever the box is called."""


def offers(page: Page) -> tuple[Link, ...]:
    """Everything that a page offers to go to: its links, what selectors make, trees and menus in its data."""
    return (*page.links, *choices(page), *nodes.offered(page))


def links_of(page: Page) -> tuple[ListItem, ...]:
    """What a page offers, as candidates for columns."""
    return tuple(item_of(link) for link in offers(page) if link.title)


def agencies_of(page: Page) -> tuple[ListItem, ...]:
    """The agencies that a page names, by their names or by their company."""
    return tuple(item_of(link) for link in named_agencies(offers(page)) if not is_group(link.title))


def columns(page: Page) -> tuple[ListItem, ...]:
    """What of a home or menu page leads to annual-report columns or towards them, best first, as printed."""
    ways, catalogues = ranked_ways(offers(page))
    return best_first(ways or catalogues)


def weak_ways(page: Page) -> tuple[ListItem, ...]:
    """The best of what only an address (``/zfxxgk/``), a weak word or a sentence around a link speaks for."""
    named = [link for link in offers(page) if 0 < len(link.title) <= _LONGEST]
    ranked = [(max(rank(link.title, link.url), _MENTIONED if link.is_mentioned else 0), link) for link in named]
    weak = [one for one in ranked if 0 < one[0] < GATEWAY and not FILE.search(one[1].url)]
    return best_first(weak)[:_MOST_WEAK]


def named_agencies(links: Iterable[Link]) -> list[Link]:
    """Agencies and groups of them. In a box where most entries are agencies the others are too: 县残联, 团县委."""
    unique = list({seen_key(link.url): link for link in reversed(list(links))}.values())[::-1]
    unique = [link for link in unique if 0 < len(link.title) <= _LONGEST_AGENCY and not is_chrome(link.title)]
    unique = [link for link in unique if weight_of(link) < GATEWAY]
    sure = {id(link) for link in unique if is_agency(link.title) or is_group(link.title)}
    named, everything = Counter(link.group for link in unique if id(link) in sure), Counter(one.group for one in unique)
    boxes = {box for box, count in named.items() if count >= SOME_AGENCIES and count * 2 > everything[box] and box >= 0}
    return [link for link in unique if id(link) in sure or link.group in boxes]


def best_first(ranked: list[tuple[int, Link]]) -> tuple[ListItem, ...]:
    """Links with their weights as candidates, each address once: the heaviest first, then as printed."""
    ranked.sort(key=lambda one: (-one[0], one[1].position))
    found = {seen_key(link.url): link for _, link in reversed(ranked)}
    ordered = [found[key] for key in dict.fromkeys(seen_key(link.url) for _, link in ranked)]
    return tuple(ListItem(link.url, link.title, fetch=way_of(link), within=link.within) for link in ordered)


def item_of(link: Link) -> ListItem:
    """A link as a candidate, with all that is known of it."""
    return ListItem(link.url, link.title, link.date, fetch=way_of(link), within=link.within)


def way_of(link: Link) -> Fetch:
    """How a link is asked for, and by what it was found."""
    return replace(link.fetch or Fetch(link.url), found_by=link.means)


def ranked_ways(links: Iterable[Link]) -> tuple[list[tuple[int, Link]], list[tuple[int, Link]]]:
    """What promises annual reports with its weight; catalogues of all that is published apart."""
    ranked = [(weight, link) for link in links if (weight := weight_of(link)) > 0]
    ways: list[tuple[int, Link]] = []
    catalogues: list[tuple[int, Link]] = []
    for one in ranked:
        (catalogues if _is_catalogue(one[1]) else ways).append(one)
    return ways, catalogues


def weight_of(link: Link) -> int:
    """`rank` of a link, 0 for an article, a file, or a weak word."""
    if not link.title or len(link.title) > _LONGEST or FILE.search(link.url) or is_chrome(link.title):
        return 0
    weight, judgement = rank(link.title, link.url), judge(link.title)
    lookalike = judgement.kind == "lookalike" and (judgement.reason != "catalogue" or judgement.year is not None)
    one_report = judgement.kind in ("report", "maybe") and judgement.agency is not None
    return 0 if weight < GATEWAY or lookalike or one_report else weight


def _is_catalogue(link: Link) -> bool:
    """A list of all that is published, annual reports perhaps among it: a way where there is no other."""
    named = judge(link.title).reason == "catalogue"
    return named and not OF_A_GROUP.search(link.title) and not is_catalogue(link.url)
