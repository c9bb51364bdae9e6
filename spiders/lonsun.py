"""Lonsun (龙讯): ``/public/column/<organ>``, years in ``ul#timeFrame``, further pages from ``/site/label/8888``."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.family import Declared, Entry, Family
from spiders.fetch import Fetch, absolute
from spiders.page import Page, squeeze

_LABEL = re.compile(r"[\"']((?:https?://[^\"'\s]+)?/site/label/8888\?[^\"']+)[\"']")
_OBJECT = re.compile(r"/site/label/8888[\"']\s*,\s*(?:data\s*:)?\s*\{([^}]*)\}", re.S)
_PAIR = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*['\"]?([^'\",}\n]*)['\"]?")
_PAGED = re.compile(r"\bpaged=[\"']?(\d+)")
_COUNT = re.compile(r"\b(?:pageCount|totalPage|count)=[\"']?(\d+)", re.I)


class Lonsun(Family):
    """EX platform of Anhui and beyond."""

    name = "lonsun"
    article: ClassVar[re.Pattern[str]] = re.compile(r"/public/\d+/\d+\.html?$|/public/detail/\w+")

    def shells(self, page: Page) -> tuple[Fetch, ...]:
        """The label, where the page has no items of its own and calls it."""
        if self.entries(page) or not page.is_html:
            return ()
        found = _LABEL.search(page.text)
        if found:
            url = absolute(page.url, unescape(found[1]))
            return (Fetch(_numbered(url, 1)),) if url else ()
        called = _OBJECT.search(page.text)
        if called is None:
            return ()
        form = tuple((dict(_PAIR.findall(called[1])) | {"pageIndex": "1"}).items())
        if _by_get(page.text, called):
            url = absolute(page.url, f"/site/label/8888?{urlencode(form)}")
            return (Fetch(url),) if url else ()
        url = absolute(page.url, "/site/label/8888")
        return (Fetch(url, method="POST", form=form),) if url else ()

    def columns(self, page: Page) -> tuple[Entry, ...]:
        """Years of ``ul#timeFrame`` (their texts are bare numbers) before everything else."""
        years = []
        for anchor in page.tree.xpath("//*[@id='timeFrame']//a[@href]"):
            text = squeeze("".join(anchor.itertext()))
            url = absolute(page.base, anchor.get("href") or "")
            if url and re.fullmatch(r"20\d\d年?(?:度)?", text):
                years.append(Entry(url, text if text.endswith(("年", "度")) else f"{text}年", kind="column"))
        known = {entry.url for entry in years}
        return (*years, *(entry for entry in super().columns(page) if entry.url not in known))

    def declared(self, page: Page) -> Declared:
        """The pager's words, or the largest number it leads to."""
        stated = super().declared(page)
        numbers = [int(found) for found in (*_PAGED.findall(page.text), *_COUNT.findall(page.text))]
        return stated if stated.pages or stated.items or not numbers else Declared(None, max(numbers))

    def following(self, page: Page) -> Fetch | None:
        """``pageIndex`` + 1 of a label or of a column, as far as the pager leads; else a plain pager."""
        pages = self.declared(page).pages
        number = page.fetch.number + 1
        if pages is not None and number <= pages and page.fetch.form:
            form = dict(page.fetch.form) | {"pageIndex": str(number)}
            return replace(page.fetch, form=tuple(form.items()), number=number)
        if pages is not None and number <= pages and ("/site/label/" in page.url or _PAGED.search(page.text)):
            return Fetch(_numbered(page.fetch.url, number), number=number)
        return super().following(page)


def _by_get(text: str, called: re.Match[str]) -> bool:
    """How jQuery sends it: ``load`` and ``post`` with an object POST, ``get`` and a plain ``ajax`` GET."""
    head, tail = (
        text[max(0, called.start() - 80) : called.start()].lower(),
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
