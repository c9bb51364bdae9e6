"""The printed header of table three: what its cells prove about the columns below them.

Agencies move 总计 to the front, leave a column out, or add one of their own (行次, 小计, 上年). Where the cells stand
over disjoint grid columns the header is believed as printed. Where spans were lost the order of the labels must be
the form's; a header in another order that its cells do not prove makes every row below it doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.content import Cell
from parsers.forms.model import Column
from parsers.printed.labels import normalise
from parsers.tables.alignment import Header, Span, with_unnamed

FEWEST = 4
"""Named columns from which on a header says more about the columns than the form does."""
FEWEST_OF_PIECE = 2
"""The same for a header that names every column of a narrow table."""


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A printed header cell with its comparable text and the column that it names."""

    cell: Cell
    text: str
    column: Column | None

    @property
    def span(self) -> Span:
        return self.cell.column, self.cell.column + self.cell.colspan


@dataclass(frozen=True, slots=True)
class PrintedHeader:
    """The cells of all header rows. `usual` is the form's order of columns, `over` the labels above several columns."""

    rows: Sequence[Sequence[HeaderCell]]
    usual: tuple[str, ...]
    over: tuple[str, ...]
    right: int

    def header(self, before: tuple[str, ...], *, ragged: bool) -> Header:
        """The columns from left to right; `before` is the order to assume where this header says nothing."""
        return replace(self, rows=_without_second_names(self.rows))._header(before, ragged=ragged)

    def _header(self, before: tuple[str, ...], *, ragged: bool) -> Header:
        spans = self._spans()
        if not ragged and (len(spans) >= FEWEST or self._is_piece(spans)) and self._is_proved(spans):
            placed = self._with_extra(with_unnamed(spans, self.usual, None, self.right))
            return Header(tuple(name for name, _ in placed), tuple(span for _, span in placed), self.right)
        if not all(map(self._in_order, self.rows)) or (ragged and self._has_strangers()):
            return Header(before, doubtful=True)
        if ragged and tuple(spans) == self.usual and _apart(list(spans.values())):
            return Header(self.usual, tuple(spans.values()), self.right)
        return Header(self.usual if spans else before)

    def _named(self) -> Iterator[tuple[str, Span]]:
        for row in self.rows:
            yield from ((cell.column.id, cell.span) for cell in row if cell.column is not None)

    def _spans(self) -> dict[str, Span]:
        """Where each named column stands, from the left; nothing when one is named at two places."""
        named = set(self._named())
        spans = dict(sorted(named, key=lambda one: one[1]))
        return spans if len(spans) == len(named) else {}

    def _is_proved(self, spans: dict[str, Span]) -> bool:
        """Do the cells stand side by side, and all applicants but 总计 under the labels above several columns?"""
        if not _apart(list(spans.values())):
            return False
        if any(self._is_split(row, spans) for row in self.rows):
            return False
        for label, names in zip(self.over, (self.usual[:-1], self.usual[1:-1]), strict=True):
            under = [span for name, span in spans.items() if name in names]
            wide = [cell.span for row in self.rows for cell in row if cell.text == label and cell.cell.colspan > 1]
            left = min((first for first, _ in under), default=0)
            wide = [span for span in wide if span[0] or span[1] > left]  # 申请人情况 may head the column of labels
            if any(span[0] < first or span[1] > end for first, end in wide for span in under):
                return False
        return True

    def _is_piece(self, spans: dict[str, Span]) -> bool:
        """A table cut by its columns: do the few named ones fill the grid up to its right edge, none between them?

        法人或其他组织 may stand for all its columns.
        """
        legal = [cell.span for row in self.rows for cell in row if cell.text == self.over[-1]]
        edges = sorted([*spans.values(), *(one for one in legal if _apart([one, *spans.values()]))])
        gapless = all(left[1] == right[0] for left, right in pairwise(edges))
        return len(edges) >= FEWEST_OF_PIECE and gapless and edges[-1][1] == self.right

    def _is_split(self, row: Sequence[HeaderCell], spans: dict[str, Span]) -> bool:
        """Does a column named in another header row stand among those of this one? Then spans were lost."""
        named = {cell.column.id for cell in row if cell.column is not None}
        return sum((left in named) != (right in named) for left, right in pairwise(spans)) > 2

    def _with_extra(self, known: dict[str, Span]) -> list[tuple[str, Span]]:
        """The columns from the left, with the header cells beside them that name none of the form's."""
        placed = list(known.items())
        for cell in (cell for row in self.rows for cell in row if cell.column is None):
            if all(cell.span[0] >= end or cell.span[1] <= first for _, (first, end) in placed):
                placed.append(("", cell.span))
        return sorted(placed, key=lambda one: one[1])

    def _in_order(self, row: Sequence[HeaderCell]) -> bool:
        """Are the columns of this header row named in the form's order? 法人或其他组织 stands for the second."""
        names = [self.usual.index(cell.column.id) if cell.column else 1 for cell in row if self._is_ranked(cell)]
        return all(left <= right for left, right in pairwise(names))

    def _is_ranked(self, cell: HeaderCell) -> bool:
        return cell.column is not None or cell.text == self.over[-1]

    def _has_strangers(self) -> bool:
        """In text: does a column that is none of the form's stand between the labels and the last column?"""
        for row in self.rows:
            named = [at for at, cell in enumerate(row) if cell.column is not None]
            others = [at for at, cell in enumerate(row) if cell.column is None and cell.text not in self.over]
            if named and (len([at for at in others if at < named[0]]) > 2 or any(at > named[0] for at in others)):
                return True
        return False


def _without_second_names(rows: Sequence[Sequence[HeaderCell]]) -> list[list[HeaderCell]]:
    """合计 before the applicants and 总计 behind them: the form's own word names the column, the other names none."""
    cells = [cell for row in rows for cell in row if cell.column is not None]
    by_word = {cell.column.id for cell in cells if cell.column and cell.text == normalise(cell.column.label)}
    return [
        [
            replace(cell, column=None)
            if cell.column is not None and cell.column.id in by_word and cell.text != normalise(cell.column.label)
            else cell
            for cell in row
        ]
        for row in rows
    ]


def _apart(spans: Sequence[Span]) -> bool:
    return all(left[1] <= right[0] for left, right in pairwise(sorted(spans)))
