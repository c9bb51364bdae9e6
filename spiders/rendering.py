"""Rendering: pages whose list exists only in a browser, with Playwright and the machine's own Chromium.

Only after the plain fetch of the same address has answered 200 without a sign of a challenge, and never to get past
one. Requests of the page go out one at a time, to the portal's own hosts only; pictures, films and fonts are left out.
Further pages of a list are reached by its own "next" control and joined to one document.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from spiders.pages.fetch import host_of

CHROMIUM = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
)
PAGE_SECONDS = 30.0
SETTLE_SECONDS = 5.0
CHANGE_SECONDS = 0.2
MOST_CLICKS = 60
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu",
)
_BODY = re.compile(r".*?<body\b[^>]*>(.*)</body>.*", re.S | re.I)
_NEEDLESS = {"image", "media", "font"}
# Finds the list's own "next": visible, not disabled, not a plain link (those the walk follows by itself).
_NEXT = """() => {
  const words = /^(下一?页|后一?页|next|[>›»])$/i;
  for (const node of document.querySelectorAll('a, button, li, span, div')) {
    const text = (node.textContent || '').trim();
    if (!words.test(text) || node.children.length > 2 || !node.offsetParent) continue;
    const off = node.closest('[disabled], .disabled, .is-disabled, [aria-disabled="true"]');
    const href = node.getAttribute('href') || '';
    if (off || (href && !href.startsWith('#') && !href.startsWith('javascript:'))) continue;
    node.click();
    return true;
  }
  return false;
}"""


class NoBrowser(Exception):
    """There is no browser on this machine; the message is the line that installs one."""


def chromium() -> str | None:
    """The Chromium that will be used: $HARVESTER_CHROMIUM, Debian's, Google's, Playwright's own."""
    named = os.environ.get("HARVESTER_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    own = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return next((path for path in (*CHROMIUM, *map(str, own)) if Path(path).exists()), None)


def joined(documents: list[str]) -> str:
    """Several states of one document as one: the bodies of all, in the first one's frame."""
    first, *others = documents
    bodies = [_BODY.sub(r"\1", document) for document in others]
    at = first.rfind("</body>")
    return first if not bodies or at < 0 else f"{first[:at]}{''.join(bodies)}{first[at:]}"


class Renderer:
    """One browser context for one portal. `counted` is told of every request the page makes."""

    def __init__(self, hosts: Collection[str], user_agent: str, delay: float, counted: Callable[[], None]) -> None:
        self.hosts = hosts
        self.user_agent = user_agent
        self.delay = delay
        self.counted = counted
        self._one_at_a_time = asyncio.Lock()
        self._playwright: Any = None
        self._browser: Any = None
        self._context: Any = None

    async def render(self, url: str) -> str:
        """The document at `url` after its scripts have run, all pages of its list joined. Raises NoBrowser."""
        context = await self._opened()
        page = await context.new_page()
        try:
            await page.goto(url, wait_until="domcontentloaded", timeout=PAGE_SECONDS * 1000)
            await self._settled(page)
            seen = [await page.content()]
            for _ in range(MOST_CLICKS):
                if not await page.evaluate(_NEXT):
                    break
                content = await self._changed(page, seen[-1])
                if content in seen:
                    break
                seen.append(content)
            return joined(seen)
        finally:
            await page.close()

    async def close(self) -> None:
        """End the browser."""
        for thing in (self._context, self._browser):
            if thing is not None:
                await thing.close()
        if self._playwright is not None:
            await self._playwright.stop()
        self._context = self._browser = self._playwright = None

    async def _opened(self) -> Any:
        if self._context is not None:
            return self._context
        try:
            from playwright.async_api import async_playwright
        except ImportError as error:
            raise NoBrowser("pip install 'disclosure-harvester[browser]'") from error
        executable = chromium()
        if executable is None:
            raise NoBrowser("apt install chromium (or set HARVESTER_CHROMIUM)")
        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(executable_path=executable, args=list(_QUIET))
        self._context = await self._browser.new_context(user_agent=self.user_agent, service_workers="block")
        await self._context.route("**/*", self._route)
        return self._context

    async def _route(self, route: Any) -> None:
        """Let one request of the page through, or not."""
        request = route.request
        if host_of(request.url) not in self.hosts or request.resource_type in _NEEDLESS:
            await route.abort()
            return
        async with self._one_at_a_time:
            self.counted()
            if not request.is_navigation_request():
                await asyncio.sleep(self.delay)
            await route.fulfill(response=await route.fetch(max_redirects=5))

    @staticmethod
    async def _changed(page: Any, before: str) -> str:
        """The document once it differs from what it was, or as it is when nothing comes."""
        for _ in range(int(SETTLE_SECONDS / CHANGE_SECONDS)):
            await asyncio.sleep(CHANGE_SECONDS)
            content: str = await page.content()
            if content != before:
                return content
        return before

    @staticmethod
    async def _settled(page: Any) -> None:
        """Wait until the page asks for nothing more, a few seconds at most."""
        from playwright.async_api import TimeoutError as TookTooLong

        try:
            await page.wait_for_load_state("networkidle", timeout=SETTLE_SECONDS * 1000)
        except TookTooLong:
            return
