"""The exchange as it went over the wire, for the archive: before cookies, redirects and encodings are dealt with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.warc import Exchange
from harvester.crawl.middlewares.visiting import visiting
from harvester.crawl.url_memory import CLOCKS_DIFFER
from spiders.walk.http_dates import http_date


class Wire:
    """Leaves an `Exchange` in ``request.meta["exchange"]`` and gives it to whoever records the visit.

    Says it where the portal's clock shows another day.

    Due days, and whether a report is late, hang on this machine's clock: the portals' clocks are the only witness.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._compared = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Headers come from the transport in their order and case."""
        sent = request.meta["wire"]
        self._compare_clocks(response)
        exchange = request.meta["exchange"] = Exchange(
            url=request.url,
            method=request.method,
            request_headers=sent.request_headers,
            request_body=request.body,
            status=response.status,
            reason=sent.reason,
            response_headers=sent.response_headers,
            body=response.body,
            fetched_at=datetime.now(UTC),
            ip_address=str(response.ip_address) if response.ip_address else None,
            tls=sent.tls,
        )
        if (recorder := visiting(self.crawler).recorder) is not None:
            recorder(exchange)
        return response

    def _compare_clocks(self, response: Response) -> None:
        told = told_at(response)
        if self._compared or told is None:
            return
        self._compared = True
        if abs(told - datetime.now(UTC)) > CLOCKS_DIFFER:
            visiting(self.crawler).event("clock_differs", response.url, f"{DATE_SAID}{told:%Y-%m-%d}")


DATE_SAID = "the portal's date is "


def told_at(response: Response) -> datetime | None:
    """The moment that an answer names as its own, None where it names none or was kept on the way."""
    said = response.headers.get("Date")
    if said is None or "Age" in response.headers:
        return None
    return http_date(said.decode("latin-1"))
