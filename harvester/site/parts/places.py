"""Divisions: names, the way down from province to county, and what lies under a code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harvester.site.parts.visit import PageRequest


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path at the top of a page."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A division by its code. `valid_to`: the last year of a code that is no longer in use."""

    code: str
    name: str
    valid_to: int | None = None
    name_en: str = ""


def division(visit: PageRequest, code: str, year: int | None = None) -> Place | None:
    """The division as it was in `year`; codes are reused, so the code alone is not enough. Latest without a year.

    A province or city without a row of its own (simulated places, direct counties) takes its name from one below.
    """
    row = visit.one(
        "select * from divisions where code = ? order by (? is null or (coalesce(valid_from, 0) <= ? and"
        " coalesce(valid_to, 9999) >= ?)) desc, valid_from desc limit 1",
        code,
        year,
        year,
        year,
    )
    if row is not None:
        return Place(code, row["name"], row["valid_to"], row["name_en"] or "")
    below = visit.one("select province, city from divisions where code glob ? limit 1", under(code))
    name = below and (below["province"] if level(code) == "province" else below["city"])
    return Place(code, name) if name else None


def names(visit: PageRequest, pattern: str = "*") -> dict[str, str]:
    """Code → name of the divisions that match a GLOB, provinces and cities without a row of their own included."""
    rows = visit.all("select code, name, province, city from divisions where code glob ? order by valid_from", pattern)
    found: dict[str, str] = {}
    for row in rows:
        found[f"{row['code'][:2]}0000"] = row["province"]
        if row["city"]:
            found.setdefault(f"{row['code'][:4]}00", row["city"])
    return found | {row["code"]: row["name"] for row in rows}


def named(visit: PageRequest, codes: Iterable[str]) -> dict[str, str]:
    """Code → name for a few divisions; a code that nobody knows is its own name."""
    found = ((code, division(visit, code)) for code in codes)
    return {code: place.name if place else code for code, place in found}


def latin_names(visit: PageRequest, codes: Iterable[str]) -> dict[str, str]:
    """Code → generated English name, of those that have one."""
    wanted = list(codes)
    marks = ",".join("?" * len(wanted))
    rows = visit.all(f"select code, name_en from divisions where code in ({marks}) order by valid_from", *wanted)
    return {row["code"]: row["name_en"] for row in rows if row["name_en"]}


def crumbs(visit: PageRequest, code: str | None, year: int | None = None) -> list[Crumb]:
    """Province › city › county of a division code, those that exist."""
    if not code:
        return []
    steps = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    found = [division(visit, step, year) for step in steps]
    return [Crumb(f"/divisions/{place.code}", place.name) for place in found if place is not None]


def under(code: str) -> str:
    """`GLOB` pattern of the codes inside a division, itself included."""
    return f"{code[:2]}*" if code.endswith("0000") else f"{code[:4]}*" if code.endswith("00") else code


def level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
