"""Renderer: one page as a visitor sees it, and the further pages of its list by the list's own "next".

Only what a plain request has answered with 200 and without a sign of a challenge is shown, and never to get past one.
A page that does not come to an end is ended from outside; the visit goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urldefrag

from spiders.pages.fetch import PRESS, Fetch, route
from spiders.pages.page import Page
from spiders.rendering.answers import Answers
from spiders.rendering.chromium import Browsers, evaluate, script
from spiders.rendering.leads import MOST_FRAMES, Leads, frame_names
from spiders.rendering.requests import Ask, PageRequests, route_of
from spiders.rendering.sights import End, Rendering, Sight, seen_as, with_ways

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext
    from playwright.async_api import Page as Tab

T = TypeVar("T")
Step = dict[str, int]
"""What next.js was given when it brought a further page: the number of that page, and which control it took."""

STEP_SECONDS = 25.0
"""What one step (load, click) may take beside waiting for the portal. Then the page is stuck, and ended."""
SETTLE_SECONDS = 6.0
"""A page that never comes to rest is read as it is after this time beside waiting for the portal."""
QUIET_SECONDS = 0.25
"""Without a request and without a change for so long, a page has come to rest."""
QUIET_MILLISECONDS = QUIET_SECONDS * 1000
TICK = 0.05
CHANGE_SECONDS = 1.0
"""A control that has brought no other items in this time after the page came to rest leads nowhere."""
MOST_VAIN = 4
"""Controls that are tried one after another where the first lead nowhere (a gallery's arrow, another list's pager)."""
MOST_PAGES = 60
CLOSE_SECONDS = 5.0


class Stuck(Exception):
    """The page did not answer in its time."""


def failure() -> type[Exception]:
    """Playwright's one class for all that a page can do wrong."""
    from playwright.async_api import Error

    return Error


