"""robots.txt as RFC 9309 has it: unreachable means stay away, absent means come in, and its delay is kept."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler

from harvester.crawl.middlewares.visiting import visiting
from harvester.crawl.scrapy_extensions import slow_down
from parsers import charset
from spiders.pages.fetch import Fetch
from spiders.walk.events import Refused, Stopped, Unreachable
from spiders.walk.politeness import PRODUCT

_LARGEST = 512 << 10
"""RFC 9309 section 2.5: at least 500 kibibytes are to be read."""


class Robots:
    """Asks each host once a run, before anything else is asked of it; not again where the archive's copy is of today.

    RFC 9309 section 2.4: a copy may be used for 24 hours.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rules: dict[str, Protego] = {}
        self.lost: dict[str, Unreachable] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Refuses what the host's robots.txt disallows; raises Unreachable when that file is out of reach."""
        if request.meta["fetch"].role == "robots":
            return
        parts = urlsplit(request.url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host in self.lost:
            raise self.lost[host]
        if host not in self.rules:
            try:
                self.rules[host] = await self._ask(host)
            except Unreachable as lost:
                self.lost[host] = lost
                raise
        if not self.rules[host].can_fetch(request.url, PRODUCT):
            raise Refused("robots_disallowed", "robots.txt", transient=False)

    async def _ask(self, host: str) -> Protego:
        spider = visiting(self.crawler)
        fetch = Fetch(f"{host}/robots.txt", "robots")
        if (kept := self._kept(fetch)) is not None:
            return await self._rules(kept)
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(
                Request(fetch.url, meta={"fetch": fetch}, dont_filter=True)
            )
        except Refused as refused:
            if refused.kind in ("off_host", "redirect_loop"):
                return await self._rules("")  # RFC 9309 2.3.1.2: too many redirects count as unavailable, which allows
            if refused.kind == "unsafe_address":
                raise Stopped(refused.kind, f"{refused.kind}: {refused.detail}") from refused
            raise Unreachable("robots_unavailable", f"{refused.kind}: {refused.detail}") from refused
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Unreachable("robots_unavailable", f"status {response.status}")
        spider.keep_robots(fetch, response)
        return await self._rules(self._text(response.url, response.status, response.body))

    def _kept(self, fetch: Fetch) -> str | None:
        """The text that was archived less than a day ago; None where the host must be asked."""
        spider = visiting(self.crawler)
        known = spider.memory.recall(fetch.address)
        if spider.options.recheck or known is None or known.status is None or known.next_check <= spider.now():
            return None
        body = spider.memory.body(fetch.address)
        return None if body is None else self._text(fetch.url, known.status, body)

    def _text(self, url: str, status: int, body: bytes) -> str:
        """The file's text, empty where the host has none; a web page in its place is noted."""
        spider = visiting(self.crawler)
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            spider.account.robots = f"none (status {status})"
            return ""
        text = charset.decode(body[:_LARGEST])[0]
        if text.lstrip().startswith("<"):
            spider.account.robots = "a web page"
            spider.event("robots_unparseable", url, "a web page instead of robots.txt: nothing is disallowed")
            return ""
        spider.account.robots = "read"
        return text

    async def _rules(self, text: str) -> Protego:
        rules = await asyncio.to_thread(Protego.parse, text)  # half a megabyte of rules takes a second
        if delay := rules.crawl_delay(PRODUCT):
            slow_down(self.crawler, float(delay))
        return rules
