"""Labels of the forms in Chinese and English: `gloss.toml` as typed values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """One label: as the form prints it, and what that means in English."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class RowLabel(Label):
    """A row of table three. `group` is one of (三)(四)(五)(六); `forms` is empty when every form has it."""

    group: str | None = None
    law: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockLabel(Label):
    """A row of table two with its own column headings, under an article of the Regulations."""

    article: str
    columns: tuple[Label, ...]


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("gloss.toml").read_text(encoding="utf-8"))


def _labels(*path: str) -> dict[str, Label]:
    found = _raw()
    for step in path:
        found = found[step]
    return {key: Label(key, value["zh"], value["en"]) for key, value in found.items()}


@cache
def tables() -> dict[str, Label]:
    return _labels("tables")


@cache
def forms() -> dict[str, Label]:
    return _labels("forms")


@cache
def request_columns() -> dict[str, Label]:
    return _labels("requests", "columns")


@cache
def request_groups() -> dict[str, Label]:
    return _labels("requests", "groups")


@cache
def request_rows(form: str | None = None) -> tuple[RowLabel, ...]:
    """Rows of table three in printed order; all forms together when `form` is None."""
    rows = tuple(
        RowLabel(row["id"], row["zh"], row["en"], row.get("group"), row.get("law", ""), tuple(row.get("forms", ())))
        for row in _raw()["requests"]["rows"]
    )
    return tuple(row for row in rows if form is None or not row.forms or form in row.forms)


@cache
def proactive_blocks(form: str) -> tuple[BlockLabel, ...]:
    """Rows of table two of a form, each with its columns; empty for a form that has no such table."""
    return tuple(
        BlockLabel(
            b["id"], b["zh"], b["en"], b["article"], tuple(Label(c["id"], c["zh"], c["en"]) for c in b["columns"])
        )
        for b in _raw()["proactive_disclosure"].get(form, ())
    )


@cache
def review_rows() -> dict[str, Label]:
    return _labels("review_litigation", "rows")


@cache
def review_columns() -> dict[str, Label]:
    return _labels("review_litigation", "columns")


def proactive_forms() -> Iterator[str]:
    yield from _raw()["proactive_disclosure"]


@cache
def cell_name(table: str, row: str, column: str) -> tuple[str, str]:
    """What a cell is called in a sentence, in Chinese and English: row label, then column label."""
    rows, columns = _names(table)
    row_label, column_label = rows.get(row, Label(row, row, row)), columns.get(column, Label(column, column, column))
    return f"{row_label.zh} · {column_label.zh}", f"{row_label.en}, {column_label.en}"


def _names(table: str) -> tuple[dict[str, Label], dict[str, Label]]:
    if table == "requests":
        return {row.id: row for row in request_rows()}, request_columns()
    if table == "review_litigation":
        return review_rows(), review_columns()
    if table == "proactive_disclosure":
        blocks = [block for form in proactive_forms() for block in proactive_blocks(form)]
        return {b.id: b for b in blocks}, {c.id: c for b in blocks for c in b.columns}
    return {}, {}
