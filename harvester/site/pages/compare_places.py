"""Places beside each other by one indicator: the median over bodies of one kind, its n, and how many reports are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harvester.definitions.indicators import GREY_BODIES, Indicator
from harvester.site.pages.indicator_series import NATION, Series
from harvester.site.parts.coverage import EMPTY, Choice, Count, matrix
from harvester.site.parts.places import named
from harvester.site.parts.visit import PageRequest


@dataclass(frozen=True, slots=True)
class Median:
    """One place and year. `n` bodies enter the median, None of too few; `count`: how many reports are owed and held."""

    median: float | None
    n: int
    count: Count

    @property
    def is_grey(self) -> bool:
        return self.n < GREY_BODIES


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A province with its years, in the order of the years asked for."""

    code: str
    name: str
    medians: tuple[Median, ...]


def place_rows(visit: PageRequest, one: Indicator, series: Series, years: Sequence[int]) -> list[PlaceRow]:
    """Provinces in the order of their codes, never by value."""
    population = visit.known.population
    found = {
        (row["code"], row["year"]): (row["median"], row["n"])
        for row in visit.all(
            "select code, year, median, n from indicator_quartiles where indicator = ? and scope = ? and level = ?"
            " and code != ? and simulated = ?",
            one.id,
            series.scope,
            series.level,
            NATION,
            population,
        )
    }
    counts = matrix(visit, "??0000", Choice(series.level, series.scope, population))
    codes = sorted({code for code, _ in found} | counts.keys() - {NATION})
    names = named(visit, codes)
    return [
        PlaceRow(code, names[code], tuple(
            Median(*found.get((code, year), (None, 0)), counts.get(code, {}).get(year, EMPTY)) for year in years
        ))
        for code in codes
    ]  # fmt: skip


PLACE_COLUMNS = ("code", "name", "year", "median", "n", "reports_obtained", "reports_owed", "indicator", "scope",
                 "level", "simulated")  # fmt: skip


def place_lines(visit: PageRequest, one: Indicator, series: Series, years: Sequence[int]) -> list[tuple[object, ...]]:
    """What is shown, as PLACE_COLUMNS. `reports_owed` is empty where nobody has a list of the bodies."""
    beside = (one.id, series.scope, series.level, visit.known.population)
    return [
        (row.code, row.name, year, found.median, found.n, found.count.obtained,
         found.count.owed if found.count.has_denominator else None, *beside)
        for row in place_rows(visit, one, series, years)
        for year, found in zip(years, row.medians, strict=True)
    ]  # fmt: skip
