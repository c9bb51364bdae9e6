"""Pagers in plain HTML: the next page of a list and the totals a list declares. Pure."""

from __future__ import annotations

import re

from spiders.pages.entry import Declared
from spiders.pages.fetch import Fetch, absolute, seen_key
from spiders.pages.page import Link, Page, squeeze

_NEXT = re.compile(r"^(?:下一?页|下页|后一?页|next(?: page)?|[>›»]|>>|下一页\s*[>›»]+)$", re.I)
_TAGS = r"\s*(?:<[^>]+>\s*)*"
_ITEMS = re.compile(rf"(?:共有?|总共|总计|合计|全部){_TAGS}(\d{{1,6}}){_TAGS}(?:条|篇|件|个?记录|项)")
_PAGES = re.compile(rf"(?:共|总共|/){_TAGS}(\d{{1,4}}){_TAGS}页|第\s*\d+\s*/\s*(\d{{1,4}})|\d+\s*/\s*(\d{{1,4}})\s*页")
_SCRIPT_ITEMS = re.compile(
    r"\b(?:dataCount|totalData|recordCount|totalRecord|totalCount|count_total)['\"]?\s*[=:]\s*['\"]?(\d{1,6})"
)
_SCRIPT_PAGES = re.compile(r"\b(?:countPage|totalPage|pageCount|page_count|totalPages)['\"]?\s*[=:]\s*['\"]?(\d{1,4})")
_CREATE = re.compile(
    r"createPage(?:HTML)?\(\s*(?:['\"][\w-]+['\"]\s*,\s*)?(\d+)\s*,\s*(\d+)\s*"
    r"(?:,\s*['\"]([^'\"]*)['\"]\s*,\s*['\"](\w+)['\"]\s*(?:,\s*(\d+))?)?"
)
_NUMBERED = re.compile(r"(?:[/_-]|page=|p=|pageNum=|currpage=|cur_page=)\d{1,4}(?:\.\w+)?$", re.I)


def declared_totals(page: Page) -> Declared:
    """The largest total that the page states, in words or in its scripts; commented-out calls count as well."""
    text = page.text
    items = [int(found) for pattern in (_ITEMS, _SCRIPT_ITEMS) for found in pattern.findall(text)]
    pages = [int(next(filter(None, found))) for found in _PAGES.findall(text)]
    pages += [int(found) for found in _SCRIPT_PAGES.findall(text)]
    pages += [int(found[1]) for found in _list_calls(page)]
    items += [int(found[5]) for found in _list_calls(page) if found[5]]
    return Declared(max(items, default=None), max(pages, default=None))


def next_page(page: Page) -> Fetch | None:
    """The next page: its link, else the page number after this one, else what a known script would have built."""
    return _linked(page) or _numbered(page) or _chosen(page) or _scripted(page)


def scripted_address(page: Page, number: int) -> str | None:
    """Address of logical page `number` (from 1) as ``createPageHTML(count, index, "name", "ext")`` builds it."""
    for found in _list_calls(page):
        name, extension = found[3] or "index", found[4] or _extension(page.url)
        first = 1 if int(found[2]) == page.fetch.number else 0  # some sites count from 1
        return absolute(page.url, f"{name}_{number - 1 + first}.{extension}")
    if _SCRIPT_PAGES.search(page.text):
        return absolute(page.url, f"index_{number - 1}.{_extension(page.url)}")
    return None


def _linked(page: Page) -> Fetch | None:
    for link in page.links:
        if _NEXT.match(squeeze(link.title)) and seen_key(link.url) != seen_key(page.url):
            return _next(page, link.url)
    return None


def _numbered(page: Page) -> Fetch | None:
    """A link whose text is the next number, in a row of numbers."""
    numbers = {int(link.title): link for link in page.links if link.title.isdigit() and len(link.title) <= 4}
    link: Link | None = numbers.get(page.fetch.number + 1)
    if link is None or not _NUMBERED.search(link.url.split("#")[0]):
        return None
    return _next(page, link.url)


def _chosen(page: Page) -> Fetch | None:
    """An option of a jump menu whose text is the next number and whose value is an address."""
    for option in page.tree.iter("option"):
        number = re.fullmatch(r"(?:第\s*)?(\d{1,4})(?:\s*页)?", squeeze("".join(option.itertext())))
        value = option.get("value") or ""
        if number and int(number[1]) == page.fetch.number + 1 and re.search(r"[./?=]", value):
            url = absolute(page.base, value)
            return _next(page, url) if url else None
    return None


def _scripted(page: Page) -> Fetch | None:
    count = declared_totals(page).pages
    if count is None or page.fetch.number >= count:
        return None
    url = scripted_address(page, page.fetch.number + 1)
    return _next(page, url) if url else None


def _next(page: Page, url: str) -> Fetch:
    return Fetch(url, number=page.fetch.number + 1, carry=page.fetch.carry)


def _extension(url: str) -> str:
    found = re.search(r"\.(s?html?)$", url.split("?")[0])
    return found[1] if found else "html"


def _list_calls(page: Page) -> list[re.Match[str]]:
    """Calls that page a list; the same function also pages long articles (``t20151009_67430``)."""
    return [found for found in _CREATE.finditer(page.text) if not re.match(r"(?:t|content_|art_)\d", found[3] or "")]
