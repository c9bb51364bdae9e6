"""博达 VSB: columns are ``.htm`` files, further pages lie in the folder of the same name and are numbered backwards.

With 231 pages, page 2 is ``tztg/230.htm`` and the last ``tztg/1.htm``: the address of a logical page changes whenever a
page is added, so a page is known by its number in the walk and never by its address. A column may be the report itself.
"""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.families.family import Family
from spiders.pages.entry import Declared
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page
from spiders.words.numbers import largest

_TOTAL = re.compile(r"(?:totalpage|[a-z]\d+t)=(\d{1,4})", re.I)
_CURRENT = re.compile(r"^(?:PAGENUM|currentnum|[a-z]+\d+p)$", re.I)
_COLUMN = re.compile(r"/([\w-]+)\.htm$")


class Vsb(Family):
    """Webber's VSB."""

    name = "vsb"
    article: ClassVar[re.Pattern[str]] = re.compile(
        r"/info/\d+/\d+\.htm$|content\.jsp\?.*wbnewsid=\d+|urltype=news\.NewsContentUrl", re.I
    )

    def declared_totals(self, page: Page) -> Declared:
        """The pager's words, or ``totalpage`` of its links."""
        stated = super().declared_totals(page)
        return stated if stated.pages else Declared(stated.items, largest(_TOTAL.findall(page.text)))

    def next_page(self, page: Page) -> Fetch | None:
        """The link 下页; without one, what the numbering says: ``name/<total − 1>.htm``, or the page parameter + 1."""
        return super().next_page(page) or self._dynamic(page) or self._backwards(page)

    def _dynamic(self, page: Page) -> Fetch | None:
        """``list.jsp?totalpage=154&PAGENUM=2``: the next number, taken from a link of the page."""
        pages = self.declared_totals(page).pages
        if pages is None or page.fetch.number >= pages:
            return None
        for link in page.links:
            query = dict(parse_qsl(urlsplit(link.url).query))
            name = next((one for one in query if _CURRENT.match(one)), None)
            if name is not None:
                query[name] = str(page.fetch.number + 1)
                url = urlsplit(link.url)._replace(query=urlencode(query)).geturl()
                return Fetch(url, number=page.fetch.number + 1)
        return None

    def _backwards(self, page: Page) -> Fetch | None:
        pages = self.declared_totals(page).pages
        column = _COLUMN.search(urlsplit(page.url).path)
        if pages is None or column is None or page.fetch.number >= pages:
            return None
        remaining = pages - page.fetch.number
        path = f"{column[1]}/{remaining}.htm" if page.fetch.number == 1 else f"{remaining}.htm"
        url = absolute(page.url, path)
        return Fetch(url, number=page.fetch.number + 1, probe=True) if url else None
