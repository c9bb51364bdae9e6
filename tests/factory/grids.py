"""The tables of a truth as grids of cells with spans, and what agencies and converters do to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.factory.forms import BLOCKS, CARRIED_OUT, COLUMNS, NOTE, OUTCOMES, RECEIVED, RESULT, groups
from tests.factory.truth import Truth


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a grid. `key` names the number it prints; labels have none."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `header` rows would be repeated on a new page."""

    slots: tuple[Slot, ...]
    header: int = 0

    @property
    def height(self) -> int:
        return max(slot.row + slot.rowspan for slot in self.slots)

    @property
    def width(self) -> int:
        return max(slot.column + slot.colspan for slot in self.slots)

    def rows(self) -> list[list[Slot]]:
        """Slots by the row they begin in, in column order."""
        return [
            sorted((slot for slot in self.slots if slot.row == row), key=lambda slot: slot.column)
            for row in range(self.height)
        ]


def disclosure(truth: Truth) -> list[Grid]:
    """Table two, one grid a block."""
    grids = []
    for heading, columns, rows in BLOCKS[truth.form]:
        span = 3 // len(columns) if len(columns) != 2 else 1
        slots = [Slot(0, 0, heading, colspan=4), Slot(1, 0, "信息内容")]
        last = len(columns) - 1
        for index, label in enumerate(columns.values()):
            wide = 2 if len(columns) == 2 and index == last else span
            slots.append(Slot(1, 1 + index * span, label, colspan=wide))
        for number, (row, label) in enumerate(rows.items(), 2):
            slots.append(Slot(number, 0, label))
            for index, column in enumerate(columns):
                key = f"proactive_disclosure/{row}/{column}"
                wide = 2 if len(columns) == 2 and index == last else span
                slots.append(Slot(number, 1 + index * span, truth.cells[key].text, colspan=wide, key=key))
        grids.append(Grid(tuple(slots)))
    return grids


def requests(truth: Truth) -> Grid:
    """Table three."""
    slots = [Slot(0, 0, NOTE, 3, 3), Slot(0, 3, "申请人情况", colspan=7), Slot(1, 3, "自然人", 2)]
    slots += [Slot(1, 4, "法人或其他组织", colspan=5), Slot(1, 9, "总计", 2)]
    slots += [Slot(2, 4 + index, label) for index, label in enumerate(list(COLUMNS.values())[1:-1])]
    row = 3
    for row_id, label in RECEIVED.items():
        slots += [Slot(row, 0, label, colspan=3), *_numbers(truth, row, row_id)]
        row += 1
    first = row
    for group, rows in groups(truth.form, sub_rows=truth.sub_rows):
        if group:
            slots.append(Slot(row, 1, group, rowspan=len(rows)))
        for row_id, label in rows.items():
            slots.append(Slot(row, 2 if group else 1, label, colspan=1 if group else 2))
            slots += _numbers(truth, row, row_id)
            row += 1
    slots.append(Slot(first, 0, RESULT, rowspan=row - first))
    for row_id, label in CARRIED_OUT.items():
        slots += [Slot(row, 0, label, colspan=3), *_numbers(truth, row, row_id)]
    return Grid(tuple(slots), header=3)


def _numbers(truth: Truth, row: int, row_id: str) -> list[Slot]:
    keys = [f"requests/{row_id}/{column}" for column in COLUMNS]
    return [Slot(row, 3 + index, truth.cells[key].text, key=key) for index, key in enumerate(keys)]


def review(truth: Truth) -> Grid:
    """Table four."""
    slots = [Slot(0, 0, "行政复议", 2, 5), Slot(0, 5, "行政诉讼", colspan=10)]
    slots += [Slot(1, 5, "未经复议直接起诉", colspan=5), Slot(1, 10, "复议后起诉", colspan=5)]
    for index, path in enumerate(("review", "litigation_direct", "litigation_after_review")):
        for offset, (outcome, label) in enumerate(OUTCOMES.items()):
            key = f"review_litigation/{path}/{outcome}"
            column = index * 5 + offset
            slots += [Slot(2, column, label), Slot(3, column, truth.cells[key].text, key=key)]
    return Grid(tuple(slots), header=3)


