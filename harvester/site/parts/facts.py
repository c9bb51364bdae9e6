"""What every page says about the archive itself: when it was published, what it holds, whether it is simulated."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

APART = "simulated:"
"""Before the keys of `site_facts` that tell of the simulated rows of an archive that holds real ones too."""


@dataclass(frozen=True, slots=True)
class Facts:
    """From table `site_facts`, written when publishing, of one population. `years`: of which reports are owed.

    `population` is the value of `simulated` in the rows that are counted: simulated rows where nothing else exists, or
    where a visitor asks for them. `beside`: simulated reports that an archive of real ones holds too.
    """

    published_at: str
    only_simulated: bool
    population: int
    reports: int
    agencies: int
    places: int
    cells: int
    failed: int
    failing_reports: int
    years: tuple[int, ...]
    release: str | None
    beside: int = 0

    @property
    def latest(self) -> int | None:
        return self.years[-1] if self.years else None

    @property
    def is_mixed(self) -> bool:
        return self.beside > 0


COUNTED = ("reports", "agencies", "places", "cells", "failed", "failing_reports")


def facts(db: sqlite3.Connection, simulated: bool = False) -> Facts:
    """Of the real rows, or of the simulated ones where a visitor asks for them or nothing else exists."""
    stored = dict(db.execute("select key, value from site_facts").fetchall())
    only = stored.get("only_simulated") == "1"
    beside = int(stored.get(f"{APART}reports") or 0)
    apart = APART if simulated and beside else ""
    years = tuple(int(year) for year in (stored.get(f"{apart}years") or "").split(",") if year)
    return Facts(
        published_at=stored.get("published_at") or "",
        only_simulated=only,
        population=1 if only or apart else 0,
        **{name: int(stored.get(apart + name) or 0) for name in COUNTED},
        years=years,
        release=stored.get("release"),
        beside=beside,
    )
