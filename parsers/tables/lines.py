"""The printed rows of all tables of a document, one after the other: where a table was cut no longer matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from parsers.content import Cell, Content, Table
from parsers.printed.headings import LONGEST_HEADING
from parsers.printed.labels import normalise
from parsers.printed.numbers import LONGEST, looks_like_value
from parsers.tables.label_columns import labels_first
from parsers.tables.odd_layouts import Block, join_labels_to_numbers
from parsers.value_class import value_class

_WHITE = "\u200b\ufeff \t\r\n\u00a0\u3000"
MOST_LINES = 2000
"""Rows that are looked at in one document; a whole annual report has about sixty."""


@value_class(frozen=True, slots=True)
class TableLine:
    """The cells that begin in one printed row, with their comparable texts.

    `table` counts tables from 0, `width` is the number of grid columns of the table. `heading` is the last short
    paragraph before the table. `ragged` rows come from text, where cells may be lost; `padded` ones were all made
    equally long, so that empty cells at their end may be none. `has_values`: a number, a dash or the like is printed in
    the row.
    """

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    table: int
    width: int
    heading: str
    ragged: bool
    padded: bool
    has_values: bool

    def after(self, index: int) -> list[Cell]:
        """The cells right of that one."""
        return list(self.cells[index + 1 :])

    @property
    def right(self) -> int:
        """The grid column where the row ends."""
        return self.cells[-1].column + self.cells[-1].colspan if self.cells else 0


def is_blank(cell: Cell) -> bool:
    return cell.readable and not (cell.text and cell.text.strip(_WHITE))


def is_value(cell: Cell) -> bool:
    """Not blank, and such as stands in number cells."""
    return not cell.readable or (len(cell.text) < LONGEST and _is_value(cell.text))


@lru_cache(maxsize=8192)
def _is_value(text: str) -> bool:
    return looks_like_value(text) and bool(text.strip(_WHITE))


def lines_of(content: Content) -> list[TableLine]:
    """Every row of every table, from the top of the document; at most MOST_LINES."""
    found: list[TableLine] = []
    ragged = content.method == "text-rows"
    for line in _walk(content, ragged):
        found.append(line)
        if len(found) >= MOST_LINES:
            break
    return found


def _arranged(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, labels left of the numbers."""
    for block in blocks:
        yield from labels_first(block) if isinstance(block, Table) else [block]


def _walk(content: Content, ragged: bool) -> Iterator[TableLine]:
    heading = ""
    number = -1
    for block in _arranged(join_labels_to_numbers(content.blocks)):
        if isinstance(block, Table):
            number += 1
            rows = list(block.rows())
            ends = {cells[-1].column + cells[-1].colspan for cells in rows}
            width, padded = max(ends, default=0), len(ends) == 1
            for cells in rows:
                texts = tuple(normalise(cell.text) for cell in cells)
                has_values = any(map(is_value, cells))
                yield TableLine(cells, texts, number, width, heading, ragged, ragged and padded, has_values)
        else:
            text = block.text.strip()
            heading = text if 0 < len(text) <= LONGEST_HEADING else heading
