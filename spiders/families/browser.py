"""browser: lists that exist only when a browser has run the page's scripts. Everything else is plain HTML.

The spider renders list pages of such a portal (spiders/rendering/); what is read here is the rendered document, all
pages of its list joined. Articles and files are fetched plainly, as everywhere.
"""

from __future__ import annotations

import re
from typing import ClassVar

from spiders.families.family import Family
from spiders.pages.entry import Declared
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page


class Browser(Family):
    """Any system whose list pages are empty without scripts."""

    name = "browser"
    needs_browser: ClassVar[bool] = True
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/(?:art|article|info|detail|content|show|doc|news)[^?]*\d+[^/]*$|/t?\d{6,}[^/]*\.s?html?$|[?&](?:id|articleId)=\w+",
        re.I,
    )

    def declared_totals(self, page: Page) -> Declared:
        """The rendered pages are joined: what they declare is a total of items, never of pages still to come."""
        return Declared(super().declared_totals(page).items)

    def next_page(self, page: Page) -> Fetch | None:
        """A plain link to a next page; controls that only a script obeys were used while rendering."""
        found = super().next_page(page)
        return found if found is not None and "#" not in found.url else None
