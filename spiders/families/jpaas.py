"""jpaas, Hanweb's newer system: lists from ``/api-gateway/jpaas-publish-server/front/page/build/unit``.

The page carries ``queryData`` (a literal) and the interface's ``url``. Page 1 takes the bare parameters; further pages
need ``paramJson={"pageNo":2,"pageSize":"15"}``, a bare pageNo is ignored. Some servers always answer page 1: the walk
stops at a repeated page by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import html

from spiders.families.family import Family
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.links import read_links
from spiders.pages.page import Page
from spiders.pages.script_values import NotLiteral, literal
from spiders.words.numbers import whole

_QUERY = re.compile(r"queryData\s*=\s*(?:\"(\{.*?\})\"|'(\{.*?\})')", re.S)
_URL = re.compile(r"\burl\s*=\s*[\"']([^\"']*jpaas-publish-server[^\"']*)[\"']")
_DEFAULT_URL = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PAGER = re.compile(r"<[^>]*\bclass=[\"'][^\"']*pagination[^\"']*[\"'][^>]*")
_ROWS = re.compile(r"\brows=[\"']?(\d+)")
_COUNT = re.compile(r"\bcount=[\"']?(\d+)")


class Jpaas(Family):
    """Lists built by the publishing interface."""

    name = "jpaas"
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_(?:[0-9a-f]{32}|\d+_\d+)\.html?$"
    )

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """The interface, asked for page one of each unit on the page: the list, perhaps boxes beside it."""
        if not page.is_html:
            return ()
        address = _URL.search(page.text)
        units = [
            absolute(page.url, f"{address[1] if address else _DEFAULT_URL}?{urlencode(query)}")
            for query in _units(page.text)
        ]
        return tuple(Fetch(url) for url in units if url)

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """Links of the fragment inside the answer, else plain links."""
        fragment = _fragment(page)
        if fragment is None:
            return super().entries(page)
        tree = html.fromstring(f"<div>{fragment}</div>")
        links = [link for link in read_links(tree, page.ground) if link.title and self.article.search(link.url)]
        return tuple({link.url: ListItem(link.url, link.title, link.date) for link in links}.values())

    def declared_totals(self, page: Page) -> Declared:
        """``count`` of the fragment's pager, else what the fragment says in words (共30条 1/2页)."""
        fragment = _fragment(page)
        if fragment is None:
            return super().declared_totals(page)
        pager = _PAGER.search(fragment)
        count = _COUNT.search(pager[0]) if pager else None
        if count is not None:
            return Declared(whole(count[1]))
        return super().declared_totals(replace(page, rendered=fragment))

    def next_page(self, page: Page) -> Fetch | None:
        """The next page by ``paramJson``, until all that is declared has come."""
        fragment = _fragment(page)
        if fragment is None:
            return super().next_page(page)
        found = len(self.entries(page))
        got = int(page.fetch.carry.get("got", "0")) + found
        if not found or not self._has_more(page, got):
            return None
        pager = _PAGER.search(fragment)
        rows = _ROWS.search(pager[0]) if pager else None
        number = page.fetch.number + 1
        asked = {"pageNo": number, "pageSize": rows[1] if rows else str(found)}
        parts = urlsplit(page.fetch.url)
        query = dict(parse_qsl(parts.query)) | {"paramJson": json.dumps(asked, separators=(",", ":"))}
        return Fetch(parts._replace(query=urlencode(query)).geturl(), number=number, carry={"got": str(got)})

    def _has_more(self, page: Page, got: int) -> bool:
        """Is more declared than the `got` items that have come, or a further page?"""
        told = self.declared_totals(page)
        return got < told.items if told.items is not None else page.fetch.number < (told.pages or 0)


def _units(text: str) -> Iterator[dict[str, str]]:
    """Every ``queryData`` as the interface wants it."""
    for found in _QUERY.finditer(text):
        try:
            data = literal(unescape(found[1] or found[2]))
        except NotLiteral:
            continue
        if isinstance(data, dict):
            yield {name: str(value) for name, value in data.items()}


def _fragment(page: Page) -> str | None:
    """The HTML inside a JSON answer, None for anything else."""
    if page.is_html or not isinstance(page.json, dict):
        return None
    data = page.json.get("data")
    fragment = data.get("html") if isinstance(data, dict) else None
    return fragment if isinstance(fragment, str) and fragment.strip() else None
