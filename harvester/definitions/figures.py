"""Figures as typed values: the numbers of one report that indicators and pages are made of, from `indicators.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from harvester.definitions import gloss
from parsers.forms import MODERN

Key = str
"""``table/row/column``."""

AGENCY_ROWS = ("main", "plain", "part")


class DefinitionError(ValueError):
    """`indicators.toml` contradicts itself."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of table `figures`: a cell, or the sum of several. `or_else`: the figure of an older form in its place.

    `agency_row`, `agency_chart`, `division_sum`, `watched`: where pages show it, see `indicators.toml`.
    """

    name: str
    zh: str
    en: str
    cells: tuple[Key, ...]
    or_else: str = ""
    agency_row: str = ""
    agency_chart: int = 0
    division_sum: bool = False
    watched: bool = False

    @property
    def is_sum(self) -> bool:
        return len(self.cells) > 1

    @property
    def inputs(self) -> tuple[Key, ...]:
        """The cells that it may be made of, those of an older form too."""
        return self.cells + (figures()[self.or_else].cells if self.or_else else ())

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that print it, oldest first."""
        older = figures()[self.or_else].forms if self.or_else else ()
        return tuple(
            form for form in reversed(MODERN) if form in older or all(is_printed(form, key) for key in self.cells)
        )


@cache
def raw() -> Mapping[str, Any]:
    """The content of `indicators.toml`."""
    return tomllib.loads(files(__package__).joinpath("indicators.toml").read_text(encoding="utf-8"))


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure by name: those of the file in its order, then the other cells of tables three and four.

    Raises DefinitionError for an entry without cells, or with a cell that no form prints.
    """
    usual = dict(usual_cells())
    entries = raw()["figures"]
    names = [*entries, *(name for name in usual if name not in entries)]
    return {name: _figure(name, entries.get(name, {}), usual) for name in names}


def _figure(name: str, entry: Mapping[str, Any], usual: Mapping[str, tuple[Key, ...]]) -> Figure:
    cells = tuple(entry.get("cells", usual.get(name, ())))
    strange = [key for key in cells if not any(is_printed(form, key) for form in MODERN)]
    if not cells or strange:
        raise DefinitionError(f"figure {name}: {', '.join(strange) or 'no cells'}: no form prints it")
    single = {key for others in usual.values() if len(others) == 1 for key in others}
    if len(cells) > 1 and not set(cells) <= single:
        raise DefinitionError(f"figure {name}: a sum is made of cells that are figures themselves")
    if entry.get("agency_row", "main") not in AGENCY_ROWS:
        raise DefinitionError(f"figure {name}: agency_row is none of {', '.join(AGENCY_ROWS)}")
    zh, en = _label(name, cells)
    places = {key: value for key, value in entry.items() if key not in ("zh", "en", "cells")}
    return Figure(name, entry.get("zh", zh), entry.get("en", en), cells, **places)


def usual_cells() -> Iterator[tuple[str, tuple[Key, ...]]]:
    """What is a figure by itself: rows of table three (total), groups of them (sum), cells of table four."""
    rows = gloss.request_rows()
    for row in rows:
        yield row.id, (f"requests/{row.id}/total",)
    for group in gloss.request_groups():
        yield group, tuple(f"requests/{row.id}/total" for row in rows if row.group == group)
    for name in gloss.review_rows():
        for column in gloss.review_columns():
            yield f"{name}_{column}", (f"review_litigation/{name}/{column}",)


def _label(name: str, cells: tuple[Key, ...]) -> tuple[str, str]:
    group = gloss.request_groups().get(name)
    return (group.zh, group.en) if group else gloss.cell_name(*cells[0].split("/"))


@cache
def is_printed(form: str, key: Key) -> bool:
    """Does the form have this cell?"""
    table, row, column = key.split("/")
    if table == "requests":
        return any(row == one.id for one in gloss.request_rows(form)) and column in gloss.request_columns()
    if table == "review_litigation":
        return row in gloss.review_rows() and column in gloss.review_columns()
    blocks = gloss.proactive_blocks(form)
    return any(row == block.id and column == one.id for block in blocks for one in block.columns)
