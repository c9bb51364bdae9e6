"""Requests of a rendered page: every one is answered by the spider's own downloader, never by Chromium.

So robots, hosts, budget, delay, retries, challenges and cookies are judged once, for both ways of reading, and each
hop of a redirect too. Requests go out one at a time. The same address is asked once in a visit: what the plain
reading has fetched is not fetched again for the browser, and scripts are shared by all pages of a portal.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urldefrag

from spiders.pages.fetch import Fetch
from spiders.pages.listing import is_file
from spiders.pages.page import Page
from spiders.rendering.answers import Answers, Key, key_of

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

Kind = Literal["document", "script", "data"]
Ask = Callable[[Fetch], Awaitable[Page | None]]

MOST_REQUESTS = 80
"""New addresses that one page may ask for before it is clicked, and after each click: a page of 40 scripts is heavy."""

MOST_HOPS = 3
"""Documents that a page may put in its own place without being asked to."""

_KINDS: Mapping[str, Kind] = {
    "document": "document",
    "script": "script",
    "xhr": "data",
    "fetch": "data",
    "other": "data",
}
_DICE = re.compile(r"\b(?:\d{10,}|0\.\d{6,}|(?=[A-Za-z]*\d)[0-9A-Za-z]{16,})\b")
"""In a request: a time, a random number, a token. Short ids and numbers of pages are none."""
_EMPTY = {
    "stylesheet": ("text/css", b""),
    "image": (
        "image/gif",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
        b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    ),
}
"""Given without a request. Some script loaders fail with the whole page when a style or a picture is refused."""

_PASSED_ON = ("accept", "content-type", "referer", "x-requested-with", "origin", "authorization")
_OURS = frozenset(
    "accept-encoding accept-language cache-control connection content-length cookie dnt host pragma priority"
    " upgrade-insecure-requests user-agent".split()
)
_DROPPED = frozenset(("content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"))
_POLICIES = frozenset(("content-security-policy", "x-frame-options", "clear-site-data", "strict-transport-security"))
"""Left out of what the page is given: they would keep us from reading it, or send its requests to other schemes."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request that a page made, with its answer. `kind`: document (frames too), script (JSONP too) or data."""

    kind: Kind
    page: Page

    @property
    def fetch(self) -> Fetch:
        """Method, address, headers and body as the page sent them."""
        return self.page.fetch


