"""TRS lists that a script fills: ``listModel({listArgs: {channelid, classsql, …}})`` over a JSON search. Pure.

Seen on one county portal; the search's address is ``/fjdzapp/search``, its items carry ``chnldocurl``, ``doctitle`` and
``docreltime``. The answer's outer shape was not seen, so items are looked for wherever they stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page
from spiders.pages.texts import find_date, squeeze

SEARCH = "/fjdzapp/search"
_MODEL = re.compile(r"listModel\(\s*\{(.*?)\}\s*\)", re.S)
_ARGUMENT = re.compile(r"\b(channelid|classsql|sortfield|prepage)\s*:\s*['\"]?((?<=['\"])[^'\"]*|\d+)")


def modelled(page: Page) -> tuple[Fetch, ...]:
    """The first page of the search that fills the list of `page`."""
    model = _MODEL.search(page.text) if page.is_html else None
    arguments = dict(_ARGUMENT.findall(model[1])) if model else {}
    if "channelid" not in arguments:
        return ()
    url = absolute(page.url, f"{SEARCH}?{urlencode(arguments | {'page': '1'})}")
    return (Fetch(url),) if url else ()


def answered(page: Page) -> tuple[ListItem, ...]:
    """The items of a search's answer."""
    if page.is_html or not urlsplit(page.url).path.endswith("/search"):
        return ()
    found = []
    for item in _items(page.json):
        if url := absolute(page.url, str(item["chnldocurl"])):
            title = squeeze(str(item.get("doctitle") or ""))
            found.append(ListItem(url, title, find_date(str(item.get("docreltime") or ""))))
    return tuple(found)


def next_answer(page: Page) -> Fetch | None:
    """The search's next page, after a page with items."""
    if not answered(page):
        return None
    parts = urlsplit(page.fetch.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"page": str(page.fetch.number + 1)}
    return Fetch(parts._replace(query=urlencode(query)).geturl(), number=page.fetch.number + 1, probe=True)


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "chnldocurl" in data:
            yield data
        else:
            for value in data.values():
                yield from _items(value)
    elif isinstance(data, list):
        for value in data:
            yield from _items(value)
