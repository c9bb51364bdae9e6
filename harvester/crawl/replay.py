"""Replay: a visit walked again by today's spiders, answered from a tape and never from the network.

Middlewares, families and the browser are the real ones; only the transport is another. What the tape does not hold is
answered with 404 and counted: the walk has asked for something new.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.exchange import Exchange
from harvester.crawl.transport import Sent
from spiders.pages.fetch import Fetch
from spiders.portal_spider import PortalSpider

_MOMENT = re.compile(r"(?<==)(?:\d{10,}|0\.\d{6,})(?=&|$)")
"""A value that is a time or a random number: another in every visit."""
_MISSING = 404
NO_WAITING: Mapping[str, Any] = {
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "harvester.crawl.replay.FromTape"),
    "DOWNLOAD_DELAY": 0.0,
    "AUTOTHROTTLE_ENABLED": False,
}


@dataclass
class Answerer:
    """Answers from a tape: the same request in its order, its last answer again and again."""

    by_request: defaultdict[tuple[str, str, bytes], list[Exchange]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    used: defaultdict[tuple[str, str, bytes], int] = field(default_factory=lambda: defaultdict(int))
    missed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, told: Iterable[tuple[Exchange, Mapping[str, Any]]]) -> Answerer:
        """What was answered; a way that led elsewhere (an archive keeps where it came to) leads there again."""
        answers = cls()
        for exchange, harvest in told:
            answers._hold(exchange)
            asked = harvest.get("redirected_from")
            if asked and asked != exchange.url:
                answers._hold(_moved(exchange, asked))
        return answers

    def _hold(self, exchange: Exchange) -> None:
        request = (exchange.method, exchange.url, exchange.request_body)
        self.by_request[request].append(exchange)
        for key in keys_of(exchange.method, exchange.url, exchange.request_body):
            self.by_key.setdefault(key, request)

    def answer(self, method: str, url: str, body: bytes) -> Exchange | None:
        """The next answer to this request; of one that differs by a time or a random number where there is no other."""
        request = (method, url, body)
        if request not in self.by_request:
            found = next((self.by_key[key] for key in keys_of(method, url, body) if key in self.by_key), None)
            if found is None:
                self.missed.append(url if method == "GET" else f"{method} {url} {body.decode('utf-8', 'replace')}")
                return None
            request = found
        held, at = self.by_request[request], self.used[request]
        self.used[request] += 1
        return held[min(at, len(held) - 1)]


def keys_of(method: str, url: str, body: bytes) -> tuple[str, str]:
    """Under which a request is found that is written otherwise, or names another moment."""
    moment = _MOMENT.sub("", url), _MOMENT.sub("", body.decode("latin-1")).encode("latin-1")
    plain, timeless = Fetch(url, method=method, data=body).key, Fetch(moment[0], method=method, data=moment[1]).key
    return f"={plain}", f"~{timeless}"


def _moved(exchange: Exchange, asked: str) -> Exchange:
    headers = (("Location", exchange.url),)
    return Exchange(asked, "GET", (), b"", 302, "Found", headers, b"", exchange.fetched_at)


class ReplayedSpider(PortalSpider):
    """A visit to a tape: nobody is waited for."""

    tape: Answerer

    async def rest(self, seconds: float) -> None:
        """Nobody is there who needs it."""


class FromTape(BaseDownloadHandler):
    """Scrapy's transport, from a tape."""

    async def download_request(self, request: Request) -> Response:
        """The recorded answer, 404 for what was not recorded."""
        spider = self.crawler.spider
        assert isinstance(spider, ReplayedSpider)
        told = spider.tape.answer(request.method, request.url, request.body)
        headers = told.response_headers if told is not None else ()
        request.meta["wire"] = Sent(told.reason if told is not None else "not recorded", (), headers)
        sent = Headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers])
        body = told.body if told is not None else b""
        kind = responsetypes.from_args(headers=sent, url=request.url, body=body)
        return kind(request.url, status=told.status if told is not None else _MISSING, headers=sent, body=body)
