"""Pages that only lead on: meta refresh, a script of one statement, frames. Pure."""

from __future__ import annotations

import re

from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page

_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\">\s]+)", re.I)
_SHORT = 2048
_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.S | re.I)
_JUMP = re.compile(
    r"^(?:window\.|self\.|top\.|document\.|parent\.)*location(?:\.href)?\s*=\s*(['\"])([^'\"]+)\1\s*;?$"
    r"|^(?:window\.|self\.|top\.|parent\.)*location\.(?:replace|assign)\(\s*(['\"])([^'\"]+)\3\s*\)\s*;?$"
)
_NO_LIST = re.compile(r"visitcount|login|tree\.jsp|share|footer|header|/top\.|banner|weather|counter|search", re.I)


def hop(page: Page) -> str | None:
    """Where a page of at most two kilobytes leads by itself, None for an ordinary page."""
    if not page.is_html or page.status >= 400:
        return None
    if b"refresh" in page.body[:4096].lower():
        for tag in page.tree.xpath("//meta[@content]"):
            target = _REFRESH.search(tag.get("content"))
            if (tag.get("http-equiv") or "").lower() == "refresh" and target:
                return absolute(page.url, target[1])
    if len(page.body) > _SHORT:
        return None
    scripts = [script.strip().removeprefix("<!--").removesuffix("-->") for script in _SCRIPT.findall(page.text)]
    if len(scripts) == 1 and (found := _JUMP.match(scripts[0].strip())):
        return absolute(page.url, found[2] or found[4])
    return None


def frames(page: Page) -> tuple[Fetch, ...]:
    """The frames of a page whose list is in one of them."""
    if not page.is_html:
        return ()
    sources = [absolute(page.base, tag.get("src") or "") for tag in page.tree.iter("frame", "iframe")]
    return tuple(Fetch(url, number=page.fetch.number) for url in sources if url and not _NO_LIST.search(url))
