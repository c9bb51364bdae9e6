"""A generation of the annual report form, as data: tables, rows, columns and the identities printed on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Column:
    """One column of numbers. `kind`: ``count``, ``change`` (signed, 增3减2) or ``money`` (decimals)."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    kind: str = "count"

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of numbers.

    `cores` are the shortest pieces of the label that no other row has. `replaces` names rows that this one
    stands for in documents that leave them out.
    """

    id: str
    label: str
    group: str = ""
    cores: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Group:
    """A label that stands left of several rows and has no numbers of its own."""

    id: str
    label: str
    cores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormBlock:
    """Rows that share one header row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: str = ""


@dataclass(frozen=True)  # no slots: what is asked for often is worked out once
class FormTable:
    """One table of the form. `over`: header cells above the columns; `note`: what the form prints in its corner."""

    id: str
    heading: str
    blocks: tuple[FormBlock, ...]
    groups: tuple[Group, ...] = ()
    over: tuple[str, ...] = ()
    note: str = ""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @cached_property
    def _blocks_by_row(self) -> dict[str, FormBlock]:
        return {row.id: block for block in reversed(self.blocks) for row in block.rows}

    def block_of(self, row_id: str) -> FormBlock:
        return self._blocks_by_row[row_id]


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that must hold: per ``column`` its sides name rows, per ``row`` they name columns."""

    code: str
    table: str
    per: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Form:
    """One generation. `signs` are labels that no other generation prints."""

    id: str
    title: str
    instrument: str
    years: tuple[int, int]
    signs: tuple[str, ...]
    tables: tuple[FormTable, ...]
    checks: tuple[Identity, ...] = ()
    indicators: tuple[LegacyLine, ...] = ()

    def table(self, table_id: str) -> FormTable:
        return next(table for table in self.tables if table.id == table_id)


@dataclass(frozen=True, slots=True)
class LegacyLine:
    """One line of an open label, unit and value list (2018 and earlier). `under`: the line above in the hierarchy."""

    id: str
    label: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    under: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)
