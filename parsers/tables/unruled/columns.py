"""Where columns of numbers stand on a page without lines, as far as the numbers and the heads above them prove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from parsers.content import Word

Interval = tuple[float, float]
Found = tuple[tuple[Word, ...], ...]
"""The words under each column; none under one that is blank."""

_LOOSE = 0.8  # of a line's height: spaces around a number move it so far
_ALIGNED = 1.5  # points
_SEPARATE = 3 * _ALIGNED  # points between the edges of two columns: numbers of one cannot be aligned with the other
_OVERLAP = 0.5  # points by which two columns may overlap; chosen: less than the space between two digits
SAME_LINE = 0.5  # of a line's height: words whose middles are nearer stand on one line
_ONE_LINE = 0.6  # the same for a whole row of heads, where fonts differ; chosen
_CLEAR = 0.8  # of a line's height: by so much a word is nearer to its column than to the next


def by_order(row: Sequence[Word], width: int) -> Found | None:
    """A row with one word for every column, on one line."""
    if len(row) != width or not _on_one_line(row):
        return None
    return tuple((word,) for word in row)


def from_rows(rows: Sequence[Sequence[Word]], width: int) -> tuple[Interval, ...] | None:
    """Columns by rows with a word in every column."""
    full = [row for row in rows if by_order(row, width)]
    return _cores(list(zip(*full, strict=True)), ()) if full else None


def from_heads(rows: Sequence[Sequence[Word]], heads: Sequence[Interval]) -> tuple[Interval, ...] | None:
    """Columns by their heads, where rows have blanks: a number that stands under one head alone belongs to it."""
    owned: list[list[Word]] = [[] for _ in heads]
    for word in (word for row in rows for word in row):
        over = [i for i, head in enumerate(heads) if word.box[0] < head[1] and head[0] < word.box[2]]
        if len(over) == 1:
            owned[over[0]].append(word)
    return _cores(owned, heads)


def _cores(columns: Sequence[Sequence[Word]], heads: Sequence[Interval]) -> tuple[Interval, ...] | None:
    """What all words of a column have in common, its head where it has none; None where they do not agree."""
    cores = []
    for i, column in enumerate(columns):
        if not column:
            cores.append(heads[i])
            continue
        start, end = max(word.box[0] for word in column), min(word.box[2] for word in column)
        if start - end > _LOOSE * _height(column):
            return None
        cores.append((min(start, end), max(start, end)))
    return tuple(cores) if all(left[1] < right[0] + _OVERLAP for left, right in pairwise(cores)) else None


def under(row: Sequence[Word], columns: Sequence[Interval]) -> Found | None:
    """The words of a row under its columns; None where one stands under none, or as near to another."""
    found: list[list[Word]] = [[] for _ in columns]
    for word in row:
        height = word.bottom - word.top
        near = sorted((_apart(word, column), i) for i, column in enumerate(columns))
        if near[0][0] > _LOOSE * height or (len(near) > 1 and near[1][0] < near[0][0] + _CLEAR * height):
            return None
        found[near[0][1]].append(word)
    if any(len(words) > 1 and _on_one_line(words) for words in found):
        return None
    return tuple(tuple(sorted(words, key=lambda word: word.y)) for words in found)


def columns_by_shared_edge(rows: Sequence[Sequence[Word]], width: int) -> list[Found | None] | None:
    """The words of all rows under the columns whose left edge, right edge or middle they share.

    The columns are those of rows with a word in every one. None where a word shares no column's, or where two of
    the three ways tell otherwise; None for a row where a word reaches into a second column: two numbers in one.
    """
    full = [row for row in rows if by_order(row, width)]
    found = [_by(edge, rows, full) for edge in _EDGES] if full else []
    ways = [way for way in found if way is not None]
    return ways[0] if ways and all(way == ways[0] for way in ways) else None


_EDGES: tuple[Callable[[Word], float], ...] = (
    lambda word: word.box[0],
    lambda word: word.box[2],
    lambda word: (word.box[0] + word.box[2]) / 2,
)


def _by(
    edge: Callable[[Word], float], rows: Sequence[Sequence[Word]], full: Sequence[Sequence[Word]]
) -> list[Found | None] | None:
    columns = [[edge(word) for word in column] for column in zip(*full, strict=True)]
    if any(max(column) - min(column) > _ALIGNED for column in columns):
        return None
    edges = [sum(column) / len(column) for column in columns]
    if any(right - left < _SEPARATE for left, right in pairwise(edges)):
        return None
    cores = [(max(w.box[0] for w in column), min(w.box[2] for w in column)) for column in zip(*full, strict=True)]
    found: list[Found | None] = []
    for row in rows:
        own = [[word for word in row if abs(edge(word) - at) < _ALIGNED] for at in edges]
        if any(len(words) > 1 for words in own) or sum(map(len, own)) < len(row):
            return None
        overlong = any(sum(_apart(word, core) == 0 for core in cores) > 1 for word in row)
        found.append(None if overlong else tuple(map(tuple, own)))
    return found


def is_aligned(found: Found, others: Sequence[Found]) -> bool:
    """Does each word of a row begin, end or have its middle where one of another row in its column does?"""
    return all(
        any(_shares_edge(word, other) for row in others if row is not found for other in row[i])
        for i, words in enumerate(found)
        for word in words
    )


def _shares_edge(word: Word, other: Word) -> bool:
    (x0, _, x1, _), (other_x0, _, other_x1, _) = word.box, other.box
    return min(abs(x0 - other_x0), abs(x1 - other_x1), abs(x0 + x1 - other_x0 - other_x1) / 2) < _ALIGNED


def _apart(word: Word, column: Interval) -> float:
    return max(column[0] - word.box[2], word.box[0] - column[1], 0.0)


def _on_one_line(words: Sequence[Word]) -> bool:
    heights = [word.y for word in words]
    return max(heights) - min(heights) < _ONE_LINE * _height(words)


def _height(words: Sequence[Word]) -> float:
    return min(word.bottom - word.top for word in words)


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one baseline each, from the left; the lines from the top."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y):
        if found and word.y - found[-1][0].y < SAME_LINE * (word.bottom - word.top):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in found]
