"""Block pages: recognised, recorded with hash and status, never stored, never got around. The visit ends."""

from __future__ import annotations

import hashlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from harvester.crawl.middlewares.visiting import visiting
from spiders.pages.challenges import recognise
from spiders.walk.events import Stopped


class Challenges:
    """One challenge ends the visit."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises Stopped when the answer is a challenge."""
        headers = {
            name.decode("latin-1").lower(): b"\n".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        kind = recognise(response.status, headers, response.body)
        if kind is None:
            return response
        spider = visiting(self.crawler)
        digest = hashlib.sha256(response.body).hexdigest()
        spider.event("challenge", request.url, f"{kind}: status {response.status}, sha256 {digest}")
        raise Stopped("challenge", kind)
