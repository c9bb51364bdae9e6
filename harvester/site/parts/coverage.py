"""Coverage: what is owed and what was found, counted from `coverage_counts` for any place, level and kind of body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harvester.definitions.ledger_statuses import LEDGER_STATUSES, OBTAINED
from harvester.site.parts.facts import Facts
from harvester.site.parts.visit import PageRequest

STATUSES = tuple(LEDGER_STATUSES)
GOVERNMENTS = ("government_aggregate",)
"""The population of the matrix unless a visitor asks for another: one report a government and year."""


@dataclass(frozen=True, slots=True)
class Count:
    """One place and year: number of ledger entries by status.

    `has_denominator`: is it known of everybody who owes a report that he does? Only of governments.
    """

    by_status: Mapping[str, int] = field(default_factory=dict)
    has_denominator: bool = True

    @property
    def owed(self) -> int:
        return sum(self.by_status.values())

    @property
    def obtained(self) -> int:
        """Reports that the archive holds: in time, late, or taken down since."""
        return sum(self.by_status.get(status, 0) for status in OBTAINED)

    @property
    def share(self) -> float | None:
        return self.obtained / self.owed if self.owed and self.has_denominator else None

    @property
    def step(self) -> str:
        """Class of a tile: five steps of a fifth."""
        return "tnone" if self.share is None else f"t{min(4, int(self.share * 5))}"

    def parts(self) -> list[tuple[str, int, float]]:
        """(status, count, percent) of those that occur."""
        return [(s, self.by_status[s], 100 * self.by_status[s] / self.owed) for s in STATUSES if self.by_status.get(s)]


EMPTY = Count()
Matrix = Mapping[str, Mapping[int, Count]]
"""Division code → year → count."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a visitor wants counted. `kind` empty: governments as wholes, or whatever there is when there are none."""

    level: str = ""
    kind: str = ""
    simulated: int = 0

    @property
    def has_denominator(self) -> bool:
        """Every government of the registry owes a report a year; of other bodies nobody has a list."""
        return self.kind in GOVERNMENTS


def choice(visit: PageRequest, known: Facts, simulated: int | None = None) -> Choice:
    wanted = Choice(visit.arg("level"), visit.arg("kind"), known.population if simulated is None else simulated)
    if wanted.kind:
        return wanted
    governments = visit.count(
        "select sum(n) from coverage_counts where code = '000000' and kind = ? and simulated = ?",
        GOVERNMENTS[0],
        wanted.simulated,
    )
    return Choice(wanted.level, GOVERNMENTS[0] if governments else "all", wanted.simulated)


def matrix(visit: PageRequest, codes: str, chosen: Choice) -> Matrix:
    """Counts for every division whose code matches the GLOB `codes`."""
    kinds = "" if chosen.kind == "all" else " and kind = ?"
    levels = " and level = ?" if chosen.level else ""
    values = [chosen.simulated, *([] if chosen.kind == "all" else [chosen.kind]), *([chosen.level] * bool(levels))]
    rows = visit.all(
        "select code, year, status, sum(n) as n from coverage_counts where code glob ? and simulated = ?"
        f"{kinds}{levels} group by code, year, status",
        codes,
        *values,
    )
    found: dict[str, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        found[row["code"]][row["year"]][row["status"]] = row["n"]
    known = chosen.has_denominator
    return {code: {year: Count(counts, known) for year, counts in years.items()} for code, years in found.items()}


def total(rows: Sequence[Mapping[int, Count]], year: int) -> Count:
    counts = [row.get(year, EMPTY) for row in rows]
    summed: dict[str, int] = defaultdict(int)
    for count in counts:
        for status, n in count.by_status.items():
            summed[status] += n
    return Count(dict(summed), all(count.has_denominator for count in counts))


GRID: Mapping[str, tuple[str, int, int]] = {
    "23": ("黑龙江", 1, 8), "15": ("内蒙古", 2, 5), "11": ("北京", 2, 6), "22": ("吉林", 2, 8), "65": ("新疆", 3, 1),
    "62": ("甘肃", 3, 3), "64": ("宁夏", 3, 4), "14": ("山西", 3, 5), "13": ("河北", 3, 6), "12": ("天津", 3, 7),
    "21": ("辽宁", 3, 8), "63": ("青海", 4, 2), "61": ("陕西", 4, 4), "41": ("河南", 4, 5), "37": ("山东", 4, 6),
    "54": ("西藏", 5, 2), "51": ("四川", 5, 3), "50": ("重庆", 5, 4), "42": ("湖北", 5, 5), "34": ("安徽", 5, 6),
    "32": ("江苏", 5, 7), "53": ("云南", 6, 3), "52": ("贵州", 6, 4), "43": ("湖南", 6, 5), "36": ("江西", 6, 6),
    "33": ("浙江", 6, 7), "31": ("上海", 6, 8), "45": ("广西", 7, 4), "44": ("广东", 7, 5), "35": ("福建", 7, 6),
    "46": ("海南", 8, 5), "99": ("模拟", 8, 1),
}  # fmt: skip
"""Tile grid of the 31 units that the Regulations cover: name, row, column. Not a map. 99: simulated places."""
