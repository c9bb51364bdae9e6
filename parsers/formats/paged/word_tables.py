"""A region of rows → a table: columns from the numbers and the heads above them, blanks kept by position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.content import Box, Cell, Place, Table
from parsers.formats.paged.layout import UNMAPPED
from parsers.formats.paged.word_heads import Head, heads
from parsers.formats.paged.word_labels import LabelEntry, entries, groups
from parsers.formats.paged.words import Chunk, Region, WordRow

Interval = tuple[float, float]
_SHORT_HEAD = 4  # letters of a head that stands alone on its line (总计, 其他); chosen
_APART = -0.5  # points between two columns: boxes of neighbours may overlap by rounding
_ALIGNED = 4  # points by which the left edges of labels in one column may differ; chosen
_NEXT_LINE = 1.6  # of a line's height down to the next line of one label; chosen
_BESIDE = 1.3  # of a line's height within which two labels share a row; chosen
_LOWER = 3  # points: what begins lower is on another line


@dataclass(frozen=True, slots=True)
class ValueColumns:
    """Where the value columns of a region stand, and where its labels end."""

    values: tuple[Interval, ...]
    left: float

    def of(self, box: Box) -> tuple[int, int]:
        """First and last value column under a box; the nearest where it covers none."""
        covered = [i for i, (x0, x1) in enumerate(self.values) if box[0] < (x0 + x1) / 2 < box[2]]
        if covered:
            return covered[0], covered[-1]
        middle = (box[0] + box[2]) / 2
        nearest = min(range(len(self.values)), key=lambda i: abs(sum(self.values[i]) / 2 - middle))
        return nearest, nearest


def columns_of(region: Region) -> ValueColumns | None:
    """Columns of numbers; a column without any number is known by its head."""
    data = [row for row in region.rows if row.is_data]
    values = _merged([(c.box[0], c.box[2]) for row in data for c in row.values])
    if not values:
        return None
    labels = [c for row in data for c in row.chunks if not c.is_value and c.box[2] <= values[0][1]]
    edge = max((c.box[2] for c in labels), default=min(x0 for x0, _ in values) - 1.0)
    for row in reversed([row for row in region.rows if not row.is_data]):
        for chunk in row.chunks if sum(c.box[0] >= edge for c in row.chunks) > 1 else _short(row.chunks):
            over_label = any(c.box[0] < chunk.middle < c.box[2] for c in labels)
            apart = all(chunk.box[2] <= x0 or x1 <= chunk.box[0] for x0, x1 in values)
            if chunk.box[0] >= edge and apart and not over_label:
                values = sorted([*values, (chunk.box[0], chunk.box[2])])
    return ValueColumns(tuple(values), min(x0 for x0, _ in values))


def _short(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Alone on its line, only a short word can be the head of one column."""
    return [chunk for chunk in chunks if len(chunk.text) <= _SHORT_HEAD]