class PageRequests:
    """Answers the requests of one rendered page. `ask` is the spider's own way; `owns` says which hosts it visits,
    `let_in` is told of what a column's page is filled from: that may be a sub-host, visited as a guest from now on.

    `first` is the document it is shown for, however that was asked for; `calls` grows as the page asks; `busy` while
    something is under way; `stopped` is what ended the visit.
    """

    def __init__(
        self,
        ask: Ask,
        owns: Callable[[str], bool],
        refuse: Callable[[str, str], None],
        answers: Answers,
        let_in: Callable[[str, str], None] | None = None,
    ) -> None:
        self.ask = ask
        self.owns = owns
        self.let_in = let_in
        self.refuse = refuse
        self.answers = answers
        self.first: Page | None = None
        self.calls: list[Call] = []
        self.had: list[Page] = []
        self._left: list[Page] = []
        self.trouble: list[str] = []
        self.stopped: Exception | None = None
        self.asked: set[Key] = set()
        self.been: list[str] = []
        self.closed = self.holding = self.repeating = False
        self._under_way = 0
        self._one_at_a_time = asyncio.Lock()

    @property
    def busy(self) -> bool:
        """Is the page waiting for us?"""
        return self._under_way > 0

    async def answer(self, route: Route) -> None:
        """One request of the page."""
        self._under_way += 1
        try:
            await self._answer(route)
        finally:
            self._under_way -= 1

    async def _answer(self, route: Route) -> None:
        request = route.request
        if given := _EMPTY.get(request.resource_type):
            await route.fulfill(status=200, content_type=given[0], body=given[1])
            return
        kind = _KINDS.get(request.resource_type)
        page = await self._had(request) if kind and not self.holding else None
        if page is None or kind is None or self.closed or self.holding:
            await route.abort("aborted")  # any other word would put an error page in the place of a document
            return
        self.calls.append(Call(kind, page))
        if kind == "document" and urldefrag(page.url).url != urldefrag(request.url).url:
            # Chromium follows no redirect by itself: it is told to ask for where this one led, which is known by now.
            await route.fulfill(status=200, content_type="text/html", body=_LEAD_ON.format(page.url))
            return
        await route.fulfill(status=page.status, headers=_headers(page, request), body=page.body)

    async def _had(self, request: Request) -> Page | None:
        """The answer: of this visit where there is one, else asked for now. None where it is not to be had."""
        if not request.url.startswith(("http://", "https://")):
            return None
        if not self._is_ours(request):
            return None
        if request.is_navigation_request():
            first, self.first = self.first, None
            if first is not None:
                self.been.append(urldefrag(request.url).url)
            if first is not None or is_file(request.url) or not self._goes_on(request):
                return first
        fetch = fetch_of(request)
        async with self._one_at_a_time:
            if page := self.answers.get(fetch):
                if _KINDS[request.resource_type] == "data":  # asked for by this page, though the plain reading did it
                    self.asked.add(key_of(fetch))
                return page
            if self.repeating:
                return self._had_alike(fetch)
            if self.stopped is not None or self.closed:
                return None
            if len(self.asked) >= MOST_REQUESTS:
                self.trouble.append(f"more than {MOST_REQUESTS} requests")
                return None
            return await self._asked(fetch)

    async def _asked(self, fetch: Fetch) -> Page | None:
        self.asked.add(key_of(fetch))
        try:
            page = await self.ask(fetch)
        except Exception as stop:  # noqa: BLE001 - told to the reader of the page, which raises it
            self.stopped = stop
            return None
        if page is None:
            self.trouble.append(f"no answer from {fetch.url}")
        else:
            self.answers.put(page)
            self.had.append(page)
        return page

    def _had_alike(self, fetch: Fetch) -> Page | None:
        """What the page was answered before to a request that only a clock or a die makes another one; each once."""
        alike = (page for page in self._left if _without_dice(page.fetch) == _without_dice(fetch))
        page = next(alike, None)
        if page is not None:
            self._left.remove(page)
        return page

    def _is_ours(self, request: Request) -> bool:
        """On a host that is visited? What is not is told."""
        moves = request.is_navigation_request()
        if self.let_in is not None and not moves:
            self.let_in(request.url, request.frame.url)
        if not self.owns(request.url):
            self.refuse(request.url if moves else request.frame.url, request.url)
            return False
        return True

    def _goes_on(self, request: Request) -> bool:
        """May this document take the place of the one before? Not the same once more (a reload), nor without end."""
        if request.frame.parent_frame is not None:
            return True
        address = urldefrag(request.url).url
        if (request.method == "GET" and address in self.been) or len(self.been) > MOST_HOPS:
            self.trouble.append(f"leads itself to {address} again and again")
            return False
        self.been.append(address)
        return True

    @contextmanager
    def held(self) -> Iterator[None]:
        """While items are clicked only to see where they lead, nothing is asked for."""
        before, self.holding = self.holding, True
        try:
            yield
        finally:
            self.holding = before

    @contextmanager
    def repeated(self, first: Page) -> Iterator[None]:
        """While the page is loaded anew as `first`, it is given what it was answered before, and nothing is told."""
        calls, trouble, been, holding = self.calls, self.trouble, self.been, self.holding
        self.calls, self.trouble, self.been, self.first = [], [], [], first
        self.repeating, self.holding, self._left = True, False, list(self.had)
        try:
            yield
        finally:
            self.repeating, self.holding = False, holding
            self.calls, self.trouble, self.been = calls, trouble, been

    def clicked(self) -> None:
        """A control is about to be used: what follows is asked for by us, not by the page."""
        self.asked.clear()
        self.been.clear()


_LEAD_ON = '<!DOCTYPE html><meta http-equiv=refresh content="0;url={}">'


def _without_dice(fetch: Fetch) -> tuple[str, str, str]:
    """A request without the times, dice and tokens in it."""
    return fetch.method, _DICE.sub("#", urldefrag(fetch.url).url), _DICE.sub("#", fetch.body.decode("latin-1"))


def fetch_of(request: Request) -> Fetch:
    """A request of the page as one of ours: same method, address and body, and the headers its scripts may have set."""
    sent = {name: value for name, value in request.headers.items() if _is_passed_on(name)}
    body = request.post_data_buffer or b""
    return Fetch(
        urldefrag(request.url).url,
        "list" if request.is_navigation_request() else "script",
        method=request.method,
        data=body,
        headers=tuple(sorted(sent.items())),
    )


def _is_passed_on(name: str) -> bool:
    return name in _PASSED_ON or not (
        name in _OURS or name.startswith(("sec-", ":", "if-", "proxy-", "access-control-"))
    )


def _headers(page: Page, request: Request) -> dict[str, str]:
    """What the page is told of an answer. The origin is always allowed: both hosts are the portal's."""
    told: dict[str, str] = {}
    for name, value in page.exchange.response_headers if page.exchange else ():
        if name.lower() not in _DROPPED | _POLICIES:
            told[name] = f"{told[name]}\n{value}" if name in told else value
    origin = request.headers.get("origin")
    told = {name: value for name, value in told.items() if not name.lower().startswith("access-control-")}
    if origin:
        told |= {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"}
    return told


def route_of(requests: PageRequests) -> Callable[[Any], Awaitable[None]]:
    """What Playwright is given: a page that is being closed may drop its requests."""

    async def answer(route: Route) -> None:
        from playwright.async_api import Error

        try:
            await requests.answer(route)
        except Error:
            if not requests.closed:
                requests.trouble.append(f"lost {route.request.url}")

    return answer
