"""What a run would ask of whom, when and why, from the archive alone: nothing is asked.

First contact with thousands of portals is spread over weeks: each run contacts a few of those that were never asked.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harvester.crawl.host_rests import by_host
from harvester.crawl.stage import NOT_VISITED
from harvester.crawl.url_memory import moment
from harvester.data_directory import connected
from spiders.portal import Portal
from spiders.walk.list_pages import PEEKS
from spiders.walk.politeness import Limits
from spiders.walk.recheck import list_interval

SECONDS_A_REQUEST = 1.0
"""What an answer takes beside the delay, on average."""

LISTS = """SELECT coalesce(column_path, url) AS name, count(*) AS pages, min(next_check) AS due,
    max(last_checked) AS last, max(failures) AS failures FROM urls
    WHERE portal_id = ? AND role = 'list' GROUP BY 1 ORDER BY 3, 1"""
OTHERS = """SELECT sum(failures > 0 AND next_check <= :now), sum(failures = 0 AND next_check <= :now), count(*),
    min(next_check), max(CASE WHEN sha256 IS NOT NULL THEN first_seen END)
    FROM urls WHERE portal_id = :portal AND role IN ('page', 'attachment')"""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that would be asked: of whom, what, how many addresses, when, why."""

    portal: str
    what: str
    addresses: int | None
    when: str
    why: str

    def __str__(self) -> str:
        count = "" if self.addresses is None else f" ({self.addresses})"
        return f"{self.portal}: {self.what}{count}, {self.when}: {self.why}"


def first_contacts(portals: Sequence[Portal], known: Collection[str], most: int) -> list[Portal]:
    """The portals of a run: all that were contacted before, and `most` of the others, mixed over the country."""
    new = [one for one in portals if one.id not in known]
    new.sort(key=lambda one: hashlib.sha256(one.id.encode()).digest())
    allowed = {one.id for one in new[:most]}
    return [one for one in portals if one.id in known or one.id in allowed]


def explain(data: Path, portals: Sequence[Portal], *, recheck: bool, later: int = 0) -> Iterator[str]:
    """The plan, a line a thing, and what it comes to. `later`: portals whose first contact is left to other runs."""
    now = datetime.now(UTC)
    requests, longest = 0, 0.0
    with closing(opened(data)) as connection:
        chain_seconds: dict[str, float] = {}
        for portal in portals:
            lines = list(of_portal(connection, portal, now, recheck=recheck))
            yield from map(str, lines)
            asked = sum(line.addresses or 0 for line in lines if line.when == "now")
            requests += asked
            chain_seconds[portal.id] = asked * (Limits.of(portal.politeness).delay + SECONDS_A_REQUEST)
        for chain in by_host(portals):
            longest = max(longest, sum(chain_seconds[one.id] for one in chain))
    yield f"{len(portals)} portals, about {requests} requests that are known of, at least {longest / 3600:.1f} hours"
    if later:
        yield f"{later} more portals were never contacted: their turn comes in later runs (first_contacts_a_run)"


def of_portal(connection: sqlite3.Connection, portal: Portal, now: datetime, *, recheck: bool) -> Iterator[Line]:
    """What one portal would be asked."""
    if portal.status in NOT_VISITED:
        yield Line(portal.id, "nothing", None, "never", f"the registry says that it is {portal.status}")
        return
    lists = connection.execute(LISTS, (portal.id,)).fetchall()
    failed, due, held, next_, newest = connection.execute(OTHERS, {"portal": portal.id, "now": stamped(now)}).fetchone()
    if not lists and not held:
        yield Line(portal.id, f"first contact at {portal.start[0].url}", 1, "now", "it was never visited")
        return
    rest = list_interval(now, moment(newest) if newest else None)
    any_due = False
    for name, pages, at, last, failures in lists:
        is_due = recheck or at is None or at <= stamped(now)
        any_due |= is_due
        when = "now" if is_due else f"from {at}"
        yield Line(portal.id, f"list {name}", pages, when, list_reason(rest, last, failures, recheck))
    if not any_due:
        peeks = max(1, (held + len(lists)) // PEEKS)
        yield Line(portal.id, "first page of lists", peeks, "now", "none is due: a look whether anything is new")
    if recheck:
        yield Line(portal.id, "known pages and files", held, "now", "--recheck")
        return
    if failed:
        yield Line(portal.id, "addresses that failed", failed, "now", "their turn has come again")
    if due:
        yield Line(portal.id, "known pages and files", due, "now", "7, 30, 180 days after they were first seen")
    elif next_:
        yield Line(portal.id, "known pages and files", None, f"from {next_}", "none is due")


def list_reason(rest: tuple[object, str], last: str | None, failures: int, recheck: bool) -> str:
    """Why a list is or is not walked now."""
    if recheck:
        return "--recheck"
    walked = f"last asked {last}" if last else "never asked"
    return f"every {rest[0]}, {rest[1]}; {walked}" + (f"; failed {failures} times" if failures else "")


def opened(data: Path) -> sqlite3.Connection:
    """The archive for reading; an empty one where nothing was harvested yet."""
    if (data / "archive.db").exists():
        return connected(data / "archive.db")
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE urls (url, portal_id, role, column_path, next_check, last_checked, failures, sha256, first_seen)"
    )
    return connection


def stamped(now: datetime) -> str:
    """As the database writes it."""
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
