"""When an address is looked at again: lists daily about the due dates, weekly in season; reports 7, 30, 180 days on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from spiders.walk.http_dates import http_date

SEASON_ENDS_MONTH = 6
"""Reports are due on 31 January and 31 March; corrections follow until summer."""

DEPARTMENTS_DUE, GOVERNMENTS_DUE = DUE_DATES = ((1, 31), (3, 31))
"""Month and day."""
BEFORE_DUE, AFTER_DUE = timedelta(days=7), timedelta(days=14)
"""The weeks in which most reports come out: every day may show who was in time."""

LIST_WHEN_DUE = timedelta(hours=20)
"""Once a day by a job that runs every day, also where it comes to the portal an hour earlier than the day before."""

LIST_IN_SEASON = timedelta(days=7)
LIST_OFF_SEASON = timedelta(days=30)

ASLEEP_AFTER = timedelta(days=800)
"""A portal that has shown nothing new for over two seasons is looked at weekly when reports are due, else monthly."""
DOCUMENT_AGES = (timedelta(days=7), timedelta(days=30), timedelta(days=180))
AFTER_FAILURE = timedelta(0)


OLDEST = datetime(2008, 5, 1, tzinfo=UTC)
"""The regulations came into force: no page of theirs is older."""


def is_telling(last_modified: str, now: datetime) -> bool:
    """Can a Last-Modified header be meant? Servers without a clock send 1970, or one day for all their pages."""
    moment = http_date(last_modified)
    return moment is not None and OLDEST <= moment <= now + timedelta(days=1)


def next_list_check(now: datetime, newest: datetime | None = None) -> datetime:
    """When a list is walked again, at the latest when reports begin to be due.

    `newest`: when the portal last showed a document that was new, None if never.
    """
    begins = (day - BEFORE_DUE for day in due_dates(now))
    return min([now + list_interval(now, newest)[0], *(day for day in begins if day > now)])


def list_interval(now: datetime, newest: datetime | None = None) -> tuple[timedelta, str]:
    """The days between two walks of a list at this time of the year, and why."""
    asleep = newest is not None and now - newest > ASLEEP_AFTER
    if is_about_due(now):
        return (
            (LIST_IN_SEASON, "reports are due, but none came for two years") if asleep else (LIST_WHEN_DUE, "due now")
        )
    if now.month > SEASON_ENDS_MONTH:
        return LIST_OFF_SEASON, "out of season"
    return (LIST_OFF_SEASON, "in season, but none came for two years") if asleep else (LIST_IN_SEASON, "in season")


def is_about_due(now: datetime) -> bool:
    """Is this one of the weeks around 31 January and 31 March?"""
    return any(day - BEFORE_DUE <= now <= day + AFTER_DUE for day in due_dates(now))


def due_dates(now: datetime) -> list[datetime]:
    """Of this year and the next."""
    years = (now.year, now.year + 1)
    return [datetime(year, month, day, tzinfo=now.tzinfo) for year in years for month, day in DUE_DATES]


def next_document_check(now: datetime, first_seen: datetime) -> datetime:
    """Documents: 7, 30 and 180 days after they were first seen, then every 180 days."""
    for age in DOCUMENT_AGES:
        if first_seen + age > now:
            return first_seen + age
    return now + DOCUMENT_AGES[-1]
