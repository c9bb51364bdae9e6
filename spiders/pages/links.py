"""Links of a page, whatever they are made of, with the date that stands beside them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import html

from spiders.pages.fetch import Fetch
from spiders.pages.ground import Ground
from spiders.pages.leads_to import candidates, leads_to
from spiders.pages.more_links import heading_over, says_more
from spiders.pages.row_dates import RowDates
from spiders.pages.table_links import SILENT, heads
from spiders.pages.texts import squeeze

_ROWS = frozenset({"li", "tr", "dd", "dt", "dl", "p"})
_LISTS = frozenset({"ul", "ol", "table", "tbody", "dl"})
_LONGEST_TITLE = 300
"""Characters: what shows more is the page or a part of it, not an entry."""
_LONE_DATE = re.compile(
    r"^[\[(（【\s]*20\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?[\])）】\s]*|"
    r"[\[(（【\s]*20\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?[\])）】\s]*$"
)


@dataclass(frozen=True, slots=True)
class Link:
    """What leads on: absolute `url`, its text or longer ``title``, the date in its row, `group` = which list it is in.

    `fetch` is set where a plain GET of `url` is not enough. `means`: link, map, option, script, data. `within`: the
    names above it in a tree. `is_mentioned`: it stands in a sentence that speaks of annual reports.
    """

    url: str
    title: str
    date: str | None
    group: int
    position: int
    fetch: Fetch | None = None
    means: str = "link"
    is_mentioned: bool = False
    within: tuple[str, ...] = ()


def read_links(tree: html.HtmlElement, ground: Ground) -> Iterator[Link]:
    """Links of `tree`, whatever they are made of (spiders/pages/leads_to.py): anchors, options, rows, boxes."""
    groups: dict[Any, int] = {}
    dates = RowDates()
    single: dict[Any, bool] = {}
    for position, element in enumerate(candidates(tree, ground)):
        title = _title(element)
        way = leads_to(element, ground) if len(title) <= _LONGEST_TITLE else None
        if way is None:
            continue
        row, holder = _surroundings(element, single)
        group = groups.setdefault(holder, len(groups))
        if SILENT.match(title):
            title = heads(element) or title
        if says_more(element, title):
            title = heading_over(element) or title
        fetch, means = None if way.method == "GET" else way, _means(element, way, ground)
        yield Link(way.address, title, dates.of(row), group, position, fetch, means, _is_mentioned(element))


def _is_mentioned(element: html.HtmlElement) -> bool:
    """Does the element stand in a sentence that speaks of annual reports, without saying so itself?"""
    parent = element.getparent()
    if parent is None or element.tag != "a":
        return False
    around = f"{parent.text or ''}{element.tail or ''}"
    return "年报" in around or "年度报告" in around


def _means(element: html.HtmlElement, way: Fetch, ground: Ground) -> str:
    """By what an element leads, for the record."""
    if element.tag == "area":
        return "map"
    if element.tag == "option":
        return "option"
    return "link" if element.get("href") and ground.join(element.get("href") or "") == way.url else "script"


def _surroundings(anchor: html.HtmlElement, single: dict[Any, bool]) -> tuple[html.HtmlElement, Any]:
    """The row an anchor stands in and the list that holds the row. `single`: which boxes hold one anchor only."""
    row = anchor
    node = anchor.getparent()
    while node is not None and node.tag not in _LISTS:
        if node.tag in _ROWS and row is anchor:
            row = node
        node = node.getparent()
    parent = anchor.getparent()
    if row is anchor and anchor.tag not in _ROWS and parent is not None:
        if parent not in single:
            single[parent] = len(list(islice(parent.iterdescendants("a"), 2))) == 1
        row = parent if single[parent] else row
    return row, node if node is not None else anchor.getroottree().getroot()


def _title(element: html.HtmlElement) -> str:
    """The text, or the ``title`` where it says more; a button's value, a picture's ``alt``.

    A row or a box is called by the anchor in it, else by the longest of its parts, else by its text without the date.
    """
    shown = squeeze("".join(element.itertext()))
    if element.tag not in ("a", "area", "option", "button"):
        inner = next((text for one in element.iter("a") if (text := squeeze("".join(one.itertext())))), "")
        shown = inner or _longest_part(element) or _LONE_DATE.sub("", shown)
    given = squeeze(element.get("title") or "")
    if not shown and not given:
        pictured = element.xpath(".//img/@alt | .//img/@title")
        return squeeze(element.get("alt") or element.get("value") or " ".join(pictured[:1]))
    bare = _LONE_DATE.sub("", shown) if given else shown  # the day may stand inside the link, behind a title cut short
    cut = bare.endswith(("…", ".."))
    says_more = len(given) > len(bare) or (given and cut)
    return given if says_more and (not shown or len(given) <= _LONGEST_TITLE) else shown


def _longest_part(element: html.HtmlElement) -> str:
    """Of a row of cells (number, title, agency, date) the title; empty for what is one text."""
    parts = [text for one in element if isinstance(one.tag, str) and (text := squeeze("".join(one.itertext())))]
    whole = len(squeeze("".join(element.itertext())).replace(" ", ""))
    loose = whole - sum(len(part.replace(" ", "")) for part in parts)
    return max(parts, key=len) if len(parts) > 1 and not loose else ""
