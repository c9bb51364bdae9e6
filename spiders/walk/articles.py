"""From an item of a list to what is kept of it: the article, the files that hang on it, or proof that it is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from archive.capture import Capture
from spiders.families.family import Family
from spiders.pages import soft_errors as softerror
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.listing import is_report_page, judge
from spiders.pages.page import Page
from spiders.walk.memory import ListContext, UrlRecord
from spiders.walk.visitor import Visitor
from spiders.words import titles

LOOKS_BEFORE_GONE = 2
"""An error in disguise must be met twice before a document counts as gone; 404, 410 and a move home only once."""

_TELLING = ("总体情况", "本年新收", "统计期限")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with the column it stood in and the article it hangs on."""

    entry: ListItem
    column: str
    landing_url: str | None = None

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
            "list_title": self.entry.title,
            "list_date": self.entry.date,
            "column_path": self.column,
        }


class Articles:
    """Fetches items and yields what is to be kept. Knows what is due; the walk knows where items come from."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    async def visit(self, item: Item, family: Family) -> AsyncIterator[Capture]:
        """The captures of one item: none when it was seen in this run, is not due, or gave nothing."""
        visitor, fetch = self.visitor, item.fetch
        if not visitor.claim(fetch):
            return
        known = visitor.memory.recall(fetch.address)
        if known is not None and not self._due(known, item):
            visitor.account.not_due += 1
            return
        page = await visitor.ask(fetch)
        if page is None:
            visitor.failed(fetch, None, item.context)
            return
        async for capture in self.read(page, item, family, known):
            yield capture

    async def remembered(self, family: Family) -> AsyncIterator[Capture]:
        """Documents whose time has come and to which no list led in this run."""
        visitor = self.visitor
        for known in visitor.memory.known() if visitor.options.whole else ():
            if known.role in ("page", "attachment") and visitor.allowed(known.url):
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
            else:
                self.visitor.failed(page.fetch, page.status, item.context)
            return
        if page.is_html and item.entry.role == "attachment" and not is_report_page(page):
            self.visitor.event("attachment_is_html", page.fetch.url, item.entry.title)
            self.visitor.failed(page.fetch, page.status, item.context)
            return
        self.visitor.account.items += item.landing_url is None
        yield self._capture(page, item)
        if page.is_html and item.landing_url is None:
            async for capture in self._attachments(page, item, family):
                yield capture

    async def _attachments(self, page: Page, item: Item, family: Family) -> AsyncIterator[Capture]:
        for found in family.attachments(page):
            if judge(found.title, None).kind == "lookalike":
                self.visitor.account.lookalikes += 1
                continue
            if not self.visitor.allowed(found.url):
                continue
            entry = replace(found, title=_most_specific_title(found.title, item.entry.title), date=item.entry.date)
            async for capture in self.visit(Item(entry, item.column, page.url), family):
                yield capture

    def _due(self, known: UrlRecord, item: Item) -> bool:
        """Asked for again: on demand, in its time, after a failure, or when its list says something new of it."""
        visitor = self.visitor
        if visitor.options.recheck or known.next_check <= visitor.now():
            return True
        before_and_now = (known.list_title, item.entry.title), (known.list_date, item.entry.date)
        return item.landing_url is None and any(old and new and old != new for old, new in before_and_now)

    def _trouble(self, page: Page) -> str | None:
        if page.status >= 400:
            if not page.fetch.probe:
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
        return trouble == "moved_home" or page.status in (404, 410)

    def _capture(self, page: Page, item: Item, outcome: str | None = None) -> Capture:
        return page.capture("page" if page.is_html else "attachment", outcome, **item.context)


def _most_specific_title(name: str, article: str) -> str:
    """The title that says most: a file's own name only where it names a report of its own."""
    return name if titles.judge(name).kind == "report" else article
