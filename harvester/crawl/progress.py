"""How a crawl shows itself: a live line in a terminal, one log line a portal everywhere else."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from harvester.following import in_words, log_to
from spiders.portal import Portal
from spiders.walk.account import PortalStats

_LOG = logging.getLogger("harvester.crawl")


class Display:
    """Told when a portal is opened and closed; draws what the accounts say four times a second."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.accounts: list[PortalStats] = []
        self.started = time.monotonic()
        console = Console(file=sys.stderr)
        self.live = Live(self, console=console, refresh_per_second=4, transient=True) if console.is_terminal else None

    def __enter__(self) -> Self:
        if self.live:
            before = sys.stderr
            self.live.start()
            log_to(sys.stderr, instead_of=before)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            before = sys.stderr
            self.live.stop()
            log_to(sys.stderr, instead_of=before)

    def __rich__(self) -> Text:
        return Text(self.line())

    def line(self) -> str:
        """Portals done, pages, reports, trouble, time left (from the portals done so far)."""
        pages = sum(account.pages for account in self.accounts)
        reports = sum(account.reports for account in self.accounts)
        trouble = sum(sum(account.events.values()) for account in self.accounts)
        spent = time.monotonic() - self.started
        left = f"{in_words(spent / self.done * (self.total - self.done))} left" if self.done else "time left unknown"
        return (
            f"portals {self.done}/{self.total} · pages {pages} · reports {reports} · trouble {trouble}"
            f" · {in_words(spent)} · {left}"
        )

    def opened(self, portal: Portal) -> Callable[[PortalStats], None]:
        """What to call when the visit to `portal` begins."""
        return self.accounts.append

    def closed(self, portal: Portal) -> Callable[[PortalStats], None]:
        """What to call when it has ended."""

        def tell(account: PortalStats) -> None:
            self.done += 1
            fields = {"portal": portal.id, **account.as_dict()}
            _LOG.info("%s: %s", portal.id, summary(account), extra={"fields": fields})

        return tell


def summary(account: PortalStats) -> str:
    """One visit in one line."""
    events = ", ".join(f"{kind} {count}" for kind, count in sorted(account.events.items()))
    found = f"{account.found} reports listed ({account.completeness})"
    outcomes = ", ".join(f"{name} {getattr(account, name)}" for name in ("new", "changed", "unchanged", "gone"))
    return f"{account.finished_reason}; {account.requests} requests, {found}, {outcomes}; {events or 'no trouble'}"
