"""The files of the data package: their fields, described once, and their rows, streamed."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from typing import Any

from archive.schema import tables
from harvester.definitions import gloss
from harvester.definitions.form_cells import form_cells
from harvester.errors import UsageError

TYPES = {"INTEGER": "integer", "NUMERIC": "number", "REAL": "number", "TEXT": "string"}
BATCH = 2000

ORDER = (
    "reports",
    "cells",
    "requests",
    "proactive_disclosure",
    "review_litigation",
    "legacy_indicators",
    "findings",
    "coverage",
    "corrections",
    "divisions",
)

Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a file. `type` is a Frictionless type: string, integer or number."""

    name: str
    type: str
    zh: str
    en: str
    unit: str | None = None
    forms: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One file of the package. `rows` streams it from a connection with the selection in place."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Callable[[sqlite3.Connection, dict[str, Any]], Rows]


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: report years, and a division with what lies below it. Empty means everything."""

    years: frozenset[int] | None = None
    division: str | None = None

    def parameters(self) -> dict[str, Any]:
        """Values of :years (JSON) and :division (prefix: 370800 and 3708 mean the same)."""
        prefix = self.division
        while prefix and len(prefix) > 2 and prefix.endswith("00"):
            prefix = prefix[:-2]
        return {"years": json.dumps(sorted(self.years)) if self.years else None, "division": prefix}

    def install(self, connection: sqlite3.Connection, schema: str = "main") -> None:
        """Make the temporary table `selected` of report ids that every query starts from.

        Raises UsageError for a division that nobody has, and for one of which the archive knows nothing.
        """
        known = f"SELECT 1 FROM {schema}.divisions WHERE code LIKE :division || '%' LIMIT 1"
        if self.division and connection.execute(known, self.parameters()).fetchone() is None:
            raise UsageError(f"no division has a code that begins with {self.division}")
        connection.execute("CREATE TEMP TABLE selected (id INTEGER PRIMARY KEY)")
        connection.execute(
            f"INSERT INTO selected SELECT id FROM {schema}.reports"
            " WHERE (:years IS NULL OR year IN (SELECT value FROM json_each(:years)))"
            " AND (:division IS NULL OR division_code LIKE :division || '%')",
            self.parameters(),
        )
        owed = (
            "SELECT 1 FROM ledger l JOIN agencies a ON a.id = l.agency_id WHERE a.division_code LIKE :division || '%'"
        )
        kept = "SELECT 1 FROM selected UNION ALL SELECT 1 FROM (" + owed + " LIMIT 1) LIMIT 1"
        if self.division and connection.execute(kept, self.parameters()).fetchone() is None:
            raise UsageError(f"the archive has no report of {self.division}, and none is owed: nothing to export")


@cache
def datasets() -> tuple[Dataset, ...]:
    """Every file, in the order of the package."""
    raw = tomllib.loads(files(__package__).joinpath("datasets.toml").read_text(encoding="utf-8"))
    made = {name: from_toml(name, entry) for name, entry in raw.items()}
    for name in ("requests", "proactive_disclosure", "review_litigation"):
        made[name] = wide(name)
    return tuple(made[name] for name in ORDER)


def from_toml(name: str, entry: dict[str, Any]) -> Dataset:
    fields = tuple(field(column, given) for column, given in entry["fields"].items())
    names = tuple(one.name for one in fields)
    return Dataset(
        name, entry["zh"], entry["en"], tuple(entry["key"]), fields, partial(query, name, entry["sql"], names)
    )


def field(name: str, given: str | list[str]) -> Field:
    """A field described in place, or by the column of the database that it shows."""
    if isinstance(given, list):
        kind, zh, en, *unit = given
        return Field(name, kind, zh, en, unit[0] if unit else None)
    table, _, column_name = given.partition(".")
    column = next(one for one in tables()[table].columns if one.name == column_name)
    return Field(name, TYPES[column.type], column.zh, column.en, column.unit)


class ColumnsDiffer(ValueError):
    """The SELECT of a file and its fields do not name the same columns."""


def query(
    dataset: str, sql: str, names: tuple[str, ...], connection: sqlite3.Connection, parameters: dict[str, Any]
) -> Rows:
    """The rows of a query, a batch at a time, their values in the order of `names`, whatever that of the SELECT is.

    Raises ColumnsDiffer unless the SELECT gives just these columns, each once.
    """
    used = {name: value for name, value in parameters.items() if f":{name}" in sql}
    cursor = connection.execute(sql, used)
    given = [column[0] for column in cursor.description]
    if sorted(given) != sorted(names):
        only_sql, only_fields = Counter(given) - Counter(names), Counter(names) - Counter(given)
        raise ColumnsDiffer(
            f"{dataset}: only the SELECT has {', '.join(only_sql.elements()) or 'nothing'},"
            f" only the fields have {', '.join(only_fields.elements()) or 'nothing'}"
        )
    places = [given.index(name) for name in names]
    while batch := cursor.fetchmany(BATCH):
        yield from (tuple(row[place] for place in places) for row in batch)


WIDE_HEAD = (
    "report_id",
    "agency_name_as_printed",
    "division_code",
    "level",
    "report_year",
    "report_scope",
    "format_generation",
    "is_current",
    "simulated",
)


def wide(table: str) -> Dataset:
    """One row a report, one column a cell of the table, named row__column; empty where no number is printed.

    Behind the values: the state of each, whether it stands in a failed identity, the implied value, a correction.
    """
    head = datasets_head()
    cells = tuple(wide_fields(table))
    label = gloss.tables()[table]
    return Dataset(
        table,
        f"{label.zh}：一行一份，空格表示没有印出数字",
        f"{label.en}: one row a report, empty where no number is printed",
        ("report_id",),
        (*head, *cells),
        partial(wide_rows, table, tuple(one.name for one in cells)),
    )


def datasets_head() -> tuple[Field, ...]:
    raw = tomllib.loads(files(__package__).joinpath("datasets.toml").read_text(encoding="utf-8"))
    given = raw["reports"]["fields"] | {"is_current": "editions.is_current"}
    return tuple(field(name, given[name]) for name in WIDE_HEAD)


BESIDE = (
    ("state", "string", "状态", "state"),
    ("in_failed_identity", "integer", "是否处在不符的勾稽关系中", "1 when it stands in a failed identity"),
    ("implied", "number", "推算值", "what the arithmetic implies"),
    ("corrected", "number", "人工更正", "human correction"),
)
"""What stands beside each value of a wide table, in columns named value__word behind all values."""


def wide_fields(table: str) -> Iterator[Field]:
    """The canonical cells of a table over all forms, each once, then what is known of each value."""
    cells = form_cells(table)
    for cell in cells:
        yield Field(cell.name, "number", cell.zh, cell.en, cell.unit, " ".join(cell.forms))
    for word, kind, zh, en in BESIDE:
        for cell in cells:
            yield Field(
                f"{cell.name}__{word}", kind, f"{cell.zh}：{zh}", f"{cell.en}: {en}", None, " ".join(cell.forms)
            )


WIDE_SQL = """
SELECT s.id AS report_id, r.agency_name AS agency_name_as_printed, r.division_code, r.level, r.year AS report_year,
       r.scope AS report_scope, r.form AS format_generation, 1 AS is_current, r.simulated,
       c.row_id || '__' || c.column_id AS cell, c.value, c.state,
       CASE WHEN c.row_id IS NOT NULL THEN coalesce(m.in_failed_identity, 0) END AS in_failed_identity,
       m.implied_value AS implied, m.corrected_value AS corrected
FROM selected s CROSS JOIN reports r ON r.id = s.id
LEFT JOIN cells c ON c.edition_id = r.current_edition_id AND c.table_id = :wide
LEFT JOIN cell_marks m ON m.edition_id = c.edition_id AND m.table_id = c.table_id AND m.row_id = c.row_id
     AND m.column_id = c.column_id
WHERE r.current_edition_id IS NOT NULL ORDER BY s.id
"""


def wide_rows(table: str, names: tuple[str, ...], connection: sqlite3.Connection, parameters: dict[str, Any]) -> Rows:
    """Pivot cells as they stream by, in the order of their reports. A report without the table has a row too."""
    beside = tuple(word for word, *_ in BESIDE)
    rows = query(table, WIDE_SQL, (*WIDE_HEAD, "cell", "value", *beside), connection, {"wide": table})
    width = len(WIDE_HEAD)
    for head, cells in groupby(rows, key=lambda row: row[:width]):
        known = dict[str, Any]()
        for name, value, *more in (row[width:] for row in cells):
            if name is not None:
                known[name] = value
                known |= {f"{name}__{word}": told for word, told in zip(beside, more, strict=True)}
        yield (*head, *(known.get(name) for name in names))
