"""What the walks of a portal's lists prove: which list would hold an agency's report, and was its end reached?

A list would hold a report when it names one of the same agency on another year. Folders of years are one list of which
only the year differs: 年报 > 2021年 and 年报 > 2022年.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ListKey = tuple[str, str]
"""Portal and path of columns, a year in the path left out."""

_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)年?度?")
_ANY_YEAR = "〔年〕"

LOOKS_BEFORE_GONE = 2
"""A list is gone when so many visits met nothing at its address."""

NAMED_AFTER = {0, 1}
"""A folder of years is named for the year reported on, or for the next one, in which the reports come out."""

FOR_EVER = "9999"
"""A time after every time."""

LOOKED_AT = "portal_id IN (SELECT portal_id FROM temp.looked_at)"
"""The portals of which the ledger wants to know something this time."""

DOUBTS = {"short": "list_short", "over": "list_over"}
"""Reason of the ledger for a list that ended otherwise than complete."""


def list_key(portal_id: str, column_path: str | None) -> ListKey:
    """The list that a path of columns names, whatever the year; an address is kept as it is."""
    path = column_path or ""
    return portal_id, path if "://" in path else _YEAR.sub(_ANY_YEAR, path)


def years_of(column_path: str | None) -> frozenset[int]:
    """Years that a path of columns names."""
    path = column_path or ""
    return frozenset() if "://" in path else frozenset(int(found[:4]) for found in _YEAR.findall(path))


@dataclass(frozen=True, slots=True)
class WalkOfList:
    """One walk of one list, as `list_walks` has it."""

    id: int
    portal_id: str
    url: str
    column_path: str
    walked_at: str
    ended: str
    is_whole: bool
    visit_ended: str

    @property
    def key(self) -> ListKey:
        return list_key(self.portal_id, self.column_path)

    @property
    def years(self) -> frozenset[int]:
        """Years that its path names."""
        return years_of(self.column_path)

    @property
    def doubt(self) -> str | None:
        """Why this walk proves no absence, None when it does."""
        if not self.is_whole:
            return "partial_visit"
        if self.visit_ended != "finished":
            return "visit_cut_short"
        return None if self.ended == "complete" else DOUBTS.get(self.ended, "end_unproven")


class ListWalks:
    """The walks of the lists of the portals in `looked_at`, oldest first; and the lists that name each agency."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_key: dict[ListKey, list[WalkOfList]] = defaultdict(list)
        columns = ", ".join(WalkOfList.__dataclass_fields__)
        for row in connection.execute(f"SELECT {columns} FROM list_walks WHERE {LOOKED_AT} ORDER BY id"):
            walk = WalkOfList(*row)
            self._by_key[walk.key].append(walk)
        self.lists_of: dict[int, set[ListKey]] = defaultdict(set)
        self._folders: dict[ListKey, set[int]] = defaultdict(set)
        for row in connection.execute(
            "SELECT DISTINCT r.agency_id, c.portal_id, c.column_path, r.year FROM captures c"
            " JOIN editions e ON e.sha256 = c.sha256 JOIN reports r ON r.id = e.report_id"
            f" WHERE c.role IN ('page', 'attachment') AND c.column_path IS NOT NULL AND c.{LOOKED_AT}"
        ):
            key = list_key(row[1], row[2])
            self.lists_of[row[0]].add(key)
            self._folders[key] |= {folder - row[3] for folder in years_of(row[2])}
        gone = (
            "SELECT portal_id, url FROM urls WHERE role = 'list' AND status IN (404, 410) AND failures >= ?"
            f" AND {LOOKED_AT}"
        )
        self._gone = {(row[0], row[1]) for row in connection.execute(gone, (LOOKS_BEFORE_GONE,))}

    def is_gone(self, key: ListKey) -> bool:
        """Has a list that was walked once been taken away, all of its addresses?"""
        walked = {(walk.portal_id, walk.url) for walk in self._by_key.get(key, ())}
        return bool(walked) and walked <= self._gone

    def latest(self, keys: Iterable[ListKey], since: date, until: str) -> list[WalkOfList]:
        """The last walk of each of these lists after a day and before a time, by list.

        A visit that left something out on purpose does not stand in the way of an earlier one that did not.
        """
        last: dict[tuple[str, str], WalkOfList] = {}
        for key in sorted(keys):
            for walk in self._by_key.get(key, ()):
                held = last.get((walk.portal_id, walk.url))
                in_time = since.isoformat() < walk.walked_at[:10] and walk.walked_at < until
                if in_time and (walk.is_whole or held is None or not held.is_whole):
                    last[walk.portal_id, walk.url] = walk
        return list(last.values())

    def may_hold(self, walk: WalkOfList, year: int) -> bool:
        """Is it a list of all years, or the folder of this one? Some are named for the year reported on, some for that
        of publication: what stands in their neighbours tells."""
        after = self._folders.get(walk.key, set()) & NAMED_AFTER or NAMED_AFTER
        return not walk.years or bool(walk.years & {year + one for one in after})


@dataclass(frozen=True, slots=True)
class Weighed:
    """The walks that were weighed for an agency and year; `doubt` is None where they prove that it is on no list."""

    walks: tuple[WalkOfList, ...]
    doubt: str | None


def weigh(walks: ListWalks, keys: Iterable[ListKey], year: int, due: date, until: str = FOR_EVER) -> Weighed:
    """Was the report on none of the lists that would hold it, walked to a proven end after it was due?"""
    keys = {key for key in keys if not walks.is_gone(key)}
    found = walks.latest(keys, due, until)
    doubts = [walk.doubt for walk in found if walk.doubt]
    if not keys:
        doubts = ["no_list"]
    elif {walk.key for walk in found} != keys:
        doubts.append("list_not_walked")
    elif not doubts and not any(walks.may_hold(walk, year) for walk in found):
        doubts = ["no_list_of_year"]
    return Weighed(tuple(found), doubts[0] if doubts else None)