def stacked(grids: list[Grid]) -> Grid:
    """Grids of one width on top of each other: table two as one table."""
    slots: list[Slot] = []
    row = 0
    for grid in grids:
        slots += [replace(slot, row=slot.row + row) for slot in grid.slots]
        row += grid.height
    return Grid(tuple(slots))


def split(grid: Grid, at: int, *, header: bool = False, repeat: bool = False) -> list[Grid]:
    """A grid cut before row `at` as by a page break: spans are cut, the label stays above unless repeated."""
    above: list[Slot] = []
    below: list[Slot] = []
    for slot in grid.slots:
        if slot.row + slot.rowspan <= at:
            above.append(slot)
        elif slot.row >= at:
            below.append(replace(slot, row=slot.row - at))
        else:
            above.append(replace(slot, rowspan=at - slot.row))
            text = slot.text if repeat else ""
            below.append(replace(slot, row=0, rowspan=slot.row + slot.rowspan - at, text=text))
    if header:
        below = [replace(slot, row=slot.row + grid.header) for slot in below]
        below += [slot for slot in grid.slots if slot.row < grid.header]
    return [Grid(tuple(above), grid.header), Grid(tuple(below), grid.header if header else 0)]


def unmerged(grid: Grid, *, repeat: bool, below_row: int = 0) -> Grid:
    """Row spans dissolved: the label in the first row only, or in every row."""
    slots: list[Slot] = []
    for slot in grid.slots:
        if slot.rowspan == 1 or slot.row < below_row or slot.key:
            slots.append(slot)
            continue
        for offset in range(slot.rowspan):
            text = slot.text if repeat or not offset else ""
            slots.append(replace(slot, row=slot.row + offset, rowspan=1, text=text))
    return Grid(tuple(slots), grid.header)


def header_unmerged(grid: Grid) -> Grid:
    """Header cells without spans: the text in the first cell, empty cells beside and below it."""
    slots: list[Slot] = []
    for slot in grid.slots:
        if slot.row >= grid.header:
            slots.append(slot)
            continue
        for down in range(slot.rowspan):
            for right in range(slot.colspan):
                text = "" if down or right else slot.text
                slots.append(Slot(slot.row + down, slot.column + right, text))
    return Grid(tuple(slots), grid.header)


def with_gap(grid: Grid, at: int) -> Grid:
    """An empty row before row `at`, as spreadsheets have for looks."""
    slots = [replace(slot, row=slot.row + (slot.row >= at)) for slot in grid.slots]
    return Grid((*slots, *(Slot(at, column, "") for column in range(grid.width))), grid.header)


def with_subtotals(grid: Grid) -> Grid:
    """A row 小计 after each group of table three, as some agencies insert it."""
    ends = {slot.row + slot.rowspan for slot in grid.slots if slot.column == 1 and slot.rowspan > 1}
    slots: list[Slot] = []
    for slot in grid.slots:
        moved = sum(end <= slot.row for end in ends)
        grown = sum(slot.row < end <= slot.row + slot.rowspan for end in ends) if not slot.key else 0
        grown = grown if slot.rowspan > 1 else 0
        slots.append(replace(slot, row=slot.row + moved, rowspan=slot.rowspan + grown))
    for number, end in enumerate(sorted(ends)):
        slots.append(Slot(end + number, 2, "小计"))
        slots += [Slot(end + number, 3 + column, "777") for column in range(7)]
    return Grid(tuple(slots), grid.header)


def relabelled(grid: Grid, random: Random) -> Grid:
    """Labels as people type them: other punctuation, stray spaces."""
    style = random.choice(["halfwidth", "comma", "spaces", "plain"])
    return Grid(
        tuple(slot if slot.key else replace(slot, text=_retyped(slot.text, style, random)) for slot in grid.slots),
        grid.header,
    )


def _retyped(text: str, style: str, random: Random) -> str:
    if style == "halfwidth":
        return text.translate(str.maketrans("（）“”，", '()"",'))
    if style == "comma":
        return text.replace(".", "、")
    if style == "spaces" and len(text) > 3:
        at = random.randint(2, len(text) - 1)
        return text[:at] + " " + text[at:]
    return text
