"""Table three with its labels elsewhere than left of the numbers: at the right, at both sides, in two halves beside
each other, with numbers of lines between; and tables that print another year's numbers beside the report's.

Each becomes the table that the form has, by moving or leaving out whole columns of the grid.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import takewhile
from operator import is_

from parsers.content import Cell, Content, Paragraph, Table
from parsers.forms.detect_form import TABLE3_FIRST
from parsers.printed.labels import normalise
from parsers.printed.numbers import looks_like_value

_LINE_NUMBER_HEADS = frozenset({"", "行次", "序号", "栏次", "行号", "编号"})
_YEAR_HEAD = re.compile(r"(?:(?P<year>20\d\d)|(?P<this>本)|[上去前])年度?(?:数[量据]?)?")
_FEWEST_HEADS = 3
"""Columns of applicants that the head of one half names at least; a piece of table three has no fewer."""
_FEWEST_LINES = 5
"""Rows whose first cells count 1, 2, 3 … before they are taken for numbers of lines; fewer may be chance."""


def labels_first(table: Table) -> Iterator[Table]:
    """The table with its labels left of its numbers; two where it prints two halves beside each other."""
    named = [cell for cell in table.cells if TABLE3_FIRST in normalise(cell.text)]
    if not named or len({cell.row for cell in named}) > 1:
        yield table
        return
    if split := _second_half(table, named[0].row):
        for half in (range(split), range(split, table.width)):
            yield from labels_first(_only(table, half))
        return
    row, last = named[0].row, named[-1].column
    first = next(cell for cell in table.cells if cell.row == row)
    right = range(last, table.width)
    if len(named) > 1 and _repeats(table, right):
        table = _only(table, range(last))
    elif (
        _is_number(first)
        and not _crosses(table, last)
        and not any(c.column >= last and _is_number(c) for c in table.cells)
    ):
        table = _moved_left(table, last)
    yield _without_line_numbers(table, row)


def without_other_years(content: Content, year: int | None) -> Content:
    """The document whose tables keep, of columns for several years side by side, those of the report's year."""
    blocks = (_of_year(block, year) if isinstance(block, Table) else block for block in content.blocks)
    kept: tuple[Paragraph | Table, ...] = tuple(blocks)
    return content if all(map(is_, kept, content.blocks)) else replace(content, blocks=kept)


def _of_year(table: Table, year: int | None) -> Table:
    for row in table.rows():
        heads = {cell: match for cell in row if (match := _YEAR_HEAD.fullmatch(normalise(cell.text)))}
        own = [cell for cell, match in heads.items() if match["this"] or (match["year"] and int(match["year"]) == year)]
        others = [cell for cell in heads if cell not in own]
        if len(own) >= _FEWEST_HEADS and len(others) % len(own) == 0 and others:
            dropped = {column for cell in others for column in _columns(cell)}
            years = replace(table, cells=tuple(cell for cell in table.cells if cell not in heads))
            return _only(years, [column for column in range(table.width) if column not in dropped])
    return table


def _second_half(table: Table, first_row: int) -> int:
    """The column where the head above the first row is printed a second time, 0 where there is none."""
    for row in takewhile(lambda row: row[0].row < first_row, table.rows()):
        texts = [normalise(cell.text) for cell in row]
        middle, odd = divmod(len(texts), 2)
        if not odd and middle > _FEWEST_HEADS and texts[:middle] == texts[middle:] and len(set(texts)) == middle:
            split = row[middle].column
            return 0 if any(map(_is_number, row)) or _crosses(table, split) else split
    return 0


def _repeats(table: Table, columns: range) -> bool:
    """Do the last columns print nothing but what stands at the left of the same row?"""
    texts: dict[int, set[str]] = {}
    for cell in table.cells:
        if cell.column < columns.start:
            texts.setdefault(cell.row, {""}).add(normalise(cell.text))
    behind = [cell for cell in table.cells if cell.column >= columns.start]
    return not _crosses(table, columns.start) and all(
        normalise(cell.text) in texts.get(cell.row, {""}) and not _is_number(cell) for cell in behind
    )


def _without_line_numbers(table: Table, first_row: int) -> Table:
    """Leave out a column that counts the rows behind their labels."""
    for column in range(1, table.width):
        below = [cell for cell in table.cells if cell.column == column and cell.row >= first_row]
        heads = [cell for cell in table.cells if cell.row < first_row and column in _columns(cell)]
        counts = [cell.text.strip() for cell in below] == [str(at) for at in range(1, len(below) + 1)]
        named = all(cell.colspan == 1 and normalise(cell.text) in _LINE_NUMBER_HEADS for cell in heads)
        if counts and len(below) >= _FEWEST_LINES and heads and named:
            return _only(table, [one for one in range(table.width) if one != column])
    return table


def _moved_left(table: Table, column: int) -> Table:
    """The table with the columns from that one on before the others."""
    moved = table.width - column
    shifted = (
        replace(cell, column=cell.column - column if cell.column >= column else cell.column + moved)
        for cell in table.cells
    )
    return replace(table, cells=tuple(sorted(shifted, key=lambda cell: (cell.row, cell.column))))


def _only(table: Table, columns: Collection[int]) -> Table:
    """The table without the other columns; a cell over several shrinks."""
    place = {column: at for at, column in enumerate(sorted(columns))}
    kept = ((cell, [place[column] for column in _columns(cell) if column in place]) for cell in table.cells)
    return replace(table, cells=tuple(replace(c, column=at[0], colspan=len(at)) for c, at in kept if at))


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.colspan)


def _crosses(table: Table, column: int) -> bool:
    return any(cell.column < column < cell.column + cell.colspan for cell in table.cells)


def _is_number(cell: Cell) -> bool:
    return bool(cell.text.strip()) and looks_like_value(cell.text)
