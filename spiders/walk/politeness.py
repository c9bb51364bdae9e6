"""Manners: the account of what one portal has been asked for, and when to wait or to leave. No network, no sleeping."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from spiders.portal import Politeness
from spiders.walk.events import Stopped
from spiders.walk.http_dates import http_date

PRODUCT = "disclosure-harvester"
"""The product token of our User-Agent, the name robots.txt may address."""

LONGEST_PAUSE = 3600.0
"""Cap of a Retry-After, in seconds."""

PATIENCE = 300.0
"""A pause longer than this is not sat out: the portal is left to a later run."""

LEAST_PAUSE = 0.5
"""Seconds after a first failure, where the portal's own delay is shorter."""

FAILURES_IN_A_ROW = 5


def is_trouble(status: int) -> bool:
    """A failure of the server, or its wish not to be asked: it says nothing about the page that was asked for."""
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one run of one portal."""

    delay: float = 2.0
    max_requests: int = 2000
    max_bytes: int = 2 << 30
    max_seconds: float = 6 * 3600.0

    @classmethod
    def of(cls, politeness: Politeness) -> Limits:
        """The portal's own limits over the defaults."""
        given = {name: getattr(politeness, name) for name in ("delay", "max_requests", "max_bytes", "max_seconds")}
        return cls(**{name: value for name, value in given.items() if value is not None})


class Manners:
    """Counts requests, bytes, and failures of one portal in one run; times are seconds of one clock."""

    def __init__(self, limits: Limits, started: float) -> None:
        self.limits = limits
        self.started = started
        self.requests = 0
        self.bytes = 0
        self.failures = 0
        self.quiet_until = started

    def admit(self, now: float) -> None:
        """One more request is about to go out. Raises Stopped when a budget is used up."""
        if self.requests >= self.limits.max_requests:
            raise Stopped("budget", f"{self.limits.max_requests} requests")
        if self.bytes >= self.limits.max_bytes:
            raise Stopped("budget", f"{self.limits.max_bytes} bytes")
        if now - self.started >= self.limits.max_seconds:
            raise Stopped("budget", f"{self.limits.max_seconds:g} seconds")
        self.requests += 1

    def answered(self) -> None:
        """The host answered in good order: the count of failures begins anew."""
        self.failures = 0

    def failed(self, now: float, what: str, wait: float | None = None) -> None:
        """An attempt failed. Sets the pause; raises Stopped at the fifth in a row or when asked to wait too long."""
        self.failures += 1
        if self.failures >= FAILURES_IN_A_ROW:
            raise Stopped("failures", f"{self.failures} failures in a row, the last: {what}")
        pause = backoff(self.failures, self.limits.delay) if wait is None else min(wait, LONGEST_PAUSE)
        left = self.limits.max_seconds - (now - self.started)
        if pause > min(PATIENCE, left):
            raise Stopped("deferred", f"{what}: asked to wait {wait if wait is not None else pause:.0f} s")
        self.quiet_until = max(self.quiet_until, now + pause)

    def pause(self, now: float) -> float:
        """Seconds the host must still be left in peace."""
        return max(0.0, self.quiet_until - now)


def backoff(failures: int, delay: float, longest: float = 60.0) -> float:
    """Exponential with jitter: 1, 2, 4, 8 … times the delay (or the least pause), each up to a quarter longer."""
    base = max(delay, LEAST_PAUSE) * 2 ** (failures - 1)
    return float(min(base, longest) * random.uniform(1.0, 1.25))


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds named by a Retry-After header (a number or an HTTP date), None where it says nothing."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    moment = http_date(value)
    if moment is None:
        return None
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