class Renderer:
    """Shows pages of one portal. `ask`, `owns`, `refuse` and `let_in` are the spider's; only lists let sub-hosts in."""

    def __init__(
        self,
        browsers: Browsers,
        user_agent: str,
        ask: Ask,
        owns: Callable[[str], bool],
        refuse: Callable[[str, str], None],
        answers: Answers,
        let_in: Callable[[str, str], None] | None = None,
    ) -> None:
        self.browsers = browsers
        self.user_agent = user_agent
        self.answers = answers
        self._requests = partial(PageRequests, ask, owns, refuse, answers)
        self._let_in = let_in

    async def show(self, page: Page, pages: int = 1) -> Rendering:
        """`page` with its scripts run, and up to `pages` pages of its list.

        Raises NoBrowser, Stuck, playwright's Error, and what ended the visit while the page was asking.
        """
        requests = self._requests(self._let_in if pages > 1 else None)
        if page.fetch.method == "GET" and not (route(page.fetch.url) and self.answers.get(page.fetch)):
            self.answers.put(page)
        requests.first = page
        context = await self.browsers.context(self.user_agent)
        try:
            return await self._shown(context, requests, page, pages)
        finally:
            requests.closed = True
            with suppress(TimeoutError):
                await asyncio.wait_for(context.close(), CLOSE_SECONDS)

    async def _shown(self, context: BrowserContext, requests: PageRequests, page: Page, pages: int) -> Rendering:
        await context.add_init_script(script("watch"))
        await context.route("**/*", route_of(requests))
        tab = await context.new_page()
        context.on("page", _close_popup(tab))
        sights: list[Sight] = []
        shown: list[list[str]] = []
        beside = self._beside(page)
        steps: list[Step] = []
        leads = Leads(tab, requests, place_of(page)[1], beside, partial(self._anew, tab, page, requests, steps))

        async def look() -> bool:
            """One more state; False when it was there before."""
            items = await tab.evaluate(script("items"))
            if sights and items in shown:
                return False
            shown.append(items)
            menus = "no" if pages > 1 else "yes"
            sights.append(await self._sight(leads, page, items, len(sights) + 1, menus))
            return True

        whole, pressed = place_of(page)
        await self._within(requests, self._load(tab, whole, requests))
        for name in pressed:
            requests.clicked()
            await self._within(requests, self._press(tab, name, requests))
        await self._within(requests, look())
        end: End = "limit" if pages > 1 else "absent"
        how = ""
        while len(sights) < pages:
            try:
                how, end = await self._further(leads, len(sights) + 1, shown[-1], steps)
                if end == "used" and not await self._within(requests, look()):
                    end = "repeated"
            except Stuck as stuck:
                requests.trouble.append(str(stuck))
                end = "failed"
            if end != "used":
                break
        if pages > 1:
            await self._within(requests, self._menus(leads))
            sights[0] = with_ways(sights[0], leads.found)
        return Rendering(tuple(sights), "limit" if end == "used" else end, how, tuple(requests.trouble))

    def _beside(self, page: Page) -> list[str]:
        """Names of the frames beside `page`: of the page that leads to it, or to the page on which it is pressed."""
        held = self.answers.get(page.fetch) if route(page.fetch.url) else page
        found_on = held.fetch.found_on if held is not None else ""
        return frame_names(self.answers.get(Fetch(found_on))) if found_on else []

    async def _load(self, tab: Tab, url: str, requests: PageRequests) -> None:
        await tab.goto(url, wait_until="commit", timeout=0)
        await self._settled(tab, requests)

    async def _press(self, tab: Tab, name: str, requests: PageRequests) -> None:
        """Raises Stuck where nothing on the page is called so."""
        if not await tab.evaluate(script("press"), name):
            raise Stuck(f"nothing on the page is called {name}")
        await self._settled(tab, requests)

    async def _further(self, leads: Leads, number: int, before: list[str], steps: list[Step]) -> tuple[str, End]:
        """Uses the list's next control: its kind, and used (a step more), absent, disabled or unchanged."""
        vain, tab, requests = "", leads.tab, leads.requests
        for skip in range(MOST_VAIN):
            step = {"number": number, "skip": skip}
            how, end = await self._within(requests, self._tried(tab, requests, step, before))
            if end not in ("used", "unchanged"):
                return (vain, "unchanged") if vain and end == "absent" else (vain or how, end)
            if end == "used":
                steps.append(step)
                return how, end
            vain = vain or ("" if how in ("scroll", "more") else how)
        return vain, "unchanged" if vain else "absent"

    async def _tried(self, tab: Tab, requests: PageRequests, step: Step, before: list[str]) -> tuple[str, End]:
        """One control: unchanged where it brings nothing."""
        requests.clicked()
        found = await tab.evaluate(script("next"), step)
        if found["state"] != "used":
            return found["how"], found["state"]
        await self._settled(tab, requests)
        return found["how"], "used" if await self._changed(tab, requests, before) else "unchanged"

    async def _changed(self, tab: Tab, requests: PageRequests, before: list[str]) -> bool:
        until = monotonic() + CHANGE_SECONDS
        while True:
            if await tab.evaluate(script("items")) != before:
                await self._settled(tab, requests)
                return True
            if monotonic() > until and not requests.busy:
                return False
            await asyncio.sleep(TICK)

    async def _settled(self, tab: Tab, requests: PageRequests) -> None:
        """Waits until the page asks for nothing and nothing in it moves."""
        waited, last = 0.0, monotonic()
        while waited < SETTLE_SECONDS:
            await asyncio.sleep(TICK)
            if requests.busy:
                last = monotonic()
                continue
            waited += TICK
            quiet = await _quiet(tab)
            if quiet is None or quiet < QUIET_MILLISECONDS:
                last = last if quiet is not None else monotonic()
            elif monotonic() - last >= QUIET_SECONDS:
                return
        requests.trouble.append("the page does not come to rest")

    async def _within(self, requests: PageRequests, work: Awaitable[T]) -> T:
        """`work`, ended from outside when it takes too long. Time in which the page waits for us is not counted.

        Raises Stuck, and what ended the visit.
        """
        task = asyncio.ensure_future(work)
        spent = 0.0
        try:
            while not task.done():
                began = monotonic()
                await asyncio.wait({task}, timeout=TICK * 4)
                if requests.stopped is not None:
                    raise requests.stopped
                spent += 0.0 if requests.busy else monotonic() - began
                if spent > STEP_SECONDS:
                    raise Stuck(f"the page did not answer in {STEP_SECONDS:g} s")
            return task.result()
        finally:
            task.cancel()

    async def _anew(self, tab: Tab, page: Page, requests: PageRequests, steps: list[Step]) -> None:
        """The page as it was before a click, from the answers it has had. Raises Stuck, playwright's Error."""
        whole, pressed = place_of(page)
        with requests.repeated(page):
            await tab.goto("about:blank")  # else another fragment of the same address would load nothing
            await self._load(tab, whole, requests)
            for name in pressed:
                await self._press(tab, name, requests)
            for step in steps:
                requests.clicked()
                await tab.evaluate(script("next"), step)
                await self._settled(tab, requests)

    async def _menus(self, leads: Leads) -> None:
        if not await leads.look("only"):
            await leads.look_again("only", (Stuck, failure()))

    async def _sight(self, leads: Leads, page: Page, items: list[str], number: int, menus: str) -> Sight:
        """The state of the page, frames and shadow roots included, with where its items lead."""
        tab, requests = leads.tab, leads.requests
        frames, url = tab.frames[:MOST_FRAMES], tab.url
        for frame in frames:
            await evaluate(frame, script("snapshot"))
        with requests.held():  # what a click has set going shall not be asked for
            whole = leads.is_spent or await leads.look(menus)
            shots = [shot for frame in frames if (shot := await evaluate(frame, "() => window.__shot?.html()"))]
            if is_lost := not whole or await tab.evaluate(script("items")) != items:
                await leads.look_again(menus, (Stuck, failure()), whole=whole)
        if is_lost:
            shots = leads.written(shots)
            if await tab.evaluate(script("items")) != items:
                requests.trouble.append("a click took the list away, and it did not come back")
        calls, requests.calls = tuple(requests.calls), []
        return seen_as(page, number, url, shots, calls)


async def _quiet(tab: Tab) -> float | None:
    """Milliseconds since the last change in any frame; None while something is to come."""
    found = [
        await evaluate(frame, "() => window.__seen ? __seen.quiet() : Infinity") for frame in tab.frames[:MOST_FRAMES]
    ]
    return None if any(one is None for one in found) else min(found, default=None)


def place_of(page: Page) -> tuple[str, list[str]]:
    """The address with its fragment, by which a page of one script finds its place; and what is to be pressed there."""
    fragment, _, pressed = f"#{urldefrag(page.fetch.url).fragment}".partition(f"#{PRESS}")
    whole = f"{urldefrag(page.url).url}{fragment}" if len(fragment) > 1 else page.url
    return whole, [unquote(name) for name in pressed.split("|")] if pressed else []


def _close_popup(tab: Tab) -> Callable[[Tab], Awaitable[None]]:
    async def close(other: Tab) -> None:
        if other is not tab:
            await other.close()

    return close
