"""What is printed in a number cell: a number, a blank, a dash, a word. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from parsers.printed.odd_numerals import is_of_figures, odd_numeral
from parsers.report import Number, State
from parsers.value_class import value_class

LONGEST = 60
"""Characters of a cell that may be a number with its note; nothing longer is one."""

MOST_DIGITS = 15
"""Digits of a number. With more, SQLite, JSON and spreadsheets keep another number than the one that is printed."""

_SPACE = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]+")
_DASHES = frozenset("-—–―－ー─‐‑‒−﹣﹘ˉ")
_MINUS = re.compile("[—–―－─‐‑‒−﹣]")
_NONE = frozenset({"无", "無", "不适用", "不涉及", "没有", "未涉及", "暂无", "N/A", "n/a", "NA"})
_INTEGER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)\.\d+")
_UNITS = ("亿元", "万元", "元", "件", "项", "条", "次", "个", "人次", "人", "篇", "份", "宗")
_WITH_UNIT = re.compile(rf"(.+?)\(?({'|'.join(_UNITS)})\)?")
_WITH_NOTE = re.compile(r"(-?[\d,.]+?)\s*((?:件|项|条|元|万元)?\((?=[^()]*[^()\d\s,.])[^()]*\))")
_CHANGE = re.compile(r"(?:增加?|\+|↑|⬆|新增)(\d+)(?:项|件)?")
_LESS = re.compile(r"(?:减少?|-|↓|⬇)(\d+)(?:项|件)?")
_BOTH = re.compile(r"(?:增加?|\+|↑)(\d+)(?:项|件)?[,，、/;；]?(?:减少?|-|↓)(\d+)(?:项|件)?")
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u2487\u3220-\u3229"
_MARK = re.compile(
    rf"(?:[{_RAISED}※#＃†‡]|(?<![*＊])[*＊]|[\[〔【](?:备?注)?[\d{_RAISED}]{{0,2}}[\]〕】]|注[\d{_RAISED}]{{0,2}})+\s*$"
)
"""Footnote marks behind a number, before NFKC makes digits of them."""
_STRUCK = re.compile("(?:.\u0336)+")
_SLASH_BOTH = re.compile(r"\+?(\d+)/-?(\d+)")


@value_class(frozen=True, slots=True)
class NumberReading:
    """What a cell says. `unit` and `note` only where they are printed in the cell itself.

    An unusual numeral that may mean something else is unreadable: `candidate` is what it says, `style` how it looks.
    """

    state: State
    value: Number | None = None
    unit: str | None = None
    note: str | None = None
    candidate: Number | None = None
    style: str = ""


def read_number(text: str, kind: str = "count") -> NumberReading:
    """Read the text of a cell; `kind` is the column's (``count``, ``change`` or ``money``)."""
    if len(text) > LONGEST:
        text = text.strip()
    return _SMALL.get(text) or (_read(text, kind) if len(text) <= LONGEST else NumberReading(State.TEXT))


@lru_cache(maxsize=8192)
def _read(text: str, kind: str) -> NumberReading:
    reading = _read_usual(text, kind)
    if reading.state is State.TEXT:
        reading = _read_odd(text, kind)
    return reading if _is_kept_exactly(reading.value) else NumberReading(State.TEXT, note="more digits than a number")


def _is_kept_exactly(value: Number | None) -> bool:
    return value is None or len(Decimal(value).as_tuple().digits) <= MOST_DIGITS


def _read_odd(text: str, kind: str) -> NumberReading:
    """A numeral that is not printed as numbers are; words stay text."""
    odd = odd_numeral(text, kind)
    if odd is not None and odd.certain:
        return NumberReading(State.NUMBER, odd.value)
    if odd is not None:
        return NumberReading(State.UNREADABLE, candidate=odd.value, style=odd.style)
    return NumberReading(State.UNREADABLE if is_of_figures(text) else State.TEXT)


@lru_cache(maxsize=8192)
def _read_usual(text: str, kind: str) -> NumberReading:
    marks = [*_STRUCK.findall(text), *_MARK.findall(text)]
    if not marks:
        return _read_plain(text, kind)
    reading = _read_plain(_MARK.sub("", _STRUCK.sub("", text)), kind)
    # Without its mark a cell is what it was; a mark alone, or behind a word, is text.
    note = "".join(_SPACE.sub("", mark) for mark in marks) + (reading.note or "")
    return replace(reading, note=note) if reading.state is State.NUMBER else NumberReading(State.TEXT)


def _read_plain(text: str, kind: str) -> NumberReading:
    bare = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    if not bare:
        return NumberReading(State.BLANK)
    if any(unicodedata.category(char) == "No" for char in text):
        return NumberReading(State.TEXT)  # NFKC would make digits of ①, ² and ½
    if set(bare) <= _DASHES:
        return NumberReading(State.DASH)
    if bare in {"/", "\\", "//"}:
        return NumberReading(State.SLASH)
    if bare.strip("。.") in _NONE:
        return NumberReading(State.NONE_TEXT)
    if _split_by_space(text):
        return NumberReading(State.TEXT, note="several numbers in one cell")
    return _read_value(_MINUS.sub("-", bare), kind)


_SMALL = {str(number): NumberReading(State.NUMBER, number) for number in range(1000)} | {"": NumberReading(State.BLANK)}


def _split_by_space(text: str) -> bool:
    """White space between digits may be a lost cell border: ``1 2`` is not twelve."""
    return re.search(r"\d[\s\u00a0\u3000]+\d", text.strip()) is not None


def _read_value(bare: str, kind: str) -> NumberReading:
    if kind == "change" and (change := _read_change(bare)) is not None:
        return change
    if (value := parse_value(bare, kind)) is not None:
        return NumberReading(State.NUMBER, value)
    if (match := _WITH_NOTE.fullmatch(bare)) and (value := parse_value(match[1], kind)) is not None:
        return NumberReading(State.NUMBER, value, note=match[2])
    if (match := _WITH_UNIT.fullmatch(bare)) and (value := parse_value(match[1], kind)) is not None:
        return NumberReading(State.NUMBER, value, unit=match[2])
    return NumberReading(State.TEXT)


def parse_value(bare: str, kind: str) -> Number | None:
    """The number that `bare` is, None when it is anything else. Decimals only in money columns.

    A count may carry the two empty decimals that spreadsheets give with their thousands separators.
    """
    whole = bare if kind == "money" else bare.removesuffix(".00")
    if _INTEGER.fullmatch(whole):
        return int(whole.replace(",", ""))
    if kind == "money" and _DECIMAL.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    return None


def _read_change(bare: str) -> NumberReading | None:
    """Signed changes as they are written: +3, 增3, 减2, ↑5, 增3减2, 0/0."""
    if match := _BOTH.fullmatch(bare) or _SLASH_BOTH.fullmatch(bare):
        return NumberReading(State.NUMBER, int(match[1]) - int(match[2]), note=bare)
    if match := _CHANGE.fullmatch(bare):
        return NumberReading(State.NUMBER, int(match[1]))
    if match := _LESS.fullmatch(bare):
        return NumberReading(State.NUMBER, -int(match[1]))
    return None


def looks_like_value(text: str) -> bool:
    """Is this what number cells hold, rather than a label? Blanks count; 二 and ② are ordinals too, and do not."""
    if len(text) > LONGEST:
        text = text.strip()
    kinds = ("count", "change", "money")
    return len(text) <= LONGEST and any(_read_usual(text, kind).state is not State.TEXT for kind in kinds)
