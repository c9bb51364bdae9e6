"""When a second reading need not be mapped: it found the very tables that the first one did."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.content import Content, Table
from parsers.forms import load
from parsers.forms.row_index import row_index
from parsers.printed.labels import normalise

Grid = tuple[tuple[int, int, int, int, bool, str], ...]


def is_same(first: Content, second: Content, form_id: str) -> bool:
    """Did both find the same tables in the same order, cell by cell, and the second none of the form besides?

    The mapping of equal tables is equal. Texts are compared up to the kind and length of white space.
    """
    if first.words or second.words or not first.tables:
        return False
    awaited = map(_grid, first.tables)
    next_one = next(awaited, None)
    for table in second.tables:
        if _grid(table) == next_one:
            next_one = next(awaited, None)
        elif _is_of_form(table, form_id):
            return False
    return next_one is None


def _grid(table: Table) -> Grid:
    return tuple(
        (cell.row, cell.column, cell.rowspan, cell.colspan, cell.readable, " ".join(cell.text.split()))
        for cell in table.cells
    )


def _is_of_form(table: Table, form_id: str) -> bool:
    """Does a cell print the whole label of one of the form's rows?"""
    return any(row_index(form_id, part.id).is_whole(text) for text in _labels(table) for part in load(form_id).tables)


def _labels(table: Table) -> Iterator[str]:
    return (normalise(cell.text) for cell in table.cells if cell.text)
