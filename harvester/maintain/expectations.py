"""What an archive expects of itself from its own past, and what is not as expected: a list that had 24 and has none."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from archive.moments import stamp

TODO = {
    "list_emptied": "`harvester portals check ID` walks its lists and says what is there; a portal that was rebuilt"
    " needs a new entry (`harvester portals detect URL`)",
    "portal_quiet": "open the portal in a browser: are this year's reports on a page that the walk does not reach?",
    "portal_dead": "dead? open it in a browser; where it has gone for good, status = dead in its entry ends the visits",
    "portal_moved": "is it the same government that answers there? `harvester portals detect URL` proposes the entry",
    "cells_fell": "`harvester extract --steps` on one of the documents: is this a new form or a new layout?",
    "disk_full_soon": "make room, or move `warc/` to a larger disk; a full disk ends a run and loses nothing",
    "run_failed": "`harvester status` has the error; what was stored is kept, the next run goes on",
    "run_late": "is the timer alive? `systemctl list-timers`; does a run hang? `harvester status` says who is at work",
    "publication_refused": "runs/<run id>/report.md says which gate fell; the last good publication stays",
}
"""Kind of alarm -> what whoever reads it should do first."""

FEWEST_BEFORE = 5
"""A list that never had more entries than this is not watched: one more or less is no sign of anything."""
LEFT = 0.5
"""Share of a list's entries that must still be there."""
LOOK_BACK = timedelta(days=60)
"""How long a list is compared with what it had: after that the new state is its past."""

QUIET_FROM, QUIET_UNTIL = (4, 15), (6, 30)
"""Month and day: two weeks after the last due date until the end of the season."""
FEWEST_REPORTS = 3

VISITS_BEFORE_DEAD, DAYS_BEFORE_DEAD = 5, 21
"""Visits without any answer, and days between the first and the last of them."""
DEAD_LOOK_BACK = timedelta(days=365)

FEWEST_CELLS = 150
"""Cells of new editions of a portal, about a report, without which their share says nothing."""
UNREAD_MAY_RISE = 0.25
NEWEST_EDITIONS = 5_000
"""More than a run brings after the first one."""
EDITIONS_BEFORE = 40
"""Earlier editions of the portal that new ones are compared with."""

DAYS_OF_ROOM = 30
LEAST_ROOM = 1 << 30
"""Bytes; below this a run may not get through, whatever the forecast says."""

LATE = 2.0
"""Times the usual time between two runs."""
RUNS_FOR_A_HABIT = 3
SHOWN = 3
"""Things that the line about an alarm names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of thing that is not as expected, with every case of it."""

    kind: str
    what: tuple[str, ...]

    @property
    def todo(self) -> str:
        """What to do first."""
        return TODO[self.kind]

    def __str__(self) -> str:
        first = "; ".join(self.what[:SHOWN])
        more = f" and {len(self.what) - SHOWN} more" if len(self.what) > SHOWN else ""
        return f"{self.kind}: {first}{more}. {self.todo}"


def open_alarms(connection: sqlite3.Connection, data: Path, now: datetime | None = None) -> list[Alarm]:
    """Everything that is not as expected at this moment."""
    now = now or datetime.now(UTC)
    found = {
        "list_emptied": emptied_lists(connection, now),
        "portal_quiet": quiet_portals(connection, now),
        "portal_dead": dead_portals(connection, now),
        "portal_moved": moved_portals(connection, now),
        "cells_fell": worse_read(connection),
        "disk_full_soon": filling_disk(connection, data),
        "run_failed": failed_run(connection),
        "run_late": late_run(connection, now),
    }
    return [Alarm(kind, told) for kind, cases in found.items() if (told := tuple(cases))]


