"""Requests, bytes and time one portal may cost in one run."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from harvester.crawl.middlewares.visiting import visiting


class Budget:
    """Counts every request that goes out and every byte that comes in."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises Stopped when a budget is used up."""
        spider = visiting(self.crawler)
        spider.guests.manners_of(request.url).admit(spider.clock())
        spider.account.requests += 1

    def process_response(self, request: Request, response: Response) -> Response:
        """The account of bytes, as decoded."""
        spider = visiting(self.crawler)
        spider.guests.manners_of(request.url).bytes += len(response.body)
        spider.account.bytes += len(response.body)
        return response
