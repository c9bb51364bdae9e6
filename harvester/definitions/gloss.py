"""Labels of the forms in Chinese and English: `gloss.toml`, and what it has no words for as the form itself says it.

Which form has which row and column is told by parsers/forms alone. A new form is shown and published as it stands; its
new rows have their Chinese label and, until gloss.toml says it in English, their id.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from parsers.forms import MODERN, load
from parsers.forms.model import FormTable


@dataclass(frozen=True, slots=True)
class Label:
    """One label: as the form prints it, and what that means in English."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FormLabel(Label):
    """A form. `short` is the number of the document that prescribes it."""

    short: str


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


def _table(form: str, table: str) -> FormTable | None:
    return next((one for one in load(form).tables if one.id == table), None)


def _modern_tables(table: str) -> Iterator[tuple[str, FormTable]]:
    """Each form that has the table, oldest first."""
    for form in reversed(MODERN):
        if (found := _table(form, table)) is not None:
            yield form, found


def _plain(name: str) -> str:
    return name.replace("_", " ")


@cache
def tables() -> dict[str, Label]:
    return _labels("tables")


@cache
def forms() -> dict[str, FormLabel]:
    known = {name: FormLabel(name, one["zh"], one["en"], one["short"]) for name, one in _raw()["forms"].items()}
    new = (load(name) for name in MODERN if name not in known)
    return {form.id: FormLabel(form.id, form.instrument, form.id, form.instrument) for form in new} | known


@cache
def request_columns() -> dict[str, Label]:
    return _labels("requests", "columns") | _new_columns("requests", _labels("requests", "columns"))


def _new_columns(table: str, known: dict[str, Label]) -> dict[str, Label]:
    every = (column for _, form in _modern_tables(table) for block in form.blocks for column in block.columns)
    return {one.id: Label(one.id, one.label, _plain(one.id)) for one in every if one.id not in known}


@cache
def request_groups() -> dict[str, Label]:
    """The labels that stand left of several rows of outcomes."""
    known = _labels("requests", "groups")
    every = (group for _, form in _modern_tables("requests") for group in form.groups if group.id != "disposition")
    return known | {one.id: Label(one.id, one.label, _plain(one.id)) for one in every if one.id not in known}


@cache
def request_rows(form: str | None = None) -> tuple[RowLabel, ...]:
    """Rows of table three in printed order; all forms together when `form` is None, those of every form for old ones.

    A row that only stands in for others in documents of an older habit is not the form's own.
    """
    rows = _request_rows()
    if form is None:
        return tuple(rows.values())
    table = _table(form, "requests")
    if table is None:
        return tuple(row for row in rows.values() if not row.forms)
    return tuple(rows[row.id] for row in table.rows if not row.replaces)


@cache
def _request_rows() -> dict[str, RowLabel]:
    printed = dict(_modern_tables("requests"))
    order = [row["id"] for row in _raw()["requests"]["rows"]]
    labels = {row.id: (row.label, row.group) for table in printed.values() for row in table.rows}
    for table in printed.values():
        for above, row in pairwise(["", *(row.id for row in table.rows)]):
            if row not in order:
                order.insert(order.index(above) + 1 if above else 0, row)
    known = {row["id"]: row for row in _raw()["requests"]["rows"]}
    found = {}
    for name in order:
        row = known.get(name, {})
        label, group = labels[name]
        having = tuple(form for form, table in printed.items() if name in {r.id for r in table.rows if not r.replaces})
        shown = group if group in request_groups() else None
        words = row.get("zh", label), row.get("en", _plain(name))
        found[name] = RowLabel(name, *words, shown, row.get("law", ""), () if len(having) == len(printed) else having)
    return found


@cache
def proactive_blocks(form: str) -> tuple[BlockLabel, ...]:
    """Rows of table two of a form, each with its columns; empty for a form that has no such table."""
    table, known = _table(form, "proactive_disclosure"), _raw()["proactive_disclosure"].get(form)
    if known is not None:
        return tuple(
            BlockLabel(
                b["id"], b["zh"], b["en"], b["article"], tuple(Label(c["id"], c["zh"], c["en"]) for c in b["columns"])
            )
            for b in known
        )
    return tuple(
        BlockLabel(
            row.id,
            row.label,
            _plain(row.id),
            block.heading,
            tuple(Label(column.id, column.label, _plain(column.id)) for column in block.columns),
        )
        for block in (table.blocks if table is not None else ())
        for row in block.rows
    )


@cache
def review_rows() -> dict[str, Label]:
    known = _labels("review_litigation", "rows")
    every = (row for _, form in _modern_tables("review_litigation") for row in form.rows)
    return known | {one.id: Label(one.id, one.label, _plain(one.id)) for one in every if one.id not in known}


@cache
def review_columns() -> dict[str, Label]:
    known = _labels("review_litigation", "columns")
    return known | _new_columns("review_litigation", known)


def proactive_forms() -> Iterator[str]:
    """The forms that have table two, oldest first."""
    return (form for form, _ in _modern_tables("proactive_disclosure"))


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
