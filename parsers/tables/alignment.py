"""Which cells of a row stand under which columns. Where that cannot be proven there is no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, pairwise

from parsers.content import Cell
from parsers.tables.lines import TableLine, is_blank, is_value

Values = tuple[Cell | None, ...]
"""One cell for each column, None where the row ends before the column (a blank at the end of a text line)."""


Span = tuple[int, int]
"""Grid columns: the first, and one past the last."""


@dataclass(frozen=True, slots=True)
class Header:
    """Columns in printed order, "" for one that the form does not have. `spans` are their grid columns, empty when not
    to be trusted.

    `right` is where the header rows end. `doubtful`: the header names its columns in an order that its cells do not
    prove. `from_earlier_table`: it stands above an earlier table.
    """

    order: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    right: int = 0
    doubtful: bool = False
    from_earlier_table: bool = False

    def without_label_columns(self, label_ends: int) -> Header:
        """The header without columns that are none of the form's and stand over the labels; the others get names."""
        return _without_label_columns(self, label_ends) if self.spans else self


@lru_cache(maxsize=256)
def _without_label_columns(header: Header, label_ends: int) -> Header:
    pairs = zip(header.order, header.spans, strict=True)
    kept = [(name, span) for name, span in pairs if name or span[0] >= label_ends]
    numbers = count(1)
    order = tuple(name or f"unmapped_{next(numbers)}" for name, _ in kept)
    return replace(header, order=order, spans=tuple(span for _, span in kept))


def with_unnamed(named: Mapping[str, Span], usual: Sequence[str], left: int | None, right: int) -> dict[str, Span]:
    """The named columns and those whose label cannot be read, where the usual order leaves just their places.

    The columns fill the grid from `left` to `right`; None where it is not known where they begin.
    """
    found = dict(sorted(named.items(), key=lambda one: one[1]))
    if tuple(found) != tuple(name for name in usual if name in found):
        return found
    begin = [("", (left, left))] if left is not None else []
    for (before, (_, first)), (after, (end, _)) in pairwise([*begin, *found.items(), ("", (right, right))]):
        start = usual.index(before) + 1 if before else 0
        missing = usual[start : usual.index(after) if after else len(usual)]
        if missing and len(missing) == end - first:
            found |= {name: (first + at, first + at + 1) for at, name in enumerate(missing)}
    return dict(sorted(found.items(), key=lambda one: one[1]))


def align(after: Sequence[Cell], header: Header, line: TableLine, label_ends: int = 0) -> Values | None:
    """The cells under each column of the header, None when the row does not show it.

    `after` are the cells of `line` right of the label, which ends before grid column `label_ends`. They stand under the
    header's, or there are exactly as many as columns: some agencies merge header and rows differently. A row that does
    not end where its header ends, or has none that shows its columns, may instead print a number in every column. In
    text, where cells get lost, a header that shows its columns decides alone.
    """
    if header.doubtful:
        return None
    under = _under(after, header, label_ends) if header.spans else None
    if line.ragged:
        if (printed := _printed_tail(after, len(header.order))) is not None:
            return printed
        return under if header.spans else _exact(_without_padding(after) if line.padded else after, header)
    if under is None and line.right != header.right and any(name.startswith("unmapped_") for name in header.order):
        return None  # a column of the agency's own, and the row does not show where it stands
    known = under or _exact(after, header)
    if known is not None or (header.spans and line.right == header.right):
        return known
    return _printed_tail(after, len(header.order))


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
    if [(cell.column, cell.column + cell.colspan) for cell in after] == list(header.spans):
        return tuple(after)
    values: list[Cell] = []
    used: set[int] = set()
    for first, end in header.spans:
        under = [at for at, cell in enumerate(after) if cell.column < end and cell.column + cell.colspan > first]
        if len(under) != 1 or under[0] in used:
            return None
        used.add(under[0])
        values.append(after[under[0]])
    if any(at not in used and not is_blank(cell) for at, cell in enumerate(after)):
        return None
    return tuple(values)
