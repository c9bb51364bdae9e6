"""sitemap.xml: the addresses that a portal itself lists. Pure."""

from __future__ import annotations

import re

from spiders.pages.page import Page

_LOCATION = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", re.I)
_HEAD = 2048
"""Characters in which a sitemap says what it is."""
_MOST = 50_000
"""Addresses of one file, as the protocol has it (sitemaps.org)."""


def is_index(page: Page) -> bool:
    """Does the file name further sitemaps, not pages?"""
    return "<sitemapindex" in page.text[:_HEAD]


def listed_pages(page: Page) -> tuple[str, ...]:
    """The addresses in a sitemap, in their order; none for anything else."""
    found = (page.join(address.replace("&amp;", "&")) for address in _LOCATION.findall(page.text)[:_MOST])
    return tuple(dict.fromkeys(url for url in found if url))
