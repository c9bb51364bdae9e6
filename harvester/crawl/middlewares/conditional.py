"""Conditional requests from our own memory: what has not changed is not sent again, and is read from the archive."""

from __future__ import annotations

from http import HTTPStatus
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from harvester.crawl.middlewares.visiting import visiting
from spiders.walk.events import Refused
from spiders.walk.recheck import is_telling


class Conditional:
    """Adds If-None-Match and If-Modified-Since; turns 304 into the archived body, flagged ``unchanged``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Only for what the archive still holds: a 304 for bytes we do not have would be a loss."""
        fetch = request.meta["fetch"]
        known = visiting(self.crawler).memory.recall(fetch.address)
        if request.method != "GET" or "redirect_urls" in request.meta or "unconditional" in request.meta:
            return
        if known is None or known.sha256 is None:
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified and is_telling(known.last_modified, visiting(self.crawler).now()):
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The archived content for a 304. Raises Refused for a 304 to a request without a condition."""
        if response.status != HTTPStatus.NOT_MODIFIED:
            return response
        if not {b"If-None-Match", b"If-Modified-Since"} & request.headers.keys():
            raise Refused("http_error", "status 304 for what was asked for in full")
        spider = visiting(self.crawler)
        address = request.meta["fetch"].address
        body = spider.memory.body(address)
        if body is None:
            plain = request.replace(meta={**request.meta, "unconditional": True})
            for name in ("If-None-Match", "If-Modified-Since"):
                plain.headers.pop(name, None)
            return plain
        return response.replace(status=200, body=body, flags=[*response.flags, "unchanged"])
