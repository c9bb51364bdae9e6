"""The "Openness" system (宣城, 宁国, 枞阳, 呼伦贝尔): ``/OpennessContent/showList/<dept>/<cat>/page_1.html``."""

from __future__ import annotations

import re
from typing import ClassVar

from spiders.families.family import Family
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

_NUMBER = re.compile(r"(/page_)(\d+)(\.html?)")


class Openness(Family):
    """OpennessContent, OpennessAnnualReport, XxgkAnnualReport."""

    name = "openness"
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/(?:openness/)?(?:OpennessContent|OpennessAnnualReport|XxgkAnnualReport)/(?:show|download)/\d+\.html?$"
        r"|/openness/detail/[\w/]+/[0-9a-f]{24}",
        re.I,
    )

    def next_page(self, page: Page) -> Fetch | None:
        """The page's pager; without one, ``page_<n + 1>.html`` as long as pages have items."""
        linked = super().next_page(page)
        if linked is not None:
            return linked
        pages = self.declared_totals(page).pages
        numbered = _NUMBER.search(page.url)
        if numbered is None or (pages is not None and page.fetch.number >= pages) or not self.entries(page):
            return None
        url = _NUMBER.sub(lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}", page.url)
        return Fetch(url, number=page.fetch.number + 1, probe=True)
