"""Dates in HTTP headers, as servers send them: right, nonsense, or made to break their readers. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 100
"""Characters: a date has 29."""


def http_date(said: str) -> datetime | None:
    """The moment that a header names; without a zone it is UTC. None for what is no date."""
    try:
        moment = parsedate_to_datetime(said[:LONGEST])
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
