"""Divisions: names, the way down from province to county, and what lies under a code."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from harvester.site.visit import Visit


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path at the top of a page."""

    path: str
    name: str


def division(visit: Visit, code: str, year: int | None = None) -> sqlite3.Row | None:
    """The division as it was in `year`; codes are reused, so the code alone is not enough. Latest without a year."""
    return visit.one(
        "select * from divisions where code = ? order by (? is null or (coalesce(valid_from, 0) <= ? and"
        " coalesce(valid_to, 9999) >= ?)) desc, valid_from desc limit 1",
        code,
        year,
        year,
        year,
    )


def crumbs(visit: Visit, code: str | None, year: int | None = None) -> list[Crumb]:
    """Province › city › county of a division code, those that exist."""
    if not code:
        return []
    steps = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    found = [(step, division(visit, step, year)) for step in steps]
    return [Crumb(f"/divisions/{step}", row["name"]) for step, row in found if row is not None]


def under(code: str) -> str:
    """`GLOB` pattern of the codes inside a division, itself included."""
    return f"{code[:2]}*" if code.endswith("0000") else f"{code[:4]}*" if code.endswith("00") else code


def level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
