"""Tables that lost their cells: labels and numbers in running text, put back into rows.

A number is read only where its place is proven: by separators that are all there, or by sums that allow one split.
Everything else becomes a cell that says it cannot be read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from parsers.content import Cell, Content, Place, Table
from parsers.forms import MODERN, load
from parsers.forms.detect_form import TABLE2_CORNER, TABLE3_LAST
from parsers.forms.model import Form, FormTable, Row
from parsers.printed.labels import SHORTEST_TELLING, normalise, without_ordinal
from parsers.tables.running_text.split_numbers import Stream, Way, agreed, may_split, ways_to_split

FLAT = "flat-"
"""How the methods of such readings begin."""

MOST_COMBINATIONS = 20_000
FEWEST_ROWS = 10
"""Rows of table three that must be found before running text is taken for it."""
_TENTHS, _NEARLY_ALL, _HARDLY_ANY = 10, 9, 1
"""Where the separators were lost, so many tenths of those rows can be cut by sums, and so many stand apart; chosen."""

_VALUES = re.compile(r"[\s\u00a0\u3000]*((?:[\d,.+\-−－—–/\s\u00a0\u3000]|元|万元|无|[增减↑↓])*)")


class FlatText:
    """All text of a document in reading order, and where each piece of it stands."""

    def __init__(self, content: Content) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._places: list[Place] = []
        length = 0
        for text, place in _pieces(content):
            self._starts.append(length)
            self._places.append(place)
            pieces.append(text)
            length += len(text)
        self.stream = Stream("".join(pieces))

    def place(self, position: int) -> Place:
        return self._places[max(0, bisect_right(self._starts, position) - 1)] if self._places else Place()


def _pieces(content: Content) -> Iterator[tuple[str, Place]]:
    for block in content.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield cell.text + "\t", cell.place
        else:
            yield block.text + "\n", block.place


def unflatten(content: Content) -> Content | None:
    """The same document with its three tables rebuilt from running text; None where they are not in it."""
    flat = FlatText(content)
    form = _form(flat.stream)
    if form is None:
        return None
    rebuilder = _Rebuilder(flat, form)
    tables = [table for table in (rebuilder.disclosure(), rebuilder.requests(), rebuilder.review()) if table]
    if len(tables) < 2:
        return None
    return replace(content, method=f"{FLAT}{content.method}", blocks=tuple(tables))


def _form(stream: Stream) -> Form | None:
    found = {name: sum(normalise(sign) in stream.letters for sign in load(name).signs) for name in MODERN}
    best = max(MODERN, key=lambda name: found[name])
    return load(best) if found[best] > 1 and TABLE3_LAST in stream.letters else None


class _Rebuilder:
    """Finds the labels of one form in the order in which the form has them."""

    def __init__(self, flat: FlatText, form: Form) -> None:
        self.flat, self.form, self.stream = flat, form, flat.stream
        self.start = max(self.stream.letters.rfind("本年新收政府信息公开申请数量"), 0)
        table = form.table("requests")
        self._requests = list(self._rows(table, max(0, self.start - 4), None))
        self._run_together = self._is_run_together(len(table.blocks[0].columns))

    def _is_run_together(self, width: int) -> bool:
        """Did the document lose its separators, and nothing else? Then sums cut nearly each row of table three.

        Where blanks vanished too, a row that can be cut was cut by chance.
        """
        texts = [text for _, _, text, _ in self._requests]
        apart = sum(2 < len(text.split()) < width for text in texts)
        cut = sum(may_split(text, ["count"] * width, [width]) for text in texts)
        return (
            len(texts) >= FEWEST_ROWS
            and cut * _TENTHS >= len(texts) * _NEARLY_ALL
            and apart * _TENTHS <= len(texts) * _HARDLY_ANY
        )

    def requests(self) -> Table | None:
        table = self.form.table("requests")
        block = table.blocks[0]
        width = len(block.columns)
        rows = self._requests
        if len(rows) < FEWEST_ROWS:
            return None
        ways = {row.id: self._ways(text, ["count"] * width, [width]) for row, _, text, _ in rows}
        _narrow(self.form, ways)
        header = ["", *(column.label for column in block.columns)]
        return self._table(header, [(label, agreed(ways[row.id], width), text, at) for row, label, text, at in rows])

    def disclosure(self) -> Table | None:
        table = self.form.table("proactive_disclosure")
        cells: list[Cell] = []
        begin = self.stream.letters.rfind(TABLE2_CORNER + normalise(table.blocks[0].columns[0].label), 0, self.start)
        for block in table.blocks:
            for row, label, text, at in self._rows(replace(table, blocks=(block,)), max(begin, 0), self.start):
                kinds = [column.kind for column in block.columns]
                values = agreed(self._ways(text, kinds), len(kinds))
                part = self._table([TABLE2_CORNER, *(c.label for c in block.columns)], [(label, values, text, at)])
                below = cells[-1].row + 1 if cells else 0
                cells += [replace(cell, row=cell.row + below) for cell in part.cells]
                begin = self.stream.letters.find(normalise(row.label), begin)
        return Table(tuple(cells)) if cells else None

    def review(self) -> Table | None:
        """Fifteen numbers behind the last 尚未审结 总计 of the header."""
        table = self.form.table("review_litigation")
        columns = table.blocks[0].columns
        begin = self.stream.letters.rfind("尚未审结总计", self.start)
        if begin < 0:
            return None
        at = self.stream.after(begin + len("尚未审结总计"))
        text = self._values(at)
        width = len(columns) * len(table.rows)
        tokens = text.split()
        if len(tokens) >= width:
            values: list[str | None] = list(tokens)
        else:
            values = agreed(self._ways(text, ["count"] * width, [len(columns)] * len(table.rows)), width)
        header = [column.label for _ in table.rows for column in columns]
        cells = [Cell(0, i, label, self.flat.place(at)) for i, label in enumerate(header)]
        cells += [self._cell(1, i, value, text, at) for i, value in enumerate(values)]
        return Table(tuple(cells))

    def _ways(self, text: str, kinds: Sequence[str], sums: Sequence[int] = ()) -> list[Way]:
        """Numbers are cut apart only in a document that lost its separators; elsewhere blanks may have vanished."""
        whole = len(text.split()) == len(kinds)
        # Where no sum says that none is missing, a blank may have vanished between the numbers.
        return ways_to_split(text, kinds, sums, blanks=not sums) if whole or self._run_together else []

    def _rows(self, table: FormTable, begin: int, end: int | None) -> Iterator[tuple[Row, str, str, int]]:
        """Each row found, with its label, the text of its numbers and where that begins."""
        cursor = begin
        for row in table.rows:
            found = self._find(row, cursor, end)
            if found is None:
                continue
            first, cursor = found
            at = self.stream.after(cursor)
            label = self.stream.text[self.stream.position(first) : at]
            bracket = re.match(r"\s*[“”\"）)》]+", self.stream.text[at:])
            at += bracket.end() if bracket else 0
            numbers = self._until_next(table, row, at, cursor, end)
            if numbers.strip() or not row.replaces:
                yield row, label, numbers, at

    def _find(self, row: Row, begin: int, end: int | None) -> tuple[int, int] | None:
        spots = [self.stream.find(normalise(label), begin, end) for label in row.labels]
        bare = [without_ordinal(normalise(label)) for label in row.labels]
        spots += [self.stream.find(label, begin, end) for label in bare if len(label) >= SHORTEST_TELLING]
        whole = [spot for spot in spots[: len(row.labels)] if spot]
        return min(whole or [spot for spot in spots if spot], default=None, key=lambda spot: (spot[0], -spot[1]))

    def _until_next(self, table: FormTable, row: Row, at: int, cursor: int, end: int | None) -> str:
        """The printed numbers behind a label; the ordinal of the label after them is not one of them."""
        text = self._values(at)
        following = table.rows[table.rows.index(row) + 1 :]
        starts = [spot[0] for other in following for spot in [self._find(other, cursor, end)] if spot]
        stop = self.stream.position(min(starts)) if starts else len(self.stream.text)
        return text[: max(0, stop - at)]

    def _values(self, at: int) -> str:
        match = _VALUES.match(self.stream.text, at)
        return match[0] if match else ""

    def _cell(self, row: int, column: int, value: str | None, text: str, at: int) -> Cell:
        place = self.flat.place(at)
        if value is None:
            return Cell(row, column, text.strip(), place, readable=False)
        return Cell(row, column, value, place)

    def _table(self, header: Sequence[str], rows: Sequence[tuple[str, Sequence[str | None], str, int]]) -> Table:
        place = self.flat.place(rows[0][3])
        cells = [Cell(0, column, text, place) for column, text in enumerate(header)]
        for number, (label, values, text, at) in enumerate(rows, 1):
            cells.append(Cell(number, 0, label, self.flat.place(at)))
            cells += [self._cell(number, column, value, text, at) for column, value in enumerate(values, 1)]
        return Table(tuple(cells))


def _narrow(form: Form, ways: dict[str, list[Way]]) -> None:
    """Leave out the ways that no combination with the other rows can make hold, identity by identity."""
    for identity in form.checks:
        rows = [row for row in (*identity.left, *identity.right) if row in ways]
        choices = [ways[row] for row in rows]
        if identity.per != "column" or not all(choices) or not 1 < prod(map(len, choices)) <= MOST_COMBINATIONS:
            continue
        signs = [1 if row in identity.left else -1 for row in rows]
        holding = [combination for combination in product(*choices) if _balances(combination, signs)]
        if holding:
            for position, row in enumerate(rows):
                ways[row] = list(dict.fromkeys(combination[position] for combination in holding))


def _balances(combination: Sequence[Way], signs: Sequence[int]) -> bool:
    return all(
        sum(sign * int(text) for sign, text in zip(signs, column, strict=True)) == 0
        for column in zip(*combination, strict=True)
        if all(text.isdigit() for text in column)
    )
