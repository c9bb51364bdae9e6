"""First contact with a portal known by its home page alone: does that page say whose it is?

Research lists name two places for one host, domains are given up and taken over by casinos. Nothing is harvested before
the page's own words (title, tags, foot, 主办单位: anything but its links to others) name the place.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.pages.redirect_pages import menu_frames
from spiders.walk.events import Stopped
from spiders.walk.visitor import Visitor

_SUFFIX = re.compile(r"(?:省|市|县|区|旗|盟|地区|自治[州县旗区])$")
_SHORTEST = 2
"""Characters of a name without its 县 or 市 that still tell a place."""
_SPACES = re.compile(r"\s+")
_MOST_FRAMES = 3


async def confirm_place(visitor: Visitor) -> None:
    """Looks at the home page of a portal that nobody has seen yet. Raises Stopped where it names another place."""
    portal = visitor.portal
    if not portal.place or any(known.role == "list" and known.sha256 for known in visitor.memory.known()):
        return
    home = await visitor.ask(Fetch(portal.start[0].url))
    if home is None or home.status != HTTPStatus.OK or not home.is_html:
        return  # the walk says what is wrong with it
    if names_place(home, portal.place):
        return
    for fetch in menu_frames(home)[:_MOST_FRAMES]:
        framed = await visitor.ask(fetch) if visitor.owns(fetch.url) else None
        if framed is not None and names_place(framed, portal.place):
            return
    shown = await visitor.show(home)
    if shown is not None and any(names_place(page, portal.place) for page in shown.pages):
        return
    raise Stopped("place_mismatch", f"the home page does not name {portal.place}: {home.title or 'without a title'}")


def names_place(page: Page, place: str) -> bool:
    """Does the page name `place`, with or without its 县 or 市, outside of its links?"""
    shorter = _SUFFIX.sub("", place)
    words = {place, shorter} if len(shorter) >= _SHORTEST else {place}
    said = _SPACES.sub("", own_words(page))
    return any(word in said for word in words)


def own_words(page: Page) -> str:
    """What the page says of itself: its title, its tags, its text without that of links and options."""
    tags = [tag.get("content") or "" for tag in page.tree.iter("meta")]
    texts = page.tree.xpath(
        "//body//text()[not(ancestor::a or ancestor::option or ancestor::script or ancestor::style)]"
    )
    pictured = page.tree.xpath("//img[not(ancestor::a)]/@alt")
    return "\n".join((page.title, *tags, *map(str, texts), *map(str, pictured)))
