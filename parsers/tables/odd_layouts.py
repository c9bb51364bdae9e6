"""Odd layouts of the form's tables: printed on their side, or labels and numbers in two tables side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.content import Cell, Content, Paragraph, Table
from parsers.forms.detect_form import TABLE2_CORNER, TABLE3_FIRST, TABLE3_LAST
from parsers.printed.labels import normalise
from parsers.printed.numbers import looks_like_value
from parsers.report import ReportCell, State

_UNREAD = (State.MISSING, State.UNREADABLE)

Block = Paragraph | Table
Row = tuple[Cell, ...]


def transpose(content: Content) -> Content:
    """The document with rows and columns of every table exchanged, block by block."""
    blocks = (_transposed_pieces(block) if isinstance(block, Table) else [block] for block in content.blocks)
    return replace(content, blocks=tuple(one for several in blocks for one in several))


def _transposed_pieces(table: Table) -> list[Table]:
    """A table on its side; one for each block of table two, whose blocks stand under each other either way."""
    pieces: list[list[Cell]] = [[]]
    for row in table.rows():
        if any(normalise(cell.text) == TABLE2_CORNER for cell in row):
            pieces.append([])
        if len(row) > 1:  # else a heading across the table
            pieces[-1] += map(_transposed, row)
    return [replace(table, cells=tuple(cells)) for cells in pieces]


def _transposed(cell: Cell) -> Cell:
    return replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)


def is_unread(cells: Sequence[ReportCell]) -> bool:
    """Was no cell of the form's own rows read?"""
    return all(cell.state in _UNREAD for cell in cells if not cell.row.startswith("unmapped_"))


def is_whole(cells: Sequence[ReportCell]) -> bool:
    """Was every cell read? Nothing less proves that a table stands on its side."""
    return all(cell.state not in _UNREAD for cell in cells)


def join_labels_to_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with each pair of such tables made one."""
    waiting: Table | None = None
    for block in blocks:
        if waiting is not None:
            whole = _join(waiting, block) if isinstance(block, Table) else None
            yield whole or waiting
            waiting = None
            if whole is not None:
                continue
        if isinstance(block, Table) and _is_labels(block):
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _is_labels(table: Table) -> bool:
    """Does the table print the first and the last label, and no number?"""
    texts = [text for cell in table.cells if (text := normalise(cell.text))]
    if not texts or TABLE3_LAST not in texts[-1] or not any(TABLE3_FIRST in text for text in texts):
        return False
    return not any(cell.text.strip() and looks_like_value(cell.text) for cell in table.cells)


def _join(labels: Table, numbers: Table) -> Table | None:
    """One table, if there are just as many rows of numbers, below their header, as there are labels."""
    left, right = list(labels.rows()), list(numbers.rows())
    first = next(at for at, row in enumerate(left) if any(TABLE3_FIRST in normalise(cell.text) for cell in row))
    head = next((at for at, row in enumerate(right) if not any(map(_is_word, row))), len(right))
    if len(left) - first != len(right) - head or any(_is_word(cell) for row in right[head:] for cell in row):
        return None
    width = labels.width
    top = right[head][0].row - left[first][0].row
    cells = [
        *(replace(cell, column=cell.column + width) for row in right[:head] for cell in row),
        *(cell for pair in zip(left[first:], right[head:], strict=True) for cell in _row(*pair, top, width)),
    ]
    return replace(labels, cells=tuple(cells))


def _row(labels: Row, numbers: Row, down: int, across: int) -> Iterator[Cell]:
    yield from (replace(cell, row=cell.row + down) for cell in labels)
    yield from (replace(cell, row=labels[0].row + down, column=cell.column + across) for cell in numbers)


def _is_word(cell: Cell) -> bool:
    return bool(cell.text.strip()) and not looks_like_value(cell.text)
