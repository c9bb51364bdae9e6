"""Which links of a column's page lead to further columns: years, levels, agencies, three steps at most. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.printed.agency_words import is_group
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.listing import judge
from spiders.pages.own_name import names_annual
from spiders.pages.page import Page
from spiders.portal import Start
from spiders.words.agencies import is_agency
from spiders.words.menus import ANNUAL, is_catalogue, is_chrome, rank, year_folder

DEEPEST = 4
_ANNUAL = "政府信息公开年报"
_LONGEST = 40
"""Characters of a column's name."""
_GATEWAY = 40


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that should hold a list. `path`: the texts that led here. `entry`: set where it may be a report itself.

    `inside`: annual columns are on the way to it; `is_counted`: it is an item of a list that has counted it.
    """

    fetch: Fetch
    path: tuple[str, ...] = ()
    depth: int = 0
    layout: str | None = None
    role: str = "annual_root"
    entry: ListItem | None = None
    inside: bool = True
    is_counted: bool = False

    @property
    def annual(self) -> bool:
        """A column of annual reports, by the registry's word or by name; any other page is only looked over."""
        return self.inside and self.role not in ("home", "agency", "agency_root")

    @classmethod
    def of(cls, start: Start) -> ListPage:
        """The column a start address names; a catalogue is no menu, whatever the registry calls it."""
        role = "annual_root" if is_catalogue(start.url) else start.role
        return cls(Fetch(start.url), (), 0, start.layout, role)

    @property
    def breadcrumb(self) -> str:
        """The path as one text, the address where nothing led here but the registry."""
        return " > ".join(self.path) or self.fetch.url

    @property
    def context(self) -> str:
        """What `titles.judge` is told of the column; that it is annual may be known from the registry alone."""
        known = self.inside and self.role not in ("home", "agency_root")
        return f"{_ANNUAL} > {self.breadcrumb}" if known else self.breadcrumb

    def found(self, url: str, means: str = "") -> ListPage:
        """The same, found on the page at `url`; by `means` where that is known better than the page tells."""
        fetch = self.fetch if self.fetch.found_on else replace(self.fetch, found_on=url)
        return replace(self, fetch=replace(fetch, found_by=means) if means else fetch)

    def below(self, entry: ListItem, role: str = "annual_root", *, maybe_report: bool = False) -> ListPage:
        """The column that `entry` leads to."""
        path = (*self.path, *entry.within, entry.title)
        itself = entry if maybe_report else None
        of_year = entry.kind == "column" and entry.year is not None
        inside = self.annual or of_year or rank(entry.title, entry.url) >= ANNUAL
        return ListPage(entry.fetch or Fetch(entry.url), path, self.depth + 1, self.layout, role, itself, inside)


def children(
    column: ListPage, candidates: tuple[ListItem, ...], reports: int, agencies: tuple[ListItem, ...] = ()
) -> list[ListPage]:
    """The columns below `column` among the links of its page; `reports` = how many reports its own list has.

    `agencies`: links that their company tells to be agencies, whatever they are called.

    A flat list with reports has none. Agencies are entered where the layout says so or nothing else is there; from an
    agency's page only its annual column (or the gateway to it) is taken, not the other agencies of its menu. What the
    system itself calls a column is one.
    """
    deepest = DEEPEST + 1 if column.role == "agency" else DEEPEST
    if column.depth >= deepest or (column.layout == "flat" and reports):
        return []
    candidates = tuple(entry for entry in candidates if _may_be_folder(entry))
    annual = [entry for entry in candidates if rank(entry.title, entry.url) >= ANNUAL]
    years = [entry for entry in candidates if year_folder(entry.title, entry.url)]
    if column.role == "agency":
        return [_below(column, entry) for entry in annual or years or _gateways(candidates)]
    groups = [entry for entry in candidates if is_group(entry.title) or entry.kind == "column"]
    named = _unique([*years, *annual, *groups])
    below = [_below(column, entry) for entry in named]
    if not reports or column.layout in ("agency", "selector"):
        held = {entry.url for entry in named}
        told = [entry for entry in (*candidates, *agencies) if is_agency(entry.title) or entry in agencies]
        below += [column.below(entry, "agency") for entry in _unique(told) if entry.url not in held]
    return below


def own_list(column: ListPage, page: Page, entries: tuple[ListItem, ...], candidates: tuple[ListItem, ...]) -> ListPage:
    """An agency whose page is the list of its reports: the column is annual, or the page says that it is.

    Below an annual column a page without a link is a list too, which only a browser shows.
    """
    if column.role != "agency" or not (column.inside or names_annual(page)):
        return column
    told = any(judge(entry.title, f"{_ANNUAL} > {entry.title}").kind in ("report", "maybe") for entry in entries)
    leads = any(rank(entry.title, entry.url) >= ANNUAL for entry in candidates if _may_be_folder(entry))
    is_drawn = column.inside and not entries and not candidates and "<script" in page.text.lower()
    return replace(column, role="annual_root", inside=True) if is_drawn or (told and not leads) else column


def _below(column: ListPage, entry: ListItem) -> ListPage:
    """A folder; with a date beside it rather one report, whose title leaves the year to its date."""
    return column.below(entry, maybe_report=entry.date is not None and entry.kind is None)


def _may_be_folder(entry: ListItem) -> bool:
    """Not one report or what looks like one: those are items of the list, or nothing."""
    if entry.kind == "column" or year_folder(entry.title):
        return True
    if is_chrome(entry.title):
        return False
    return len(entry.title) <= _LONGEST and judge(entry.title, None).kind not in ("report", "lookalike")


def _gateways(candidates: tuple[ListItem, ...]) -> list[ListItem]:
    return [entry for entry in candidates if rank(entry.title, entry.url) >= _GATEWAY][:2]


def _unique(entries: list[ListItem]) -> list[ListItem]:
    return list({entry.url: entry for entry in entries}.values())
