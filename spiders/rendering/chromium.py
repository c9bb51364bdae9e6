"""The machine's Chromium: where it is, how it is started, and one process for all portals of a run.

It is started so that nothing in it can reach the network. Requests that Playwright intercepts are answered by
`requests`; WebSockets, WebRTC, shared workers, preconnects, DNS look-ups and whatever else no interception sees are
sent to a proxy whose name does not resolve.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from contextlib import suppress
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Frame, Playwright

CHROMIUM = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
)
_FLAGS = (
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-features=NoStatePrefetch,Prerender2",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--no-first-run",
    "--no-pings",
)
_CLOSE_SECONDS = 5.0
"""A browser that does not close in this time is ended together with its driver."""


class NoBrowser(Exception):
    """There is no browser on this machine; the message is the line that installs one."""


def chromium() -> str | None:
    """The Chromium that will be used: $HARVESTER_CHROMIUM, Debian's, Google's, Playwright's own."""
    named = os.environ.get("HARVESTER_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    own = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return next((path for path in (*CHROMIUM, *map(str, own)) if Path(path).exists()), None)


def missing() -> str | None:
    """The line that installs what rendering lacks on this machine; None where nothing is missing."""
    if find_spec("playwright") is None:
        return "the package playwright is not installed (`harvester doctor` says how)"
    return None if chromium() else "apt install chromium (or set HARVESTER_CHROMIUM)"


@cache
def unsandboxed() -> str | None:
    """Why Chromium's sandbox cannot be used here; None where it can."""
    if os.geteuid() == 0:
        return "the harvester runs as root; run it as a user of its own"
    unshare = shutil.which("unshare")
    allowed = unshare is not None and subprocess.run([unshare, "-U", "true"], capture_output=True).returncode == 0
    if allowed or any(
        Path(helper).exists() for helper in ("/usr/lib/chromium/chrome-sandbox", "/opt/google/chrome/chrome-sandbox")
    ):
        return None
    return "this machine allows no user namespaces (sysctl kernel.unprivileged_userns_clone=1)"


class Browsers:
    """One Chromium for all portals of a run, started when the first page needs it and again when it has died."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def context(self, user_agent: str) -> BrowserContext:
        """A fresh profile: nothing of one portal is seen by another. Raises NoBrowser."""
        async with self._lock:
            if self._browser is None or not self._browser.is_connected():
                await self._end()
                await self._start()
        assert self._browser is not None
        return await self._browser.new_context(
            user_agent=user_agent,
            service_workers="block",
            accept_downloads=False,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1280, "height": 2000},
        )

    async def close(self) -> None:
        """End the browser."""
        async with self._lock:
            await self._end()

    async def _start(self) -> None:
        if install := missing():
            raise NoBrowser(install)
        from playwright.async_api import async_playwright

        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(
            executable_path=chromium(), args=list(_FLAGS), chromium_sandbox=unsandboxed() is None
        )

    async def _end(self) -> None:
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        if browser is not None and browser.is_connected():
            with suppress(TimeoutError):  # the driver takes it along
                await asyncio.wait_for(browser.close(), _CLOSE_SECONDS)
        if playwright is not None:
            await playwright.stop()


@cache
def script(name: str) -> str:
    """The JavaScript of `name`.js beside this module."""
    return files("spiders.rendering").joinpath(f"{name}.js").read_text("utf-8")


async def evaluate(frame: Frame, source: str, given: Any = None) -> Any:
    """A value from a frame; None from one that is on its way elsewhere."""
    from playwright.async_api import Error

    try:
        return await frame.evaluate(source, given)
    except Error:
        return None
