"""Whom a middleware serves."""

from __future__ import annotations

from scrapy.crawler import Crawler

from spiders.portal_spider import PortalSpider


def visiting(crawler: Crawler) -> PortalSpider:
    """The spider of this crawler."""
    assert isinstance(crawler.spider, PortalSpider)
    return crawler.spider
