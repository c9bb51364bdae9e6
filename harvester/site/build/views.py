"""The SQL views that readers get: views/*.sql, each beginning with its description in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from harvester.definitions.form_cells import FormCell, form_cells

DESCRIPTION = re.compile(r"\A--\s*(?P<zh>[^·\n]+?)\s*·\s*(?P<en>[^\n]+)\n")
CREATES = re.compile(r"^CREATE VIEW (?P<name>\w+)", re.MULTILINE)


CELLS = re.compile(r"\{\{cells of (?P<table>\w+)\}\}")
"""Stands for the columns of a wide view: one for each cell that a form has in the table, then what is known of each."""

BESIDE: Mapping[str, tuple[str, str]] = {
    "state": ("cells", "state"),
    "in_failed_identity": ("cell_marks", "in_failed_identity"),
    "implied": ("cell_marks", "implied_value"),
    "corrected": ("cell_marks", "corrected_value"),
}
"""What stands beside each value of a wide table, in columns named value__word behind all values: table and column."""


class Undescribed(Exception):
    """A view without a description in both languages, which nobody may publish."""


@dataclass(frozen=True, slots=True)
class View:
    """One view: what it holds in both languages, and the statement that creates it."""

    name: str
    zh: str
    en: str
    sql: str


def parse(file_name: str, text: str) -> View:
    """A view from its file. Raises Undescribed unless the first line is ``-- 中文 · English``."""
    described, creates = DESCRIPTION.match(text), CREATES.search(text)
    if not described or not creates:
        raise Undescribed(f"views/{file_name}: the first line must be '-- 中文 · English', then CREATE VIEW name")
    sql = CELLS.sub(lambda found: ",\n  ".join(_columns(found["table"])), text[described.end() :])
    return View(creates["name"], described["zh"], described["en"], sql.strip().rstrip(";"))


def _columns(table: str) -> Iterator[str]:
    """The values, and behind them, word by word, what is known of each."""
    for cell in form_cells(table):
        yield f"({_look_up(cell, 'cells', 'value')}) AS {cell.name}"
    for word, (source, column) in BESIDE.items():
        for cell in form_cells(table):
            looked_up = _look_up(cell, source, column)
            if word == "in_failed_identity":  # no row: it stands in none, if the document has the cell
                looked_up = f"SELECT coalesce(({looked_up}), 0) {_look_up(cell, 'cells', '').removeprefix('SELECT ')}"
            yield f"({looked_up}) AS {cell.name}__{word}"


def _look_up(cell: FormCell, source: str, column: str) -> str:
    return (
        f"SELECT {column} FROM {source} WHERE edition_id = r.current_edition_id"
        f" AND table_id = '{cell.table}' AND row_id = '{cell.row}' AND column_id = '{cell.column}'"
    )


@cache
def views() -> Mapping[str, View]:
    """Every view by name, in the order of the file names."""
    folder = files("harvester.site").joinpath("views")
    found = sorted((entry.name, entry.read_text(encoding="utf-8")) for entry in folder.iterdir())
    made = [parse(name, text) for name, text in found if name.endswith(".sql")]
    return {view.name: view for view in made}
