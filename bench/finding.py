"""Pages a second of a full harvest of the simulators at zero delay, beside two peers that fetch the same addresses.

The peers are a bare Scrapy spider with default settings and a bare asyncio client (aiohttp) that parses links with
lxml. All three in one run, on loopback. ``python -m bench.finding``
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp
from lxml import html

from tests.portals import others, trs, ucap
from tests.portals.simulator import Simulator, harvest, serving
from tests.portals.simulator import html as whole_page


class LargePortal(Simulator):
    """A thousand reports on pages of fifty: long enough that starting up no longer shows."""

    def __init__(self) -> None:
        super().__init__("trs", "/zfxxgknb/index.html")
        rows = []
        for number in range(1000):
            agency, year = f"白桦市第{number}局", 2019 + number % 6
            path = f"/zfxxgknb/{year + 1}01/t{year + 1}0120_{number}.html"
            self.add_report(path, agency, year)
            rows.append(others.row(path, others.title(agency, year)))
        for page in range(20):
            name = "index.html" if page == 0 else f"index_{page}.html"
            pager = f'<script>createPageHTML(20, {page}, "index", "html");</script>'
            body = f"<ul>{''.join(rows[page * 50 : page * 50 + 50])}</ul>{pager}"
            self.site.page(f"/zfxxgknb/{name}", whole_page(body))


PORTALS: tuple[Callable[[], Simulator], ...] = (
    LargePortal,
    trs.TrsPortal,
    ucap.SearchPortal,
    others.GkmlptPortal,
    others.VsbPortal,
    others.OpennessPortal,
)

BARE_SPIDER = """
import scrapy, sys
from scrapy.crawler import CrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    custom_settings = {"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False}
    async def start(self):
        for url in open(sys.argv[1]).read().split():
            yield scrapy.Request(url, dont_filter=True)
    def parse(self, response):
        if b"<" in response.body[:200]:
            response.css("a::attr(href)").getall()
process = CrawlerProcess()
process.crawl(Bare)
process.start()
"""


def main(arguments: list[str]) -> None:
    """Print one line a portal."""
    print("portal             requests  reports  req/report  2nd run   ours/s  scrapy/s  aiohttp/s")
    for make in PORTALS:
        print(measure(make))


def measure(make: Callable[[], Simulator]) -> str:
    portal = make()
    with serving(portal) as server, tempfile.TemporaryDirectory() as folder:
        registry = portal.registry(server)
        started = time.perf_counter()
        first = harvest(Path(folder) / "data", registry, portal.site)
        ours = time.perf_counter() - started
        second = harvest(Path(folder) / "data", registry, portal.site)
        urls = [server.url + path for path in first.asked]
        theirs, bare = scrapy_seconds(urls, Path(folder)), asyncio.run(aiohttp_seconds(urls))
    count = len(urls)
    reports = len(portal.reports)
    return (
        f"{make.__name__:<18} {count:>8} {reports:>8} {count / reports:>11.2f} {len(second.asked) / count:>8.0%}"
        f" {count / ours:>8.0f} {count / theirs:>9.0f} {count / bare:>10.0f}"
    )


def scrapy_seconds(urls: list[str], folder: Path) -> float:
    """A whole process, as ours is a whole crawl; its start-up is measured apart and taken off."""
    script, listed, none = folder / "bare.py", folder / "urls", folder / "none"
    script.write_text(BARE_SPIDER, encoding="utf-8")
    listed.write_text("\n".join(urls), encoding="utf-8")
    none.write_text("", encoding="utf-8")

    def seconds(file: Path) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, script, file], check=True, stderr=subprocess.DEVNULL)
        return time.perf_counter() - started

    return max(seconds(listed) - seconds(none), 0.001)


async def aiohttp_seconds(urls: list[str]) -> float:
    """One client, eight requests in flight."""
    gate = asyncio.Semaphore(8)
    started = time.perf_counter()
    async with aiohttp.ClientSession() as session:

        async def get(url: str) -> None:
            async with gate, session.get(url) as response:
                body = await response.read()
                if body.lstrip()[:1] == b"<":
                    html.fromstring(body).xpath("//a/@href")

        await asyncio.gather(*map(get, urls))
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1:])
