"""Random reports whose arithmetic holds, and how their numbers are printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.factory.forms import BLOCKS, COLUMNS, MONEY, OUTCOMES, PATHS, groups

Value = int | Decimal


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in a cell: its text, the state it must be read as, and the value if that is a number."""

    text: str
    state: str
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """One report: who, when, which form, and each cell by ``table/row/column``."""

    agency: str
    year: int
    form: str
    cells: dict[str, Printed]
    values: dict[str, Value]
    sub_rows: bool = True

    @property
    def title(self) -> str:
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"


BLANKS = ("none", "zeros", "all_but_person_and_total", "all_but_total", "totals", "dashes", "slashes", "words", "rows")
"""Which cells have no number: what agencies do with zeros (FORMS 5)."""

_PLACES = ("虚水县", "云岭市", "北河县", "清溪区", "东屿市", "长渠县")
_BODIES = ("科学技术局", "人民政府办公室", "教育和体育局", "市场监督管理局", "水务局", "民政局", "自然资源和规划局")


def random_truth(
    random: Random, form: str | None = None, blanks: str | None = None, *, sub_rows: bool | None = None
) -> Truth:
    """A report with balanced sums. `blanks` is one of BLANKS; by default mostly none."""
    form = form or random.choice(["gen2019", "gen2021"])
    if sub_rows is None:
        sub_rows = form == "gen2019" or random.random() < 0.85
    values = {**_requests(random, form, sub_rows), **_disclosure(random, form), **_review(random)}
    blanks = blanks or random.choice(["none", "none", "none", *BLANKS])
    year = random.choice([2019, 2020]) if form == "gen2019" else random.randint(2021, 2025)
    agency = random.choice(_PLACES) + random.choice(_BODIES)
    dressed = random.random() < 0.3
    cells = {key: _printed(random, key, value, blanks, dressed) for key, value in values.items()}
    return Truth(agency, year, form, cells, values, sub_rows)


def _amount(random: Random) -> int:
    """Counts as they occur: mostly zero, often small, sometimes large."""
    kind = random.random()
    if kind < 0.55:
        return 0
    return random.randint(1, 9) if kind < 0.85 else random.randint(10, 99) if kind < 0.97 else random.randint(100, 4999)


def _requests(random: Random, form: str, sub_rows: bool) -> dict[str, Value]:
    results = [row for _, rows in groups(form, sub_rows=sub_rows) for row in rows if row != "disposed_total"]
    people = [column for column in COLUMNS if column != "total"]
    found: dict[tuple[str, str], int] = {}
    for column in people:
        busy = column == "natural_person" or random.random() < 0.4
        for row in results:
            found[row, column] = _amount(random) if busy else 0
        disposed = sum(found[row, column] for row in results)
        carried_out = random.randint(0, 5) if busy else 0
        carried_in = random.randint(0, disposed + carried_out)
        found["disposed_total", column] = disposed
        found["requests_carried_out", column] = carried_out
        found["requests_carried_in", column] = carried_in
        found["requests_received", column] = disposed + carried_out - carried_in
    rows = {row for row, _ in found}
    totals = {(row, "total"): sum(found[row, column] for column in people) for row in rows}
    return {f"requests/{row}/{column}": value for (row, column), value in {**found, **totals}.items()}


def _disclosure(random: Random, form: str) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for _, columns, rows in BLOCKS[form]:
        for row in rows:
            for column in columns:
                values[f"proactive_disclosure/{row}/{column}"] = _disclosed(random, column)
    return values


def _disclosed(random: Random, column: str) -> Value:
    if column in MONEY:
        digits = random.choice([0, 0, 1, 2, 4, 6])
        return Decimal(random.randint(0, 99_999_999)).scaleb(-digits) if digits else random.randint(0, 99999)
    if column == "items_change":
        return random.choice([0, 0, random.randint(-40, 40)])
    return _amount(random)


def _review(random: Random) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for path in PATHS:
        outcomes = {outcome: _amount(random) for outcome in OUTCOMES if outcome != "total"}
        outcomes["total"] = sum(outcomes.values())
        values.update({f"review_litigation/{path}/{outcome}": number for outcome, number in outcomes.items()})
    return values


def _printed(random: Random, key: str, value: Value, blanks: str, dressed: bool) -> Printed:
    table, row, column = key.split("/")
    if _is_emptied(random, table, row, column, value, blanks):
        return random.choice(_EMPTY.get(blanks, _BLANK))
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if column == "items_change" and value > 0 and random.random() < 0.5:
        text = random.choice(["+", "增"]) + text
    if dressed:
        text = random.choice([text, f" {text}", f"{text} ", f"\u00a0{text}\u00a0", f"{text}\u3000"])
    return Printed(text, "number", value)


_BLANK = (Printed("", "blank"), Printed("\u00a0", "blank"), Printed(" ", "blank"))
_EMPTY = {
    "dashes": (Printed("—", "dash"), Printed("-", "dash"), Printed("－", "dash")),
    "slashes": (Printed("/", "slash"), Printed("／", "slash")),
    "words": (Printed("无", "none_text"), Printed("不涉及", "none_text"), Printed("本单位未制作", "text")),
}


def _is_emptied(random: Random, table: str, row: str, column: str, value: Value, blanks: str) -> bool:
    if blanks == "none":
        return False
    if blanks in {"zeros", "dashes", "slashes"}:
        return value == 0
    if blanks == "words":
        return value == 0 and random.random() < 0.3
    if blanks == "totals":
        return column == "total"
    if blanks == "rows":
        return hash_share(row) < 0.3
    kept = {"all_but_total": {"total"}, "all_but_person_and_total": {"natural_person", "total"}}[blanks]
    return table == "requests" and column not in kept


def hash_share(text: str) -> float:
    """A number from 0 to 1 that depends on the text alone."""
    return Random(text).random()
