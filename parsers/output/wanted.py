"""Which cells of the form are asked about: all, those of one table, or those of one row."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.report import Check, Finding, ReportCell

TABLES = {"T2": "proactive_disclosure", "T3": "requests", "T4": "review_litigation"}
"""How checks call the tables, and what they are called in the data."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table and a row by their ids; None asks for every one."""

    table: str | None = None
    row: str | None = None

    @classmethod
    def named(cls, table: str | None, row: str | None) -> Wanted:
        """As a person names them: a table also as T3."""
        return cls(TABLES.get((table or "").upper(), table), row)

    @property
    def is_all(self) -> bool:
        return self.table is None and self.row is None

    def key(self, key: str) -> bool:
        """Is a cell asked for, by its key ``table/row/column``?"""
        table, _, rest = key.partition("/")
        return self.table in (None, table) and self.row in (None, rest.partition("/")[0])

    def cell(self, cell: ReportCell) -> bool:
        return self.key(cell.key)

    def check(self, check: Check) -> bool:
        return self.is_all or any(map(self.key, check.cells))

    def finding(self, finding: Finding) -> bool:
        """One that names no cell is of the whole report."""
        return self.is_all or not finding.cells or any(map(self.key, finding.cells))


EVERYTHING = Wanted()
