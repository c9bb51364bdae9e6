"""Pages that lead on by themselves: meta refresh, a script that moves the window, frames. Pure."""

from __future__ import annotations

import re
from http import HTTPStatus

from spiders.pages.fetch import Fetch, absolute
from spiders.pages.file_addresses import FILE
from spiders.pages.ground import Ground
from spiders.pages.page import Page
from spiders.scripts.values import Effect, Element

_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?['\"]?(.*?)['\"]?\s*$", re.I | re.S)
"""``0; url=/index.html`` as browsers read it: the word and the quotes may be missing."""
_MOVES = re.compile(r"\blocation\b|\bopen\(")
_NO_LIST = re.compile(r"visitcount|login|tree\.jsp|share|footer|header|/top\.|banner|weather|counter|search", re.I)
_NO_MENU = re.compile(r"visitcount|login|share|foot|banner|weather|count|baidu|stat\b|chat|kefu|video", re.I)
"""Frames that hold no menu either; a page's head and its trees may hold the only one."""


def hop(page: Page) -> str | None:
    """Where a visitor of the page is taken without doing anything, None where the page stays."""
    if page.status >= HTTPStatus.BAD_REQUEST:
        return None
    if page.exchange is not None and (told := _REFRESH.match(page.exchange.header("refresh") or "")) and told[1]:
        return _elsewhere(page, told[1])
    if not page.is_html:
        return None
    if b"refresh" in page.body.lower():
        for tag in page.tree.xpath("//meta[@content][not(ancestor::noscript)]"):
            target = _REFRESH.match(tag.get("content"))
            if (tag.get("http-equiv") or "").lower() == "refresh" and target and target[1]:
                return _elsewhere(page, target[1])
    return _moved_by_script(page)


def frames(page: Page) -> tuple[Fetch, ...]:
    """The frames of a page whose list is in one of them; one that shows a document holds none."""
    found = (fetch for fetch in all_frames(page) if not _NO_LIST.search(fetch.url))
    return tuple(fetch for fetch in found if not FILE.search(fetch.url))


def menu_frames(page: Page) -> tuple[Fetch, ...]:
    """The frames of a page whose menu may be in one of them, the likeliest first."""
    found = [fetch for fetch in all_frames(page) if not _NO_MENU.search(fetch.url)]
    return tuple(sorted(found, key=lambda fetch: bool(_NO_LIST.search(fetch.url))))


def all_frames(page: Page) -> tuple[Fetch, ...]:
    """Every frame, those that a script fills too."""
    if not page.is_html:
        return ()
    sources = [tag.get("src") or "" for tag in page.tree.iter("frame", "iframe")]
    sources += [tag.get("data") or "" for tag in page.tree.iter("object") if "html" in (tag.get("type") or "")]
    if any(".src" in source or "'src'" in source or '"src"' in source for source in page.program.sources):
        sources += [str(effect.value) for effect in page.program.effects if effect.kind == "frame"]
    found = dict.fromkeys(url for source in sources if (url := page.join(source)))
    return tuple(Fetch(url, number=page.fetch.number, found_on=page.url, found_by="frame") for url in found)


def _moved_by_script(page: Page) -> str | None:
    """Where the page's own script takes the window when it loads, without a condition that cannot be known."""
    loading = [body.get("onload") or "" for body in page.tree.iter("body", "frameset")]
    sources = [source for source in (*page.program.sources, *loading) if _MOVES.search(source)]
    if not sources:
        return None
    told = [*page.program.effects, *(one for code in loading for one in page.program.handler(code, Element({})))]
    moves = [_target(effect, page.ground) for effect in told if effect.kind == "go" and effect.certain]
    return next((_elsewhere(page, url) for url in reversed(moves) if url), None)


def _target(effect: Effect, ground: Ground) -> str | None:
    return ground.join(str(effect.value))


def _elsewhere(page: Page, target: str) -> str | None:
    """`target` as an address; None for the page itself, which only shows itself anew."""
    url = absolute(page.base, target, page.charset)
    return None if url == page.url else url
