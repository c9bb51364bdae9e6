"""Peers of the harvest: a bare Scrapy spider and a bare asynchronous client. They fetch and parse links, no more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from lxml import html
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

AT_ONCE = 16


class Bare(Spider):
    """Follows every link on its own hosts, as a first spider does."""

    name = "bare"
    fetched = 0

    def __init__(self, starts: list[str], **given: Any) -> None:
        super().__init__(**given)
        self.start_urls = starts
        self.allowed_domains = sorted({str(urlsplit(url).hostname) for url in starts})

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        Bare.fetched += 1
        if b"<html" in response.body[:512].lower():
            yield from response.follow_all(css="a::attr(href)", callback=self.parse)


def scrapy_bare(starts: list[str]) -> int:
    """Scrapy as it comes, robots and log off. Returns the pages fetched."""
    logging.disable(logging.WARNING)
    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare, starts=starts)
    process.start()
    return Bare.fetched


def asyncio_bare(starts: list[str]) -> int:
    """aiohttp and lxml, sixteen requests in flight. Returns the pages fetched."""
    return asyncio.run(_walk(starts))


async def _walk(starts: list[str]) -> int:
    hosts = {urlsplit(url).netloc for url in starts}
    seen, waiting, fetched = set(starts), asyncio.Queue[str](), 0
    for url in starts:
        waiting.put_nowait(url)

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal fetched
        while True:
            url = await waiting.get()
            async with session.get(url) as response:
                body, fine = await response.read(), response.status == 200
            fetched += fine
            if fine and b"<html" in body[:512].lower():
                for found in _links(body, url):
                    if found not in seen and urlsplit(found).netloc in hosts:
                        seen.add(found)
                        waiting.put_nowait(found)
            waiting.task_done()

    async with aiohttp.ClientSession() as session:
        workers = [asyncio.create_task(work(session)) for _ in range(AT_ONCE)]
        await waiting.join()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return fetched


def _links(body: bytes, base: str) -> Iterator[str]:
    for href in html.fromstring(body).xpath("//a/@href"):
        yield urljoin(base, href).partition("#")[0]
