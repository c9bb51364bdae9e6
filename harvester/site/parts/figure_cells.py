"""The figures of a body's reports with what the cells behind them print: page, CSV and JSON are made of these."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from harvester.definitions.figures import Figure, figures
from harvester.site.parts.cells import SIGNS, CellView, key_of, rows_of, view_of

BESIDE = ("state", "in_failed_identity", "implied", "corrected")
"""Columns that stand behind the figures in files, named figure__word."""
SUM_INCOMPLETE = "incomplete"
"""State of a sum that is not made: one of its cells has no number."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure of one report. `state`: that of its cell; of a sum `number`, or `incomplete`; empty where the form has
    no such cell. `shown` is what is printed, `cell` what a page links to."""

    value: int | float | str | None
    shown: str
    state: str
    cell: str = ""
    in_failed_identity: bool | None = None
    bad: bool = False
    implied: str | None = None
    corrected: str | None = None


def figure_views(
    db: sqlite3.Connection, reports: Sequence[sqlite3.Row], wanted: Sequence[Figure]
) -> dict[int, dict[str, FigureView]]:
    """Report id → figure → what it is there. `reports` are rows of `reports` joined with `figures`."""
    editions = [report["current_edition_id"] for report in reports]
    cells: dict[int, dict[str, CellView]] = defaultdict(dict)
    for row in rows_of(db, editions):
        if key_of(row) in input_keys():
            cells[row["edition_id"]][key_of(row)] = view_of(row)
    return {
        report["id"]: {one.name: _view(one, report, cells[report["current_edition_id"]]) for one in wanted}
        for report in reports
    }


@cache
def input_keys() -> frozenset[str]:
    return frozenset(key for one in figures().values() for key in one.inputs)


def _view(figure: Figure, report: sqlite3.Row, cells: Mapping[str, CellView]) -> FigureView:
    in_form = report["form"] in figure.forms
    value = report[figure.name]
    if not figure.is_sum:
        key = figure.cells[0]
        cell = cells.get(key)
        if cell is None:
            return FigureView(None, "·", "missing" if in_form else "")
        shown = _number(value) if value is not None else cell.shown
        return FigureView(value, shown, cell.state, cell.dotted, cell.in_failed_identity, cell.bad, cell.implied,
                          cell.corrected)  # fmt: skip
    used = [cells[key] for key in figure.inputs if key in cells]
    if not used:
        return FigureView(value, "·", "missing" if in_form else "")
    failed, marked = any(c.in_failed_identity for c in used), any(c.bad for c in used)
    state = "number" if value is not None else SUM_INCOMPLETE
    return FigureView(value, _number(value) if value is not None else SIGNS["blank"], state, "", failed, marked)


def _number(value: int | float | str) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def beside(view: FigureView) -> tuple[object, ...]:
    """The values of the columns `BESIDE`."""
    failed = None if view.in_failed_identity is None else int(view.in_failed_identity)
    return view.state, failed, view.implied, view.corrected
