"""What lists name and the archive has not as a report of that agency and year: no absence may be claimed of it.

A page that failed, a document that could not be read, a page with a title and nothing under it, a link off the portal,
a document that says it is something else.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive import editions
from harvester.relate.list_proof import LOOKED_AT, ListKey, list_key
from harvester.reports.foreign_copies import REASON as FOREIGN_COPY
from harvester.reports.publisher import Origin, agency_name, belongs_to, origin_of_portal, place_of
from parsers.printed.scopes import scope_of
from spiders.words.agencies import is_agency
from spiders.words.titles import judge

LOOKS_BEFORE_BROKEN = 2
"""A listed page that is not there is called broken after so many visits met that."""

GONE = (404, 410)
EMPTY = ("placeholder", "blank_template")
"""Reasons of documents that were wholly understood and hold nothing."""

UNREAD = ("shell", "landing_page", "index", "error_page", "empty")
"""Reasons of documents behind which the report may stand."""

LEFT_TITLE = "left_out: other_title"
"""An item whose title is not understood; one that names neither year nor agency is no report's."""

PRECEDENCE = ("unreadable", "unknown", "broken", "placeholder")
"""Where several items name one agency and year: what accuses least comes first."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item of a list. `agency_id` and `year` are None where its title does not tell them."""

    agency_id: int | None
    year: int | None
    key: ListKey
    status: str
    reason: str
    url: str
    capture_id: int | None = None


@dataclass
class ListedItems:
    """Items that are no report in hand: by agency and year, and those of which it is not clear whose they are."""

    named: dict[tuple[int, int], list[ListedItem]] = field(default_factory=lambda: defaultdict(list))
    unclear: dict[ListKey, list[ListedItem]] = field(default_factory=lambda: defaultdict(list))
    lists_of: dict[int, set[ListKey]] = field(default_factory=lambda: defaultdict(set))

    def add(self, item: ListedItem) -> None:
        """One more."""
        if item.agency_id is None or item.year is None:
            self.unclear[item.key].append(item)
        else:
            self.named[item.agency_id, item.year].append(item)
            self.lists_of[item.agency_id].add(item.key)

    def of(self, agency_id: int, year: int) -> ListedItem | None:
        """The item that names this agency and year; of several the one that accuses least."""
        items = self.named.get((agency_id, year), ())
        return min(items, key=lambda item: PRECEDENCE.index(item.status), default=None)

    def may_be(self, keys: set[ListKey], agency_id: int, year: int) -> bool:
        """Is anything on these lists that may be the report of this agency and year?"""
        return any(
            item.agency_id in (None, agency_id) and item.year in (None, year)
            for key in keys
            for item in self.unclear.get(key, ())
        )


def listed_items(connection: sqlite3.Connection) -> ListedItems:
    """Everything that lists name, from documents, failed addresses and links that were left.

    An agency that only a list names is entered: it has a column, and owes what the column promises.
    """
    found = ListedItems()
    for item in (*_documents(connection), *_failed(connection), *_left_out(connection), *_filed_elsewhere(connection)):
        found.add(item)
    return found


def _documents(connection: sqlite3.Connection) -> Iterator[ListedItem]:
    """Documents under the title of a report that were not taken for one.

    An empty page is `placeholder` only where nothing that hangs on it was left unread.
    """
    for row in connection.execute(
        "SELECT max(c.id) AS id, c.url, c.portal_id, c.list_title, c.column_path, d.kind,"
        " coalesce(d.reason, '') AS reason, coalesce("
        " (SELECT detail FROM events e WHERE e.url = c.url AND e.kind = 'article_unread' LIMIT 1),"
        " (SELECT u.url FROM urls u WHERE u.landing_url = c.url AND u.sha256 IS NULL LIMIT 1)) AS unread"
        " FROM documents d JOIN captures c ON c.sha256 = d.sha256 WHERE c.list_title IS NOT NULL"
        " AND (d.kind != 'report' OR d.sha256 NOT IN (SELECT sha256 FROM editions))"
        f" AND c.role IN ('page', 'attachment') AND c.{LOOKED_AT} GROUP BY c.portal_id, c.url, c.list_title ORDER BY 1"
    ).fetchall():
        word = row["reason"].partition(":")[0]
        if row["kind"] == "pending":
            status, reason = "unknown", "not_read_yet"
        elif row["kind"] == "unreadable" or word in UNREAD:
            status, reason = "unreadable", f"not_read: {row['reason']}"
        elif word in EMPTY:
            status, reason = "placeholder", row["reason"]
            if row["unread"]:
                status, reason = "unreadable", f"not_read: {row['unread']}"
        else:
            status, reason = "unknown", f"another_document: {row['reason']}"
        yield from _item(connection, row, status, reason, row["id"], enter=word != FOREIGN_COPY)


