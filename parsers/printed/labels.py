"""Printed labels made comparable: one spelling, no white space, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from parsers.printed.traditional import simplified

SHORTEST_TELLING = 4
"""Ideographs of a label that stands for itself: shorter ones (其他, 总计) stand in other texts too."""
LONGEST = 400
"""Characters of a cell that are looked at: no label is longer, some cells hold whole reports."""

_RADICALS = "⺟⺠⻁⻄⻅⻆⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳⺎⺩⺸"  # of the supplement block, which NFKC leaves alone
_CHARACTERS = "母民虎西见角车长门青页风飞食马骨鬼鱼鸟黄齐齿龙龟兀王羊"
_FOLD = str.maketrans(f"{_RADICALS}徵於谘", f"{_CHARACTERS}征于咨")  # those three are simplified ones too, in no label
_NOT_LABEL = re.compile(r"[^0-9\u4e00-\u9fff]+")
_MARK = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u2487]+$")
_SHARED = re.compile("(?:其[他它]|[总合]计)(?:件|数|件数)?")
_COUNTED = re.compile("(?<=[计他它])(?:件|数|件数)$")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?=[^\d年月日])")


def normalise(text: str) -> str:
    """The label with one spelling a character and only digits and ideographs left.

    NFKC unites full width, Kangxi radicals and bracketed numerals; traditional characters become simplified ones.
    """
    return _normalise(text[:LONGEST])


@lru_cache(maxsize=16384)
def _normalise(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _MARK.sub("", text.rstrip()))  # a footnote's mark is no part of a label
    return _NOT_LABEL.sub("", simplified(plain).translate(_FOLD))


@lru_cache(maxsize=4096)
def without_ordinal(label: str) -> str:
    """A normalised label without the numeral before it: ``六其他处理`` becomes ``其他处理``."""
    return _ORDINAL.sub("", label) or label


def is_shared(label: str) -> bool:
    """Is it one that columns and rows have in common, of these tables and of others: 总计, 其他?"""
    return _SHARED.fullmatch(label) is not None


def without_unit(label: str) -> str:
    """总计件 as 总计: the unit in brackets behind a short label."""
    return _COUNTED.sub("", label)


@lru_cache(maxsize=4096)
def distance(left: str, right: str, limit: int) -> int:
    """Single-character edits between two strings, or `limit` + 1 when there are more than `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
