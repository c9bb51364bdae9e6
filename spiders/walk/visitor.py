"""Visitor: what the walk needs of the world: asking, remembering, telling. The spider is one; tests bring their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.portal import Portal
from spiders.rendering.sights import Rendering
from spiders.walk.account import PortalStats
from spiders.walk.memory import ListContext, Memory


@dataclass(frozen=True, slots=True)
class Options:
    """How far a run goes. `years`: only reports on these (by title); `limit`: documents a portal.

    `lists_only` is a rehearsal: lists are walked, no document is fetched.
    """

    recheck: bool = False
    years: Collection[int] | None = None
    limit: int | None = None
    lists_only: bool = False

    @property
    def whole(self) -> bool:
        """True when nothing is left out on purpose, so that what was walked need not be walked again."""
        return self.years is None and self.limit is None and not self.lists_only


ALL_THAT_IS_DUE = Options()


class Visitor(Protocol):
    """One portal's visitor in one run."""

    portal: Portal
    memory: Memory
    account: PortalStats
    options: Options

    async def ask(self, fetch: Fetch) -> Page | None:
        """The answer, whatever its status; None when there was none (recorded as an event). Raises Stopped."""

    async def ask_once(self, fetch: Fetch) -> Page | None:
        """As `ask`, but what was answered in this visit is not asked for again, by whichever way it was asked."""

    def forget(self, fetch: Fetch) -> None:
        """What this request was answered shall not be taken for its answer any longer."""

    async def show(self, page: Page, pages: int = 1) -> Rendering | None:
        """`page` as a browser shows it, and up to `pages` pages of its list; None where it cannot (an event)."""

    def claim(self, fetch: Fetch) -> bool:
        """True for an address not yet met in this run; it counts as met from now on."""

    def owns(self, url: str) -> bool:
        """True for an address on the portal's own hosts, without a record."""

    def allowed(self, url: str, name: str = "") -> bool:
        """True for an address on the portal's own hosts; anything else is recorded by its `name` and left alone."""

    def let_in(self, url: str, found_on: str) -> None:
        """A column or a list of agencies leads to `url`: a sub-host of the portal's own is visited from now on."""

    def event(self, kind: str, url: str, detail: str = "") -> None:
        """Records trouble."""

    def flood(self, name: str, url: str, detail: str, *, of_visit: bool = False) -> None:
        """Records a bound that was met; one `of_visit` leaves no proof to anything that the visit saw."""

    def failed(self, fetch: Fetch, status: int | None, context: ListContext | None = None) -> None:
        """Remembers that this address gave nothing, so that a later run tries again with what its list `context`."""

    def moved_home(self, page: Page, *, is_menu: bool = False) -> bool:
        """True when a redirect led from a deep address to a home page; a menu may lead to another host's root."""

    async def same_as_home(self, page: Page) -> str | None:
        """A reason when the page is the home page, or nothing but a part of it, at another address."""

    def now(self) -> datetime:
        """The time of the run, UTC."""
