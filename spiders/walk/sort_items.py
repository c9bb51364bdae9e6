"""What the items of a list are worth: fetched as reports, looked at again, opened as folders, or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from spiders.families.family import Family
from spiders.pages.entry import ListItem
from spiders.pages.listing import is_file, judge
from spiders.pages.page import Page
from spiders.walk.columns import ListPage
from spiders.walk.floods import FLOOD, LONGEST_TOLD, cut, is_too_long
from spiders.walk.visitor import Visitor


@dataclass(slots=True)
class Sorted:
    """The items of a list: `wanted` to be fetched, `documents` by what earlier runs found, `further` to be opened first
    (they may be either, or are folders), `left`: title, address and kind of event of what may not be asked for."""

    wanted: list[ListItem] = field(default_factory=list)
    documents: list[ListItem] = field(default_factory=list)
    further: list[ListPage] = field(default_factory=list)
    left: list[tuple[str, str, str]] = field(default_factory=list)


def is_wanted(column: ListPage, entry: ListItem) -> bool:
    """Is or may the item be a report?"""
    return (entry.kind or judge(entry.title, column.context).kind) in ("report", "maybe")


def is_named_a_report(column: ListPage, items: Mapping[str, ListItem], files: Sequence[ListItem]) -> bool:
    """A folder by its name (年度报告 without agency and year) that holds no items and opens a file."""
    named = bool(column.path) and judge(column.path[-1], None).agency is None and not items
    return column.annual and named and bool(files)


def files_beside(page: Page, family: Family, below: Sequence[ListPage]) -> tuple[ListItem, ...]:
    """The files of a page that are not the folders it leads to: a tree's data names both alike (``file: '/2023/'``)."""
    folders = {one.fetch.key for one in below}
    return tuple(one for one in family.attachments(page) if one.key not in folders)


def is_one_report(column: ListPage, page: Page, family: Family) -> bool:
    """An item whose title is a whole report's, on whose page no other reports are listed: only what hangs on it."""
    if column.entry is None or judge(column.entry.title, None).kind != "report":
        return False
    hanging = {one.key for one in family.attachments(page)}
    listed = [one for one in family.entries(page) if is_wanted(column, one) and one.key not in hanging]
    return len(listed) <= 1


def sort_items(column: ListPage, entries: list[ListItem], family: Family, visitor: Visitor) -> Sorted:
    """What each item is worth. Lookalikes and what is out of the years come to nothing."""
    found = Sorted()
    for entry in entries:
        kind, year = entry.kind, entry.year
        if kind is None:
            judgement = judge(entry.title, column.context)
            kind, year = judgement.kind, judgement.year
            if kind == "other" and column.annual and entry.title.endswith(("…", "...")):
                kind = "maybe"  # cut off before it said what it is
        visitor.account.lookalikes += kind == "lookalike"
        if kind not in ("report", "maybe", "column"):
            if column.annual and kind == "other":  # no absence is claimed of a list with titles that nobody understands
                found.left.append((entry.title, entry.url, "other_title"))
            continue
        visitor.let_in(entry.url, entry.found_on or column.fetch.url)
        if not visitor.allowed(entry.url, entry.title):
            endless = is_too_long(entry.url)
            found.left.append((entry.title, cut(entry.url, LONGEST_TOLD), FLOOD if endless else "off_host"))
            continue
        if kind == "column" and entry.kind is None and entry.date is not None:
            kind = "maybe"  # a report whose title leaves the year to its date
        if kind == "column":
            found.further.append(column.below(entry))
        elif _is_of_wanted_year(year, visitor):
            visitor.account.found += 1
            if entry.kind or entry.fetch or is_file(entry.url) or family.article.search(entry.url):
                found.wanted.append(entry)
            elif _is_document(entry, visitor):
                found.documents.append(entry)
            else:
                found.further.append(replace(column.below(entry, maybe_report=True), is_counted=True))
    return found


def _is_document(entry: ListItem, visitor: Visitor) -> bool:
    known = visitor.memory.recall(entry.url)
    return known is not None and known.role == "page" and known.sha256 is not None


def _is_of_wanted_year(year: int | None, visitor: Visitor) -> bool:
    years = visitor.options.years
    return years is None or year is None or year in years
