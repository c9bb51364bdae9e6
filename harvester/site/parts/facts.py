"""What every page says about the archive itself: when it was published, what it holds, whether it is simulated."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """From table `site_facts`, written when publishing. `years` are the years that anybody owes a report for."""

    published_at: str
    only_simulated: bool
    reports: int
    years: tuple[int, ...]
    release: str | None

    @property
    def population(self) -> int:
        """Value of `simulated` in the rows that totals count: simulated rows only where nothing else exists."""
        return 1 if self.only_simulated else 0

    @property
    def latest(self) -> int | None:
        return self.years[-1] if self.years else None


def facts(db: sqlite3.Connection) -> Facts:
    stored = dict(db.execute("select key, value from site_facts").fetchall())
    years = tuple(int(year) for year in (stored.get("years") or "").split(",") if year)
    return Facts(
        published_at=stored.get("published_at", ""),
        only_simulated=stored.get("only_simulated") == "1",
        reports=int(stored.get("reports", 0)),
        years=years,
        release=stored.get("release"),
    )
