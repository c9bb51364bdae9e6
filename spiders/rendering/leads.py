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


@dataclass(slots=True)
class Leads:
    """What the items and menus of one rendered page lead to. `anew` loads the page once more, as it was at first.

    `fragile`: a click was seen to take the list away; a later page of the list would not come back.
    """

    tab: Tab
    requests: PageRequests
    pressed: list[str]
    anew: Callable[[], Awaitable[None]]
    fragile: bool = False
    _by_frame: list[dict[str, Any]] = field(default_factory=list)

    async def look(self, menus: str) -> bool:
        """Clicks what leads nowhere known; False where there is more to click on the page loaded anew."""
        self._by_frame = []
        return await self._clicked(menus)

    async def look_again(self, menus: str, failed: type[Exception] | tuple[type[Exception], ...]) -> None:
        """Clicks the rest, each time on the page loaded anew, and leaves it as it was at first."""
        until, whole = monotonic() + ANEW_SECONDS, False
        self.fragile = True
        try:
            for _ in range(MOST_ANEW):
                await self.anew()
                if whole or monotonic() > until:
                    return
                whole = await self._clicked(menus)
            await self.anew()
        except failed as trouble:
            self.requests.trouble.append(f"not to be loaded anew: {trouble}")

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
                want = {"most": MOST_LEADS, "menus": menus, "pressed": self.pressed}
                want |= {"tried": before["tried"], "fruitful": before["fruitful"]}
                told = await evaluate(frame, script("leads"), want)
                if told:
                    before["tried"] += told["tried"]
                    before["found"] += told["found"]
                    before["fruitful"] = told["fruitful"]
                    lost = lost or told["lost"]
        return not lost


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
