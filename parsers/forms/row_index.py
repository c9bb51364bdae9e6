"""Which row of a form a printed label means."""

from __future__ import annotations

from functools import cache, lru_cache

from parsers.forms import load
from parsers.forms.model import Form, Row
from parsers.printed.labels import SHORTEST_TELLING, distance, normalise, without_ordinal, without_unit

LONGEST_LABEL = 160
"""Ideographs of the longest label with the explanations that agencies add to it."""
_LONGEST_GROUP = 39
"""Ideographs of the label of a group of rows; what is longer is a sentence that names it; chosen."""
_TWO_WRONG = 8
"""Ideographs of a label from which on two of them may be wrong, and not only one; chosen."""


class RowIndex:
    """The rows of one table of a form, found by whole label, by core, or by a label with few characters wrong."""

    def __init__(self, form: Form, table_id: str) -> None:
        self.table = form.table(table_id)
        self.order = {row.id: number for number, row in enumerate(self.table.rows)}
        self._whole: dict[str, Row] = {}
        self._bare: dict[str, list[Row]] = {}
        for row in self.table.rows:
            for label in map(normalise, row.labels):
                self._whole.setdefault(label, row)
                bare = self._bare.setdefault(without_ordinal(label), [])
                if row not in bare:
                    bare.append(row)
        self._group_cores = [(core, group.id) for group in self.table.groups for core in group.cores]
        self._cores = [(normalise(core), row) for row in self.table.rows for core in row.cores]
        self._remembered = lru_cache(maxsize=4096)(self._find)  # reports print the same labels

    def group(self, text: str) -> str | None:
        """The group whose label stands in this comparable text."""
        if not 1 < len(text) <= _LONGEST_GROUP or text.isdigit():
            return None
        return next((group for core, group in self._group_cores if core in text), None)

    def is_whole(self, text: str) -> bool:
        """Is this comparable text the whole label of a row?"""
        return text in self._whole

    def find(self, text: str, group: str = "", last: str = "") -> Row | None:
        """The row that the comparable text names, None when none or several could be meant.

        `group` is the group whose rows are being printed, `last` the id of the row above: both decide between
        rows that share a label.
        """
        return self._whole.get(text) or self._remembered(text, group, last)

    def _find(self, text: str, group: str, last: str) -> Row | None:
        if not text or len(text) > LONGEST_LABEL:
            return None
        if rows := self._bare.get(without_ordinal(text)):
            return self._nearest(rows, group, last)
        if rows := self._by_core(text):
            return rows[0] if len(rows) == 1 else None
        return self._behind_group(text) or self._by_distance(text, group)

    def _behind_group(self, text: str) -> Row | None:
        """A row whose group is printed before it in one cell: ``六其他处理3其他``."""
        for group in self.table.groups:
            for core in group.cores:
                rest = text.partition(core)[2]
                rows = [row for row in self._bare.get(without_ordinal(rest), []) if rest and row.group == group.id]
                if len(rows) == 1:
                    return rows[0]
        return None

    def _nearest(self, rows: list[Row], group: str, last: str) -> Row | None:
        if len(rows) == 1:
            return rows[0]
        inside = [row for row in rows if row.group == group]
        if len(inside) == 1:
            return inside[0]
        here = self.order.get(last, -1)
        return min((row for row in rows if self.order[row.id] > here), key=lambda row: self.order[row.id], default=None)

    def _by_core(self, text: str) -> list[Row]:
        rows: list[Row] = []
        for core, row in self._cores:
            at = text.find(core)
            if at >= 0 and text[at - 1 : at] != "不" and row not in rows:
                rows.append(row)
        return rows

    def _by_distance(self, text: str, group: str) -> Row | None:
        """A label cut short or with one or two wrong characters, if only one row can be meant."""
        bare = without_ordinal(text)
        if len(bare) < SHORTEST_TELLING:
            return None
        near = {row.id: row for label, rows in self._bare.items() for row in rows if _is_near(bare, label)}
        inside = [row for row in near.values() if row.group == group]
        rows = inside or list(near.values())
        return rows[0] if len(rows) == 1 else None


def _is_near(text: str, label: str) -> bool:
    if len(label) > len(text) >= SHORTEST_TELLING and label.startswith(text):
        return True
    limit = 1 if len(label) < _TWO_WRONG else 2
    return len(label) >= SHORTEST_TELLING and distance(text, label, limit) <= limit


@cache
def row_index(form_id: str, table_id: str) -> RowIndex:
    return RowIndex(load(form_id), table_id)


@lru_cache(maxsize=16384)
def find_label(labels: tuple[str, ...], text: str) -> bool:
    """Does the comparable text of a header cell say one of these column labels?

    Years and explanations may be added to a label: ``本年(2023)制发件数``, ``现行有效件数（含往年）``.
    """
    if not text:
        return False
    bare = without_unit("".join(char for char in text if not char.isdigit()))
    for label in map(normalise, labels):
        if bare == label or (len(label) >= SHORTEST_TELLING and (label in bare or distance(bare, label, 1) <= 1)):
            return True
    return False