def _merged(intervals: Sequence[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start < merged[-1][1] + _APART:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def table_of(region: Region) -> Table | None:
    """The table of a region: heads, then rows with two label columns (group, item) and the values."""
    columns = columns_of(region)
    if columns is None:
        return None
    kinds = [_kind(row, columns) for row in region.rows]
    cells: list[Cell] = []
    alone = False
    for start, end, kind in _bands(region.rows, kinds):
        at = max((cell.row + cell.rowspan for cell in cells), default=0)
        rows = region.rows[start:end]
        if kind == "head":
            found = heads(rows, columns.values, columns.left)
            alone = _alone(found)
            cells.extend(_head_cells(found, at))
        else:
            cells.extend(_body(rows, columns, at, alone))
    page = region.rows[0].page
    return Table(
        tuple(cells), Place(page, around_all([c.place.box for c in cells if c.place.box and c.place.page == page]))
    )


def _kind(row: WordRow, columns: ValueColumns) -> str:
    if row.is_data:
        return "data"
    return "head" if any(chunk.box[2] > columns.left + 1 for chunk in row.chunks) else "label"


def _bands(rows: Sequence[WordRow], kinds: list[str]) -> Iterator[tuple[int, int, str]]:
    """Alternating runs of head rows and of rows of numbers; label lines between heads belong to the heads."""
    start = 0
    while start < len(rows):
        last_head = start - 1
        for i in range(start, len(rows)):
            if kinds[i] == "data":
                break
            if kinds[i] == "head":
                last_head = i
        if last_head >= start:
            yield start, last_head + 1, "head"
            start = last_head + 1
        end = start
        while end < len(rows) and kinds[end] != "head":
            end += 1
        if any(kind == "data" for kind in kinds[start:end]):
            yield start, end, "data"
        elif end > start:
            yield start, end, "head"
        start = max(end, start + 1)


def _alone(found: Sequence[Head]) -> bool:
    """Has the block under these heads one value column over the whole width?"""
    deepest = max((head.level for head in found if head.first >= 0), default=-1)
    return sum(head.first >= 0 and head.level == deepest for head in found) == 1


def _head_cells(found: Sequence[Head], at: int) -> Iterator[Cell]:
    depth = max((head.level for head in found), default=0) + 1
    for head in found:
        if head.first < 0:
            yield _cell(at, 0, head.lines, depth, 2)
        else:
            yield _cell(at + head.level, 2 + head.first, head.lines, 1, head.last - head.first + 1)


def _body(rows: Sequence[WordRow], columns: ValueColumns, at: int, alone: bool) -> Iterator[Cell]:
    data = [row for row in rows if row.is_data]
    labels = [
        c for row in rows for c in row.chunks if c.box[2] <= columns.left + 1 and not (row.is_data and c.is_value)
    ]
    split = _item_left(rows, columns)
    items, sides = _sorted_out(labels, data, split)
    found = entries(items, data)
    free = [i for i, entry in enumerate(found) if entry.label and min(c.box[0] for c in entry.label) > split - _ALIGNED]
    for group in groups(sides, found, free or list(range(len(found)))):
        yield _cell(at + group.first, 0, group.lines, group.last - group.first + 1)
    for i, entry in enumerate(found):
        if entry.label:
            yield _cell(at + i, 1, entry.label)
        if entry.row or not any(near.row and not near.label for near in found[max(i - 1, 0) : i + 2]):
            yield from _values(entry, columns, at + i, alone)


def _item_left(rows: Sequence[WordRow], columns: ValueColumns) -> float:
    """Where the group labels end that stand left of items; the left border where there are none."""
    ends = []
    for row in rows:
        labels = [c for c in row.chunks if c.box[2] <= columns.left + 1 and len(c.text) > 1]
        if len(labels) > 1:
            ends.append(labels[-2].box[2])
    return max(ends) + 2 if ends else float("-inf")


def _sorted_out(labels: Sequence[Chunk], data: Sequence[WordRow], split: float) -> tuple[list[Chunk], list[Chunk]]:
    """Label lines that name rows, and those of groups beside several rows.

    A label left of the items names a row when it reaches into their column, goes on below one that does, or is
    the only label at the height of a row of numbers.
    """
    items = [chunk for chunk in labels if chunk.box[2] > split]
    sides: list[Chunk] = []
    for chunk in (chunk for chunk in labels if chunk.box[2] <= split):
        alone = not any(c.box[0] > chunk.box[2] and abs(c.box[1] - chunk.box[1]) < 2 for c in labels)
        named = len(chunk.text) > 1 and (
            _goes_on(chunk, items, split) or (alone and _stands_alone(chunk, data, items, split))
        )
        (items if named else sides).append(chunk)
    return items, sides


def _goes_on(chunk: Chunk, items: Sequence[Chunk], split: float) -> bool:
    height = chunk.box[3] - chunk.box[1]
    return any(
        c.box[0] < split - _ALIGNED
        and abs(c.box[0] - chunk.box[0]) < _ALIGNED
        and 0 < chunk.box[1] - c.box[1] < _NEXT_LINE * height
        for c in items
    )


def _stands_alone(chunk: Chunk, data: Sequence[WordRow], items: Sequence[Chunk], split: float) -> bool:
    height = chunk.box[3] - chunk.box[1]
    on_row = any(row.box[1] < chunk.box[3] - height / 2 < row.box[3] for row in data)
    return on_row and not any(
        c.box[0] > split - _ALIGNED and abs(c.box[1] - chunk.box[1]) < _BESIDE * height for c in items
    )


def _values(entry: LabelEntry, columns: ValueColumns, at: int, alone: bool) -> Iterator[Cell]:
    row = entry.row
    inside = [c for c in row.chunks if c.box[2] > columns.left + 1 or c.is_value] if row else []
    top, bottom = (row.box[1], row.box[3]) if row else (entry.label[0].box[1], entry.label[-1].box[3])
    page, lift = (row.page, row.lift) if row else (entry.label[0].page, entry.label[0].lift)
    if alone and len(inside) <= 1:
        box = (columns.values[0][0], top, columns.values[-1][1], bottom)
        yield _cell(at, 2, inside or [Chunk("", box, page, lift)], 1, len(columns.values))
        return
    by_column: dict[int, list[Chunk]] = {}
    for chunk in inside:
        by_column.setdefault(columns.of(chunk.box)[0], []).append(chunk)
    for i, (x0, x1) in enumerate(columns.values):
        yield _cell(at, 2 + i, by_column.get(i) or [Chunk("", (x0, top, x1, bottom), page, lift)])


def _cell(row: int, column: int, chunks: Sequence[Chunk], rowspan: int = 1, colspan: int = 1) -> Cell:
    """A cell from its lines; two pieces on one line are kept apart by a space."""
    text = chunks[0].text
    for before, chunk in pairwise(chunks):
        text += ("\n" if chunk.box[1] > before.box[1] + _LOWER else " ") + chunk.text
    boxes = [(c.box[0], c.box[1] - c.lift, c.box[2], c.box[3] - c.lift) for c in chunks if c.page == chunks[0].page]
    return Cell(
        row, column, text, Place(chunks[0].page, around_all(boxes)), rowspan, colspan, not UNMAPPED.search(text)
    )


def around_all(boxes: Sequence[Box]) -> Box:
    """The box around boxes, to a tenth of a point."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (round(min(x0), 1), round(min(top), 1), round(max(x1), 1), round(max(bottom), 1))