def emptied_lists(connection: sqlite3.Connection, now: datetime) -> Iterator[str]:
    """Lists whose last whole walk, in a visit that ended well, found less than half of what an earlier one found."""
    since = stamp(now - LOOK_BACK)
    for row in connection.execute(
        "WITH recent AS (SELECT * FROM list_walks WHERE id > coalesce((SELECT id FROM list_walks"
        " WHERE walked_at < :since ORDER BY id DESC LIMIT 1), 0) AND is_whole AND visit_ended = 'finished'),"
        " latest AS (SELECT max(id) AS id FROM recent GROUP BY portal_id, url)"
        " SELECT w.portal_id, coalesce(w.column_path, w.url) AS name, w.items, (SELECT max(b.items) FROM recent b"
        " WHERE b.portal_id = w.portal_id AND b.url = w.url AND b.id < w.id) AS had"
        " FROM latest JOIN recent w USING (id) WHERE had >= :fewest AND w.items < had * :left ORDER BY 1, 2",
        {"since": since, "fewest": FEWEST_BEFORE, "left": LEFT},
    ):
        yield f"{row['portal_id']}: {row['name']} had {row['had']} entries and has {row['items'] or 0}"


def quiet_portals(connection: sqlite3.Connection, now: datetime) -> Iterator[str]:
    """Portals that had reports of the year before last and have none of last year, when all of them are due."""
    if not QUIET_FROM <= (now.month, now.day) <= QUIET_UNTIL:
        return
    for row in connection.execute(
        "SELECT a.portal_id, sum(r.year = :year - 1) AS had, sum(r.year = :year) AS has FROM reports r"
        " JOIN agencies a ON a.id = r.agency_id JOIN portals p ON p.id = a.portal_id"
        " WHERE p.status NOT IN ('blocked', 'dead', 'moved') AND r.year IN (:year, :year - 1)"
        " GROUP BY a.portal_id HAVING had >= :fewest AND has = 0 ORDER BY 1",
        {"year": now.year - 1, "fewest": FEWEST_REPORTS},
    ):
        yield f"{row['portal_id']}: {row['had']} reports of {now.year - 2}, none of {now.year - 1}"


RECENT_EVENTS = "id > coalesce((SELECT id FROM events WHERE at < :since ORDER BY id DESC LIMIT 1), 0)"


def dead_portals(connection: sqlite3.Connection, now: datetime) -> Iterator[str]:
    """Portals that answered nothing in several visits over several weeks, and nothing since."""
    for row in connection.execute(
        "SELECT e.portal_id, count(DISTINCT e.run_id) AS visits, min(e.at) AS first, max(e.at) AS last FROM events e"
        f" JOIN portals p ON p.id = e.portal_id WHERE e.{RECENT_EVENTS}"
        " AND e.kind IN ('robots_unavailable', 'failures')"
        " AND p.status NOT IN ('dead', 'moved') AND e.at > coalesce((SELECT max(fetched_at) FROM captures c"
        " WHERE c.portal_id = e.portal_id), '') GROUP BY 1 HAVING visits >= :visits"
        " AND julianday(last) - julianday(first) >= :days ORDER BY 1",
        {"since": stamp(now - DEAD_LOOK_BACK), "visits": VISITS_BEFORE_DEAD, "days": DAYS_BEFORE_DEAD},
    ):
        yield f"{row['portal_id']}: no answer in {row['visits']} visits from {row['first']} to {row['last']}"


def moved_portals(connection: sqlite3.Connection, now: datetime) -> Iterator[str]:
    """Portals whose start address leads off their hosts, where nothing of them was had since."""
    for row in connection.execute(
        "SELECT e.portal_id, e.detail, max(e.at) AS at FROM events e JOIN portals p ON p.id = e.portal_id"
        f" WHERE e.{RECENT_EVENTS} AND e.kind = 'off_host' AND e.url = p.start_url"
        " AND p.status NOT IN ('dead', 'moved')"
        " AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.portal_id = e.portal_id AND c.role != 'robots'"
        " AND c.fetched_at > e.at) GROUP BY 1 ORDER BY 1",
        {"since": stamp(now - LOOK_BACK)},
    ):
        yield f"{row['portal_id']}: its start address {row['detail']} (seen {row['at']})"


UNREAD = """SELECT avg(state IN ('unreadable', 'missing')), count(*) FROM cells WHERE edition_id IN
    (SELECT value FROM json_each(?))"""


