"""Cookies of one portal in one jar, without a side trip: Scrapy would fetch the list of public suffixes from the net.

A harvest asks nobody but its portals. The snapshot of the list that ships with tldextract does.
"""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

cookies._split_domain = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


class Cookies(cookies.CookiesMiddleware):
    """Scrapy's own, after the line above."""
