"""The heads above columns of numbers: which column or columns each one names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.formats.paged.word_labels import pieces
from parsers.formats.paged.words import Chunk, WordRow

Interval = tuple[float, float]
_LOWER = 0.5  # of a line's height: heads that stand lower are of the next level; chosen


class Head(NamedTuple):
    """Lines of one head, its level (0 at the top) and the first and last value column it stands over; −1 for
    the head of the labels."""

    lines: tuple[Chunk, ...]
    level: int
    first: int
    last: int


def heads(rows: Sequence[WordRow], columns: Sequence[Interval], left: float) -> list[Head]:
    """Heads of a band. The lowest over a column is its own; those above share the columns out by their middles."""
    chunks = [chunk for row in rows for chunk in row.chunks]
    side = [chunk for chunk in chunks if chunk.box[2] <= left]
    stacks = [tuple(piece) for piece in pieces([chunk for chunk in chunks if chunk.box[2] > left])]
    own = {i: _lowest(stacks, column, columns) for i, column in enumerate(columns)}
    leaves = dict.fromkeys(stack for stack in own.values() if stack)  # a set would give them in another order each time
    upper = sorted((stack for stack in stacks if stack not in leaves), key=lambda stack: stack[0].box[1])
    found: list[Head] = []
    level = -1
    last_y = float("-inf")
    free: list[int] = []
    for stack in sorted(upper, key=lambda s: (round(s[0].box[1] / 4), s[0].box[0])):
        if stack[0].box[1] > last_y + _LOWER * (stack[0].box[3] - stack[0].box[1]):
            level += 1
            last_y = stack[0].box[1]
            free = [i for i, leaf in own.items() if not leaf or _middle(leaf) > _middle(stack) + 2]
        if free:
            end = min(range(len(free)), key=lambda i: abs(_span_middle(columns, free[0], free[i]) - _x(stack)))
            found.append(Head(stack, level, free[0], free[end]))
            free = free[end + 1 :]
    for leaf in leaves:
        over = [i for i, stack in own.items() if stack == leaf]
        found.append(Head(leaf, level + 1, over[0], over[-1]))
    if side:
        found.append(Head(tuple(side), 0, -1, -1))
    return found


def _lowest(
    stacks: Sequence[tuple[Chunk, ...]], column: Interval, columns: Sequence[Interval]
) -> tuple[Chunk, ...] | None:
    """The lowest stack whose middle is nearer to this column than to any other, or that covers its middle."""
    middle = sum(column) / 2
    over = [stack for stack in stacks if min(c.box[0] for c in stack) - 1 <= middle <= max(c.box[2] for c in stack) + 1]
    return max(over, key=lambda stack: stack[-1].box[3], default=None)


def _span_middle(columns: Sequence[Interval], first: int, last: int) -> float:
    return (sum(columns[first]) + sum(columns[last])) / 4


def _middle(stack: Sequence[Chunk]) -> float:
    return (stack[0].box[1] + stack[-1].box[3]) / 2


def _x(stack: Sequence[Chunk]) -> float:
    return (min(c.box[0] for c in stack) + max(c.box[2] for c in stack)) / 2
