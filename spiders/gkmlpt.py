"""gkmlpt, Guangdong's catalogue of disclosure: a tree of categories in a script, articles from a JSON interface.

``/gkmlpt/index`` carries ``window._CONFIG`` with ``SID`` and ``TREE``; ``/gkmlpt/api/all/<category>?page=n&sid=…``
lists 100 articles a page, page 0 being page 1. Nodes with ``jump_url`` leave the platform: the annual reports often
live in plain columns there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from spiders.columns import is_annual
from spiders.family import Declared, Entry, Family
from spiders.fetch import Fetch, absolute
from spiders.page import Page, find_date
from spiders.script import value_of

_DATES = ("display_publish_time", "first_publish_time", "date", "created_at")
_PREFIX = re.compile(r"^(.*?/gkmlpt)(?:/|$)")


class Gkmlpt(Family):
    """The catalogue of a city, county or department (a path prefix before ``/gkmlpt``)."""

    name = "gkmlpt"
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/gkmlpt/content/\d+/\d+/(?:m?post|content)_\d+\.html?$|/content/m?post_\d+\.html?$"
    )

    def shells(self, page: Page) -> tuple[Fetch, ...]:
        """The interface, once for each annual category of the tree that stays on the platform."""
        sid = str(value_of(page.text, "SID") or "")
        fetches = []
        for node in _annual(page):
            if not node.get("jump_url") and (api := self._api(page, node.get("id"), sid, 1)):
                fetches.append(api)
        return tuple(fetches)

    def entries(self, page: Page) -> tuple[Entry, ...]:
        """Articles of the interface, else plain links."""
        data = page.json if not page.is_html else None
        if not isinstance(data, dict):
            return super().entries(page)
        return tuple(filter(None, (_entry(page, article) for article in data.get("articles") or ())))

    def declared(self, page: Page) -> Declared:
        """``classify.post_count`` or ``total``."""
        data = page.json if not page.is_html else None
        if not isinstance(data, dict):
            return super().declared(page)
        count = (data.get("classify") or {}).get("post_count") or data.get("total")
        return Declared(int(count)) if count is not None else Declared()

    def following(self, page: Page) -> Fetch | None:
        """The next page of the interface, until all that is declared has come."""
        data = page.json if not page.is_html else None
        if not isinstance(data, dict):
            return super().following(page)
        got = int(page.fetch.carry.get("got", "0")) + len(data.get("articles") or ())
        if not data.get("articles") or got >= (self.declared(page).items or 0):
            return None
        url = re.sub(r"page=\d+", f"page={page.fetch.number + 1}", page.fetch.url)
        return Fetch(url, number=page.fetch.number + 1, carry={"got": str(got)})

    def columns(self, page: Page) -> tuple[Entry, ...]:
        """Annual nodes that lead off the platform, and plain links."""
        jumps = (
            Entry(url, str(node["name"]), kind="column")
            for node in _annual(page)
            if node.get("jump_url") and (url := absolute(page.url, str(node["jump_url"])))
        )
        return (*jumps, *super().columns(page))

    def attachments(self, page: Page) -> tuple[Entry, ...]:
        """Files linked in the article, and those named only in its script."""
        named = value_of(page.text, "attachment")
        scripted = (
            Entry(url, str(file.get("name") or ""), role="attachment")
            for file in (named if isinstance(named, list) else ())
            if isinstance(file, dict) and (url := absolute(page.url, str(file.get("url") or "")))
        )
        found = {entry.url: entry for entry in (*scripted, *super().attachments(page))}
        return tuple(found.values())

    def _api(self, page: Page, category: Any, sid: str, number: int) -> Fetch | None:
        prefix = _PREFIX.match(urlsplit(page.url).path)
        if prefix is None or category is None:
            return None
        url = absolute(page.url, f"{prefix[1]}/api/all/{category}?page={number}&sid={sid}")
        return Fetch(url, number=number) if url else None


def _annual(page: Page) -> list[dict[str, Any]]:
    """Nodes of the tree whose names speak of annual reports."""
    tree = value_of(page.text, "TREE") if page.is_html else None
    return [node for node in _nodes(tree) if is_annual(str(node.get("name") or ""))]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    for node in tree if isinstance(tree, list) else ():
        if isinstance(node, dict):
            yield node
            yield from _nodes(node.get("children"))


def _entry(page: Page, article: Any) -> Entry | None:
    if not isinstance(article, dict):
        return None
    url = absolute(page.url, str(article.get("url") or article.get("post_url") or ""))
    date = next((found for name in _DATES if (found := find_date(str(article.get(name) or "")))), None)
    return Entry(url, str(article.get("title") or ""), date) if url else None
