"""Moments as they stand in every table."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This moment as it stands in every table: ISO 8601, UTC, whole seconds."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
