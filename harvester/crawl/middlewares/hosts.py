"""Only the portal's own hosts are ever asked, redirects included."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from harvester.crawl.middlewares.visiting import visiting
from spiders.walk.events import Refused


class OwnHosts:
    """The last word on where a request may go; harvester/crawl/transport.py judges names again when they resolve."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuses what is not on the portal's hosts, and a sub-host whose visit has ended."""
        spider = visiting(self.crawler)
        if not spider.owns(request.url):
            raise Refused("off_host", f"{request.url} is not on the portal's hosts", transient=False)
        if (stop := spider.guests.closed(request.url)) is not None:
            raise Refused(stop.kind, f"{stop.detail}: this sub-host is left alone")
