"""Rows of numbers beside labels, without lines: which number stands beside which label, and under which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parsers.content import Cell, Place, Table, Word
from parsers.forms.model import Column
from parsers.printed.numbers import looks_like_value
from parsers.tables.unruled.columns import (
    Found,
    Interval,
    by_order,
    columns_by_shared_edge,
    from_heads,
    from_rows,
    is_aligned,
    lines,
    under,
)
from parsers.tables.unruled.spelled_labels import Spelled

_JUST_BELOW = 2  # rows of a block that has no more, right under its heads
_ORDINALS = {
    "一、": re.compile("[一二三四五六七八九十]+[、.．]"),
    "（一）": re.compile("[（(][一二三四五六七八九十]+[）)]"),
    "1.": re.compile(r"\d{1,2}\s*[.．、]"),
}
_BESIDE = 0.35  # of a line's height: by so much a number may stand above or below its label
_REACHED_OVER = 0.5  # of a line's height by which a number may begin before its label ends; chosen
_CLOSE_BELOW = 0.5  # of a line's height between the lines of one label, or by which they overlap; chosen
_IN_LINE = 3  # points by which labels of one level may miss the edge of the first; chosen


def rebuilt(
    rows: Sequence[Spelled],
    loose: Sequence[Word],
    columns: Sequence[Column],
    heads: Sequence[Spelled] | None,
    corner: str = "",
) -> Table | None:
    """The table of these rows. `loose` are the words between them that are no labels."""
    matched = _match_rows_to_labels(rows, loose)
    if matched is None:
        return None
    width = len(columns)
    rows = [row for row, _ in matched]
    values = [_values(words, width) for _, words in matched]
    if any(len(words) > width and all(map(is_number, words)) for words in values):
        return None  # it has columns of its own
    places = from_rows(values, width)
    if places is None and heads:
        places = from_heads(values, [(head.left, head.right) for head in heads])
    names = [head.key for head in heads] if heads else [column.id for column in columns]
    labels = {column.id: column.label for column in columns}
    cells = [Cell(0, 0, corner, place_of(rows[0].words))]
    cells += [Cell(0, i, labels[name], place_of(rows[0].words)) for i, name in enumerate(names, 1)]
    for number, (row, words, found) in enumerate(
        zip(rows, values, _place_rows(values, places, width, rows_of_first_piece(rows)), strict=True), 1
    ):
        cells.append(Cell(number, 0, "\n".join(word.text for word in row.words), place_of(row.words)))
        cells += _row_cells(number, row, words, found, width)
    return Table(tuple(cells), place_of(rows[0].words))


def rows_of_first_piece(rows: Sequence[Spelled]) -> int:
    """How many rows from the top belong to one piece of the table: in another one its labels stand elsewhere.

    Labels of one level begin, end or have their middle in line.
    """
    levels: dict[str, list[tuple[int, Spelled]]] = {}
    for i, row in enumerate(rows):
        levels.setdefault(_level(row.words[0].text), []).append((i, row))
    end = len(rows)
    for labels in (labels for level, labels in levels.items() if level):
        first = labels[0][1]
        offs = [
            (
                abs(row.left - first.left),
                abs(row.right - first.right),
                abs(row.left + row.right - first.left - first.right),
            )
            for _, row in labels
        ]
        breaks = [
            next((labels[k][0] for k, off in enumerate(offs) if off[way] > _IN_LINE), len(rows)) for way in range(3)
        ]
        end = min(end, max(breaks))
    return end


def _level(text: str) -> str:
    """The kind of ordinal before a label."""
    return next((name for name, pattern in _ORDINALS.items() if pattern.match(text)), "")


def _place_rows(
    values: Sequence[Sequence[Word]], places: Sequence[Interval] | None, width: int, end: int
) -> list[Found | None]:
    """The rows under the columns. One with blanks counts where it, or a row below it, is in line with the others, or
    where it adds up: after a page break, from row `end`, the columns of a table may stand elsewhere. Before that it
    is proof enough where every number is in line with a column."""
    in_edges = columns_by_shared_edge(values[:end], width)
    by_place = [under(words, places) if places else None for words in values]
    others = [found for found in by_place if found is not None]
    in_line = [i for i, found in enumerate(by_place) if found and any(found) and is_aligned(found, others)]
    last = min(max([*in_line, _JUST_BELOW - 1 if len(values) <= _JUST_BELOW else -1]), end - 1)
    placed: list[Found | None] = []
    for i, (words, found) in enumerate(zip(values, by_place, strict=True)):
        proved = found if found is not None and (i <= last or _adds_up(found)) else None
        edged = in_edges[i] if in_edges and i < end else proved
        placed.append(by_order(words, width) or (edged if proved in (None, edged) else None))
    return placed


def _adds_up(found: Found) -> bool:
    """Is the last number of a row with blanks the sum of the others?"""
    *parts, last = [int(words[0].text) if words and words[0].text.isdecimal() else None for words in found]
    return last is not None and last > 0 and sum(part or 0 for part in parts) == last


def _row_cells(number: int, row: Spelled, words: Sequence[Word], found: Found | None, width: int) -> Iterable[Cell]:
    """The value cells of a row; a blank one stands where its row stands."""
    for i in range(width):
        if found is None and words:
            yield Cell(number, i + 1, " ".join(w.text for w in words), place_of(words), readable=False)
        elif found is None or not found[i]:
            yield Cell(number, i + 1, "", place_of(row.words))
        else:
            yield Cell(number, i + 1, "\n".join(word.text for word in found[i]), place_of(found[i]))


def _match_rows_to_labels(rows: Sequence[Spelled], loose: Sequence[Word]) -> list[tuple[Spelled, list[Word]]] | None:
    """Each label with the words right of it at its height; None where a number stands beside none or two.

    Rows that the form does not have (小计) are known by a word on the line of their numbers. Close under a row without
    numbers that word may be the rest of its label, and the numbers may be its own.
    """
    found: dict[int, list[Word]] = {i: [] for i in range(len(rows))}
    left_over: list[Word] = []
    for word in loose:
        inside = [i for i, row in enumerate(rows) if _is_beside(word, row)]
        if len(inside) > 1:
            inside = [i for i in inside if rows[i].top <= word.y <= rows[i].bottom]
        if len(inside) == 1:
            found[inside[0]].append(word)
        elif inside:
            return None
        else:
            left_over.append(word)
    matched = [(row, found[i]) for i, row in enumerate(rows)]
    for line in lines(left_over):
        if any(map(is_number, line)):
            other = Spelled("", (line[0],))
            if is_number(line[0]) or any(not words and _goes_on(row, other) for row, words in matched):
                return None
            matched.append((other, line[1:]))
    return sorted(matched, key=lambda pair: pair[0].y)


def _goes_on(row: Spelled, below: Spelled) -> bool:
    """Can this be the next line of the row's label?"""
    return -_CLOSE_BELOW * row.height < below.top - row.bottom < _CLOSE_BELOW * row.height


