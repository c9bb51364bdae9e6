"""Release gates: what must hold before a database replaces the last good one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.read_only import open_read_only
from harvester.errors import GateRefused

MOST_LOST = 0.10
"""Share of the reports of a province and year that may disappear between two publications."""

FEWEST_TO_COMPARE = 10
"""A place with fewer reports than this is not compared: one report more or less is no sign of anything."""

MOST_LOST_IN_ALL = 0.50
"""Share of all reports that may disappear, however few they are."""

LEAST_READ = 0.80
"""Share of printed cells that must have been read (not `unreadable`)."""

FEWEST_PRINTED = 5_000
"""With fewer printed cells than this the share says nothing: a young archive may begin with its oddest documents."""

BALANCED_MAY_FALL = 0.10
"""Share of documents, of those in both databases, whose identities held before and do not hold any more."""

ORPHANS = (
    ("cells without an edition", "SELECT count(*) FROM cells WHERE edition_id NOT IN (SELECT id FROM editions)"),
    ("checks without an edition", "SELECT count(*) FROM checks WHERE edition_id NOT IN (SELECT id FROM editions)"),
    ("editions without a report", "SELECT count(*) FROM editions WHERE report_id NOT IN (SELECT id FROM reports)"),
    ("editions without a document", "SELECT count(*) FROM editions WHERE sha256 NOT IN (SELECT sha256 FROM documents)"),
    (
        "reports without a current edition",
        "SELECT count(*) FROM reports WHERE coalesce(current_edition_id, 0) NOT IN (SELECT id FROM editions)",
    ),
    ("reports without an agency", "SELECT count(*) FROM reports WHERE agency_id NOT IN (SELECT id FROM agencies)"),
    (
        "documents without archived bytes",
        "SELECT count(*) FROM documents WHERE sha256 NOT IN (SELECT sha256 FROM captures WHERE sha256 IS NOT NULL)",
    ),
)
NO_PLACE = "SELECT count(*) FROM cells WHERE state != 'missing' AND path IS NULL AND (page IS NULL OR x0 IS NULL)"
READ = "SELECT coalesce(1.0 - avg(state = 'unreadable'), 1.0), count(*) FROM cells WHERE state != 'missing'"
BALANCED = (
    "SELECT r.id, e.sha256, r.balance_status IN ('balanced', 'balanced_if_blank_is_zero') FROM reports r"
    " JOIN editions e ON e.id = r.current_edition_id WHERE r.balance_status != 'none'"
)
BY_PLACE = "SELECT coalesce(province, '?'), year, count(*) FROM reports GROUP BY 1, 2"


def check_gates(draft: Path, last_good: Path | None) -> None:
    """Raise GateRefused with everything that fell when the draft must not replace the last good database."""
    with closing(open_read_only(draft)) as new:
        reasons = [*broken_rows(new), *too_little_read(new)]
        if last_good is not None:
            with closing(open_read_only(last_good)) as old:
                reasons += [*lost_reports(new, old), *less_balanced(new, old)]
    if reasons:
        raise GateRefused("not published, the last good database stays: " + "; ".join(reasons))


def broken_rows(new: sqlite3.Connection) -> Iterator[str]:
    """Orphans, and cells that nobody could find again in their document."""
    for name, query in (*ORPHANS, ("cells without a place in their document", NO_PLACE)):
        (count,) = new.execute(query).fetchone()
        if count:
            yield f"{count} {name}"


def too_little_read(new: sqlite3.Connection) -> Iterator[str]:
    share, cells = new.execute(READ).fetchone()
    if cells >= FEWEST_PRINTED and share < LEAST_READ:
        yield f"only {share:.0%} of printed cells could be read (at least {LEAST_READ:.0%})"


def lost_reports(new: sqlite3.Connection, old: sqlite3.Connection) -> Iterator[str]:
    """Places and years with clearly fewer reports than the last good database has, or half of everything."""
    counts = {(place, year): count for place, year, count in new.execute(BY_PLACE)}
    for place, year, before in old.execute(BY_PLACE):
        now = counts.get((place, year), 0)
        if before >= FEWEST_TO_COMPARE and now < before * (1 - MOST_LOST):
            yield f"{place} {year}: {now} reports, {before} before"
    (before,) = old.execute("SELECT count(*) FROM reports").fetchone()
    if sum(counts.values()) < before * (1 - MOST_LOST_IN_ALL):
        yield f"{sum(counts.values())} reports in all, {before} before"


def less_balanced(new: sqlite3.Connection, old: sqlite3.Connection) -> Iterator[str]:
    """Documents that are in both, read worse than before. What is new may be as wrong as it was printed."""
    before = {(report, sha256): bool(balanced) for report, sha256, balanced in old.execute(BALANCED)}
    both = [
        (before[report, sha256], balanced)
        for report, sha256, balanced in new.execute(BALANCED)
        if (report, sha256) in before
    ]
    worse = sum(was and not balanced for was, balanced in both)
    if len(both) >= FEWEST_TO_COMPARE and worse > len(both) * BALANCED_MAY_FALL:
        yield f"{worse} of {len(both)} reports were balanced and are not any more, in the same documents"
