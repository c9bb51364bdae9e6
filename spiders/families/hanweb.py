"""Hanweb (大汉版通): ``jpage`` lists as XML behind a proxy, the ``xxgk`` search, the selector of agency and year.

A column page carries its first records itself, in CDATA, and names the address of the next group. Some servers obey
``startrecord``, others only ``page``: both are sent, and they agree. The selector page (``xxgkAnnualReport.jsp``) has
no list: agencies and years are enumerated from its own options.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import html

from spiders.families.family import Family
from spiders.families.hanweb_search import search
from spiders.families.hanweb_selector import choices
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.links import read_links
from spiders.pages.listing import entries as plain_entries
from spiders.pages.page import Page
from spiders.pages.pager import declared_totals, next_page
from spiders.words.numbers import largest, whole

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.S | re.I)
_HELD = re.compile(r"\b(?:InitData\w*|dataStore)\s*=\s*\[", re.I)
_NEXT_GROUP = re.compile(r"<nextgroup>.*?href=[\"']?([^\"'>\s]*dataproxy\.jsp\?[^\"'>]*)", re.S | re.I)
_PROXY = re.compile(r"/module/(?:web/|jslib/jquery/)?jpage/(?:more)?(?:column)?dataproxy\.jsp", re.I)
_PARAMETER = re.compile(
    r"['\"]?\b(columnid|unitid|webid|webname|appid|path|permissiontype|sourceContentType|col)['\"]?\s*[=:]\s*['\"]?"
    r"([^'\"&,;\s<>\]}]+)",
    re.I,
)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalrecord['\"]?\s*[:=]\s*['\"]?(\d+)", re.I)
_PER_PAGE = re.compile(r"\bperpage['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b", re.I)
_NAMES = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")


class Hanweb(Family):
    """jcms, jpage, xxgk."""

    name = "hanweb"
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_(?:\d+_\d+|[0-9a-f]{32})\.html?$|xxgkAnnualReport\.jsp\?.*fbtime=\d{4}",
        re.I,
    )

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """The proxy, where the column page has no records of its own; the search form of an xxgk column."""
        if _records(page) or not page.is_html:
            return ()
        if found := search(page):
            return (found,)
        return (_proxied(page, 1, 0, 15),) if _PROXY.search(page.text) and "unitid" in _parameters(page) else ()

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """Records in CDATA and the selector's agencies × years, else plain links."""
        records, chosen = _records(page), choices(page)
        if not records:
            return chosen or self._searched(page)
        tree = html.fromstring(f"<ul>{''.join(f'<li>{unescape_once(record)}</li>' for record in records)}</ul>")
        links = [link for link in read_links(tree, page.ground) if link.title]
        listed = {link.url: ListItem(link.url, link.title, link.date) for link in links}
        return (*listed.values(), *chosen)

    def declared_totals(self, page: Page) -> Declared:
        """``totalrecord`` of the proxy's answer or of the script."""
        total = _total(page)
        return declared_totals(page) if total is None else Declared(total + len(choices(page)))

    def next_page(self, page: Page) -> Fetch | None:
        """The next group of records, or the next page of the search."""
        if page.fetch.carry.get("search"):
            return search(page)
        records = len(_records(page))
        if not records:
            return next_page(page)
        got = int(page.fetch.carry.get("got", "0")) + records
        total = _total(page) or declared_totals(page).items or int(page.fetch.carry.get("total", 0)) or None
        if total is not None and got >= total:
            return None
        if not (_NEXT_GROUP.search(page.text) or _PROXY.search(page.text) or page.fetch.carry.get("proxy")):
            return next_page(page)
        further = _proxied(page, page.fetch.number + 1, got, int(page.fetch.carry.get("group", _group(page, records))))
        return replace(further, carry={**further.carry, "total": str(total or 0)})

    def fallback_request(self, fetch: Fetch) -> Fetch | None:
        """By POST, as browsers ask the proxy, where a GET brought nothing."""
        if fetch.form or "proxy" not in fetch.carry:
            return None
        query = tuple(parse_qsl(urlsplit(fetch.url).query, keep_blank_values=True))
        return replace(fetch, method="POST", form=query, probe=False)

    def _searched(self, page: Page) -> tuple[ListItem, ...]:
        """The search is not confined to its column: only links of the column itself count where that is known."""
        found = plain_entries(page, self.article)
        column = page.fetch.carry.get("column")
        own = tuple(entry for entry in found if f"/art_{column}_" in entry.url)
        return own if column and own else found


def _records(page: Page) -> list[str]:
    """The records of a page or an answer: in XML, or, on old systems, rows that a script holds (``InitData12``)."""
    found = _RECORD.findall(page.text)
    if found or not _HELD.search(page.text):
        return found
    _ = page.program.effects  # fills the scope
    lists = [value for name, value in page.program.scope.names.items() if _HELD.match(f"{name}=[")]
    rows = [row for held in lists if isinstance(held, list) for row in held]
    return [row for row in rows if isinstance(row, str) and "<a" in row]


def unescape_once(record: str) -> str:
    """Records that are escaped instead of wrapped in CDATA."""
    return unescape(record) if "<" not in record else record


def _total(page: Page) -> int | None:
    """How many records the proxy or the script says there are."""
    return largest(first or second for first, second in _TOTAL.findall(page.text))


def _group(page: Page, records: int) -> int:
    """Records in one group. A column page may carry several groups: its script says how long one is."""
    stated = _PER_PAGE.search(page.text)
    size = (whole(stated[1]) if stated else None) or records
    return size if size and records % size == 0 else records


def _parameters(page: Page) -> dict[str, str]:
    """What the proxy wants to know, from the next group's address or from the scripts."""
    names = {name.lower(): name for name in _NAMES}
    found = {names[name.lower()]: value for name, value in _PARAMETER.findall(page.text)}
    group = _NEXT_GROUP.search(page.text)
    if group:
        found |= dict(parse_qsl(urlsplit(unescape(group[1])).query, keep_blank_values=True))
    return {name: value for name, value in found.items() if name not in ("page", "startrecord", "endrecord", "perpage")}


def _proxied(page: Page, number: int, got: int, size: int) -> Fetch:
    """Page `number` of the walk: the group of records `got` + 1 to `got` + `size`."""
    group, proxy = _NEXT_GROUP.search(page.text), _PROXY.search(page.text)
    held = page.fetch.carry.get("proxy", "")
    path = urlsplit(unescape(group[1])).path if group else proxy[0] if proxy else held.partition("?")[0]
    parameters = _parameters(page) or dict(parse_qsl(held.partition("?")[2]))
    group_number = int(page.fetch.carry.get("page", got // size)) + 1
    carry = {"proxy": f"{path}?{urlencode(parameters)}", "got": str(got), "group": str(size), "page": str(group_number)}
    asked = {"startrecord": got + 1, "endrecord": got + size, "perpage": size, "page": group_number, **parameters}
    url = absolute(page.url, f"{path}?{urlencode(asked)}")
    assert url is not None
    if page.fetch.form:  # a GET had brought nothing
        return Fetch(
            url,
            method="POST",
            form=tuple((name, str(value)) for name, value in asked.items()),
            number=number,
            carry=carry,
        )
    return Fetch(url, number=number, carry=carry, probe=True)
