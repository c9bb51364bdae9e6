"""A list page together with the portal's own script files, where something on it only they explain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spiders.pages.controls import controls
from spiders.pages.entry import ListItem
from spiders.pages.fetch import is_pressed
from spiders.pages.page import Page
from spiders.pages.shown import as_shown
from spiders.walk.columns import ListPage
from spiders.walk.list_walk import ListWalk
from spiders.walk.more_ways import MoreOf
from spiders.walk.visitor import Visitor


async def with_scripts(visitor: Visitor, page: Page, walk: ListWalk) -> Page | None:
    """`page` with its script files, where its list was empty, or short for a control that nothing known explains."""
    if page.scripts or not any(map(visitor.owns, page.script_files)):
        return None
    silent = any(control.script and control.way is None for control in controls(page))
    if walk.items and not (silent and walk.verdict() == "short"):
        return None
    more = MoreOf(visitor, page)
    return more.page if await more.with_scripts(libraries=False) is not None else None


def unpressed(found: Iterable[ListItem], known: Iterable[ListItem]) -> tuple[ListItem, ...]:
    """What a browser found, without what it would have to press and what is asked for plainly under the same name."""
    names = {one.title for one in known}
    return tuple(one for one in found if not (is_pressed(one.url) and one.title in names))


def shells_of(page: Page | None, below: Iterable[ListPage]) -> dict[str, Page]:
    """By the key of each column that a page with requests of its own leads to: the page that it may be a piece of.

    What a frame leads to by functions of the page around it is a piece of that page.
    """
    if page is None:
        return {}
    around = page.framed_by or page
    asks = any(effect.kind == "ask" for effect in around.program.effects) or bool(around.program.waiting)
    return {one.fetch.key: around for one in below if asks or one.fetch.found_by == "frame"}


def in_its_page(page: Page, shell: Page | None) -> Page:
    """A piece that a script of another page asks for (a tab), as that page shows it: its controls call from there.

    A document of its own is a frame, whose handlers may call from the page around it.
    """
    if shell is None:
        return page
    if not page.is_piece:
        return replace(page, framed_by=shell) if page.fetch.found_by == "frame" else page
    shown = as_shown(page, shell)
    return shown if shown.rendered is not None else replace(page, asked_by=shown.asked_by)
