"""Pages of lists: which are due, which may be peeked at, which are in trouble, and which are one page met twice."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus

from archive.warc import content_sha256
from spiders.pages import soft_errors as softerror
from spiders.pages.fetch import Fetch, alike, route
from spiders.pages.page import Page
from spiders.walk.choose_family import Families
from spiders.walk.visitor import Visitor

PEEKS = 10
"""Where nothing is due, one list for so many known addresses is looked at all the same: new reports show there."""

PASSING = ("system_error", "stub")
"""Errors in disguise that may be over a minute later."""


class ListPages:
    """Asks for pages of lists. `passing`: keys of those in trouble that may be over later in the visit."""

    def __init__(self, visitor: Visitor, families: Families) -> None:
        self.visitor = visitor
        self.families = families
        self.peeks = max(1, len(visitor.memory.known()) // PEEKS)
        self.passing: set[str] = set()
        self._peeked: dict[str, Page] = {}
        self._asked_again: set[str] = set()
        self._met: defaultdict[str, set[str]] = defaultdict(set)

    def is_due(self, fetch: Fetch) -> bool:
        """Is it time to look at this page?"""
        known = self.visitor.memory.recall(fetch.address)
        return self.visitor.options.recheck or known is None or known.next_check <= self.visitor.now()

    def may_peek(self) -> bool:
        """May a page that is not due be looked at? Each look uses one of the peeks."""
        allowed = self.peeks > 0
        self.peeks -= allowed
        return allowed

    async def page(self, fetch: Fetch, *, is_menu: bool = False) -> Page | None:
        """A page of a list, None (and an event) when it is missing, moved home, or an error in disguise."""
        if fetch.key in self._peeked:
            return self._peeked.pop(fetch.key)
        self.visitor.let_in(fetch.url, fetch.found_on)
        visitor, page = self.visitor, await self.visitor.ask(fetch)
        if page is None:
            visitor.failed(fetch, None)
            return None
        trouble, detail = self._trouble(page, is_menu=is_menu)
        if not trouble or (detail == "stub" and self.families.of(page).list_requests(page)):
            return page
        if not fetch.probe:
            visitor.event(trouble, fetch.url, detail)
            visitor.failed(fetch, page.status)
        if detail in PASSING and fetch.key not in self._asked_again:
            self.passing.add(fetch.key)
            self._asked_again.add(fetch.key)
        return None

    def is_met(self, page: Page) -> bool:
        """The same bytes under an address that differs only in the name of its first page: one page, one walk."""
        digest, place = content_sha256(page.body), alike(page.fetch.url if route(page.fetch.url) else page.url)
        if digest in self._met[place]:
            return True
        self._met[place].add(digest)
        return False

    def is_same(self, page: Page) -> bool:
        """Does the page say, byte for byte, what it said last time? Many servers send no validators for a 304."""
        known = self.visitor.memory.recall(page.fetch.address)
        return page.unchanged or (known is not None and known.sha256 == content_sha256(page.body))

    async def are_still(self, requests: tuple[Fetch, ...]) -> bool:
        """Does the list behind an unchanged page say what it said? Only its first page is looked at."""
        for fetch in requests[: self.peeks]:
            self.peeks -= 1
            page = await self.page(fetch)
            if page is not None and not self.is_same(page):
                self._peeked[fetch.key] = page
                return False
        return True

    def _trouble(self, page: Page, *, is_menu: bool) -> tuple[str, str]:
        """What is wrong with a page of a list: the kind of event and its detail, empty where nothing is."""
        if page.status >= HTTPStatus.BAD_REQUEST:
            return "http_error", f"status {page.status}"
        if self.visitor.moved_home(page, is_menu=is_menu):
            return "moved_home", f"leads to {page.url}"
        if why := "system_error" if softerror.is_busy(page.sent_text) else softerror.recognise(page.text):
            return "soft_404", why
        return "", ""
