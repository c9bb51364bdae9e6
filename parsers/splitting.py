"""Numbers that were run together, split again: ``713000074`` is 71 3 0 0 0 0 74 if only the sums say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.labels import normalise
from parsers.numbers import read_number
from parsers.report import State

MOST_STEPS = 200_000
"""Beyond this many tries a row is not worth splitting."""

MOST_WAYS = 2000

_COUNT = re.compile(r"0|[1-9]\d*")
_CHANGE = re.compile(r"[+-]?(?:0|[1-9]\d*)")
_MONEY = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?(?:万元|元)?")
_PIECES = {"count": _COUNT, "change": _CHANGE, "money": _MONEY}
Way = tuple[str, ...]


def ways_to_split(text: str, kinds: Sequence[str], sums: Sequence[int] = ()) -> list[Way]:
    """Every way to cut `text` into one number a column, all of it used.

    White space in the text is a cut, and where it separates all numbers there is one way. `sums` are lengths of
    consecutive groups whose last number is the sum of the others; ways that break them are left out. Empty when there
    is no way, or too many.
    """
    tokens = text.split()
    if not tokens or len(tokens) > len(kinds):
        return []
    if len(tokens) == len(kinds):
        return [tuple(tokens)] if all(map(_is_value, tokens, kinds)) else []
    ways = list(_cut(tokens, kinds, sums))
    return ways if len(ways) <= MOST_WAYS else []


def _is_value(token: str, kind: str) -> bool:
    return read_number(token, kind).state is not State.TEXT


def _cut(tokens: Sequence[str], kinds: Sequence[str], sums: Sequence[int]) -> Iterator[Way]:
    """Depth first over the places where a number may end; a group whose sum fails is not followed further."""
    ends = _group_ends(sums)
    steps = 0
    stack: list[tuple[int, int, Way]] = [(0, 0, ())]
    found = 0
    while stack and steps < MOST_STEPS and found <= MOST_WAYS:
        steps += 1
        token, at, way = stack.pop()
        if len(way) in ends and not _group_holds(way, ends[len(way)]):
            continue
        if token == len(tokens):
            if len(way) == len(kinds):
                found += 1
                yield way
            continue
        if len(way) == len(kinds):
            continue
        text, pattern = tokens[token], _PIECES[kinds[len(way)]]
        for end in range(at + 1, len(text) + 1):
            if pattern.fullmatch(text, at, end):
                following = (token + 1, 0) if end == len(text) else (token, end)
                stack.append((*following, (*way, text[at:end])))


def _group_ends(sums: Sequence[int]) -> dict[int, int]:
    """Number of columns up to the end of each group, and the group's length."""
    ends: dict[int, int] = {}
    total = 0
    for length in sums:
        total += length
        ends[total] = length
    return ends


def _group_holds(way: Way, length: int) -> bool:
    *parts, total = way[len(way) - length :]
    values = [read_number(text).value for text in parts]
    return None not in values and sum(value for value in values if value is not None) == read_number(total).value


def agreed(ways: Sequence[Way], width: int) -> list[str | None]:
    """For each column the number that every way gives it, None where they differ or there is none."""
    if not ways:
        return [None] * width
    return [choices[0] if len(set(choices)) == 1 else None for choices in zip(*ways, strict=True)]


class Stream:
    """A text and its comparable form, with the way back from one to the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        self._origin: list[int] = []
        for position, char in enumerate(text):
            for letter in normalise(char):
                letters.append(letter)
                self._origin.append(position)
        self.letters = "".join(letters)

    def find(self, label: str, start: int, end: int | None = None) -> tuple[int, int] | None:
        """Where a comparable label begins and ends among `letters`.

        A figure before a label is its ordinal only if a mark follows it (``2.``); else it belongs to the number before.
        """
        begin = self.letters.find(label, start, end)
        if begin < 0:
            return None
        at = self._origin[begin]
        if label[0].isdigit() and self.text[at + 1 : at + 2] not in tuple(".．、)） ，,"):
            return None
        return begin, begin + len(label)

    def position(self, letter: int) -> int:
        """Where that letter stands in the text."""
        return self._origin[letter] if letter < len(self._origin) else len(self.text)

    def after(self, letter: int) -> int:
        """The place in the text right behind the letter before that one."""
        return self._origin[letter - 1] + 1 if letter else 0
