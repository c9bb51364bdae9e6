"""Further readings of a page whose menu is silent: with its script files, with what it asks for, in a browser."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus

from archive.capture import Capture
from spiders.pages.fetch import Fetch
from spiders.pages.nodes import requests_of_scripts
from spiders.pages.page import Page
from spiders.pages.shown import as_shown
from spiders.walk.visitor import Visitor

MOST_SCRIPTS = 8
"""Script files that are fetched for one page: a portal's own menu stands in one or two of them."""
MOST_QUESTIONS = 6
"""Requests of a page's own scripts that are made for it."""

_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|layui|layer|vue|react|echarts|polyfill|respond|html5|shiv|analytics|hm\.js|share|wow\.|slide"
    r"|carousel|md5|base64|date|video|player|\.min\.js|zoom|font|print|qrcode|speech|baidu|weixin|wza|pako|crypto",
    re.I,
)
"""Names of files that are on every site of the world and hold no portal's menu: they are read last."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a further reading gave: `pages` to be read as the menu, `means` for the record, what is to be kept.

    `shell`: the page as this reading knows it, whose scripts ask for what the menu leads to.
    """

    pages: tuple[Page, ...]
    means: str
    shell: Page
    captures: tuple[Capture, ...] = ()


def readings(visitor: Visitor, page: Page, *, is_seen: bool) -> Iterator[Awaitable[Read | None]]:
    """Ways to read `page` again, from the cheapest to the dearest. Each is awaited before the next is made.

    `is_seen`: a browser has shown it already (spiders/walk/second_reading.py looks at every list).
    """
    more = MoreOf(visitor, page)
    yield more.with_scripts()
    yield more.with_answers()
    if not is_seen:
        yield more.in_browser()


class MoreOf:
    """Reads one page again. What one reading has fetched serves the next."""

    def __init__(self, visitor: Visitor, page: Page) -> None:
        self.visitor = visitor
        self.page = page

    async def with_scripts(self, *, libraries: bool = True) -> Read | None:
        """The page with the portal's own script files, which may write its menu."""
        files = [url for url in self.page.script_files if self.visitor.owns(url)]
        files = [url for url in files if libraries or not _LIBRARY.search(url)]
        files.sort(key=lambda url: bool(_LIBRARY.search(url)))
        base = {"base": self.page.base}
        wanted = [Fetch(url, "script", carry=base) for url in files[:MOST_SCRIPTS]]
        got = [answer for fetch in wanted if (answer := await self._fetched(fetch))]
        if not got:
            return None
        scripts = {answer.fetch.url: answer.text for answer in got}
        self.page = replace(self.page, scripts=scripts)
        captures = [answer.capture("script") for answer in got if not _LIBRARY.search(answer.fetch.url)]
        return Read((self.page, *got), "script file", self.page, tuple(captures))

    async def with_answers(self) -> Read | None:
        """What the page's scripts ask for when it is loaded: pieces of menus, trees as JSON."""
        own = [request for request in requests_of_scripts(self.page) if self.visitor.owns(request.url)]
        asked = [replace(request, role="script") for request in own[:MOST_QUESTIONS]]
        got = [answer for request in asked if (answer := await self._fetched(request))]
        captures = tuple(answer.capture("script") for answer in got)
        drawn = [shown for answer in got if (shown := as_shown(answer, self.page)).rendered is not None]
        return Read((*drawn, *got), "data", self.page, captures) if got else None

    async def in_browser(self) -> Read | None:
        """The page as a visitor sees it, with the data that came for it."""
        shown = await self.visitor.show(self.page)
        if shown is None or not shown.pages:
            return None
        scripts = {call.page.fetch.url: call.page.text for call in shown.calls if call.kind == "script"}
        data = [call.page for call in shown.calls if call.kind == "data"]
        captures = tuple(answer.capture("script") for answer in data if answer.exchange is not None)
        base = {"base": self.page.base}
        pieces = tuple(replace(answer, fetch=replace(answer.fetch, carry=base)) for answer in data)
        seen = replace(shown.pages[0], scripts=scripts)
        return Read((seen, *pieces), "browser", seen, captures)

    async def _fetched(self, fetch: Fetch) -> Page | None:
        """An answer that is one, of this visit where it was given already; None for trouble (an event)."""
        answer = await self.visitor.ask_once(replace(fetch, found_on=self.page.url))
        return answer if answer is not None and answer.status == HTTPStatus.OK else None
