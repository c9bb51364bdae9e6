"""Lonsun (龙讯): ``/public/column/<organ>``, years in ``ul#timeFrame``, further pages from ``/site/label/8888``."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.families.family import Family
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.leads_to import leads_to
from spiders.pages.page import Page
from spiders.pages.script_values import concatenated
from spiders.pages.texts import squeeze
from spiders.words.numbers import largest

_LABEL = re.compile(r"[\"'](?:https?://[^\"'\s]+)?/site/label/8888\?[^\"']+[\"']")
_LABELLED = "/site/label/8888"
_OWN = re.compile(rf"{_LABELLED}|/public/column/\d+")
_OBJECT = re.compile(r"\{([^{}]*\blabelName\b[^{}]*)\}", re.S)
_PAIR = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*['\"]?([^'\",}\n]*)['\"]?")
_YEAR = re.compile(r"(20\d\d)年?度?")
_PAGED = re.compile(r"\bpaged=[\"']?(\d+)")
_COUNT = re.compile(r"\b(?:pageCount|totalPage|count)=[\"']?(\d+)", re.I)


class Lonsun(Family):
    """EX platform of Anhui and beyond."""

    name = "lonsun"
    article: ClassVar[re.Pattern[str]] = re.compile(r"/public/\d+/\d+\.html?$|/public/detail/\w+")

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """The label, where the page has no items of its own and calls it."""
        called = None if self.entries(page) else _called(page, 1)
        return (called,) if called else ()

    def columns(self, page: Page) -> tuple[ListItem, ...]:
        """Years of ``ul#timeFrame`` (their texts are bare numbers) before everything else."""
        years = []
        for anchor in page.tree.xpath("//*[@id='timeFrame']//*[self::a or @onclick]"):
            year = _YEAR.fullmatch(squeeze("".join(anchor.itertext())))
            way = leads_to(anchor, page.ground)
            if way and year:
                years.append(ListItem(way.url, f"{year[1]}年", kind="column", year=int(year[1])))
        known = {entry.url for entry in years}
        return (*years, *(entry for entry in super().columns(page) if entry.url not in known))

    def declared_totals(self, page: Page) -> Declared:
        """The pager's words, or the largest number it leads to."""
        stated = super().declared_totals(page)
        if stated.pages or stated.items:
            return stated
        return Declared(None, largest((*_PAGED.findall(page.text), *_COUNT.findall(page.text))))

    def next_page(self, page: Page) -> Fetch | None:
        """``pageIndex`` + 1 of the label, or of the column itself, as far as the pager leads; else a plain pager."""
        pages = max(self.declared_totals(page).pages or 0, int(page.fetch.carry.get("pages", 0)))
        number = page.fetch.number + 1
        if number > pages or not (_OWN.search(page.url) or _PAGED.search(page.text)):
            return super().next_page(page)
        if page.fetch.form:
            form = dict(page.fetch.form) | {"pageIndex": str(number)}
            found = replace(page.fetch, form=tuple(form.items()), number=number)
        else:
            label = None if _LABELLED in page.url else _called(page, number)
            found = label or Fetch(_numbered(page.fetch.url, number), number=number)
        return replace(found, carry={"pages": str(pages)})


def _called(page: Page, number: int) -> Fetch | None:
    """Page `number` of the label, as the scripts of a column call it: by its address, or by its name alone."""
    if not page.is_html or not ("labelName" in page.text or _LABELLED in page.text):
        return None
    if found := _LABEL.search(page.text):
        url = absolute(page.url, unescape(concatenated(page.text, found.start())))
        return Fetch(_numbered(url, number), number=number) if url else None
    called = _OBJECT.search(page.text)
    if called is None:
        return None
    form = tuple((dict(_PAIR.findall(called[1])) | {"pageIndex": str(number)}).items())
    if _by_get(page.text, called):
        url = absolute(page.url, f"{_LABELLED}?{urlencode(form)}")
        return Fetch(url, number=number) if url else None
    url = absolute(page.url, _LABELLED)
    return Fetch(url, method="POST", form=form, number=number) if url else None


def _by_get(text: str, called: re.Match[str]) -> bool:
    """How jQuery sends it: ``load`` and ``post`` with an object POST, ``get`` and a plain ``ajax`` GET."""
    head, tail = (
        text[max(0, called.start() - 120) : called.start()].lower(),
        text[called.end() : called.end() + 80].lower(),
    )
    if "ajax" in head:
        return not re.search(r"(?:type|method)\s*:\s*['\"]post", head + tail)
    return "get(" in head or "getjson(" in head


def _numbered(url: str, number: int) -> str:
    """The address with ``pageIndex=number``."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"pageIndex": str(number)}
    return parts._replace(query=urlencode(query)).geturl()
