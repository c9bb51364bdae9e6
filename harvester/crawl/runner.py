"""Running spiders: many portals in one process, one at a time on each host, none able to stop the others."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from archive.capture import Capture
from harvester.contact import user_agent
from harvester.crawl.host_rests import HostRests, by_host
from harvester.crawl.scrapy_extensions import longest_delay
from spiders.portal import Portal
from spiders.portal_spider import PortalSpider
from spiders.rendering.chromium import Browsers
from spiders.walk.account import PortalStats
from spiders.walk.events import Event
from spiders.walk.memory import Memory
from spiders.walk.politeness import Limits
from spiders.walk.visitor import Options

_LOG = logging.getLogger("harvester.crawl")
_LEGACY_TLS = {"DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0", "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0"}


@dataclass(frozen=True, slots=True)
class PortalVisit:
    """One portal with what its spider needs. `memory` is called when the visit begins: three thousand portals together
    remember gigabytes. `opened` and `closed` tell the display.

    `given`: attributes of its spider; `settings`: over the portal's own (harvester/crawl/replay.py).
    """

    portal: Portal
    memory: Callable[[], Memory]
    keep: Callable[[Capture], str]
    report: Callable[[Event], None]
    opened: Callable[[PortalStats], None]
    closed: Callable[[PortalStats], None]
    spider: type[PortalSpider] = PortalSpider
    given: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


def crawl_all(
    visits: Sequence[PortalVisit], options: Options, *, at_once: int = 1, rests: HostRests | None = None
) -> dict[str, PortalStats]:
    """Visits every portal, `at_once` at a time, and returns the accounts by portal id. Scrapy runs on plain asyncio,
    without a reactor. Hosts are rested as `rests` knows them.

    SIGTERM ends it between two steps, with CancelledError: no record is left half written.
    """
    return asyncio.run(_crawl_all(visits, options, at_once, rests or HostRests()))


async def _crawl_all(
    visits: Sequence[PortalVisit], options: Options, at_once: int, rests: HostRests
) -> dict[str, PortalStats]:
    walk = asyncio.current_task()
    assert walk is not None
    if threading.current_thread() is threading.main_thread():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _end, walk)
    runner = AsyncCrawlerRunner(settings_of("harvester.settings"))
    gate = asyncio.Semaphore(at_once)
    accounts: dict[str, PortalStats] = {}
    browsers = Browsers()

    async def follow(chain: list[PortalVisit]) -> None:
        for visit in chain:
            # A host that rests holds no place; after each portal the chain stands at the end of the queue again.
            await asyncio.sleep(rests.left(visit.portal))
            async with gate:
                accounts[visit.portal.id] = await _one(runner, visit, options, browsers, rests)

    try:
        chains = by_host([visit.portal for visit in visits])
        by_id = {visit.portal.id: visit for visit in visits}
        await asyncio.gather(*(follow([by_id[portal.id] for portal in chain]) for chain in chains))
    finally:
        await browsers.close()
    return accounts


def _end(walk: asyncio.Task[Any]) -> None:
    # Connections go with the process: nobody needs to hear that they were not closed.
    logging.getLogger("asyncio").disabled = True
    walk.cancel()


def settings_of(module: str) -> Settings:
    """The project's settings, whether or not scrapy.cfg is in sight."""
    settings = Settings()
    settings.setmodule(module, priority="project")
    settings.set("USER_AGENT", user_agent(), priority="project")  # the contact may have been read since
    return settings


def portal_settings(portal: Portal) -> dict[str, Any]:
    """A portal's own limits over the project's settings."""
    delay = Limits.of(portal.politeness).delay
    own: dict[str, Any] = {"DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_START_DELAY": delay}
    return own | (_LEGACY_TLS if portal.politeness.tls == "legacy" else {})


async def _one(
    runner: AsyncCrawlerRunner, visit: PortalVisit, options: Options, browsers: Browsers, rests: HostRests
) -> PortalStats:
    """One portal. A spider that dies is that portal's trouble, recorded, and nobody else's."""
    crawler = Crawler(visit.spider, runner.settings)  # which makes a copy of them
    crawler.settings.update(portal_settings(visit.portal) | dict(visit.settings), priority="spider")
    account = PortalStats()
    visit.opened(account)
    try:
        await runner.crawl(
            crawler,
            portal=visit.portal,
            memory=visit.memory(),
            options=options,
            report=visit.report,
            keep=visit.keep,
            account=account,
            browsers=browsers,
            **visit.given,
        )
    except Exception as error:  # noqa: BLE001 - recorded below, the other portals go on
        _LOG.exception("portal %s", visit.portal.id)
        visit.report(Event("spider_error", visit.portal.start[0].url, f"{type(error).__name__}: {error}"))
    finally:
        rests.visited(visit.portal, longest_delay(crawler))
    if account.finished_reason == "running":
        account.finished_reason = "died"
    visit.closed(account)
    return account