def worse_read(connection: sqlite3.Connection) -> Iterator[str]:
    """Portals of whose documents the last run read clearly less than of their earlier ones."""
    started = connection.execute(
        "SELECT max(started_at) FROM runs WHERE kind IN ('run', 'parse') AND status = 'done'"
    ).fetchone()[0]
    if started is None:
        return
    new: dict[str, list[int]] = {}
    for row in connection.execute(
        "SELECT e.id, a.portal_id FROM editions e JOIN documents d ON d.sha256 = e.sha256 JOIN reports r"
        " ON r.id = e.report_id JOIN agencies a ON a.id = r.agency_id"
        f" WHERE e.id > (SELECT max(id) FROM editions) - {NEWEST_EDITIONS} AND d.read_at >= ?"
        " AND e.first_seen_at >= ? ORDER BY e.id",
        (started, started),
    ):
        new.setdefault(row["portal_id"], []).append(row["id"])
    for portal_id, editions in sorted(new.items()):
        earlier = connection.execute(
            "SELECT json_group_array(id) FROM (SELECT e.id FROM agencies a JOIN reports r ON r.agency_id = a.id"
            " JOIN editions e ON e.report_id = r.id WHERE a.portal_id = ? AND e.id < ? ORDER BY e.id DESC LIMIT ?)",
            (portal_id, editions[0], EDITIONS_BEFORE),
        ).fetchone()[0]
        now, cells = connection.execute(UNREAD, (json.dumps(editions),)).fetchone()
        before, known = connection.execute(UNREAD, (earlier,)).fetchone()
        if min(cells, known) >= FEWEST_CELLS and now > before + UNREAD_MAY_RISE:
            yield f"{portal_id}: {now:.0%} of the cells of {len(editions)} new documents not read, {before:.0%} before"


def held(data: Path) -> dict[str, int]:
    """Bytes of the archive and bytes free on its disk."""
    files = [*(data / "warc").glob("*"), data / "archive.db", *(data / "site").glob("archive-*.db")]
    return {"held": sum(file.stat().st_size for file in files if file.is_file()), "free": shutil.disk_usage(data).free}


def filling_disk(connection: sqlite3.Connection, data: Path) -> Iterator[str]:
    """A disk that at the pace of the last weeks is full within a month."""
    now = held(data)
    if now["free"] < LEAST_ROOM:
        yield f"{now['free'] / 1e9:.1f} GB are free"
        return
    before = connection.execute(
        "SELECT julianday('now') - julianday(finished_at) AS days, json_extract(stats, '$.disk.held') AS held FROM runs"
        " WHERE finished_at >= datetime('now', '-30 days') AND json_extract(stats, '$.disk.held') IS NOT NULL"
        " ORDER BY started_at LIMIT 1"
    ).fetchone()
    if before is None or before["days"] < 2:
        return
    grown = (now["held"] - before["held"]) / before["days"]
    if grown > 0 and now["free"] / grown < DAYS_OF_ROOM:
        days = now["free"] / grown
        yield f"{now['free'] / 1e9:.1f} GB are free, {grown / 1e9:.2f} GB come a day: full in {days:.0f} days"


def failed_run(connection: sqlite3.Connection) -> Iterator[str]:
    """The last run that ended, where it failed."""
    row = connection.execute(
        "SELECT id, status, json_extract(stats, '$.error') AS error FROM runs WHERE kind = 'run'"
        " AND status IN ('done', 'failed') ORDER BY started_at DESC, id DESC LIMIT 1"
    ).fetchone()
    if row is not None and row["status"] == "failed":
        yield f"run {row['id']}: {row['error'] or 'no reason given'}"


def late_run(connection: sqlite3.Connection, now: datetime) -> Iterator[str]:
    """No run for twice the time that usually lies between two."""
    rows = connection.execute(
        "SELECT started_at FROM runs WHERE kind = 'run' ORDER BY started_at DESC LIMIT 8"
    ).fetchall()
    times = [datetime.fromisoformat(row[0]) for row in rows]
    if len(times) < RUNS_FOR_A_HABIT:
        return
    usual = median((later - earlier).total_seconds() for later, earlier in pairwise(times))
    waited = (now - times[0]).total_seconds()
    if usual >= timedelta(hours=1).total_seconds() and waited > LATE * usual:
        hours = f"{waited / 3600:.0f} hours ago; usually {usual / 3600:.0f} lie between two"
        yield f"the last run began {rows[0][0]}, {hours}"


def as_rows(alarms: list[Alarm]) -> list[dict[str, Any]]:
    """For machines."""
    return [{"kind": one.kind, "what": list(one.what), "todo": one.todo} for one in alarms]
