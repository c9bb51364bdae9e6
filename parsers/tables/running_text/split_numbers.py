"""Numbers that were run together, split again: ``713000074`` is 71 3 0 0 0 0 74 if only the sums say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.printed.labels import normalise
from parsers.printed.numbers import read_number
from parsers.report import State

MOST_STEPS = 50_000
"""Beyond this many tries a row is not worth splitting."""

LONGEST = 9
"""Digits of the largest number that is looked for."""

_COUNT = re.compile(r"0|[1-9]\d*")
_CHANGE = re.compile(r"[+-]?(?:0|[1-9]\d*)")
_MONEY = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?(?:万元|元)?")
_PIECES = {"count": _COUNT, "change": _CHANGE, "money": _MONEY}
Way = tuple[str, ...]


def ways_to_split(text: str, kinds: Sequence[str], sums: Sequence[int] = (), *, blanks: bool = False) -> list[Way]:
    """Every way to cut `text` into one number a column, all of it used.

    White space in the text is a cut, and where it separates all numbers there is one way. `sums` are lengths of
    consecutive groups whose last number is the sum of the others; ways that break them are left out. `blanks`: a column
    may have been blank, "" in the way. Empty when there is no way, or too many.
    """
    tokens = text.split()
    if not tokens or len(tokens) > len(kinds):
        return []
    if len(tokens) == len(kinds):
        return [tuple(tokens)] if all(map(_is_value, tokens, kinds)) else []
    return list(_cut(tuple(tokens), tuple(kinds), tuple(sums), blanks)[0])


def may_split(text: str, kinds: Sequence[str], sums: Sequence[int]) -> bool:
    """False when it is certain that there is no way; too many to look at are not none."""
    tokens = text.split()
    if not 0 < len(tokens) < len(kinds):
        return len(tokens) == len(kinds)
    ways, gave_up = _cut(tuple(tokens), tuple(kinds), tuple(sums), False)
    return bool(ways) or gave_up


@lru_cache(maxsize=512)
def _cut(
    tokens: tuple[str, ...], kinds: tuple[str, ...], sums: tuple[int, ...], blanks: bool
) -> tuple[tuple[Way, ...], bool]:
    """All ways, and whether there were too many to look at. Both readings of a document ask for the same rows."""
    cutter = _Cutter(tokens, kinds, sums, blanks=blanks)
    return tuple(cutter.ways()), cutter.gave_up


def _is_value(token: str, kind: str) -> bool:
    return read_number(token, kind).state is not State.TEXT


class _Cutter:
    """Depth first over the places where a number may end. The last number of a group is known: it is the sum."""

    def __init__(
        self, tokens: Sequence[str], kinds: Sequence[str], sums: Sequence[int], *, blanks: bool = False
    ) -> None:
        self.text = "".join(tokens)
        self._cuts = {len("".join(tokens[: i + 1])) for i in range(len(tokens))}
        self._patterns = [_PIECES[kind] for kind in kinds]
        self._totals = {sum(sums[: i + 1]) - 1: length for i, length in enumerate(sums)}
        self._blanks = blanks
        self._steps = 0
        self._found: list[Way] = []

    def ways(self) -> list[Way]:
        """All ways, or none at all when there are too many to look at."""
        if len(self.text) > LONGEST * len(self._patterns):
            return []
        self._extend(0, ())
        return [] if self.gave_up else self._found

    @property
    def gave_up(self) -> bool:
        return self._steps >= MOST_STEPS

    def _extend(self, at: int, way: Way) -> None:
        self._steps += 1
        left = len(self._patterns) - len(way)
        if not left and at == len(self.text):
            self._found.append(way)
        if self._steps >= MOST_STEPS or not left or (len(self.text) - at < left and not self._blanks):
            return
        if self._blanks:
            self._extend(at, (*way, ""))
        total = self._total(way)
        for end in range(at + 1, min(at + LONGEST + 4, len(self.text)) + 1):
            piece = self.text[at:end]
            if self._patterns[len(way)].fullmatch(piece) and (total is None or piece == total):
                self._extend(end, (*way, piece))
            if end in self._cuts:
                break

    def _total(self, way: Way) -> str | None:
        """The sum that must come next, when the next number ends a group."""
        length = self._totals.get(len(way))
        return None if length is None else str(sum(map(int, way[len(way) + 1 - length :])))


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
