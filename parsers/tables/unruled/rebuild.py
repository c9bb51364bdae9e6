"""The three tables of a form, rebuilt from the words of pages without lines.

Nothing shows where a row ends there, but the form says how its labels read: a label that is spelled out in full shows
how far its row reaches, and numbers at that height are its numbers. Where a number stands beside no label, or under no
column, nothing is rebuilt.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.content import Cell, Table, Word
from parsers.forms.detect_form import TABLE2_CORNER
from parsers.forms.model import Column, Form, FormTable
from parsers.printed.labels import normalise
from parsers.tables.unruled.columns import by_order, from_heads, lines, under
from parsers.tables.unruled.rows import is_number, place_of, rebuilt, stacked
from parsers.tables.unruled.spelled_labels import Spelled, find_all, parted, spellings

REQUESTS, DISCLOSURE, REVIEW = "requests", "proactive_disclosure", "review_litigation"
FEWEST_ROWS = 10
"""Rows of table three that must be found."""

_HEADER = 250  # points over the first row of table three in which its header stands
_ABOVE_TITLE, _BELOW_TITLE = 40, 200  # points around 行政复议 in which heads and numbers of table four stand


def rebuilt_tables(words: Sequence[Word], form: Form) -> dict[str, Table]:
    """The tables that the words prove, by their ids."""
    words = parted(words)
    rows = _requests_rows(words, form.table(REQUESTS))
    if rows is None:
        return {}
    top, bottom = rows[0].top, rows[-1].bottom
    found = {
        REQUESTS: _requests(words, rows, form.table(REQUESTS)),
        DISCLOSURE: _disclosure([word for word in words if word.y < top], form.table(DISCLOSURE)),
        REVIEW: _review([word for word in words if word.y > bottom], form.table(REVIEW)),
    }
    return {name: table for name, table in found.items() if table is not None}


def _requests_rows(words: Sequence[Word], table: FormTable) -> list[Spelled] | None:
    """The labels of table three; a row that stands for others only where these are not printed."""
    found = find_all(words, spellings([(row.id, row.labels) for row in table.rows], bare=True))
    printed = {label.key for label in found}
    order = [row.id for row in table.rows if not printed.intersection(row.replaces)]
    rows = _chain([label for label in found if label.key in order], order)
    return rows if rows is not None and len(rows) >= FEWEST_ROWS else None


def _requests(words: Sequence[Word], rows: Sequence[Spelled], table: FormTable) -> Table | None:
    """Table three, in as many pieces as it has headers: each may have its columns elsewhere."""
    columns = table.blocks[0].columns
    groups = find_all(words, spellings([(group.id, [group.label]) for group in table.groups], bare=True))
    labels = {word for label in (*rows, *groups) for word in label.words}
    first = find_all(words, spellings([(columns[0].id, columns[0].labels)]))
    borders = [rows[0].top, *(head.top for head in first if rows[0].bottom < head.top < rows[-1].top), float("inf")]
    pieces = []
    for top, bottom in pairwise(borders):
        part = [row for row in rows if top <= row.top < bottom]
        above = top - _HEADER if part and part[0] is rows[0] else top - 5 * rows[0].height
        if not part:
            return None
        heads = _heads([word for word in words if above < word.y < part[0].top], columns)
        inside = [w for w in words if part[0].top < w.bottom and w.top < part[-1].bottom and w not in labels]
        piece = rebuilt(part, inside, columns, heads)
        if piece is None:
            return None
        pieces.append(piece)
    return stacked(pieces)


def _disclosure(words: Sequence[Word], table: FormTable) -> Table | None:
    rows = _chain(find_all(words, spellings([(r.id, r.labels) for r in table.rows])), [r.id for r in table.rows])
    if rows is None or {row.key for row in rows} != {row.id for row in table.rows}:
        return None
    pieces = []
    above = rows[0].top - 120
    for block in table.blocks:
        own = [row for row in rows if any(row.key == other.id for other in block.rows)]
        between = [word for word in words if above < word.y < own[0].top]
        heads = _heads(between, block.columns)
        labels = {word for label in own for word in label.words}
        below = min((row.top for row in rows if row.top > own[-1].bottom), default=own[-1].bottom + 1)
        loose = [w for w in words if own[0].top < w.bottom and w.top < own[-1].bottom and w not in labels]
        piece = rebuilt(own, loose, block.columns, heads, TABLE2_CORNER)
        if piece is None or own[-1].bottom > below:
            return None
        pieces.append(piece)
        above = own[-1].bottom
    return stacked(pieces)


def _goes_on(rows: Sequence[Sequence[Word]]) -> bool:
    """Do the numbers of the first line go on in the next, which stands nearer than a line is high?"""
    if len(rows) < 2:
        return False
    first, second = rows[0][0], rows[1][0]
    return second.top - first.bottom < first.bottom - first.top


def _review(words: Sequence[Word], table: FormTable) -> Table | None:
    """One line of numbers under 行政复议 and 行政诉讼: fifteen, or each under its head."""
    outcomes = table.blocks[0].columns
    columns = [Column(f"{row.id}/{c.id}", c.label) for row in table.rows for c in outcomes]
    title = next((word for word in words if normalise(word.text) == "行政复议"), None)
    if title is None:
        return None
    near = [word for word in words if title.top - _ABOVE_TITLE < word.y < title.bottom + _BELOW_TITLE]
    heads = find_all(near, spellings([(column.id, column.labels) for column in outcomes]))
    heads.sort(key=lambda head: head.left)
    bottom = max([title.bottom, *(head.bottom for head in heads)])
    rows = [line for line in lines(near) if line[0].y > bottom and any(map(is_number, line))]
    if not rows or _goes_on(rows):
        return None
    row = rows[0]
    are_all_heads = [head.key for head in heads] == [c.id for c in outcomes] * len(table.rows)
    found = by_order(row, len(columns)) if all(map(is_number, row)) else None
    if found is None and are_all_heads:
        places = from_heads([row], [(head.left, head.right) for head in heads])
        found = under(row, places) if places else None
    if found is None:
        return None
    cells = [Cell(0, i, column.label, place_of(row)) for i, column in enumerate(columns)]
    cells += [Cell(1, i, w[0].text if w else "", place_of(w or row)) for i, w in enumerate(found)]
    return Table(tuple(cells), place_of(row))


def _chain(found: Sequence[Spelled], order: Sequence[str]) -> list[Spelled] | None:
    """The labels in the order of the form; None where the first one stands there twice: two tables."""
    if sum(label.key == order[0] for label in found) != 1:
        return None
    rank = {key: i for i, key in enumerate(order)}
    best: list[list[Spelled]] = []
    for label in found:
        before = [
            chain for chain in best if rank[chain[-1].key] < rank[label.key] and chain[-1].bottom <= label.top + 2
        ]
        best.append([*max(before, key=len, default=[]), label])
    chain = max(best, key=len, default=[])
    return chain if chain and chain[0].key == order[0] else None


def _heads(words: Sequence[Word], columns: Sequence[Column]) -> list[Spelled] | None:
    """The heads of all columns, each found once, from the left; the lowest where pages repeat them."""
    found = find_all(words, spellings([(column.id, column.labels) for column in columns]))
    lowest = {head.key: head for head in sorted(found, key=lambda head: head.top)}
    return sorted(lowest.values(), key=lambda head: head.left) if len(lowest) == len(columns) else None
