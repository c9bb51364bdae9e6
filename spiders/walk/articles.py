"""From an item of a list to what is kept of it: the article, the files that hang on it, or proof that it is gone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from http import HTTPStatus

from archive.capture import Capture
from parsers.formats.html.embedded_json import embedded_article
from spiders.families.family import Family
from spiders.pages import soft_errors as softerror
from spiders.pages.article_pages import parts, published
from spiders.pages.attachments import unread_signs
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.listing import is_report_page, judge
from spiders.pages.page import Page
from spiders.recipes.answers import carries_report
from spiders.walk.floods import LONGEST_TITLE, LONGEST_TOLD, cut
from spiders.walk.memory import ListContext, UrlRecord
from spiders.walk.visitor import Visitor
from spiders.words import titles

MOST_BETWEEN = 2
"""Pages between an article and its file: a page of downloads, a viewer."""

LOOKS_BEFORE_GONE = 2
"""An error in disguise must be met twice before a document counts as gone; 404, 410 and a move home only once."""

_TELLING = ("总体情况", "本年新收", "统计期限")


_MAY_BRING = re.compile(r"<script|<i?frame", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with the column it stood in and the article it hangs on; `depth`: so many pages lie between them."""

    entry: ListItem
    column: str
    landing_url: str | None = None
    depth: int = 0

    @property
    def fetch(self) -> Fetch:
        """How to get it."""
        plain = self.entry.fetch or Fetch(self.entry.url)
        return replace(plain, role=self.entry.role, found_on=self.landing_url or self.entry.found_on or plain.found_on)

    @property
    def context(self) -> ListContext:
        """What is known of it before it is fetched."""
        return {
            "landing_url": self.landing_url,
            "list_title": cut(self.entry.title, LONGEST_TITLE),
            "list_date": self.entry.date,
            "column_path": cut(self.column, LONGEST_TOLD),
        }