def _failed(connection: sqlite3.Connection) -> Iterator[ListedItem]:
    """Addresses that a list named and that never gave anything."""
    for row in connection.execute(
        "SELECT u.url, u.portal_id, u.list_title, u.column_path, u.failures, u.status,"
        " (SELECT count(DISTINCT run_id) FROM events e WHERE e.url = u.url"
        " AND e.kind IN ('soft_404', 'moved_home')) AS soft,"
        " EXISTS (SELECT 1 FROM events e WHERE e.url = u.url AND e.kind = 'robots_disallowed') AS disallowed"
        " FROM urls u WHERE u.role IN ('page', 'attachment') AND u.sha256 IS NULL AND u.failures > 0"
        f" AND u.list_title IS NOT NULL AND u.{LOOKED_AT} ORDER BY u.rowid"
    ).fetchall():
        looks = row["failures"] if row["status"] in GONE else row["soft"]
        if looks >= LOOKS_BEFORE_BROKEN:
            status, reason = "broken", f"page_gone: HTTP {row['status'] or '—'}, {looks} visits"
        elif row["disallowed"]:
            status, reason = "unknown", "robots_disallowed"
        else:
            status, reason = "unknown", f"not_obtained: HTTP {row['status'] or '—'}"
        yield from _item(connection, row, status, reason)


def _left_out(connection: sqlite3.Connection) -> Iterator[ListedItem]:
    """Items of the last walk of each list that were not asked for."""
    for row in connection.execute(
        "SELECT portal_id, column_path, left_out FROM list_walks WHERE id IN"
        f" (SELECT max(id) FROM list_walks WHERE {LOOKED_AT} GROUP BY portal_id, url)"
        " AND left_out IS NOT NULL ORDER BY id"
    ).fetchall():
        for title, url, kind in json.loads(row["left_out"]):
            item = {"url": url, "portal_id": row["portal_id"], "list_title": title, "column_path": row["column_path"]}
            yield from _item(connection, item, "unknown", f"left_out: {kind}")


def _filed_elsewhere(connection: sqlite3.Connection) -> Iterator[ListedItem]:
    """Reports that a list calls those of another year or agency than the document does."""
    for row in connection.execute(
        "SELECT max(c.id) AS id, c.url, c.portal_id, c.list_title, c.column_path, r.agency_id, r.year FROM captures c"
        " JOIN editions e ON e.sha256 = c.sha256 JOIN reports r ON r.id = e.report_id WHERE c.list_title IS NOT NULL"
        " AND c.role IN ('page', 'attachment') AND (instr(c.list_title, r.year) = 0 OR"
        f" instr(replace(c.list_title, ' ', ''), r.agency_name) = 0) AND c.{LOOKED_AT}"
        " GROUP BY c.portal_id, c.url, c.list_title, r.id ORDER BY 1"
    ).fetchall():
        for item in _item(connection, row, "unknown", "filed_elsewhere", row["id"], enter=False):
            agency, year = item.agency_id or row["agency_id"], item.year or row["year"]
            if (agency, year) != (row["agency_id"], row["year"]):
                yield ListedItem(agency, year, item.key, item.status, item.reason, item.url, item.capture_id)


def _item(
    connection: sqlite3.Connection,
    row: sqlite3.Row | dict[str, str],
    status: str,
    reason: str,
    capture_id: int | None = None,
    *,
    enter: bool = True,
) -> Iterator[ListedItem]:
    """The item, where its title may be a report's; nothing for what is called something else, or is another place's."""
    title = judge(row["list_title"], row["column_path"])
    if title.kind == "lookalike" or (not title.year and not title.agency and reason == LEFT_TITLE):
        return
    columns = (part for part in reversed((row["column_path"] or "").split(" > ")) if is_agency(part))
    printed = title.agency or next(columns, None)
    agency_id = None
    if printed is not None:
        found = origin_of_portal(connection, row["portal_id"])
        division = place_of(connection, printed, found)
        if not belongs_to(division, printed, found):
            return
        may_enter = enter and title.kind == "report" and title.year is not None
        agency_id = _agency(connection, printed, division, found, may_enter)
        if agency_id is None:
            return
    key = list_key(row["portal_id"], row["column_path"])
    yield ListedItem(agency_id, title.year, key, status, reason, row["url"], capture_id)


def _agency(connection: sqlite3.Connection, printed: str, division: str, found: Origin, may_enter: bool) -> int | None:
    """The agency that a list names; entered when nothing else is known of it and the title leaves no doubt."""
    name = agency_name(connection, printed, division, found)
    row = {"name": name, "division_code": division, "simulated": found.simulated}
    if may_enter:
        kind = scope_of(name) or "department"
        return editions.agency_id(connection, row | {"kind": kind, "portal_id": found.portal_id})
    known = connection.execute(
        "SELECT id FROM agencies WHERE name = :name AND division_code = :division_code AND simulated = :simulated", row
    ).fetchone()
    return None if known is None else int(known[0])
