"""TRS WCM (拓尔思): static directories, ``index_1.html`` …, articles ``t20200130_7235211.html``.

The pager is a script, ``createPageHTML(PAGE_COUNT, PAGE_INDEX, "index", "html")``. Its count can lie both ways, so the
walk goes on past it while pages are full, and the difference is reported.
"""

from __future__ import annotations

import re
from typing import ClassVar

from spiders.families.family import Family
from spiders.families.trs_search import answered, modelled, next_answer
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page
from spiders.pages.pager import declared_totals, next_page, scripted_address

_FULL_PAGE = 10
"""A page with that many items may be followed by another although the script says it is the last."""
_PAGE_NAME = re.compile(r"['\"](index\w*?)(?:_\d+)?(?:\.s?html?)?['\"]")
_EXTENSION = re.compile(r"\.(s?html?)$")


class Trs(Family):
    """Lists are directories; page k (from 0) is ``index_k``."""

    name = "trs"
    article: ClassVar[re.Pattern[str]] = re.compile(r"/t(?:\d{8}_|\d{4}_)?\d{4,}(?:_\d+)?\.s?html?$")

    def next_page(self, page: Page) -> Fetch | None:
        """The scripted page; past the declared last one a look is taken where this page was full."""
        if found := next_answer(page) or next_page(page):
            return found
        count, items = declared_totals(page).pages, declared_totals(page).items
        own = len(self.entries(page))
        if count is None and items is not None and own and page.fetch.number * own < items:
            return self._named(page)
        if count is None or page.fetch.number < count or len(self.entries(page)) < _FULL_PAGE:
            return None
        url = scripted_address(page, page.fetch.number + 1)
        return Fetch(url, number=page.fetch.number + 1, probe=True) if url else None

    def _named(self, page: Page) -> Fetch | None:
        """More items are declared and nothing says where: the name a script mentions, else ``index_1``."""
        name = _PAGE_NAME.search(page.text)
        extension = _EXTENSION.search(page.url.partition("?")[0])
        url = absolute(
            page.url, f"{name[1] if name else 'index'}_{page.fetch.number}.{extension[1] if extension else 'html'}"
        )
        return Fetch(url, number=page.fetch.number + 1, probe=True) if url else None

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """The search behind a list that a script fills."""
        return modelled(page)

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """Items of the search's answer, else plain links."""
        return answered(page) or super().entries(page)
