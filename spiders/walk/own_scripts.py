"""A list page together with the portal's own script files, where something on it only they explain."""

from __future__ import annotations

from spiders.pages.controls import controls
from spiders.pages.page import Page
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
