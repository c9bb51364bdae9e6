"""Rehearsals: visits that store nothing. `rehearse` walks a portal's lists, `look` fetches one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from archive.capture import Capture, Role
from harvester.contact import introduce
from harvester.crawl.runner import PortalVisit, crawl_all
from harvester.errors import RunFailed, UsageError
from spiders.addresses import is_unsafe_literal
from spiders.pages.fetch import Fetch, host_of
from spiders.pages.page import Page
from spiders.portal import Portal, Start
from spiders.portal_spider import PortalSpider
from spiders.walk.account import PortalStats
from spiders.walk.events import Event, Stopped
from spiders.walk.memory import ListContext, ReadTwice, UrlRecord
from spiders.walk.visitor import Options


class NoMemory:
    """A memory that knows nothing and keeps nothing."""

    def recall(self, url: str) -> UrlRecord | None:
        """Every address is new."""
        return None

    def known(self) -> list[UrlRecord]:
        """Nothing."""
        return []

    def body(self, url: str) -> bytes | None:
        """Nothing is archived."""
        return None

    def walked(self, urls: list[str], now: datetime) -> None:
        """Forgotten at once."""

    def finished(self, url: str, now: datetime) -> None:
        """Forgotten at once."""

    def read_twice(self, url: str) -> ReadTwice | None:
        """No list was ever looked at."""
        return None

    def keep_reading(self, reading: ReadTwice) -> None:
        """Forgotten at once."""

    def failed(self, url: str, role: Role, status: int | None, now: datetime, context: ListContext) -> None:
        """Forgotten at once."""


class FirstPageSpider(PortalSpider):
    """Fetches the start page and no other."""

    async def visit(self) -> None:
        """One page."""
        try:
            self.account.first_page = await self.ask(Fetch(self.portal.start[0].url))
            self.account.finished_reason = "finished"
        except Stopped as stop:
            self.account.finished_reason = f"{stop.kind}: {stop.detail}"


def rehearse(portal: Portal) -> dict[str, Any]:
    """The portal's lists walked: ``items`` (title, url) that would be harvested, events, completeness."""
    events: list[Event] = []
    account = visit_alone(portal, events, Options(lists_only=True))
    shown = ("family", "robots", "requests", "lists", "listed", "declared_total", "lookalikes", "path")
    return {
        "portal": portal.id,
        **{name: getattr(account, name) for name in shown},
        "finished_reason": account.finished_reason,
        "completeness": account.completeness,
        "events": [f"{event.kind} {event.url} {event.detail}".strip() for event in events],
        "items": [{"title": title, "url": url} for title, url in account.wanted],
    }


def look(url: str) -> Page:
    """The page at `url`, fetched as politely as any other. Raises UsageError and RunFailed."""
    if urlsplit(url).scheme not in ("http", "https") or not host_of(url):
        raise UsageError(f"{url}: not a web address; write http://…")
    host = host_of(url)
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    simulated = is_unsafe_literal(url, simulated=False) and not is_unsafe_literal(url, simulated=True)
    portal = Portal("look", url, "", "", (host, other), "auto", (Start(url, "home"),), simulated=simulated)
    introduce([portal])
    events: list[Event] = []
    account = visit_alone(portal, events, Options(lists_only=True), FirstPageSpider)
    page = account.first_page
    if page is None:
        why = "; ".join(f"{event.kind} {event.detail}" for event in events) or account.finished_reason
        raise RunFailed(f"{url}: {why}")
    return page


def visit_alone(
    portal: Portal,
    events: list[Event],
    options: Options,
    spider: type[PortalSpider] = PortalSpider,
    keep: Callable[[Capture], str] = lambda _: "new",
    **visit: Any,
) -> PortalStats:
    """One visit that no archive knows of. `visit`: further fields of `PortalVisit`."""

    def nothing(_: object) -> None:
        """Nobody watches."""

    one = PortalVisit(portal, NoMemory, keep, events.append, nothing, nothing, spider, **visit)
    return crawl_all([one], options)[portal.id]