def _is_beside(word: Word, row: Spelled) -> bool:
    reach = _BESIDE * row.height
    return row.top - reach < word.y < row.bottom + reach and word.box[0] > row.right - _REACHED_OVER * row.height


def _values(words: Sequence[Word], width: int) -> list[Word]:
    """The words from the left without what goes on from the label before them."""
    ordered = sorted(words, key=lambda word: word.box[0])
    first = next((i for i, word in enumerate(ordered) if is_number(word)), 0)
    return ordered[first:] if len(ordered) - first >= width else ordered


def is_number(word: Word) -> bool:
    return looks_like_value(word.text)


def stacked(pieces: Sequence[Table]) -> Table:
    cells: list[Cell] = []
    widest = max(cell.column for piece in pieces for cell in piece.cells)
    for piece in pieces:
        below = cells[-1].row + 1 if cells else 0
        width = max(cell.column for cell in piece.cells)
        for cell in piece.cells:
            wide = widest - width + 1 if cell.column == width else 1
            cells.append(Cell(cell.row + below, cell.column, cell.text, cell.place, 1, wide, cell.readable))
    return Table(tuple(cells), pieces[0].place)


def place_of(words: Sequence[Word]) -> Place:
    here = [word.box for word in words if word.page == words[0].page]
    x0, top, x1, bottom = zip(*here, strict=True)
    return Place(words[0].page, (round(min(x0), 1), round(min(top), 1), round(max(x1), 1), round(max(bottom), 1)))
