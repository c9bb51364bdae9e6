"""When an address is looked at again: lists weekly in season, reports after 7, 30 and 180 days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SEASON_ENDS_MONTH = 6
"""Reports are due on 31 January and 31 March; corrections follow until summer."""

LIST_IN_SEASON = timedelta(days=7)
LIST_OFF_SEASON = timedelta(days=30)
DOCUMENT_AGES = (timedelta(days=7), timedelta(days=30), timedelta(days=180))
AFTER_FAILURE = timedelta(0)


OLDEST = datetime(2008, 5, 1, tzinfo=UTC)
"""The regulations came into force: no page of theirs is older."""


def is_telling(last_modified: str, now: datetime) -> bool:
    """Can a Last-Modified header be meant? Servers without a clock send 1970, or one day for all their pages."""
    try:
        return OLDEST <= parsedate_to_datetime(last_modified) <= now + timedelta(days=1)
    except (TypeError, ValueError):
        return False


def next_list_check(now: datetime) -> datetime:
    """Lists: weekly from 1 January to 30 June, otherwise monthly."""
    return now + (LIST_IN_SEASON if now.month <= SEASON_ENDS_MONTH else LIST_OFF_SEASON)


def next_document_check(now: datetime, first_seen: datetime) -> datetime:
    """Documents: 7, 30 and 180 days after they were first seen, then every 180 days."""
    for age in DOCUMENT_AGES:
        if first_seen + age > now:
            return first_seen + age
    return now + DOCUMENT_AGES[-1]
