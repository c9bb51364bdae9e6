"""The table `figures`: one row a report with the totals that indicators and agency pages are made of.

Made of the cells of current editions. A sum over a group is NULL when one of its cells has no number:
a blank is not a zero.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from harvester.definitions import gloss


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of `figures` and the cells it adds up (all of one table)."""

    name: str
    table: str
    rows: tuple[str, ...]
    column: str

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(f"{self.table}/{row}/{self.column}" for row in self.rows)


def figures() -> tuple[Figure, ...]:
    """Every column of the table that is a single cell."""
    found = [Figure(row.id, "requests", (row.id,), "total") for row in gloss.request_rows()]
    found.append(Figure("requests_received_natural_person", "requests", ("requests_received",), "natural_person"))
    found += [
        Figure(f"{row}_{column}", "review_litigation", (row,), column)
        for row in gloss.review_rows()
        for column in gloss.review_columns()
    ]
    found += [
        Figure("rules_issued", "proactive_disclosure", ("rules",), "issued"),
        Figure("normative_issued", "proactive_disclosure", ("normative_documents",), "issued"),
        Figure("normative_repealed", "proactive_disclosure", ("normative_documents",), "repealed"),
        Figure("normative_in_force", "proactive_disclosure", ("normative_documents",), "in_force"),
        Figure("licences_decisions", "proactive_disclosure", ("licences",), "decisions"),
        Figure("penalties_decisions", "proactive_disclosure", ("penalties",), "decisions"),
        Figure("coercive_decisions", "proactive_disclosure", ("coercive_measures",), "decisions"),
        Figure("fees_collected", "proactive_disclosure", ("administrative_fees",), "amount_collected"),
    ]
    return tuple(found)


def groups() -> tuple[Figure, ...]:
    """Group totals of table three, which the forms do not print."""
    members = {name: tuple(r.id for r in gloss.request_rows() if r.group == name) for name in gloss.request_groups()}
    return tuple(Figure(name, "requests", rows, "total") for name, rows in members.items())


def cells_of(name: str) -> tuple[str, ...]:
    """Keys of the cells that a column of `figures` is made of."""
    found = next((figure for figure in (*figures(), *groups()) if figure.name == name), None)
    extra = ("requests/other_disposition/total",) if name == "other" else ()
    return (found.keys if found else ()) + extra


def create(connection: sqlite3.Connection) -> None:
    """Create and fill `figures` in the database being published."""
    single = figures()
    columns = ", ".join(f'({_cell(figure)}) AS "{figure.name}"' for figure in single)
    printed = ", ".join(f'"{figure.name}"' for figure in single)
    sums = ", ".join(f'{_sum(group)} AS "{group.name}"' for group in groups())
    connection.execute(
        f"CREATE TABLE figures AS WITH plain AS MATERIALIZED (SELECT r.id AS report_id, {columns} FROM reports r"
        f" ORDER BY r.id) SELECT *, {sums} FROM plain WHERE coalesce({printed}) IS NOT NULL"
    )
    connection.execute("CREATE UNIQUE INDEX figures_report ON figures (report_id)")


def _cell(figure: Figure) -> str:
    """One look-up by key: five times as fast as sorting a pass over all cells into columns."""
    (row,) = figure.rows
    return (
        "SELECT value FROM cells WHERE edition_id = r.current_edition_id AND state = 'number'"
        f" AND table_id = '{figure.table}' AND row_id = '{row}' AND column_id = '{figure.column}'"
    )


def _sum(group: Figure) -> str:
    """Sum of a group; agencies that keep the one row of the older form give it in place of the three."""
    total = " + ".join(f'"{row}"' for row in group.rows)
    return f'coalesce({total}, "other_disposition")' if group.name == "other" else total
