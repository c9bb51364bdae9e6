"""Pagers in plain HTML: the next page of a list and the totals a list declares. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from spiders.pages import shown
from spiders.pages.controls import following_control
from spiders.pages.entry import Declared
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.forms import fields_of, form_request
from spiders.pages.page import Page
from spiders.pages.texts import squeeze
from spiders.words.numbers import largest

_TAGS = r"\s{0,40}(?:<[^<>]{1,300}>\s{0,40}){0,8}"
"""Tags and blanks between a word and its number. Bounded: the page may be nothing else."""
_ITEMS = re.compile(
    rf"(?:共有?|总共|总计|合计|全部|总记录数?|记录总数|总条数)(?:记录)?[:：]?{_TAGS}(\d{{1,6}}){_TAGS}(?:条|篇|件|个?记录|项)"
    rf"|(?:总记录数?|记录总数|总条数)[:：]?{_TAGS}(\d{{1,6}})"
)
_PAGES = re.compile(
    rf"(?:共有?|总共|/){_TAGS}(\d{{1,4}}){_TAGS}页|第\s{{0,9}}\d{{1,6}}\s{{0,9}}/\s{{0,9}}(\d{{1,4}})|(?<!\d)\d{{1,6}}\s{{0,9}}/\s{{0,9}}(\d{{1,4}})\s{{0,9}}页"
    rf"|总页数[:：]?{_TAGS}(\d{{1,4}})"
)
_SCRIPT_ITEMS = re.compile(
    r"\b(?:data_?count|total_?data|record_?counts?|total_?records?|total_?counts?|count_?total|total_?nums?|total_?elements"
    r"|all_?rows?|total_?rows?|item_?count|total_?size)['\"]?\s*[=:]\s*['\"]?(\d{1,6})",
    re.I,
)
_SCRIPT_PAGES = re.compile(
    r"\b(?:count_?pages?|total_?pages?|page_?(?:count|total|sum|all)s?|(?:max|last|all)_?pages?|pages)['\"]?\s*[=:]\s*"
    r"['\"]?(\d{1,4})\b",
    re.I,
)
"""How many, in a script or an attribute: ``totalpage="4"``, ``var countPage = 9``, ``pages: 4``."""
_JUMP = re.compile(r"页|page|GO|跳转|转到", re.I)
_COUNTED = re.compile(r"\b(?:countPage|totalPage|pageCount|page_count|totalPages)['\"]?\s*[=:]\s*['\"]?(\d{1,4})")
_PAGER_CALL = re.compile(r"\bpag(?:e|er|ing|ination)\w*\(\s*([^()]{1,80})\)", re.I)
_POSITION = re.compile(r">\s*(\d{1,4})\s*/\s*(\d{1,4})\s*<")
_CREATE = re.compile(
    r"createPage(?:HTML)?\(\s*(?:['\"][\w-]+['\"]\s*,\s*)?(\d+)\s*,\s*(\d+)\s*"
    r"(?:,\s*['\"]([^'\"]*)['\"]\s*,\s*['\"](\w+)['\"]\s*(?:,\s*(\d+))?)?"
)


def declared_totals(page: Page) -> Declared:
    """The largest total that the page states, in words or in its scripts; commented-out calls count as well."""
    text = page.text
    items: list[object] = [next(filter(None, found)) for found in _ITEMS.findall(text)]
    items += _SCRIPT_ITEMS.findall(text)
    pages: list[object] = [next(filter(None, found)) for found in _PAGES.findall(text)]
    pages += _SCRIPT_PAGES.findall(text)
    pages += [found[1] for found in _list_calls(page)]
    items += [found[5] for found in _list_calls(page)]
    pages += _positions(page)
    if page.asked_by is not None and page.json is not None:
        told = shown.declared(page)
        items, pages = [*items, told.items or None], [*pages, told.pages or None]
    return Declared(largest(items), largest(pages))


def _positions(page: Page) -> list[int]:
    """The second of two numbers of which the first is this page: ``1/4``, ``pagination("setPage", 1, 4)``."""
    here, stated = page.fetch.number, []
    for first, second in _POSITION.findall(page.text):
        if int(first) == here <= int(second):
            stated.append(int(second))
    for found in _PAGER_CALL.finditer(page.text):
        numbers = [int(part) for part in re.findall(r"(?<![\w.'\"])\d{1,4}(?![\w.])", found[1])]
        if numbers[:1] == [here] and len(numbers) > 1 and "create" not in found[0].lower():
            stated.append(numbers[1])
    return [number for number in stated if number >= here]


def next_page(page: Page) -> Fetch | None:
    """The next page: its link, else the page number after this one, else what a known script would have built."""
    return pressed(page) or _chosen(page) or _scripted(page) or _jumped(page)


def scripted_address(page: Page, number: int) -> str | None:
    """Address of logical page `number` (from 1) as ``createPageHTML(count, index, "name", "ext")`` builds it."""
    for found in _list_calls(page):
        name, extension = found[3] or "index", found[4] or _extension(page.url)
        first = 1 if int(found[2]) == page.fetch.number else 0  # some sites count from 1
        return absolute(page.url, f"{name}_{number - 1 + first}.{extension}")
    if _COUNTED.search(page.text):
        return absolute(page.url, f"index_{number - 1}.{_extension(page.url)}")
    return None


def pressed(page: Page, times: int = 1) -> Fetch | None:
    """Where the next control leads, or the number after this page's, whatever they are made of.

    `times`: for a control that only counts on (``page++; load()``) and whose page was drawn anew.
    """
    control = following_control(page, times)
    return None if control is None or control.way is None else _next(page, control.way)


def _chosen(page: Page) -> Fetch | None:
    """An option of a jump menu whose text is the next number and whose value is an address."""
    for option in page.tree.iter("option"):
        number = re.fullmatch(r"(?:第\s*)?(\d{1,4})(?:\s*页)?", squeeze("".join(option.itertext())))
        value = option.get("value") or ""
        if number and int(number[1]) == page.fetch.number + 1 and re.search(r"[./?=]", value):
            url = page.join(value)
            return _next(page, Fetch(url)) if url else None
    return None


def _jumped(page: Page) -> Fetch | None:
    """A form with one field for the number of a page (转到第 页), where the page says that there are more."""
    count = declared_totals(page).pages
    if count is None or page.fetch.number >= count:
        return None
    for form in page.tree.iter("form"):
        boxes = [box for box in form.iter("input") if (box.get("type") or "text").lower() in ("text", "number")]
        if len(boxes) == 1 and boxes[0].get("name") and _JUMP.search("".join(form.itertext())):
            filled = fields_of(form) | {str(boxes[0].get("name")): str(page.fetch.number + 1)}
            way = form_request(form, filled, page.ground)
            return _next(page, way) if way is not None else None
    return None


def _scripted(page: Page) -> Fetch | None:
    count = declared_totals(page).pages
    if count is None or page.fetch.number >= count or not _list_calls(page):
        return None
    url = scripted_address(page, page.fetch.number + 1)
    return _next(page, Fetch(url)) if url else None


def _next(page: Page, way: Fetch) -> Fetch:
    return replace(way, number=page.fetch.number + 1, carry=page.fetch.carry)


def _extension(url: str) -> str:
    found = re.search(r"\.(s?html?)$", url.split("?")[0])
    return found[1] if found else "html"


def _list_calls(page: Page) -> list[re.Match[str]]:
    """Calls that page a list; the same function also pages long articles (``t20151009_67430``)."""
    return [found for found in _CREATE.finditer(page.text) if not re.match(r"(?:t|content_|art_)\d", found[3] or "")]
