"""gkmlpt, Guangdong's catalogue of disclosure: a tree of categories in a script, articles from a JSON interface.

``/gkmlpt/index`` carries ``window._CONFIG`` with ``SID`` and ``TREE``; ``/gkmlpt/api/all/<category>?page=n&sid=…``
lists 100 articles a page, page 0 being page 1. Nodes with ``jump_url`` leave the platform: the annual reports often
live in plain columns there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

from spiders.families.nfcms import Nfcms
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.links import Link
from spiders.pages.page import Page
from spiders.pages.script_values import records, value_of
from spiders.pages.texts import find_date
from spiders.words.agencies import is_agency
from spiders.words.menus import is_annual
from spiders.words.numbers import whole

_DATES = ("display_publish_time", "first_publish_time", "date", "created_at")
_ALL = 0
"""The category that holds everything of an agency."""
_INDEX = re.compile(r"/gkmlpt(?:/index)?/?$")
_PREFIX = re.compile(r"^(.*?/gkmlpt)(?:/|$)")


class Gkmlpt(Nfcms):
    """The catalogue of a city, county or department (a path prefix before ``/gkmlpt``); its columns are NFCMS."""

    name = "gkmlpt"
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/gkmlpt/content/\d+/\d+/(?:m?post|content)_\d+\.html?$|/content/m?post_\d+\.html?$"
    )

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """The interface, once for each annual category of the tree that stays on the platform.

        A department that keeps its reports under no such category is asked for all it has; an index of departments
        is not.
        """
        if not _INDEX.search(urlsplit(page.url).path):
            return ()
        sid = str(value_of(page.text, "SID") or "")
        nodes = _annual(page)
        if not nodes and not self._departments(page):
            nodes = [{"id": _ALL}]
        fetches = (self._api(page, node.get("id"), sid, 1) for node in nodes if not node.get("jump_url"))
        return tuple(fetch for fetch in fetches if fetch is not None)

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """Articles of the interface, else plain links."""
        data = page.json if not page.is_html else None
        if not isinstance(data, dict):
            return super().entries(page)
        return tuple(filter(None, (_entry(page, article) for article in records(data, "articles"))))

    def declared_totals(self, page: Page) -> Declared:
        """``classify.post_count`` or ``total``."""
        data = page.json if not page.is_html else None
        if not isinstance(data, dict):
            return super().declared_totals(page)
        category = data.get("classify")
        count = category.get("post_count") if isinstance(category, dict) else None
        return Declared(whole(count or data.get("total")))

    def next_page(self, page: Page) -> Fetch | None:
        """The next page of the interface, until all that is declared has come."""
        data = page.json if not page.is_html else None
        if not isinstance(data, dict):
            return super().next_page(page)
        articles = records(data, "articles")
        got = int(page.fetch.carry.get("got", "0")) + len(articles)
        if not articles or got >= (self.declared_totals(page).items or 0):
            return None
        url = re.sub(r"page=\d+", f"page={page.fetch.number + 1}", page.fetch.url)
        return Fetch(url, number=page.fetch.number + 1, carry={"got": str(got)})

    def columns(self, page: Page) -> tuple[ListItem, ...]:
        """Annual nodes that lead off the platform, the indexes of departments, and plain links."""
        jumps = (
            ListItem(url, str(node["name"]), kind="column")
            for node in _annual(page)
            if node.get("jump_url") and (url := absolute(page.url, str(node["jump_url"])))
        )
        departments = (ListItem(link.url, link.title, kind="column") for link in self._departments(page))
        found = {entry.url: entry for entry in (*super().columns(page), *departments, *jumps)}
        return tuple(found.values())

    def attachments(self, page: Page) -> tuple[ListItem, ...]:
        """Files linked in the article, in the body its script carries, and those named only there."""
        named = value_of(page.text, "attachment")
        scripted = (
            ListItem(url, str(file.get("name") or ""), role="attachment")
            for file in (named if isinstance(named, list) else ())
            if isinstance(file, dict) and (url := absolute(page.url, str(file.get("url") or "")))
        )
        detail = value_of(page.text, "DETAIL")
        body = detail.get("content") if isinstance(detail, dict) else None
        written = replace(page, body=f"<html><body><div id='zoom'>{body or ''}</div></body></html>".encode())
        written.content_type = "text/html; charset=utf-8"
        found = {entry.url: entry for entry in (*scripted, *super().attachments(page), *super().attachments(written))}
        return tuple(found.values())

    def _departments(self, page: Page) -> list[Link]:
        """Links to the indexes of departments."""
        own = page.url.partition("?")[0]
        links = (link for link in page.links if _INDEX.search(urlsplit(link.url).path))
        return [link for link in links if link.url.partition("?")[0] != own and is_agency(link.title)]

    def _api(self, page: Page, category: Any, sid: str, number: int) -> Fetch | None:
        prefix = _PREFIX.match(urlsplit(page.url).path)
        if prefix is None or category is None:
            return None
        url = absolute(page.url, f"{prefix[1]}/api/all/{category}?page={number}&sid={sid}")
        return Fetch(url, number=number) if url else None


def _annual(page: Page) -> list[dict[str, Any]]:
    """The categories that hold annual reports: named so, or the years and levels below one that is."""
    tree = value_of(page.text, "TREE") if page.is_html else None
    return list(_nodes(tree, inside=False))


def _nodes(tree: Any, *, inside: bool) -> Iterator[dict[str, Any]]:
    for node in tree if isinstance(tree, list) else ():
        if not isinstance(node, dict):
            continue
        annual = inside or is_annual(str(node.get("name") or ""))
        if annual and (node.get("jump_url") or node.get("post_count") or not node.get("children")):
            yield node
        yield from _nodes(node.get("children"), inside=annual)


def _entry(page: Page, article: dict[str, Any]) -> ListItem | None:
    url = absolute(page.url, str(article.get("url") or article.get("post_url") or ""))
    date = next((found for name in _DATES if (found := find_date(str(article.get(name) or "")))), None)
    return ListItem(url, str(article.get("title") or ""), date) if url else None
