"""When a host is in trouble: wait as it asks, wait longer each time, leave after five failures in a row."""

from __future__ import annotations

import os
import re
from http import HTTPStatus
from typing import Self

import aiohttp
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from harvester.crawl.middlewares.visiting import visiting
from spiders.walk.events import Refused, Unreachable
from spiders.walk.politeness import is_trouble, retry_after

_DOWNLOAD_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

_RANGE = re.compile(r"bytes 0-(\d{1,15})/(\d{1,15})")
"""Content-Range of RFC 9110 14.4, from the first byte on."""

ATTEMPTS = 2
"""An address is asked again once in a run; a host that names its time (Retry-After) twice. A timeout waits a run."""

ATTEMPTS_ON_REQUEST = 3
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class Retry:
    """Retries with back-off. The pause is the whole host's: nothing goes out before it is over."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Sits out a pause that an earlier answer brought."""
        spider = visiting(self.crawler)
        if pause := spider.guests.manners_of(request.url).pause(spider.clock()):
            await spider.rest(pause)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Server errors and cut bodies are failures, everything else is an answer."""
        spider = visiting(self.crawler)
        spider.schemes.answered(request.url)
        if "dataloss" in response.flags:
            length = (response.headers.get("Content-Length") or b"?").decode("latin-1")
            return self._again(request, "truncated", f"{len(response.body)} of {length} bytes", None)
        if response.status == HTTPStatus.PARTIAL_CONTENT and not is_the_whole(response):
            part = (response.headers.get("Content-Range") or b"?").decode("latin-1")
            return self._again(request, "truncated", f"a part that was not asked for: {part}", None)
        if not is_trouble(response.status):
            spider.guests.manners_of(request.url).answered()
            return response
        wait = None
        if response.status in _BUSY:
            wait = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"))
        return self._again(request, "http_error", f"status {response.status}", wait, response)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """What the transport could not do."""
        if isinstance(exception, Refused) or not isinstance(exception, _DOWNLOAD_ERRORS):
            return None
        if isinstance(exception, DownloadCancelledError):
            raise Refused("too_large", str(exception), transient=False) from exception
        kind = "timeout" if isinstance(exception, DownloadTimeoutError) else "http_error"
        what, schemes = in_words(exception), visiting(self.crawler).schemes
        if kind == "http_error" and schemes.is_other(request.url):
            raise Unreachable(kind, what) from exception  # the wrong scheme in a link costs one attempt
        try:
            again = self._again(request, kind, what, None)
        except Refused as refused:
            if kind == "timeout" or schemes.has_answered(request.url):
                raise
            raise Unreachable(refused.kind, refused.detail) from exception
        assert isinstance(again, Request)
        return again

    def _again(
        self, request: Request, kind: str, what: str, wait: float | None, response: Response | None = None
    ) -> Response | Request:
        """The same request once more after the pause; when it has had its chances, the answer or Refused."""
        spider = visiting(self.crawler)
        tried = request.meta.get("attempt", 1)
        if kind == "truncated" and tried > 1:  # the host is there: one page that is always cut counts once
            raise Refused(kind, what)
        spider.guests.manners_of(request.url).failed(spider.clock(), what, wait)
        attempts = 1 if kind == "timeout" else ATTEMPTS_ON_REQUEST if wait is not None else ATTEMPTS
        if tried < attempts and not (response is not None and response.status == HTTPStatus.FORBIDDEN):
            return request.replace(meta={**request.meta, "attempt": tried + 1})
        if response is not None:
            return response
        raise Refused(kind, what)


def in_words(error: Exception) -> str:
    """What the transport could not do, for people: no names of objects, the system's own words for its numbers."""
    cause = error.__cause__
    if isinstance(cause, aiohttp.ClientConnectorError):
        reason = cause.os_error
        said = os.strerror(reason.errno) if reason.errno else str(reason)
        return f"no connection to {cause.host}:{cause.port}: {said}"
    return str(error) or type(error).__name__


def is_the_whole(response: Response) -> bool:
    """Does an answer to a part, which was never asked for, say that the part is all there is?"""
    said = _RANGE.fullmatch((response.headers.get("Content-Range") or b"").decode("latin-1").strip())
    return said is not None and int(said[1]) + 1 == int(said[2])
