"""Which cells of a row stand under which columns. Where that cannot be proven there is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.content import Cell
from parsers.lines import is_blank, is_value

Values = tuple[Cell | None, ...]
"""One cell for each column, None where the row ends before the column (a blank at the end of a text line)."""


@dataclass(frozen=True, slots=True)
class Header:
    """Columns in printed order. `spans` are their grid columns (first, one past last), empty when not to be trusted."""

    order: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()


def align(after: Sequence[Cell], header: Header, *, label_ends: int, ragged: bool) -> Values | None:
    """The cells under each column of the header, None when the row does not show it.

    `after` are the cells right of the label, which ends before grid column `label_ends`. A number printed in every
    column is proof enough. Else the row has exactly as many cells as there are columns, or its cells stand under the
    header's; where these two contradict each other neither is proof.
    """
    width = len(header.order)
    if (printed := _printed_tail(after, width)) is not None:
        return printed
    found: list[Values] = [tuple(after)] if len(after) == width else []
    if header.spans and (under := _under(after, header, label_ends, ragged)) is not None:
        found.append(under)
    if not found:
        return None
    if not ragged:
        return found[0]
    return found[0] if all(_same(found[0], other) for other in found) else None


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


def _under(after: Sequence[Cell], header: Header, label_ends: int, ragged: bool) -> Values | None:
    """The one cell under each header cell; every printed cell must stand under one."""
    if label_ends > header.spans[0][0]:
        return None
    values: list[Cell | None] = []
    for first, end in header.spans:
        under = [cell for cell in after if cell.column < end and cell.column + cell.colspan > first]
        if len(under) > 1 or (not under and not ragged):
            return None
        values.append(under[0] if under else None)
    taken = [cell for cell in values if cell is not None]
    if len({cell.column for cell in taken}) < len(taken):
        return None
    if any(cell not in taken and not is_blank(cell) for cell in after):
        return None
    return tuple(values)


def _same(one: Values, other: Values) -> bool:
    return [None if c is None or is_blank(c) else c for c in one] == [
        None if c is None or is_blank(c) else c for c in other
    ]