class Articles:
    """Fetches items and yields what is to be kept. Knows what is due; the walk knows where items come from."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.looked_at: set[str] = set()

    async def visit(self, item: Item, family: Family) -> AsyncIterator[Capture]:
        """The captures of one item: none when it was seen in this run, is not due, or gave nothing."""
        visitor, fetch = self.visitor, item.fetch
        is_new = self._is_new(fetch)
        if not is_new and (item.landing_url is None or fetch.role != "attachment" or fetch.key in self.looked_at):
            return
        self.looked_at.add(fetch.key)
        known = visitor.memory.recall(fetch.address)
        if known is not None and not self._due(known, item):
            visitor.account.not_due += 1
            return
        page = await (visitor.ask(fetch) if is_new else visitor.ask_once(fetch))  # a list may have asked for a file
        if page is None:
            visitor.failed(fetch, None, item.context)
            return
        async for capture in self.read(page, item, family, known):
            yield capture

    def _is_new(self, fetch: Fetch) -> bool:
        """Not yet asked for in this run. A look at what may lead to a file takes no list away from the walk."""
        if not fetch.probe or fetch.role == "list":
            return self.visitor.claim(fetch)
        new = fetch.key not in self.looked_at
        self.looked_at.add(fetch.key)
        return new

    async def remembered(self, family: Family) -> AsyncIterator[Capture]:
        """Documents whose time has come and to which no list led in this run."""
        visitor = self.visitor
        for known in visitor.memory.known() if visitor.options.whole else ():
            if known.role not in ("page", "attachment"):
                continue
            visitor.let_in(known.url, known.landing_url or "")
            if visitor.allowed(known.url, known.list_title or ""):
                entry = ListItem(known.url, known.list_title or "", known.list_date, role=known.role)
                item = Item(entry, known.column_path or "", known.landing_url)
                async for capture in self.visit(item, family):
                    yield capture

    async def read(
        self, page: Page, item: Item, family: Family, known: UrlRecord | None = None
    ) -> AsyncIterator[Capture]:
        """What a fetched answer gives: itself and its files, or that it is gone, or trouble."""
        if trouble := self._trouble(page) or await self._trouble_of_home(page, item, family):
            if self._is_gone(page, trouble, known):
                yield self._capture(page, item, "gone")
            elif trouble != "probe" or item.landing_url is None:
                self.visitor.failed(page.fetch, page.status, item.context)
            return
        held = known is not None and known.sha256 is not None
        if page.is_html and self._is_between(page, item) and not held:
            async for capture in self._behind(page, item, family):
                yield capture
            return
        self.visitor.account.items += item.landing_url is None
        yield self._capture(page, item)
        if page.is_html:
            async for capture in self._hanging_on(page, item, family):
                yield capture
        self.visitor.memory.finished(page.fetch.address, self.visitor.now())

    def _is_held(self, found: ListItem) -> bool:
        """Was it had before? Then it need not be had anew to be what the article gives."""
        known = self.visitor.memory.recall((found.fetch or Fetch(found.url)).address)
        return known is not None and known.sha256 is not None

    @staticmethod
    def _is_between(page: Page, item: Item) -> bool:
        """A page that stands where a file should, and is no part of the article either."""
        return item.landing_url is not None and item.entry.kind != "part" and not is_report_page(page)

    async def _hanging_on(self, page: Page, item: Item, family: Family) -> AsyncIterator[Capture]:
        """Files and further pages of an article; where neither it nor they carry a report, what may lead to one."""
        gave = is_report_page(page) or embedded_article(page.text) is not None
        dated = replace(item, entry=replace(item.entry, date=item.entry.date or published(page)))
        for found in (*family.attachments(page), *parts(page)) if item.landing_url is None else parts(page):
            gave = gave or self._is_held(found)
            async for capture in self._below(found, page, dated, family):
                gave = True
                yield capture
        if gave or item.landing_url is not None:
            return
        for found in family.pages_on_the_way(page):
            async for capture in self._below(found, page, dated, family):
                gave = True
                yield capture
        if not gave:
            async for capture in self._by_script(page, dated, family):
                gave = True
                yield capture
        if not gave and (sign := unread_signs(page)):
            self.visitor.event("article_unread", page.fetch.url, sign)

    async def _by_script(self, page: Page, item: Item, family: Family) -> AsyncIterator[Capture]:
        """What only a page's scripts bring: the answer that carries the report, files that they draw.

        The answer is kept as it came; what a browser made of it is not.
        """
        shown = await self.visitor.show(page) if _MAY_BRING.search(page.text) else None
        if shown is None:
            return
        for call in shown.calls:
            if call.page.url != page.url and carries_report(call.page):
                context = dict(item.context) | {"landing_url": page.url}
                yield call.page.capture("page", **context)
        for found in family.attachments(shown.pages[0]):
            async for capture in self._below(found, page, item, family):
                yield capture

    async def _behind(self, page: Page, item: Item, family: Family) -> AsyncIterator[Capture]:
        """A page in the place of a file: it may lead to the file."""
        gave = False
        if item.depth < MOST_BETWEEN:
            for found in (*family.attachments(page), *family.pages_on_the_way(page)):
                async for capture in self._below(found, page, replace(item, depth=item.depth + 1), family):
                    gave = True
                    yield capture
        if not gave and item.entry.role == "attachment":
            self.visitor.event("attachment_is_html", page.fetch.url, item.entry.title)
            self.visitor.failed(page.fetch, page.status, item.context)

    async def _below(self, found: ListItem, page: Page, item: Item, family: Family) -> AsyncIterator[Capture]:
        """One thing that hangs on an article, with what is known of the article."""
        if judge(found.title, None).kind == "lookalike":
            self.visitor.account.lookalikes += 1
            return
        self.visitor.let_in(found.url, page.url)
        if not self.visitor.allowed(found.url, found.title):
            return
        entry = replace(found, title=_most_specific_title(found.title, item.entry.title), date=item.entry.date)
        async for capture in self.visit(Item(entry, item.column, item.landing_url or page.url, item.depth), family):
            yield capture

    def _due(self, known: UrlRecord, item: Item) -> bool:
        """Asked for again: on demand, in its time, after a failure, or when its list says something new of it."""
        visitor = self.visitor
        if visitor.options.recheck or known.next_check <= visitor.now():
            return True
        before_and_now = (known.list_title, item.entry.title), (known.list_date, item.entry.date)
        return item.landing_url is None and any(old and new and old != new for old, new in before_and_now)

    def _trouble(self, page: Page) -> str | None:
        if page.fetch.probe and (
            page.status >= HTTPStatus.BAD_REQUEST or (page.is_text and softerror.recognise(page.text))
        ):
            return "probe"
        if page.status >= HTTPStatus.BAD_REQUEST:
            self.visitor.event("http_error", page.fetch.url, f"status {page.status}")
            return "http_error"
        if self.visitor.moved_home(page):
            self.visitor.event("moved_home", page.fetch.url, f"leads to {page.url}")
            return "moved_home"
        if page.is_text and (why := softerror.recognise(page.text)):
            self.visitor.event("soft_404", page.fetch.url, why)
            return "soft_404"
        return None

    async def _trouble_of_home(self, page: Page, item: Item, family: Family) -> str | None:
        """The home page in place of an article. Only what says nothing of a report and has no files is compared."""
        if not page.is_html or any(word in page.text for word in _TELLING):
            return None
        if item.landing_url is None and family.attachments(page):
            return None
        if why := await self.visitor.same_as_home(page):
            self.visitor.event("soft_404", page.fetch.url, why)
            return "soft_404"
        return None

    def _is_gone(self, page: Page, trouble: str, known: UrlRecord | None) -> bool:
        """Only what was once held can be gone."""
        if known is None or known.sha256 is None:
            return False
        if trouble == "soft_404":
            return known.failures + 1 >= LOOKS_BEFORE_GONE
        return trouble == "moved_home" or page.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)

    def _capture(self, page: Page, item: Item, outcome: str | None = None) -> Capture:
        return page.capture("page" if page.is_html else "attachment", outcome, **item.context)


def _most_specific_title(name: str, article: str) -> str:
    """The title that says most: a file's own name only where it names a report of its own."""
    return name if titles.judge(name).kind == "report" else article
