"""Visits to portals, counted as they come: the archive has ten million captures and a run adds a few."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from archive import news
from spiders.walk.recheck import DEPARTMENTS_DUE, GOVERNMENTS_DUE

COUNTED = "visits counted"

NEW = """SELECT portal_id, count(DISTINCT run_id), max(fetched_at) FROM captures
    WHERE id > ? AND role = 'list' AND outcome != 'gone' GROUP BY portal_id ORDER BY portal_id"""


@dataclass(frozen=True, slots=True)
class Visits:
    """`of_portal`: portal -> number of visits that got a page of a list, and when the last did; `new`: visited now."""

    of_portal: Mapping[str, tuple[int, str]]
    new: tuple[str, ...]


def season(day: date) -> tuple[int, bool, bool]:
    """What of the calendar the ledger depends on: the year, and which of its two due dates have passed."""
    return day.year, day > date(day.year, *DEPARTMENTS_DUE), day > date(day.year, *GOVERNMENTS_DUE)


def count_visits(connection: sqlite3.Connection, today: date) -> Visits:
    """Add the visits since the last count. A portal that was looked at for the first time since a due date is news."""
    before = news.last_look(connection, COUNTED)
    if before is None:
        connection.execute("DELETE FROM portal_visits")
    (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM captures").fetchone()
    met = connection.execute(NEW, (int(before or 0),)).fetchall()
    known = all_visits(connection)
    for portal_id, count, last in met:
        visits, was = known.get(portal_id, (0, ""))
        if not was or season(date.fromisoformat(was[:10])) != season(date.fromisoformat(last[:10])):
            connection.execute("INSERT OR IGNORE INTO changed_portals (portal_id) VALUES (?)", (portal_id,))
        connection.execute(
            "INSERT OR REPLACE INTO portal_visits (portal_id, visits, last_visit_at) VALUES (?, ?, ?)",
            (portal_id, visits + count, max(was, last)),
        )
    news.looked(connection, COUNTED, newest)
    return Visits(all_visits(connection), tuple(row[0] for row in met))


def all_visits(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    rows = connection.execute("SELECT portal_id, visits, last_visit_at FROM portal_visits")
    return {row[0]: (row[1], row[2]) for row in rows}


def stamp_visits(connection: sqlite3.Connection, visits: Visits) -> None:
    """Number and time of the visits into the entries of the portals that were visited."""
    connection.executemany(
        "UPDATE ledger SET visits = ?, last_visit_at = ? WHERE agency_id IN"
        " (SELECT id FROM agencies WHERE portal_id = ?)",
        [(*visits.of_portal[portal_id], portal_id) for portal_id in visits.new],
    )
