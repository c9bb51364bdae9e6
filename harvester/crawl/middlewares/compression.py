"""Content-Encoding removed, once and without guessing a charset.

Scrapy's own middleware evaluates the encoding of the still compressed body: 6 to 11 ms a page. Here the answer becomes
a plain Response; text is decoded where it is read (parsers/charset.py). What the content is, the archive says.
"""

from __future__ import annotations

import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.exchange import GZIP, Exchange, inflate
from harvester.crawl.middlewares.visiting import visiting
from spiders.walk.events import Refused

ACCEPTED = "gzip, deflate"


class Compression:
    """Decodes gzip and deflate within a limit; what is not really encoded is taken as it is, with an event."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Says what we can decode."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """A plain Response with the decoded body."""
        exchange: Exchange = request.meta["exchange"]
        body = exchange.body
        if body and "dataloss" not in response.flags:
            self._judge(exchange)
            body = exchange.content()
        return Response(
            response.url,
            response.status,
            response.headers,
            body,
            response.flags,
            request,
            ip_address=response.ip_address,
        )

    def _judge(self, exchange: Exchange) -> None:
        """Refuses bombs and cut streams; notes a coding that was named and not applied."""
        named = (exchange.header("content-encoding") or "").lower()
        if not exchange.body.startswith(GZIP) and named in ("", "identity"):
            return
        try:
            if len(inflate(exchange.body, self.largest)) > self.largest:
                raise Refused("too_large", f"more than {self.largest} bytes decoded", transient=False)
        except zlib.error as error:
            if exchange.body.startswith(GZIP):
                raise Refused("truncated", f"broken {named or 'gzip'}: {error}") from error
            visiting(self.crawler).event("wrong_encoding", exchange.url, f"called {named}, is not")
