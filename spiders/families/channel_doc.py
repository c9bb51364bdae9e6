"""channel/doc (淄博, 济南, 聊城): ``/channel_<id>/doc_<24 hex>.html``, files under ``/resources``."""

from __future__ import annotations

import re
from typing import ClassVar

from spiders.families.family import Family
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page

_CHANNEL = re.compile(r"/channel_[^/]+/?(?:index(?:_\d+)?\.html)?$")


class ChannelDoc(Family):
    """Vendor unknown. The agency stands in the address (``site_<pinyin>``); ids are Mongo object ids."""

    name = "channel_doc"
    article: ClassVar[re.Pattern[str]] = re.compile(r"/channel_[^/]+/doc_[0-9a-f]{24}\.html?$")

    def next_page(self, page: Page) -> Fetch | None:
        """The page's pager. How this system pages is not evidenced: without one ``pageNo`` is tried."""
        linked = super().next_page(page)
        if linked is not None:
            return linked
        pages = self.declared_totals(page).pages
        if not pages or page.fetch.number >= pages or not _CHANNEL.search(page.url.partition("?")[0]):
            return None
        number = page.fetch.number + 1
        url = absolute(page.url, f"{page.url.partition('?')[0]}?pageNo={number}")
        return Fetch(url, number=number, probe=True) if url else None
