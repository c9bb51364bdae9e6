"""Worksheets as paragraphs and tables: a sheet is cut at empty rows, what stands alone at the top is a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from parsers.content import Cell, Paragraph, Place, Table
from parsers.formats.limits import check_table
from parsers.formats.sheets.worksheet import Spot, VisibleSheet, Worksheet, seen, spot_name, spot_of
from parsers.printed.headings import heading_of

_LONG = 60
"""A text that stands alone in its row and is longer than any label is prose."""

_HEADS = 10
"""Words side by side that make a row of column heads: table four has fifteen, a row of labels at most four."""


def laid_out(sheets: Iterable[Worksheet]) -> tuple[tuple[Paragraph | Table, ...], tuple[str, ...]]:
    """Headings, prose and tables of the sheets in order, and notes. Raises `Unreadable` (``too_large``)."""
    columns = range(0)
    found: list[Paragraph | Table] = []
    notes: list[str] = []
    for sheet in sheets:
        drawn = _Drawn(sheet, seen(sheet), columns)
        found.extend(drawn.blocks())
        columns = drawn.columns
        notes.extend(drawn.notes)
    blocks = (
        _with_blank_row(block) if isinstance(block, Table) and not isinstance(below, Table) else block
        for block, below in zip_longest(found, found[1:])
    )
    return tuple(blocks), tuple(notes)


def _with_blank_row(table: Table) -> Table:
    """Below a header without numbers a sheet has empty cells: the blanks of a row that was not filled in."""
    last = table.height
    heads = [cell for cell in table.cells if cell.row + cell.rowspan == last]
    if len(heads) < _HEADS or not all(any(map(str.isalpha, cell.text)) for cell in heads):
        return table
    blanks = (Cell(last, cell.column, "", _below(cell), colspan=cell.colspan) for cell in heads)
    return replace(table, cells=(*table.cells, *blanks))


def _below(cell: Cell) -> Place:
    sheet, _, name = (cell.place.path or "").rpartition("!")
    row, column = spot_of(name) or (0, 0)
    return Place(path=f"{sheet}!{spot_name(row + cell.rowspan, column)}")


@dataclass(slots=True)
class _Drawn:
    """A sheet as it is seen. `columns` are those of the last table: numbers alone, below a gap, continue it."""

    sheet: Worksheet
    seen: VisibleSheet
    columns: range
    notes: list[str] = field(default_factory=list)

    def blocks(self) -> Iterator[Paragraph | Table]:
        """The pieces between empty rows."""
        top = 0
        while top < len(self.seen.rows):
            bottom = top
            while bottom < len(self.seen.rows) and self._is_filled(bottom):
                bottom += 1
            yield from self._piece(range(top, bottom))
            top = bottom + 1

    def _is_filled(self, row: int) -> bool:
        """Whether something is printed in the row, or a merged cell or a table's borders reach into it."""
        return any(self._is_used(row, column) for column in range(len(self.seen.columns)))

    def _is_used(self, row: int, column: int) -> bool:
        spot = row, column
        seen = self.seen
        return spot in seen.covered or spot in seen.unknown or spot in seen.ruled or bool(self._text(*spot).strip())

    def _text(self, row: int, column: int) -> str:
        return self.seen.texts.get((row, column), "")

    def _piece(self, rows: range) -> Iterator[Paragraph | Table]:
        """One piece: headings and prose as paragraphs, the rest as tables."""
        table: list[int] = []
        for row in rows:
            alone = [column for column in range(len(self.seen.columns)) if self._text(row, column).strip()]
            text = self._text(row, alone[0]) if len(alone) == 1 and (row, alone[0]) not in self.seen.covered else ""
            if text and ((not table and not self._is_ruled(row)) or _is_prose(text)):
                yield from self._table(table)
                table = []
                yield Paragraph(text, self._place(row, alone[0]))
            else:
                table.append(row)
        yield from self._table(table)

    def _is_ruled(self, row: int) -> bool:
        """Whether the row is drawn as several cells."""
        cells = [c for c in range(len(self.seen.columns)) if (row, c) in self.seen.ruled]
        return sum((row, c) not in self.seen.covered for c in cells) > 1

    def _table(self, rows: Sequence[int]) -> Iterator[Table]:
        """Rows as a table as wide as what is printed in it; numbers alone are as wide as what they continue."""
        spots = [(row, column) for row in rows for column in range(len(self.seen.columns))]
        used = [spot[1] for spot in spots if self._text(*spot).strip()]
        if not rows or not (used or self.columns):
            return
        used += [self.seen.merged[spot][1] for spot in spots if spot in self.seen.merged]
        used += [spot[1] for spot in spots if spot in self.seen.unknown]
        if self._has_words(rows):
            self.columns = range(min(used), self._stop(spots, min(used), max(used) + 1))
        else:
            used += [spot[1] for spot in spots if spot in self.seen.ruled]
            start, stop = (self.columns.start, self.columns.stop) if self.columns else (min(used), 0)
            self.columns = range(min([*used, start]), max([*used, stop - 1]) + 1)
        check_table(len(rows), len(rows) * len(self.columns))
        cells = tuple(self._cell(row, column, rows) for row in rows for column in self._own(row))
        if cells:  # none in the lower rows of a heading that is merged over several
            yield Table(cells)

    def _stop(self, spots: Sequence[Spot], start: int, stop: int) -> int:
        """Where the table ends: numbers beyond an empty column without a head are sums that somebody checked by."""
        taken = self.seen.covered | self.seen.unknown
        filled = {spot[1] for spot in spots if spot in taken or self._text(*spot).strip()}
        gap = next((column for column in range(max(start, self.columns.stop), stop) if column not in filled), stop)
        words = sum(any(map(str.isalpha, self._text(*spot))) for spot in spots if spot[1] > gap)
        numbers = [spot[1] for spot in spots if self._text(*spot).strip().isdecimal()]
        inside = sum(column < gap for column in numbers)
        if gap == stop or words > 1 or inside == 0 or 2 * inside < len(numbers):
            return stop
        self.notes.append(f"numbers beside the table at {self._place(spots[0][0], start).path} were left out")
        return gap

    def _has_words(self, rows: Sequence[int]) -> bool:
        texts = (self._text(row, column) for row in rows for column in range(len(self.seen.columns)))
        return any(character.isalpha() for text in texts for character in text)

    def _own(self, row: int) -> Iterator[int]:
        return (column for column in self.columns if (row, column) not in self.seen.covered)

    def _cell(self, row: int, column: int, rows: Sequence[int]) -> Cell:
        bottom, end = self.seen.merged.get((row, column), (row, column))
        spans = min(bottom, rows[-1]) - row + 1, end - column + 1
        place, is_known = self._place(row, column), (row, column) not in self.seen.unknown
        return Cell(row - rows[0], column - self.columns.start, self._text(row, column), place, *spans, is_known)

    def _place(self, row: int, column: int) -> Place:
        rows, columns = self.seen.rows, self.seen.columns
        at = columns[column] if column < len(columns) else column
        return Place(path=self.sheet.path(rows[row], at))


def _is_prose(text: str) -> bool:
    """Whether a text alone in its row, with no empty row before it, is no row of the table."""
    return len(text) > _LONG or heading_of(text) is not None
