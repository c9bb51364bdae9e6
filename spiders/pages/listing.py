"""Lists in plain HTML: which links of a page are the items of its list, which lead one level down. Pure."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from archive.capture import Role
from spiders.pages import nodes, shown
from spiders.pages.entry import ListItem
from spiders.pages.links import Link
from spiders.pages.markup import without_tags
from spiders.pages.page import Page
from spiders.pages.query import queried
from spiders.pages.selectors import choices
from spiders.words import menus as column_words
from spiders.words import titles

FILE = re.compile(r"\.(?:pdf|docx?|wps|et|ofd|xlsx?|zip|rar|7z|rtf|txt|mht|tiff?|jpe?g|png)$", re.I)
_PAGER = re.compile(
    r"^(?:(?!20[0-3]\d$)\d{1,4}|首页|尾页|末页|[上下]一?页|下一页|上一页|[<>«»‹›]+|更多|more|GO|跳转|返回.*)$", re.I
)
_SIGNATURE = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "行政复议",
    "存在的主要问题",
    "其他需要报告的事项",
)
_ENOUGH_HEADS = 3
"""Of these six; a page about one subject has one or two."""
_FORM = re.compile(r"本年新收政府信息公开申请数?量?|结转下年度继续办理|主动公开政府信息数.{0,200}依申请公开信息目录数?")
_BLANKS = re.compile(r"\s+|&nbsp;")
_ID = re.compile(r"(?<![0-9a-z-])[0-9a-f]{8}[0-9a-f-]{8,}(?![0-9a-z])|\d+", re.I)
"""A number or a long id in an address."""
_LONGEST_COLUMN = 40
_LONGEST_LABEL = 10
"""Characters of a column's name before an item."""
_ANNUAL = "政府信息公开年报"
_OF_REPORTS = re.compile("年报|报告")


@lru_cache(maxsize=40_000)
def judge(title: str, column: str | None) -> titles.Judgement:
    """`titles.judge`, remembered: the same titles stand in menus of every page."""
    return titles.judge(title, column)


def entries(page: Page, article: re.Pattern[str]) -> tuple[ListItem, ...]:
    """The items of the list on `page`, in order.

    A page carries several lists (menus, latest news, the list itself). The list itself is where a title speaks of
    reports; without such a title, where articles are called by an agency or a year; without that, the largest set of
    links that look like articles.
    """
    if not page.is_html and page.asked_by is not None and page.json is not None:
        return shown.items(page)
    offered = _without_labels((*page.links, *nodes.offered(page)))
    items = [link for link in offered if _is_item(link, article)]
    telling = {link.group for link in items if judge(link.title, None).kind == "report"}
    telling = telling or {link.group for link in items if judge(link.title, _ANNUAL).kind == "maybe"}
    if not telling and items:
        groups = [link.group for link in items if article.search(_path(link.url)) or link.date]
        telling = {Counter(groups).most_common(1)[0][0]} if groups else set()
    known = {id(link) for link in items}
    shapes = {(link.group, shape) for link in items if (shape := _shape(link.url))}
    listed = (link for link in offered if link.group in telling and (id(link) in known or _may_be_one(link, shapes)))
    return (*_unique(listed), *queried(page))


def _without_labels(offered: tuple[Link, ...]) -> tuple[Link, ...]:
    """Links without the names of columns that stand before items: ``[部门年报] 县教育局2022年…年度报告``."""
    labels = {id(link) for link, after in pairwise(offered) if _is_label(link, after)}
    return tuple(link for link in offered if id(link) not in labels)


def _is_label(link: Link, after: Link) -> bool:
    if link.date is None or (link.group, link.date) != (after.group, after.date):
        return False
    named = judge(link.title, None)
    is_name = named.year is None and named.kind in ("column", "other") and len(link.title) <= _LONGEST_LABEL
    return is_name and bool(_OF_REPORTS.search(link.title)) and judge(after.title, None).kind == "report"


def _may_be_one(link: Link, shapes: set[tuple[int, str]]) -> bool:
    """A link among reports that is called by an agency or a year, or whose address is one of theirs but for the id."""
    if not link.title or _PAGER.match(link.title) or column_words.year_folder(link.title):
        return False
    return judge(link.title, _ANNUAL).kind in ("report", "maybe") or (link.group, _shape(link.url)) in shapes


def _shape(url: str) -> str:
    """An address with its ids left out; empty where it has none."""
    path = _path(url)
    shape = _ID.sub("#", path)
    return shape if shape != path else ""


def columns(page: Page, article: re.Pattern[str]) -> tuple[ListItem, ...]:
    """Links and choices of `page` that are no items and may be columns: short texts, no files."""
    short = (
        link
        for link in (*page.links, *choices(page), *nodes.offered(page))
        if 0 < len(link.title) <= _LONGEST_COLUMN and not _PAGER.match(link.title)
    )
    found = (link for link in short if not FILE.search(_path(link.url)))
    return _unique(link for link in found if not article.search(_path(link.url)))


def is_report_page(page: Page) -> bool:
    """Is a report printed on this page? Enough of the six headings, or the form's own words."""
    if not page.is_html:
        return False
    text = _BLANKS.sub("", without_tags(page.text))
    heads = sum(head in text for head in _SIGNATURE)
    return heads >= _ENOUGH_HEADS or bool(_FORM.search(text))


def is_file(url: str) -> bool:
    """Does the address end like a document's?"""
    return bool(FILE.search(_path(url)))


def _is_item(link: Link, article: re.Pattern[str]) -> bool:
    if not link.title or _PAGER.match(link.title):
        return False
    path = _path(link.url)
    if article.search(path) or FILE.search(path):
        return True
    if column_words.year_folder(link.title):
        return False
    kind = judge(link.title, None).kind
    return (
        kind == "report"
        or (kind == "column" and link.date is not None)
        or (bool(_OF_REPORTS.search(link.title) or link.date) and judge(link.title, _ANNUAL).kind == "maybe")
    )


def _unique(links: object) -> tuple[ListItem, ...]:
    """One entry an address; of several texts the longest (a date or a picture often links to the same place)."""
    best: dict[str, ListItem] = {}
    for link in links:  # type: ignore[attr-defined]
        role: Role = "attachment" if is_file(link.url) else "page"
        entry = ListItem(link.url, link.title, link.date, role=role, fetch=link.fetch, within=link.within)
        held = best.get(link.url)
        if held is None or len(entry.title) > len(held.title):
            best[link.url] = entry
    return tuple(best.values())


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
