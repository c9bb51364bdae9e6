"""The second reading of a list: as a browser shows it, compared item by item with what plain requests brought.

Asked for on a portal's first visit, after a change of layout, when fewer items come than before, once a season, and
whenever the plain reading is in doubt. Where both agree, plain requests alone do from then on. Where they differ, the
union is taken, the reason is an event, and a recipe is looked for by which the list can be asked for plainly: it is
believed when its answer gives page one again.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from http import HTTPStatus

from archive.capture import Capture
from spiders.families.family import Family
from spiders.pages import listing, pager
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.list_end import signs_of_more
from spiders.pages.page import Page
from spiders.portal import Recipe
from spiders.recipes.learn import NotLearned, learn, sources_of
from spiders.recipes.reading import ByRecipe, entries, request
from spiders.rendering.chromium import missing
from spiders.rendering.renderer import MOST_PAGES
from spiders.rendering.sights import Rendering
from spiders.walk.chain import Chain
from spiders.walk.columns import ListPage, children
from spiders.walk.list_walk import ListWalk
from spiders.walk.memory import ReadTwice
from spiders.walk.sort_items import is_wanted
from spiders.walk.visitor import Visitor

_SCRIPTED = re.compile(r"<script|javascript:|<i?frame|\son[a-z]+\s*=", re.I)


class SecondReadings:
    """The second readings of one visit."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.asked: dict[str, list[Fetch]] = {}

    def family_of(self, column: ListPage, family: Family) -> Family:
        """The family, with the list's recipe where one was learnt or is registered."""
        recipe = self._recipe(column)
        return family if recipe is None else ByRecipe(recipe, family)

    async def read(
        self, column: ListPage, page: Page, walk: ListWalk, family: Family, *, last: bool = False
    ) -> AsyncIterator[Capture]:
        """Looks at a list that was walked plainly; what the browser shows beyond that is added to `walk`.

        A list that is owed a page waits for that, but the `last` time. One that is looked at once more in a visit is
        asked for once more: its answers may have been of a bad moment. What is one article by its title is no list.
        """
        if (walk.broken and not last) or column.entry is not None:
            return
        plain = {key: item for key, item in walk.items.items() if is_wanted(column, item)}
        if not (column.annual or plain) or not self._due(column, page, walk, len(plain), family):
            return
        for fetch in self.asked.pop(column.fetch.key, ()):
            self.visitor.forget(fetch)
        shown = await self.visitor.show(page, MOST_PAGES) if missing() is None else None
        walk.read_once = shown is None
        if shown is None:
            return
        self.asked[column.fetch.key] = [call.fetch for call in shown.calls if call.kind != "document"]
        walk.shown = shown.pages[0]
        article = family.article
        chain = _chain(shown, article)
        items = {item.key: item for one in shown.pages for item in listing.entries(one, article)}
        fresh = {key: item for key, item in items.items() if is_wanted(column, item) and key not in plain}
        recipe, why = None, ""
        if fresh:
            recipe, why = await self._learnt(shown, family)
            if recipe is not None:
                async for capture in self._by_recipe(recipe, family, column, walk):
                    yield capture
            else:
                # That no control leads on is proof only where both readings say so; the plain one saw another list.
                chain.proven = chain.proven and shown.end != "absent"
                for capture in _sources(shown, article, column):
                    yield capture
        if fresh or chain.verdict() == "complete":
            walk.chains.append(chain)
        else:
            walk.read_once = not chain.keys >= plain.keys()
        walk.items |= {key: item for key, item in items.items() if key not in walk.items}
        self._settle(column, walk, plain, fresh, shown, recipe, why)

    def account(self, column: ListPage, walk: ListWalk) -> None:
        """At the end: how often the list was read, and that one with nothing on it should be seen in a browser."""
        self.visitor.account.read_once += walk.read_once
        self.visitor.account.read_twice += walk.shown is not None
        if walk.read_once and not walk.items and (install := missing()):
            self.visitor.event("needs_browser", column.fetch.url, install)

    def _due(self, column: ListPage, page: Page, walk: ListWalk, found: int, family: Family) -> bool:
        """Is the plain reading in doubt, or the list due to be looked at once more?

        What has no scripts and no frames is in a browser what it is without. A folder may stay without items.
        """
        if not _SCRIPTED.search(page.text):
            return False
        before = self.visitor.memory.read_twice(column.fetch.address)
        if before is None or walk.verdict() == "short" or not (before.agrees or before.recipe):
            return True
        if not found and not children(column, family.columns(page), 0):
            return True
        changed = self.visitor.account.events["layout_changed"] > 0
        return changed or found < before.items or before.read_at.year < self.visitor.now().year

    def _recipe(self, column: ListPage) -> Recipe | None:
        before = self.visitor.memory.read_twice(column.fetch.address)
        if before is not None and before.recipe is not None:
            return before.recipe
        registered = (one for one in self.visitor.portal.recipes if Fetch(one.list).key == column.fetch.key)
        return next(registered, None)

    async def _learnt(self, shown: Rendering, family: Family) -> tuple[Recipe | None, str]:
        """A recipe that gives page one again, or why there is none."""
        try:
            recipe = learn(shown, family.article)
        except NotLearned as reason:
            return None, str(reason)
        answer = await self.visitor.ask(request(recipe, 1))
        told = (
            [item.key for item in entries(recipe, answer, family.article)]
            if answer and answer.status == HTTPStatus.OK
            else []
        )
        first = {item.key for item in listing.entries(shown.pages[0], family.article)}
        if not told or len(first & set(told)) < min(len(first), len(told)):
            return None, "its request, made once more, does not bring page one again"
        return recipe, "its own requests are made plainly from now on"

    async def _by_recipe(
        self, recipe: Recipe, family: Family, column: ListPage, walk: ListWalk
    ) -> AsyncIterator[Capture]:
        """The whole list by its recipe. What the browser has asked for is not asked for again."""
        plainly = ListWalk(ByRecipe(recipe, family), self.visitor.ask_once, lambda fetch: True)
        async for page in plainly.part(request(recipe, 1)):
            yield page.capture("list", column_path=column.breadcrumb)
            walk.addresses.append(page.fetch.address)
        walk.items |= {key: item for key, item in plainly.items.items() if key not in walk.items}
        walk.chains += plainly.chains

    def _settle(
        self,
        column: ListPage,
        walk: ListWalk,
        plain: dict[str, ListItem],
        fresh: dict[str, ListItem],
        shown: Rendering,
        recipe: Recipe | None,
        why: str,
    ) -> None:
        """Remembers what came of it, and says where the two differ."""
        agrees = not fresh
        told = f"{len(plain)} items plainly, {len(plain) + len(fresh)} with a browser on {len(shown.pages)} pages"
        detail = "; ".join(part for part in (told, why, *shown.trouble[:2]) if part)
        walk.told = detail
        if not agrees:
            self.visitor.event("list_differs", column.fetch.url, detail)
        wanted = sum(is_wanted(column, item) for item in walk.items.values())
        self.visitor.memory.keep_reading(
            ReadTwice(column.fetch.address, self.visitor.now(), agrees, detail, wanted, recipe or self._recipe(column))
        )


def _chain(shown: Rendering, article: re.Pattern[str]) -> Chain:
    """What the browser saw, as a part of the list that holds all the others."""
    keys = {item.key for page in shown.pages for item in listing.entries(page, article)}
    stated = [pager.declared_totals(page) for page in shown.pages]
    most = max((one.items for one in stated if one.items is not None), default=None)
    pages = max((one.pages for one in stated if one.pages is not None), default=None)
    chain = Chain(keys, len(shown.pages), Declared(most, pages), proven=shown.ended, covers=True)
    if not shown.ended:
        chain.open.append(f"the browser did not see the end ({shown.end})")
    if shown.end == "absent":
        chain.open += signs_of_more(shown.pages[-1], pages, next_was_live=True)
    return chain


def _sources(shown: Rendering, article: re.Pattern[str], column: ListPage) -> Iterable[Capture]:
    """The answers that brought the items: a rendered list alone would archive an empty shell."""
    for sight in shown.sights:
        items = listing.entries(sight.page, article)
        for source in sources_of(sight.calls, items, sight.page.url, article):
            yield source.call.page.capture("list", column_path=column.breadcrumb)
