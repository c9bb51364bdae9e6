"""Running spiders: many portals in one process, one at a time on each host, none able to stop the others."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from archive.capture import Capture
from harvester.contact import user_agent
from spiders.portal import Portal
from spiders.portal_spider import PortalSpider
from spiders.rendering.chromium import Browsers
from spiders.walk.account import PortalStats
from spiders.walk.events import Event
from spiders.walk.memory import Memory
from spiders.walk.politeness import Limits
from spiders.walk.visitor import Options

PORTALS_AT_ONCE = 16
_LOG = logging.getLogger("harvester.crawl")
_LEGACY_TLS = {"DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0", "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0"}


@dataclass(frozen=True, slots=True)
class PortalVisit:
    """One portal with what its spider needs. `opened` and `closed` tell the display."""

    portal: Portal
    memory: Memory
    keep: Callable[[Capture], str]
    report: Callable[[Event], None]
    opened: Callable[[PortalStats], None]
    closed: Callable[[PortalStats], None]
    spider: type[PortalSpider] = PortalSpider


def crawl_all(visits: Sequence[PortalVisit], options: Options) -> dict[str, PortalStats]:
    """Visits every portal and returns the accounts by portal id. Scrapy runs on plain asyncio, without a reactor.

    SIGTERM ends it between two steps, with CancelledError: no record is left half written.
    """
    return asyncio.run(_crawl_all(visits, options))


async def _crawl_all(visits: Sequence[PortalVisit], options: Options) -> dict[str, PortalStats]:
    walk = asyncio.current_task()
    assert walk is not None
    if threading.current_thread() is threading.main_thread():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _end, walk)
    runner = AsyncCrawlerRunner(settings_of("harvester.settings"))
    gate = asyncio.Semaphore(PORTALS_AT_ONCE)
    accounts: dict[str, PortalStats] = {}
    browsers = Browsers()

    async def follow(chain: list[PortalVisit]) -> None:
        async with gate:
            for visit in chain:
                accounts[visit.portal.id] = await _one(runner, visit, options, browsers)

    try:
        await asyncio.gather(*(follow(chain) for chain in by_host(visits)))
    finally:
        await browsers.close()
    return accounts


def _end(walk: asyncio.Task[Any]) -> None:
    # Connections go with the process: nobody needs to hear that they were not closed.
    logging.getLogger("asyncio").disabled = True
    walk.cancel()


def by_host(visits: Sequence[PortalVisit]) -> list[list[PortalVisit]]:
    """Portals that share a host stand in one chain: they are visited one after another."""
    chains: list[tuple[set[str], list[PortalVisit]]] = []
    for visit in visits:
        hosts = set(visit.portal.hosts)
        sharing = [chain for chain in chains if chain[0] & hosts]
        chains = [chain for chain in chains if not chain[0] & hosts]
        merged = [earlier for chain in sharing for earlier in chain[1]]
        chains.append((hosts.union(*(chain[0] for chain in sharing)), [*merged, visit]))
    return [chain[1] for chain in chains]


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


async def _one(runner: AsyncCrawlerRunner, visit: PortalVisit, options: Options, browsers: Browsers) -> PortalStats:
    """One portal. A spider that dies is that portal's trouble, recorded, and nobody else's."""
    settings = runner.settings.copy()
    settings.update(portal_settings(visit.portal), priority="spider")
    crawler = Crawler(visit.spider, settings)
    account = PortalStats()
    visit.opened(account)
    try:
        await runner.crawl(
            crawler,
            portal=visit.portal,
            memory=visit.memory,
            options=options,
            report=visit.report,
            keep=visit.keep,
            account=account,
            browsers=browsers,
        )
    except Exception as error:  # noqa: BLE001 - recorded below, the other portals go on
        _LOG.exception("portal %s", visit.portal.id)
        visit.report(Event("spider_error", visit.portal.start[0].url, f"{type(error).__name__}: {error}"))
    if account.finished_reason == "running":
        account.finished_reason = "died"
    visit.closed(account)
    return account
