"""Which cells of a row stand under which columns. Where that cannot be proven there is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.content import Cell
from parsers.lines import Line, is_blank, is_value

Values = tuple[Cell | None, ...]
"""One cell for each column, None where the row ends before the column (a blank at the end of a text line)."""


@dataclass(frozen=True, slots=True)
class Header:
    """Columns in printed order. `spans` are their grid columns (first, one past last), empty when not to be trusted.

    `right` is where the header rows end.
    """

    order: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()
    right: int = 0


def align(after: Sequence[Cell], header: Header, line: Line, label_ends: int = 0) -> Values | None:
    """The cells under each column of the header, None when the row does not show it.

    `after` are the cells of `line` right of the label, which ends before grid column `label_ends`. A number printed in
    every column is proof enough. Else the row has exactly as many cells as there are columns, or its cells stand under
    the header's and end where it ends. In text, where cells get lost, a header that shows its columns decides alone.
    """
    if (printed := _printed_tail(after, len(header.order))) is not None:
        return printed
    under = _under(after, header, label_ends) if header.spans else None
    if line.ragged:
        return under if header.spans else _exact(_without_padding(after) if line.padded else after, header)
    return _exact(after, header) or under


def _exact(after: Sequence[Cell], header: Header) -> Values | None:
    return tuple(after) if len(after) == len(header.order) else None


def _without_padding(after: Sequence[Cell]) -> Sequence[Cell]:
    end = len(after)
    while end and after[end - 1].text == "":
        end -= 1
    return after[:end]


def _printed_tail(after: Sequence[Cell], width: int) -> Values | None:
    """All printed cells, when they are exactly `width` values side by side and the rest is blank."""
    cells = list(after)
    while cells and is_blank(cells[-1]):
        cells.pop()
    while cells and is_blank(cells[0]):
        cells.pop(0)
    if len(cells) == width and all(is_value(cell) for cell in cells):
        return tuple(cells)
    return None


def _under(after: Sequence[Cell], header: Header, label_ends: int) -> Values | None:
    """The one cell under each header cell; every printed cell must stand under one."""
    if not after or label_ends > header.spans[0][0] or after[-1].column + after[-1].colspan != header.right:
        return None
    values: list[Cell] = []
    for first, end in header.spans:
        under = [cell for cell in after if cell.column < end and cell.column + cell.colspan > first]
        if len(under) != 1 or under[0] in values:
            return None
        values.append(under[0])
    if any(cell not in values and not is_blank(cell) for cell in after):
        return None
    return tuple(values)
