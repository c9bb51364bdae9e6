"""NFCMS (南方集约化): columns beside Guangdong's catalogue, ``index_2.html`` counted from 1, ``post_<id>.html``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from spiders.families.family import Family
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page

_TWIN = re.compile(r"/mpost_(?=\d+\.html)")
_LIST = re.compile(r"(?:index(?:_\d+)?\.html?)?$")


class Nfcms(Family):
    """Guangdong's publishing system for columns."""

    name = "nfcms"
    article: ClassVar[re.Pattern[str]] = re.compile(r"/content/m?post_\d+\.html?$")

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """Plain links; the mobile twin of an article is the article."""
        found = (replace(entry, url=_TWIN.sub("/post_", entry.url)) for entry in super().entries(page))
        return tuple({entry.url: entry for entry in found}.values())

    def next_page(self, page: Page) -> Fetch | None:
        """The page's own pager; without one, ``index_<n>.html`` is tried as long as pages have items."""
        linked = super().next_page(page)
        # Scripts of other systems count from 0: their guess would be this very page.
        if linked is not None and linked.url != page.url:
            return linked
        if not self.entries(page):
            return None
        number = page.fetch.number + 1
        base = urlsplit(page.url)._replace(query="").geturl()
        url = absolute(base, f"{_LIST.sub('', urlsplit(base).path)}index_{number}.html")
        return Fetch(url, number=number, probe=True) if url else None
