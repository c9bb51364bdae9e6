"""Family: what differs from one publishing system to the next. The walk is the same for all (spiders/walk/walk.py).

A family is one module with one subclass of `Family`. It answers questions about one page; it never fetches, keeps no
state, and is tried without a network::

    class Trs(Family):
        name = "trs"
        article = re.compile(r"/t(?:\\d{8}_)?\\d+(?:_\\d+)?\\.s?html?$")

        def declared_totals(self, page):  # what the page says it has
            return Declared(pages=...)

        def next_page(self, page):  # the next logical page, None after the last
            return Fetch(page.join("index_1.html"), number=page.fetch.number + 1)

Questions, in the order the walk asks them (each has a default that serves plain static HTML):

=======================  ====================================================================================
`list_requests(page)`    the list itself is elsewhere (JSON behind the page, an XML block, an iframe): fetch those
                         instead. Called for page one only; return () when the page carries its list itself.
`entries(page)`          the items of this page of the list, in order, whatever they are (the walk judges titles)
`declared_totals(page)`  the total of items or of pages that the page states, for the completeness account
`next_page(page)`        the next page of the list. The walk stops by itself at repeated, empty and missing pages,
                         at a loop, and when nothing new appears: next_page() may be naive. `page.fetch.number` is
                         the logical number of this page, `page.fetch.carry` what was put there by the family.
`fallback_request(f)`    another way to ask for a page that brought nothing (POST if GET is refused); or None
`columns(page)`          further list pages one level down (years, agencies, levels); the default takes them from links
`attachments(page)`      the files that hang on an article
`is_article(page)`       True when the page is an article although its address is a column's (some systems show the
                         report at the column's own address)
=======================  ====================================================================================

`ListItem.kind` is left None unless the system itself says what the item is (a selector of agency and year): then
"report", or a column; a column with a `year` is one of annual reports. A family is found by its module name:
``spiders/families/<name>.py`` holds the subclass whose `name` is ``<name>``. Signs by which a page is recognised stand
in spiders/families/fingerprint.py, all in one ordered table.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from typing import ClassVar

from spiders.pages import attachments, listing, pager
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.nodes import requests_of_scripts
from spiders.pages.page import Page

NAMES = (
    *("trs", "hanweb", "jpaas", "gkmlpt", "nfcms", "vsb", "ucap"),
    *("lonsun", "openness", "channel_doc", "generic", "browser"),
)
"""Every family of docs/portals.md but ``auto``."""


class Family:
    """The defaults: plain static HTML. See the module's docstring for what each method is asked."""

    name: ClassVar[str] = "generic"
    article: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    """The path (and query) of an item's own page; links that match are items even where their titles say nothing."""
    needs_browser: ClassVar[bool] = False
    """True where list pages must be rendered (Playwright)."""

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """Where the list really is: what the page's own scripts ask for, where it has no items of its own."""
        return () if self.entries(page) else requests_of_scripts(page)

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """The items of this page of the list."""
        return listing.entries(page, self.article)

    def declared_totals(self, page: Page) -> Declared:
        """What the page says of its own size."""
        return pager.declared_totals(page)

    def next_page(self, page: Page) -> Fetch | None:
        """The next page of this list."""
        return pager.next_page(page)

    def fallback_request(self, fetch: Fetch) -> Fetch | None:
        """Another way to ask for a page of a list that was not to be had, or was empty."""
        return None

    def columns(self, page: Page) -> tuple[ListItem, ...]:
        """Links of the page that may lead to lists one level down; the walk judges their titles."""
        return listing.columns(page, self.article)

    def attachments(self, page: Page) -> tuple[ListItem, ...]:
        """Files that hang on the article `page`."""
        return tuple(_as_item(found) for found in attachments.find(page))

    def pages_on_the_way(self, page: Page) -> tuple[ListItem, ...]:
        """Pages that may hold or lead to the text which the article `page` lacks."""
        found = attachments.pages_on_the_way(page)
        ways = ((one, one.fetch or Fetch(one.url, "page")) for one in found)
        return tuple(ListItem(one.url, one.name, fetch=replace(way, role="page", probe=True)) for one, way in ways)

    def is_article(self, page: Page) -> bool:
        """True when `page` is itself a report although it was met as a list."""
        return listing.is_report_page(page)


def _as_item(found: attachments.Attachment) -> ListItem:
    fetch = replace(found.fetch, role="attachment") if found.fetch is not None else None
    return ListItem(found.url, found.name, role="attachment", fetch=fetch)


def family(name: str) -> Family:
    """The family called `name`. Raises KeyError for a name that is none."""
    if name not in NAMES:
        raise KeyError(name)
    module = import_module(f"spiders.families.{name}")
    for found in vars(module).values():
        if isinstance(found, type) and issubclass(found, Family) and found.__module__ == module.__name__:
            return found()
    raise KeyError(name)
