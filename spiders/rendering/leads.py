"""Where items without an address lead: each is clicked (leads.js), and nothing is followed.

A click may take the list away (a page of one script draws the article in its place). Then the page is loaded anew
from the answers it has had, without a request, and the next one is clicked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from spiders.pages.page import Page
from spiders.rendering.chromium import evaluate, script
from spiders.rendering.requests import PageRequests

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab

MOST_FRAMES = 12
MOST_LEADS = 100
"""Items without an address that are clicked on one page, to see where they would lead."""
MOST_ANEW = 16
"""Times that one page is loaded anew because a click took its list away,"""
ANEW_SECONDS = 12.0
"""and seconds that this may take. Two items with their addresses are enough to ask for the others by a recipe."""
MOST_SECONDS = 40.0
"""Seconds that all pages of one list may take so. After that nothing more is clicked."""


@dataclass(slots=True)
class Leads:
    """What the items and menus of one rendered page lead to. `anew` loads the page once more, as it was before a click.

    `beside`: names of the frames beside it where it stands in one itself.
    """

    tab: Tab
    requests: PageRequests
    pressed: list[str]
    beside: list[str]
    anew: Callable[[], Awaitable[None]]
    spent: float = 0.0
    _by_frame: list[dict[str, Any]] = field(default_factory=list)

    async def look(self, menus: str) -> bool:
        """Clicks what leads nowhere known; False where there is more to click on the page loaded anew."""
        self._by_frame = []
        return await self._clicked(menus)

    @property
    def is_spent(self) -> bool:
        """Has it taken so long that nothing more is clicked?"""
        return self.spent > MOST_SECONDS

    async def look_again(self, menus: str, failed: tuple[type[Exception], ...], *, whole: bool = False) -> None:
        """Clicks the rest, each time on the page loaded anew, and leaves it as it was. `whole`: there is no rest."""
        began = monotonic()
        try:
            for _ in range(MOST_ANEW):
                await self.anew()
                if whole or monotonic() - began > ANEW_SECONDS:
                    return
                whole = await self._clicked(menus)
            await self.anew()
        except failed as trouble:
            self.requests.trouble.append(f"not to be loaded anew: {trouble}")
        finally:
            self.spent += monotonic() - began

    @property
    def found(self) -> list[tuple[str, str]]:
        """Names and addresses, in order."""
        return [(name, url) for told in self._by_frame for name, url, _ in told["found"]]

    def written(self, documents: list[str]) -> list[str]:
        """Documents of the page and its frames with the addresses that came to light after they were written down."""
        ways = [{key: url for _, url, key in told["found"]} for told in self._by_frame]
        return [with_leads(text, one) for text, one in zip(documents, [*ways, *({},) * len(documents)], strict=False)]

    async def _clicked(self, menus: str) -> bool:
        frames, lost = self.tab.frames[:MOST_FRAMES], False
        with self.requests.held():
            for at, frame in enumerate(frames):
                if at == len(self._by_frame):
                    self._by_frame.append({"tried": [], "found": [], "fruitful": []})
                before = self._by_frame[at]
                want = {"most": MOST_LEADS, "menus": menus, "pressed": self.pressed, "beside": self.beside}
                want |= {"tried": before["tried"], "fruitful": before["fruitful"]}
                told = await evaluate(frame, script("leads"), want)
                if told:
                    before["tried"] += told["tried"]
                    before["found"] += told["found"]
                    before["fruitful"] = told["fruitful"]
                    lost = lost or told["lost"]
        return not lost


def frame_names(page: Page | None) -> list[str]:
    """What the frames of a page are called."""
    frames = page.tree.iter("frame", "iframe") if page is not None and page.is_html else ()
    return [name for frame in frames if (name := frame.get("name") or frame.get("id"))]


def with_leads(document: str, ways: Mapping[str, str]) -> str:
    """`document` with the address of each element that `ways` names (``data-lead``) and that has none yet."""
    if not ways or "data-lead=" not in document:
        return document
    tree = html.document_fromstring(document)
    for element in tree.iter(etree.Element):
        url = ways.get(str(element.attrib.pop("data-lead", "")))
        if url is not None:
            for name in ("onclick", "href"):
                element.attrib.pop(name, "")
            element.set("href" if element.tag == "a" else "data-leads-to", url)
    return str(html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))
