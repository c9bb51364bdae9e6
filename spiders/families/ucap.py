"""UCAP (开普): lists from a JSON search, ``/common/search/{channel}``; static ``list_2.shtml`` on other sites.

The page size is a wish: some servers honour it, some always send 20, so pages are counted and never computed.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.families.family import Family
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page
from spiders.pages.script_values import records
from spiders.pages.texts import find_date, squeeze
from spiders.words.numbers import whole

_CHANNEL = re.compile(
    r"(?:/common)?/search(?:List)?/([0-9a-f]{32})"
    r"|name=[\"']channelId[\"']\s+content=[\"']([0-9a-f]{32})"
    r"|content=[\"']([0-9a-f]{32})[\"']\s+name=[\"']channelId"
    r"|channelId['\"]?\s*[:=]\s*['\"]([0-9a-f]{32})",
    re.I,
)
_SEARCHED = re.compile(r"((?:/common)?/search(?:List)?)/[0-9a-f]{32}")
_CODE = re.compile(r"/([\w-]+)/(c\d{5,6}[a-z]?)/[\w]*list\w*\.s?html?$|/([\w-]+)/(c\d{5,6}[a-z]?)/?$")
_TAG = re.compile(r"<[^>]+>")
_PAGE_SIZE = 100


class Ucap(Family):
    """Kaipu's publishing system."""

    name = "ucap"
    article: ClassVar[re.Pattern[str]] = re.compile(r"/c\d{5,6}[a-z]?/\d{6}/(?:[0-9a-f]{32}|c\d{2}_\d+)\.s?html?$")

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """The JSON search, where the page calls it or has no items of its own."""
        if not page.is_html:
            return ()
        searched = _SEARCHED.search(page.text)
        if searched is None and self.entries(page):
            return ()
        if channel := _channel(page.text):
            return (_search(page.url, searched[1] if searched else "/common/search", channel, 1),)
        code = _CODE.search(urlsplit(page.url).path)
        if code is None:
            return ()
        site, name = code[1] or code[3], code[2] or code[4]
        query = urlencode({"channelCode": name, "websiteCodeName": site})
        url = absolute(page.url, f"/common/getChannelList?{query}")
        return (Fetch(url, number=0, probe=True),) if url else ()

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """Results of the search, else plain links."""
        data = _data(page)
        if data is None:
            return super().entries(page)
        found = []
        for result in records(data, "results"):
            url = absolute(page.url, str(result.get("url") or ""))
            if url:
                title = squeeze(_TAG.sub("", str(result.get("title") or "")))
                date = find_date(str(result.get("publishedTimeStr") or ""))
                found.append(ListItem(_same_scheme(url, page.url), title, date))
        return tuple(found)

    def declared_totals(self, page: Page) -> Declared:
        """``total`` of the search."""
        data = _data(page)
        if data is None:
            return super().declared_totals(page)
        return Declared(whole(data.get("total")))

    def next_page(self, page: Page) -> Fetch | None:
        """The next page of the search, however many results a page turns out to have."""
        if page.fetch.number == 0:
            channel = _channel(page.text)
            return _search(page.url, "/common/search", channel, 1) if channel else None
        data = _data(page)
        if data is None:
            return super().next_page(page)
        results = records(data, "results")
        got = int(page.fetch.carry.get("got", "0")) + len(results)
        if not results or got == self.declared_totals(page).items:
            return None
        parts = urlsplit(page.fetch.url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"page": str(page.fetch.number + 1)}
        url = parts._replace(query=urlencode(query)).geturl()
        return Fetch(url, number=page.fetch.number + 1, carry={"got": str(got)})


def _data(page: Page) -> dict[str, Any] | None:
    """``data`` of a search answer, None for anything else."""
    if page.is_html or not isinstance(page.json, dict):
        return None
    data = page.json.get("data")
    return data if isinstance(data, dict) else None


def _channel(text: str) -> str | None:
    found = _CHANNEL.search(text)
    return next(filter(None, found.groups())) if found else None


def _search(base: str, path: str, channel: str, number: int) -> Fetch:
    query = {
        "_isAgg": "true",
        "_isJson": "true",
        "_pageSize": str(_PAGE_SIZE),
        "_template": "index",
        "_rangeTimeGte": "",
        "_channelName": "",
        "page": str(number),
    }
    url = absolute(base, f"{path}/{channel}?{urlencode(query)}")
    assert url is not None
    return Fetch(url, number=number)


def _same_scheme(url: str, base: str) -> str:
    """Results name ``http:`` on sites served by https, and the reverse."""
    ours, theirs = urlsplit(base), urlsplit(url)
    return theirs._replace(scheme=ours.scheme).geturl() if theirs.netloc == ours.netloc else url
