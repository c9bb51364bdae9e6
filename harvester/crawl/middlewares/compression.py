"""Content-Encoding removed, once and without guessing a charset.

Scrapy's own middleware evaluates the encoding of the still compressed body: 6 to 11 ms a page. Here the answer becomes
a plain Response; text is decoded where it is read (parsers/charset.py). What the content is, the archive says.
"""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.codings import GZIP, UNDECODED, TooLarge
from archive.exchange import Exchange
from harvester.crawl.middlewares.visiting import visiting
from spiders.walk.events import Refused

ACCEPTED = "gzip, deflate"


class Compression:
    """Decodes gzip, deflate and brotli within a limit; what is not really encoded is taken as it is, with an event."""

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
            body = self._decoded(exchange)
        return Response(
            response.url,
            response.status,
            response.headers,
            body,
            response.flags,
            request,
            ip_address=response.ip_address,
        )

    def _decoded(self, exchange: Exchange) -> bytes:
        """Refuses bombs, cut streams and codings that nobody asked for; notes one that was named and not applied."""
        codings = exchange.codings
        if UNDECODED.intersection(codings):
            raise Refused("wrong_encoding", f"{', '.join(codings)}: not among what was asked for ({ACCEPTED})")
        try:
            decoded = exchange.content(self.largest)
        except TooLarge as error:
            raise Refused("too_large", str(error), transient=False) from error
        if codings and decoded == exchange.body:
            if exchange.body.startswith(GZIP):
                raise Refused("truncated", f"broken {', '.join(codings)}")
            visiting(self.crawler).event("wrong_encoding", exchange.url, f"called {', '.join(codings)}, is not")
        return decoded
