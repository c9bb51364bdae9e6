"""PortalSpider: one portal, walked from its start addresses to the last attachment.

How the pieces fit
------------------
One spider instance is one portal. `PortalSpider.start` runs the walk (spiders/walk/walk.py): start addresses → columns
→ pages of lists → items → article pages → attachments. Requests go out one after another through Scrapy's downloader
(`engine.download_async`), so a portal never has two requests in flight; robots, delays, budgets, retries, redirects and
challenges are downloader middlewares (harvester/crawl/middlewares). What is worth keeping is yielded as a `Capture`
(archive/capture.py) and written at once: bytes first, row second. What went wrong is an event.

How a family plugs in
---------------------
`spiders/families/<family>.py` holds one subclass of `Family` (spiders/families/family.py has the table of questions it
answers). It reads pages (`spiders.pages.page.Page`: `text`, `tree`, `links`, `json`) and names the next requests
(`spiders.pages.fetch.Fetch`); it never fetches. Nothing is registered anywhere: the name of the module is the name in
the registry.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from archive.capture import Capture
from archive.exchange import Exchange
from spiders.addresses import is_unsafe_literal
from spiders.pages import challenges as challenge
from spiders.pages.fetch import Fetch, host_of, route
from spiders.pages.page import Page
from spiders.pages.part_of_home import is_of_home
from spiders.pages.redirect_pages import hop
from spiders.pages.soft_errors import is_moved_home
from spiders.portal import Portal
from spiders.rendering.answers import Answers
from spiders.rendering.chromium import Browsers, NoBrowser
from spiders.rendering.renderer import Renderer, Stuck, failure
from spiders.rendering.sights import Rendering
from spiders.walk.account import PortalStats
from spiders.walk.answered import page_of
from spiders.walk.events import Event, Refused, Stopped, Unreachable
from spiders.walk.first_contact import confirm_place
from spiders.walk.floods import FLOOD, LONGEST_TOLD, MOST_EVENTS, cut, is_too_long
from spiders.walk.guests import Guests
from spiders.walk.memory import ListContext, Memory
from spiders.walk.memory_at_home import MemoryAtHome
from spiders.walk.own_thread import OwnThread
from spiders.walk.schemes import Schemes
from spiders.walk.visitor import Options
from spiders.walk.walk import Walk

MOST_HOPS = 4
"""Pages that only lead on (meta refresh, a script that moves the window) are followed that often for one page."""


class PortalSpider(Spider):
    """Visits one portal.

    `report` receives every event as it happens; `keep` takes a capture and says what it was (new, changed, unchanged,
    gone). `clock` gives the seconds that `Manners` counts; `recorder` is given every exchange, where it is set.
    """

    name = "portal"
    recorder: Callable[[Exchange], None] | None = None

    def __init__(
        self,
        portal: Portal,
        memory: Memory,
        options: Options,
        report: Callable[[Event], None],
        keep: Callable[[Capture], str],
        account: PortalStats | None = None,
        clock: Callable[[], float] = monotonic,
        browsers: Browsers | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=portal.id, **kwargs)
        self.portal = portal
        self.options = options
        self.account = account or PortalStats()
        self.clock = clock
        self.guests = Guests(portal, clock)
        self.keep = keep
        self.answers = Answers()
        self.schemes = Schemes()
        self._browsers = browsers or Browsers()
        self._thread = OwnThread(self._too_heavy)
        self.memory: Memory = MemoryAtHome(memory, self._thread)
        self._report = report
        self._seen: set[str] = set()
        self._told: set[tuple[str, str]] = set()
        self._home: Page | None = None
        self._asked_home = False

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy's entry. Nothing is left to the scheduler: the walk asks for one page after another and keeps it."""
        await self._thread.run(self.visit)
        raise CloseSpider(self.account.finished_reason)  # else Scrapy looks up only at its next heartbeat, 5 s later
        yield  # makes this the asynchronous generator that Scrapy expects

    async def visit(self) -> None:
        """The walk. Ends in good order whatever the portal does; what stopped it is an event and the reason given."""
        try:
            await confirm_place(self)
            async for capture in Walk(self).captures():
                self._keep(capture)
            self.account.finished_reason = FLOOD if self.account.floods else "finished"
            self.account.stopped_by = ", ".join(self.account.floods) or None
        except Stopped as stop:
            self.account.finished_reason, self.account.stopped_by = stop.kind, stop.detail
            if stop.kind not in ("limit", "challenge"):
                self.event(stop.kind, self.portal.start[0].url, stop.detail)
        except Exception as error:
            self.account.finished_reason = "died"
            self.event("spider_error", self.portal.start[0].url, f"{type(error).__name__}: {error}")
            raise

    def _keep(self, capture: Capture) -> None:
        """Bytes first, row second, before anything else is asked for."""
        self.account.kept(self._thread.at_home(self.keep, capture), document=capture.role in ("page", "attachment"))

    async def ask(self, fetch: Fetch) -> Page | None:
        """One page, through hops on the same portal. None when there was no answer; that is an event already.

        Places of a page of one script are that page, which is asked for once.
        """
        if route(fetch.url) and (shell := self.answers.get(fetch)) is not None:
            return replace(shell, fetch=fetch)
        page, been = await self._get(fetch), {fetch.url}
        while page is not None and (further := hop(page)) is not None and len(been) <= MOST_HOPS:
            self.let_in(further, page.url)
            if further in been or page.url == further or not self.allowed(further):
                break
            been.add(further)
            self.claim(Fetch(further))
            onward = Fetch(further, fetch.role, number=fetch.number, carry=fetch.carry, found_on=page.url)
            page = await self._get(onward, asked=fetch)
        if page is not None and len(been) > MOST_HOPS and hop(page) is not None:
            self.event("redirect_loop", fetch.url, f"more than {MOST_HOPS} pages that only lead on")
        if page is not None and page.status == 200 and urlsplit(fetch.url).path in ("", "/"):
            self._home = page
        return page

    async def ask_once(self, fetch: Fetch) -> Page | None:
        """What this visit has been answered before, by the plain way or the browser's; else asked for now."""
        known = self.answers.get(fetch)
        return await self.ask(fetch) if known is None else replace(known, fetch=fetch)

    def forget(self, fetch: Fetch) -> None:
        """Asked for anew next time."""
        self.answers.forget(fetch)

    async def show(self, page: Page, pages: int = 1) -> Rendering | None:
        """`page` as a browser shows it, and up to `pages` pages of its list by its own "next". Raises Stopped.

        None where there is no browser (counted), or where the page cannot be shown (an event). A challenge in it ends
        the visit: the browser is there to read lists, never to get past a guard.
        """
        if page.status != 200 or not page.is_html:
            return None
        try:
            shown = await self._thread.awaited_at_home(partial(self.renderer.show, page, pages))
        except NoBrowser:
            self.account.unseen += 1
            return None
        except (Stuck, failure()) as error:
            self.event("render_failed", page.url, f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}")
            return None
        for one in shown.pages:
            if kind := challenge.recognise(200, {}, one.text.encode()):
                self.event("challenge", page.url, f"{kind}: seen by the browser")
                stop = Stopped("challenge", str(kind))
                if self.guests.close(page.url, stop):
                    return None
                raise stop
        return shown

    @cached_property
    def renderer(self) -> Renderer:
        """The portal's eyes. What it asks for goes the way of every request."""
        agent, judged = str(self.settings.get("USER_AGENT")), (self._get, self.owns, self.off_host)
        return Renderer(self._browsers, agent, *judged, self.answers, self.let_in)

    async def _get(self, fetch: Fetch, asked: Fetch | None = None) -> Page | None:
        page = await self._thread.awaited_at_home(partial(self._got, fetch, asked))
        if page is not None and (page.is_html or fetch.role == "list") and page.is_cut:
            self.event("too_large", page.url, f"{len(page.body)} bytes: only the beginning of the page is looked at")
        return page

    async def _got(self, fetch: Fetch, asked: Fetch | None = None) -> Page | None:
        url = self.schemes.usable(fetch.url)
        request = Request(
            url.partition("#")[0],
            method=fetch.method,
            body=fetch.body,
            headers=fetch.sent_headers,
            meta={"fetch": fetch},
            dont_filter=True,
        )
        try:
            assert self.crawler.engine is not None
            response = await self.crawler.engine.download_async(request)
        except Stopped as stop:
            if not self.guests.close(fetch.url, stop):
                raise
            self.event(stop.kind, fetch.url, stop.detail)  # a sub-host is left alone, the portal's visit goes on
            return None
        except Unreachable as lost:
            if (other := self.schemes.lose(url)) is not None:
                return await self._got(replace(fetch, url=other), asked or fetch)
            if lost.kind == "robots_unavailable" and not self.account.pages:
                raise Stopped(lost.kind, lost.detail) from lost
            self.event(lost.kind, fetch.url, lost.detail)
            return None
        except Refused as refused:
            self.event(refused.kind, fetch.url, refused.detail)
            return None
        except (
            ValueError,
            ArithmeticError,
            LookupError,
            OSError,
        ) as error:  # an answer or an address that the transport cannot make sense of
            self.event("http_error", fetch.url, f"{type(error).__name__}: {error}")
            return None
        self.account.pages += 1
        page = page_of(asked or fetch, response)
        if fetch.role in ("list", "script"):
            self.answers.put(page)
        return page

    def keep_robots(self, fetch: Fetch, response: Response) -> None:
        """The robots.txt that was obeyed is evidence too."""
        self.account.pages += 1
        self._keep(page_of(fetch, response).capture("robots"))

    def claim(self, fetch: Fetch) -> bool:
        """True the first time an address is met in this run. Checked before any Request is made: that is what costs."""
        if fetch.key in self._seen:
            return False
        self._seen.add(fetch.key)
        return True

    def allowed(self, url: str, name: str = "") -> bool:
        """On the portal's own hosts? What is not, or has no end, is recorded once, by its name, and never asked for."""
        if is_too_long(url):
            self.flood("LONGEST_ADDRESS", url, f"an address of {len(url)} characters is not asked for")
            return False
        if self.owns(url):
            return True
        self.off_host(url, url, name)
        return False

    def owns(self, url: str) -> bool:
        """Is the host one of the portal's, or a sub-host that was let in?"""
        return host_of(url) in self.portal.hosts or self.guests.has(url)

    def let_in(self, url: str, found_on: str) -> None:
        """A column or a list of agencies leads to `url`: where that is a sub-host of the portal's, it is visited."""
        if not self.owns(url) and self.guests.let_in(url):
            self.event("subhost", url, f"{host_of(url)}, found on {found_on}: a guest of its own")

    def off_host(self, found_at: str, url: str, name: str = "") -> None:
        """Records a link (`name`: a department's perhaps) or a redirect, met at `found_at`, off the portal to `url`."""
        told = f"leads to {url}" if found_at != url else f"not on {self.portal.hosts[0]}"
        self.event("off_host", found_at, f"{name}: {told}" if name else told)
        if is_unsafe_literal(url, simulated=self.portal.simulated):
            self.event("unsafe_address", found_at, f"{url} is inside a private network")

    def event(self, kind: str, url: str, detail: str = "") -> None:
        """Counts and reports trouble, once for each kind and address."""
        url = cut(url, LONGEST_TOLD)
        if (kind, url) in self._told:
            return
        self.account.events[kind] += 1
        if self.account.events[kind] <= MOST_EVENTS or kind == FLOOD:
            self._told.add((kind, url))
            self._thread.at_home(self._report, Event(kind, url, cut(detail, LONGEST_TOLD)))
        if self.account.events[kind] == MOST_EVENTS + 1 and kind != FLOOD:
            self.flood("MOST_EVENTS", self.portal.start[0].url, f"more than {MOST_EVENTS} events of the kind {kind}")

    def flood(self, name: str, url: str, detail: str, *, of_visit: bool = False) -> None:
        """A bound was met (spiders/walk/floods.py); after one `of_visit` the visit proves nothing to be absent."""
        self.event(FLOOD, url, f"{name}: {detail}")
        if of_visit and name not in self.account.floods:
            self.account.floods.append(name)

    def failed(self, fetch: Fetch, status: int | None, context: ListContext | None = None) -> None:
        """A later run tries this address again."""
        self.memory.failed(fetch.address, fetch.role, status, self.now(), context or {})

    def _too_heavy(self, url: str | None) -> None:
        self.event("too_heavy", url or self.portal.start[0].url, "judging it took too long; the visit ends here")

    def moved_home(self, page: Page, *, is_menu: bool = False) -> bool:
        """True when a redirect led from a deep address to a home page; see `is_moved_home`."""
        return is_moved_home(page.fetch.url, page.url, self.portal.hosts[0], is_menu=is_menu)

    async def same_as_home(self, page: Page) -> str | None:
        """An unknown path answered with the home page or a part of it. Asks for the home page where it is not known."""
        home = Fetch(f"{urlsplit(self.portal.start[0].url).scheme}://{self.portal.hosts[0]}/", probe=True)
        if self._home is None and not self._asked_home:
            self._asked_home = True
            await self.ask(home)
        return is_of_home(page, self._home) if self._home and urlsplit(page.url).path not in ("", "/") else None

    async def rest(self, seconds: float) -> None:
        """A pause that trouble has brought."""
        await asyncio.sleep(seconds)

    def now(self) -> datetime:
        """UTC."""
        return datetime.now(UTC)
