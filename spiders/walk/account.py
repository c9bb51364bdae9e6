"""Account of one walk: what was asked for, found, kept, and what went wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from spiders.pages.entry import Declared
from spiders.pages.page import Page
from spiders.walk.floods import FLOOD

_NOT_PLAIN = frozenset({"events", "verdicts", "wanted", "walked_lists", "first_page"})

CUT_SHORT = frozenset({"budget", FLOOD, "deferred", "failures", "challenge", "too_heavy", "archive_failed", "died"})
"""Ends of a visit after which nobody knows what was not seen."""


@dataclass(frozen=True, slots=True)
class WalkedList:
    """How the walk of one list ended: a row of `list_walks`, from which the ledger takes its proof.

    `ended`: complete (its end is proven), short, over or unknown; `why` in words. `is_whole`: nothing was left out on
    purpose (years, limit). `left`: items that may be reports and were not asked for: title, address, kind of event.
    """

    url: str
    column_path: str
    ended: str
    why: str
    items: int
    declared: Declared
    is_whole: bool
    left: tuple[tuple[str, str, str], ...] = ()


@dataclass
class PortalStats:
    """Numbers of one portal in one run, as they stand in the run's report.

    `reports`: documents kept (articles and attachments). `found`: items of lists that are or may be reports.
    `declared_total`: the sum of what lists say they hold, None where none says anything. `items`: entries fetched;
    `read_twice`: lists compared with what a browser shows; `read_once`: lists that could not be, for want of a browser,
    as `unseen` menus.
    `wanted`: title and address of each that a rehearsal would have fetched. `path`: the columns walked, and by what
    each was found (link, option, script, data, browser, search) and read.
    `floods`: bounds of the whole visit that were met (spiders/walk/floods.py).
    `first_page`: what a look at one page brought; a harvest keeps its pages in the archive.
    """

    requests: int = 0
    bytes: int = 0
    pages: int = 0
    reports: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    found: int = 0
    lookalikes: int = 0
    not_due: int = 0
    read_twice: int = 0
    read_once: int = 0
    unseen: int = 0
    lists: int = 0
    listed: int = 0
    declared_total: int | None = None
    finished_reason: str = "running"
    family: str | None = None
    robots: str | None = None
    stopped_by: str | None = None
    path: list[str] = field(default_factory=list)
    items: int = 0
    wanted: list[tuple[str, str]] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    walked_lists: list[WalkedList] = field(default_factory=list)
    first_page: Page | None = None
    floods: list[str] = field(default_factory=list)

    def kept(self, outcome: str, *, document: bool) -> None:
        """The archive took a capture and says what it was."""
        self.reports += document and outcome != "gone"
        if document:
            setattr(self, outcome, getattr(self, outcome) + 1)

    def list_walked(self, walked: WalkedList) -> None:
        """A list has been walked as far as it went."""
        self.walked_lists.append(walked)
        self.lists += 1
        self.listed += walked.items
        self.verdicts[walked.ended] += 1
        if walked.declared.items is not None:
            self.declared_total = (self.declared_total or 0) + walked.declared.items

    @property
    def completeness(self) -> str:
        """complete, over, unknown or short: the worst that any list was; a visit that was cut short is short."""
        if self.pages and self.finished_reason in CUT_SHORT:
            return "short"
        for verdict in ("short", "unknown", "over", "complete"):
            if self.verdicts[verdict]:
                return verdict
        return "unknown"

    def as_dict(self) -> dict[str, Any]:
        """For report.json."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in _NOT_PLAIN}
        return plain | {"completeness": self.completeness, "events": dict(self.events)}
