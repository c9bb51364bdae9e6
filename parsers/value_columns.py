"""Where columns of numbers stand on a page without lines, as far as the numbers and the heads above them prove it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.content import Word

Interval = tuple[float, float]
Found = tuple[tuple[Word, ...], ...]
"""The words under each column; none under one that is blank."""

_LOOSE = 0.8  # of a line's height: spaces around a number move it so far
_ALIGNED = 1.5  # points
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
    return tuple(cores) if all(left[1] < right[0] + 0.5 for left, right in pairwise(cores)) else None


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


def aligned(found: Found, others: Sequence[Found]) -> bool:
    """Does each word of a row begin, end or have its middle where one of another row in its column does?"""
    return all(
        any(_is_aligned(word, other) for row in others if row is not found for other in row[i])
        for i, words in enumerate(found)
        for word in words
    )


def _is_aligned(word: Word, other: Word) -> bool:
    (x0, _, x1, _), (other_x0, _, other_x1, _) = word.box, other.box
    return min(abs(x0 - other_x0), abs(x1 - other_x1), abs(x0 + x1 - other_x0 - other_x1) / 2) < _ALIGNED


def _apart(word: Word, column: Interval) -> float:
    return max(column[0] - word.box[2], word.box[0] - column[1], 0.0)


def _on_one_line(words: Sequence[Word]) -> bool:
    heights = [word.y for word in words]
    return max(heights) - min(heights) < 0.6 * _height(words)


def _height(words: Sequence[Word]) -> float:
    return min(word.bottom - word.top for word in words)


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one baseline each, from the left; the lines from the top."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y):
        if found and word.y - found[-1][0].y < 0.5 * (word.bottom - word.top):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in found]
