"""Table three as two tables side by side, the labels in one and the numbers in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.content import Cell, Paragraph, Table
from parsers.printed.labels import normalise
from parsers.printed.numbers import looks_like_value

FIRST, LAST = "本年新收", "结转下年度"
"""What the first and the last label of table three say in every form."""

Block = Paragraph | Table
Row = tuple[Cell, ...]


def joined(blocks: Sequence[Block]) -> Iterator[Block]:
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
    if not texts or LAST not in texts[-1] or not any(FIRST in text for text in texts):
        return False
    return not any(cell.text.strip() and looks_like_value(cell.text) for cell in table.cells)


def _join(labels: Table, numbers: Table) -> Table | None:
    """One table, if there are just as many rows of numbers, below their header, as there are labels."""
    left, right = list(labels.rows()), list(numbers.rows())
    first = next(at for at, row in enumerate(left) if any(FIRST in normalise(cell.text) for cell in row))
    head = next((at for at, row in enumerate(right) if not any(map(_is_word, row))), len(right))
    if len(left) - first != len(right) - head or any(_is_word(cell) for row in right[head:] for cell in row):
        return None
    width = max(cell.column + cell.colspan for cell in labels.cells)
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
