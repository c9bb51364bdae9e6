"""The cells of a table over all forms: columns of the wide files and views."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from harvester.definitions import gloss
from parsers.forms import MODERN, load


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell that some form prints. `unit` is that of the newest form that has it; `forms` stand oldest first."""

    table: str
    row: str
    column: str
    zh: str
    en: str
    unit: str
    forms: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the cell is called where a report is one row."""
        return f"{self.row}__{self.column}"


@cache
def form_cells(table: str) -> tuple[FormCell, ...]:
    """Every cell once, in printed order, those of older forms first."""
    found: dict[tuple[str, str], FormCell] = {}
    for form in reversed(MODERN):
        blocks = (block for one in load(form).tables if one.id == table for block in one.blocks)
        for row, column in ((row, column) for block in blocks for row in block.rows for column in block.columns):
            older = found.get((row.id, column.id))
            labels = gloss.cell_name(table, row.id, column.id)
            forms = (*(older.forms if older else ()), form)
            found[row.id, column.id] = FormCell(table, row.id, column.id, *labels, column.unit or "件", forms)
    return tuple(found.values())
