"""Rows of numbers as printed, while it is being settled which number stands in which column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.content import Cell, Place
from parsers.printed.labels import is_shared, normalise
from parsers.tables.alignment import Values
from parsers.tables.lines import is_blank, is_value

MANY = 10
"""Rows that must have the same number of cells before it is taken for that of the columns."""

FEWEST = 3
"""Rows that must print in the same columns before another row is read by their example."""


@dataclass(slots=True)
class PrintedRow:
    """One row of numbers as printed. `values` is None while it is not known which number stands where.

    `place` is that of the label, in table number `table`. `label_may_own_blank`: the blank before its first number.
    `blank_after_label`: a blank stands between label and columns. `replaced_row`: the blank row of the same name whose
    place this one took.
    """

    row_id: str
    label: str
    after: list[Cell]
    values: Values | None
    columns: tuple[str, ...]
    place: Place
    table: int
    numbers_came_alone: bool = False
    label_may_own_blank: bool = False
    blank_after_label: bool = False
    header_from_earlier_table: bool = False
    label_only: bool = False
    replaced_row: PrintedRow | None = None

    @property
    def texts(self) -> list[str]:
        return [cell.text.strip() for cell in self.after if not is_blank(cell)]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows of one table with equally many cells have the same columns, one nobody named among them."""
        return self.table, len(self.after)

    @property
    def is_known(self) -> bool:
        """Does its label name a row of this table, and of no other table that may stand on a page?"""
        return not self.row_id.startswith("unmapped_") and not is_shared(normalise(self.label))


@dataclass(slots=True)
class PrintedSet:
    """The rows of one complete table; a document may hold two, for two years or by mistake."""

    heading: str = ""
    rows: dict[str, PrintedRow] = field(default_factory=dict)
    detached: bool = False


def resolve_columns(printed: PrintedSet) -> None:
    """Undo what numbers without a label make doubtful; a row where nothing is printed is blank.

    Rows of a table in which no row is known are not of this form.
    """
    ours = {row.table for row in printed.rows.values() if row.is_known}
    if not printed.detached:
        strangers = {name: row.replaced_row for name, row in printed.rows.items() if row.table not in ours}
        for name, before in strangers.items():
            if before is None:
                del printed.rows[name]
            else:
                printed.rows[name] = before
    if _counts_lines(printed):
        printed.detached = True
        for row in printed.rows.values():
            row.values = None
    crowded = _crowded(printed.rows.values())
    bear_out = _bear_each_other_out(printed) or _is_even(printed)
    out_of_line = _out_of_line(printed)
    for name, row in printed.rows.items():
        doubtful = (row.label_may_own_blank and not bear_out) or name in out_of_line or row.shape in crowded
        if (row.numbers_came_alone and printed.detached) or (row.texts and doubtful):
            row.values = None
        elif row.values is None and not row.texts and not row.label_only and not printed.detached:
            row.values = (None,) * len(row.columns)


def _out_of_line(printed: PrintedSet) -> set[str]:
    """Rows that may stand one column further left and be filled up at their end.

    No such row reaches the last column, and the header is another table's or other rows of the table contradict it.
    """
    rows = printed.rows.values()
    moved = {name: row for name, row in printed.rows.items() if row.blank_after_label and row.values}
    if any(row.values and shape_of(row.values)[-1] for row in moved.values()):
        return set()
    refused = {row.table for row in rows if row.values is None and row.texts}
    return {name for name, row in moved.items() if row.header_from_earlier_table or row.table in refused}


def _crowded(rows: Iterable[PrintedRow]) -> set[tuple[int, int]]:
    """Shapes of rows of which one prints more numbers than there are columns: nobody knows which one is too many."""
    return {row.shape for row in rows if row.values is None and len(row.texts) > len(row.columns)}


def _bear_each_other_out(printed: PrintedSet) -> bool:
    """Do several weak rows print in the same columns, and no other row elsewhere?"""
    shapes = [shape_of(row.values) for row in printed.rows.values() if row.values is not None and row.texts]
    return len(shapes) >= FEWEST and len(set(shapes)) == 1


def _is_even(printed: PrintedSet) -> bool:
    """Has every row just as many cells behind its label as there are columns? Then none was lost before one."""
    rows = [row for row in printed.rows.values() if not row.label_only]
    return len(rows) >= MANY and all(len(row.after) == len(row.columns) for row in rows)


def _counts_lines(printed: PrintedSet) -> bool:
    """Are the numbers of the first column those of the lines (行次), though no header says so?"""
    rows = [row for row in printed.rows.values() if row.values and not row.columns[0].startswith("unmapped_")]
    first = [row.values[0].text.strip() for row in rows if row.values and row.values[0]]
    return len(first) >= MANY and first[0].isdecimal() and first == [str(int(first[0]) + n) for n in range(len(first))]


def infer_columns(rows: Sequence[PrintedRow]) -> list[str]:
    """Text rows that lost a blank cell: if all proven rows print in the same columns, so do these.

    Returns the ids of the rows settled that way.
    """
    proven = [row for row in rows if row.values is not None and row.texts]
    shapes = {shape_of(row.values) for row in proven if row.values is not None}
    orders = {row.columns for row in proven}
    crowded = _crowded(rows)
    doubtful = [row for row in rows if row.values is None and row.columns in orders and row.shape not in crowded]
    if not doubtful or len(proven) < FEWEST or len(shapes) != 1 or len(orders) != 1:
        return []
    shape = shapes.pop()
    settled = []
    for row in doubtful:
        cells = [cell for cell in row.after if not is_blank(cell)]
        if (
            len(cells) == sum(shape)
            and all(map(is_value, cells))
            and (not row.label_may_own_blank or _moved(row.after, shape))
        ):
            numbers = iter(cells)
            row.values = tuple(next(numbers) if printed else None for printed in shape)
            settled.append(row.row_id)
    return settled


def _moved(after: Sequence[Cell], shape: Sequence[bool]) -> bool:
    """Do the cells print in those columns if one or two blanks before them belong to the label?"""
    printed = [not is_blank(cell) for cell in after]
    return any(not any(printed[:blanks]) and [*printed[blanks:], *[False] * blanks] == list(shape) for blanks in (1, 2))


def shape_of(values: Values) -> tuple[bool, ...]:
    return tuple(cell is not None and not is_blank(cell) for cell in values)
