"""The printed header of table four: which outcome of which path stands in which grid column.

The form prints three paths side by side over five outcomes each. Agencies also print them as three rows, as three
tables, without 总计, or in another order; then the header is believed where its cells prove it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.content import Cell
from parsers.forms.model import Column, FormTable
from parsers.forms.row_index import find_label
from parsers.printed.labels import is_shared, normalise, without_ordinal
from parsers.tables.alignment import Header, Span, with_unnamed
from parsers.tables.lines import TableLine, is_value

LITIGATION = "行政诉讼"
"""The label above the two paths of lawsuits; it is none of them."""
LABELS_OF_A_HEADER = 2
"""Outcomes named side by side: beside them, what cannot be read is a label too. One may stand before its numbers."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A header cell and what it names: the id of a path or of an outcome."""

    cell: Cell
    id: str

    @property
    def place(self) -> tuple[int, int]:
        return self.cell.row, self.cell.column

    @property
    def span(self) -> Span:
        return self.cell.column, self.cell.column + self.cell.colspan


@dataclass(slots=True)
class ReviewHeader:
    """Collects the header rows of one table."""

    table: FormTable
    outcomes: list[_Named] = field(default_factory=list)
    paths: list[_Named] = field(default_factory=list)
    litigation: list[_Named] = field(default_factory=list)
    others: list[Cell] = field(default_factory=list)
    right: int = 0
    labels: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = {normalise(label): row.id for row in self.table.rows for label in row.labels}

    @property
    def usual(self) -> tuple[str, ...]:
        """The fifteen cells in the form's order, as ``path/outcome``."""
        columns = self.table.blocks[0].columns
        return tuple(f"{row.id}/{column.id}" for row in self.table.rows for column in columns)

    def is_header(self, line: TableLine) -> bool:
        """Does the row name an outcome or a path, and print no number? A label that cannot be read is none."""
        named = [self.outcome(text) for text in line.texts if not is_shared(text) and not text[:1].isdigit()]
        if line.has_values and (sum(map(bool, named)) < LABELS_OF_A_HEADER or _prints_a_value(line)):
            return False
        if any(column is not None and column.id != "total" for column in named):
            return True
        return any(self.path(text) or without_ordinal(text) == LITIGATION for text in line.texts)

    def add(self, line: TableLine) -> None:
        """Take in one header row."""
        self.right = max(self.right, line.right)
        for cell, text in zip(line.cells, line.texts, strict=True):
            if path := self.path(text):
                self.paths.append(_Named(cell, path))
            elif without_ordinal(text) == LITIGATION:
                self.litigation.append(_Named(cell, self.table.rows[1].id))
            elif (column := self.outcome(text)) and (line.ragged or not self._is_above(cell, column.id)):
                self.outcomes.append(_Named(cell, column.id))
            elif text and column is None:
                self.others.append(cell)

    def _is_above(self, cell: Cell, name: str) -> bool:
        """Was the label printed in the row above too, where others merge the two cells?"""
        return any(
            one.id == name and one.cell.row < cell.row and one.span == _Named(cell, name).span for one in self.outcomes
        )

    def path(self, text: str) -> str | None:
        """The path that a comparable text names."""
        bare = without_ordinal(text)
        return self.labels.get(bare) or self.labels.get(bare.removeprefix(LITIGATION))

    def outcome(self, text: str) -> Column | None:
        """The outcome that a comparable text names."""
        return next((column for column in self.table.blocks[0].columns if find_label(column.labels, text)), None)

    def header(self) -> Header:
        """The cells from left to right, as ``path/outcome``."""
        placed = sorted(self._placed())
        names = [name for _, name in placed]
        apart = all(left[1] <= right[0] for (left, _), (right, _) in pairwise(placed))
        if names != list(self.usual) and self._is_usual():
            return Header(self.usual)  # a span that reaches too far has moved cells under the wrong path
        if len(placed) >= len(self.outcomes) - len(self._beside()) > 0 and len(set(names)) == len(names) and apart:
            return Header(tuple(names), tuple(span for span, _ in placed), self.right)
        if not self.outcomes:
            return Header(self.usual, doubtful=not self._in_order())
        outcomes = [one.id for one in self.outcomes]  # in printed order
        paths = [row.id for row in self.table.rows]
        each = outcomes[: len(outcomes) // len(paths)]
        if not self._in_order() or outcomes != each * len(paths) or len(set(each)) < len(each):
            return Header(self.usual, doubtful=True)
        return Header(tuple(f"{path}/{outcome}" for path in paths for outcome in each))

    def _is_usual(self) -> bool:
        """Are all fifteen outcomes printed in one row, in the form's order and the paths too?"""
        ids = [f"/{one.id}" for one in sorted(self.outcomes, key=lambda one: one.place)]
        in_one_row = len({one.cell.row for one in self.outcomes}) == 1
        return in_one_row and ids == [name[name.index("/") :] for name in self.usual] and self._in_order()

    def _in_order(self) -> bool:
        """Does each header row name the paths in the form's order? 行政诉讼 stands for its first."""
        order = [row.id for row in self.table.rows]
        return all(
            left.cell.row != right.cell.row or order.index(left.id) <= order.index(right.id)
            for left, right in pairwise(sorted([*self.paths, *self.litigation], key=lambda one: one.place))
        )

    def _placed(self) -> Iterator[tuple[Span, str]]:
        """Each outcome under its path; the path's cell is taken to reach over all its outcomes and no other."""
        usual = [column.id for column in self.table.blocks[0].columns]
        for path in self.paths:
            first, end = path.span
            under = [outcome for outcome in self.outcomes if first <= outcome.span[0] and outcome.span[1] <= end]
            named = {outcome.id: outcome.span for outcome in under}
            if len(named) < len(under):
                return
            for name, span in with_unnamed(named, usual, first, end).items():
                yield span, f"{path.id}/{name}"

    def additional(self, header: Header) -> list[Cell]:
        """Header cells of columns that the form does not have: 行政诉讼总计. None where the columns are not proven."""
        return [
            cell
            for cell in [*self.others, *self._beside()]
            if header.spans and all(cell.column >= end or cell.column + cell.colspan <= at for at, end in header.spans)
        ]

    def _beside(self) -> list[Cell]:
        """合计 of all paths, which stands under none of them."""
        over = [one.span for one in (*self.paths, *self.litigation)]
        total = self.table.blocks[0].columns[-1].id
        return [
            one.cell
            for one in self.outcomes
            if over and one.id == total and all(one.span[0] >= end or one.span[1] <= first for first, end in over)
        ]

    def for_row(self, text: str) -> Header | None:
        """The columns of a row whose label names a path under outcomes, or an outcome under paths."""
        path, outcome = self.path(text), self.outcome(text)
        if path and self.outcomes and not self.paths:
            named = [(one.span, f"{path}/{one.id}") for one in self.outcomes]
        elif outcome and self.paths and not self.outcomes:
            named = [(one.span, f"{one.id}/{outcome.id}") for one in self.paths]
        else:
            return None
        named.sort()
        names = tuple(name for _, name in named)
        return Header(names, tuple(span for span, _ in named), self.right) if len(set(names)) == len(names) else None


def _prints_a_value(line: TableLine) -> bool:
    """Is a number, a dash or the like printed in the row that can be read?"""
    return any(cell.readable and is_value(cell) for cell in line.cells)
