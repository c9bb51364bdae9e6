"""Assembling tables from a stream of marks: .doc and .rtf store text, cell ends and row ends in one sequence.

Paragraphs come with their depth (0 outside tables). A row is known only at its end, when its cells are laid on the
ruler; its table when something shallower follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.content import Paragraph, Place, Table
from parsers.formats.limits import MAX_NESTING, check_table
from parsers.formats.packages.grid import RowCell, columns, lay_out
from parsers.formats.packages.nested import Blocks, unfold

TOLERANCE = 60
"""Twentieths of a point (1 mm) that two grid lines may be apart and still be one."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell's place on the ruler, in twentieths of a point, and whether it continues a neighbour."""

    left: int
    right: int
    above: bool = False
    beside: bool = False


@dataclass(slots=True)
class _Open:
    """A table that is still growing: finished rows, cells of the current row, blocks of the current cell."""

    path: str
    rows: list[tuple[list[Blocks], Sequence[Slot]]] = field(default_factory=list)
    row: list[Blocks] = field(default_factory=list)
    cell: Blocks = field(default_factory=list)
    inner: int = 0

    @property
    def cell_path(self) -> str:
        return f"{self.path}/row[{len(self.rows) + 1}]/cell[{len(self.row) + 1}]"


class Assembler:
    """Takes the marks in order; `finish` gives the blocks."""

    def __init__(self) -> None:
        self._body: Blocks = []
        self._open: list[_Open] = []
        self._tables = 0
        self._paragraphs = 0
        self._cells = 0

    def paragraph(self, text: str, depth: int) -> None:
        """The end of a paragraph that ends no cell."""
        self._set_depth(depth)
        if self._open:
            table = self._open[-1]
            table.cell.append(Paragraph(text, Place(path=table.cell_path)))
            return
        self._paragraphs += 1
        self._body.append(Paragraph(text, Place(path=f"paragraph[{self._paragraphs}]")))

    def end_cell(self, text: str, depth: int) -> None:
        """The end of a cell, with the text of its last paragraph."""
        self.paragraph(text, max(depth, 1))
        table = self._open[-1]
        table.row.append(table.cell)
        table.cell = []
        self._cells += 1
        check_table(len(table.rows), self._cells)

    def end_row(self, slots: Sequence[Slot], depth: int) -> None:
        """The end of a row, with the places of its cells as far as the file gives them."""
        self._set_depth(max(depth, 1))
        table = self._open[-1]
        if table.row:
            table.rows.append((table.row, slots))
        table.row, table.cell = [], []

    def finish(self) -> tuple[Paragraph | Table, ...]:
        """Close what is open."""
        self._set_depth(0)
        return tuple(self._body)

    def _set_depth(self, depth: int) -> None:
        """Open or close tables until `depth` are open."""
        depth = min(depth, MAX_NESTING)
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Open(self._next_path()))

    def _next_path(self) -> str:
        if self._open:
            self._open[-1].inner += 1
            return f"{self._open[-1].cell_path}/table[{self._open[-1].inner}]"
        self._tables += 1
        return f"table[{self._tables}]"

    def _close(self) -> None:
        table = self._open.pop()
        if table.cell:
            table.row.append(table.cell)
        if table.row:
            table.rows.append((table.row, ()))
        (self._open[-1].cell if self._open else self._body).extend(_build(table))


def _build(table: _Open) -> Blocks:
    """The blocks of a finished table."""
    lines = columns((edge for _, slots in table.rows for slot in slots for edge in (slot.left, slot.right)), TOLERANCE)
    rows: list[list[RowCell]] = []
    nested: dict[str, Blocks] = {}
    for number, (cells, slots) in enumerate(table.rows, 1):
        row: list[RowCell] = []
        for index, (blocks, (start, stop, above, beside)) in enumerate(
            zip(cells, _placed(cells, slots, lines), strict=True), 1
        ):
            path = f"{table.path}/row[{number}]/cell[{index}]"
            text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
            row.append(RowCell(start, stop, text, path, above, beside))
            if any(isinstance(block, Table) for block in blocks):
                nested[path] = blocks
        rows.append(row)
    if nested:
        return unfold(rows, nested, table.path)
    return [lay_out(rows, Place(path=table.path))] if rows else []


def _placed(cells: Sequence[Blocks], slots: Sequence[Slot], lines: dict[int, int]) -> list[tuple[int, int, bool, bool]]:
    """Grid lines of each cell; cells beyond what the ruler tells follow one column each."""
    placed = [(lines[slot.left], lines[slot.right], slot.above, slot.beside) for slot in slots[: len(cells)]]
    while len(placed) < len(cells):
        start = placed[-1][1] if placed else 0
        placed.append((start, start + 1, False, False))
    return placed
