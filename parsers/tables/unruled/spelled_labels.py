"""Labels of a form found among the words of a page without lines: letter by letter, over as many lines as they take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.content import Word
from parsers.printed.labels import SHORTEST_TELLING, normalise, without_ordinal
from parsers.printed.numbers import looks_like_value
from parsers.tables.unruled.columns import SAME_LINE

_FARTHEST_DOWN = 2.2  # from line to line of one label, in heights of a line
_FARTHEST_RIGHT = 2.5  # from word to word of one line
_NEAREST_RIGHT = -0.1  # the same: boxes of neighbours may overlap a little
_MOST_STEPS = 400  # of one search
_SEAM = re.compile(
    r"(?<=[\u4e00-\u9fff”\"])(?=(?:[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.．、])[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff）)”\"])(?=\d{1,7}$)"
)
"""Where a word is two: before the next label's ordinal, and before the number that follows a label too closely."""
_LATIN = "\u024f"


@dataclass(frozen=True)
class Spelled:
    """A label where it is printed. `key` is what the label stands for."""

    key: str
    words: tuple[Word, ...]

    @cached_property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @cached_property
    def left(self) -> float:
        return min(word.box[0] for word in self.words)

    @cached_property
    def right(self) -> float:
        return max(word.box[2] for word in self.words)

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Of one line."""
        return min(word.bottom - word.top for word in self.words)


def spellings(labels: Iterable[tuple[str, Sequence[str]]], *, bare: bool = False) -> dict[str, list[tuple[str, str]]]:
    """First letter → (comparable label, key), longest first; with `bare` also the labels without their ordinals."""
    found: dict[str, dict[str, str]] = {}
    for key, names in labels:
        for name in map(normalise, names):
            shorter = without_ordinal(name)
            for text in (name, shorter) if bare and len(shorter) >= SHORTEST_TELLING else (name,):
                found.setdefault(text[:1], {}).setdefault(text, key)
    return {first: sorted(texts.items(), key=lambda item: -len(item[0])) for first, texts in found.items()}


def parted(words: Iterable[Word]) -> list[Word]:
    """The words with those cut that run together: ``（四）无法提供2.没有现成信息``, ``（一）予以公开0``."""
    found: list[Word] = []
    for word in words:
        if looks_like_value(word.text):
            found.append(word)
            continue
        x0, top, x1, bottom = word.box
        pieces = _SEAM.split(word.text)
        sizes = [sum(2 if letter > _LATIN else 1 for letter in piece) for piece in pieces]
        for piece, size in zip(pieces, sizes, strict=True):
            end = x0 + (word.box[2] - word.box[0]) * size / sum(sizes)
            found.append(word if len(pieces) == 1 else word._replace(text=piece, box=(x0, top, min(end, x1), bottom)))
            x0 = end
    return found


def find_all(words: Sequence[Word], labels: Mapping[str, Sequence[tuple[str, str]]]) -> list[Spelled]:
    """Every label spelled out by the words, from the top; where one begins with another, the longer one."""
    texts = [normalise(word.text) for word in words]
    kept = sorted(
        ((word, text) for word, text in zip(words, texts, strict=True) if text),
        key=lambda pair: (pair[0].y, pair[0].box[0]),
    )
    page = _Page([word for word, _ in kept], [text for _, text in kept])
    found = []
    for i, text in enumerate(page.texts):
        for label, key in labels.get(text[0], ()):
            if label.startswith(text) and (spelled := page.spell(label, i)):
                found.append(Spelled(key, tuple(page.words[j] for j in spelled)))
                break
    return found


class _Page:
    """Words from the top, each with its comparable text."""

    def __init__(self, words: list[Word], texts: list[str]) -> None:
        self.words, self.texts = words, texts
        self._steps = 0

    def spell(self, label: str, first: int) -> tuple[int, ...] | None:
        self._steps = _MOST_STEPS
        return self._rest(label[len(self.texts[first]) :], (first,))

    def _rest(self, rest: str, used: tuple[int, ...]) -> tuple[int, ...] | None:
        if not rest:
            return used
        for i in self._following(used):
            self._steps -= 1
            if self._steps < 0:
                return None
            if rest.startswith(self.texts[i]) and (found := self._rest(rest[len(self.texts[i]) :], (*used, i))):
                return found
        return None

    def _following(self, used: tuple[int, ...]) -> list[int]:
        """Words that can go on after the last one: right of it, or under the words so far in the next line."""
        last = self.words[used[-1]]
        height = last.bottom - last.top
        left = min(self.words[i].box[0] for i in used) - height
        right = max(self.words[i].box[2] for i in used) + height
        beside, below = [], []
        for i in range(max(used[-1] - 40, 0), len(self.words)):
            word = self.words[i]
            down = word.y - last.y
            if down > _FARTHEST_DOWN * height:
                break
            if i in used:
                continue
            if abs(down) < SAME_LINE * height:
                if _NEAREST_RIGHT * height <= word.box[0] - last.box[2] < _FARTHEST_RIGHT * height:
                    beside.append(i)
            elif down > 0 and word.box[2] > left and word.box[0] < right:
                below.append(i)
        return [*sorted(beside, key=lambda i: self.words[i].box[0])[:1], *below]
