"""Numbers printed in an unusual way: ``十二``, ``⑥``, ``11.``, ``1 5``. What they say, and whether that is certain.

A certain one is read. Of any other the value is a candidate only: the sums of the form may prove it
(`parsers.checks.proven_numerals`), else the cell cannot be read. None of them is an error of the publisher.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.report import Number

_LARGEST_DIGIT = 9
"""Of a number of several signs each is a digit."""


@dataclass(frozen=True, slots=True)
class OddNumeral:
    """What such a text says. `style` names the way of printing: what holds for one cell holds for its like."""

    value: Number
    style: str
    certain: bool = False


_ONES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_LARGE = "万"
_FINANCIAL = str.maketrans("壹贰贳叁肆伍陆柒捌玖拾佰仟兩貳參陸萬弍弌弎", "一二二三四五六七八九十百千两二三六万二一三")
"""Capital numerals of bills, with the traditional ones among them."""
_HAN = re.compile(f"[{''.join((*_ONES, *_UNITS, _LARGE))}]+")
_HAN_UNIT = re.compile(r"(?:件|项|条|次|个|人|份|宗)$")
_THIN = re.compile("(?<=\\d)[\u2004-\u200a\u202f\u205f]+(?=\\d)")
"""Spaces narrower than a digit: they space letters or thousands, no cell border was ever such a one."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\u00a0\d{3})+")
_SPACED = re.compile(r"\d+(?:[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+\d+)+")
_DOT = re.compile(r"(0|[1-9]\d*)[.。．]")
_EMPTY_DECIMALS = re.compile(r"(0|[1-9]\d*)\.0+")
_ARTEFACT = re.compile(r"(?:0|[1-9]\d*)\.\d{8,}")
_NEARLY = Decimal("0.000001")
"""A count that is off a whole number by less was made by a computer's fractions."""
_NO_WHOLE = re.compile(r"\.\d+")
_PADDED = re.compile(r"0\d+")
_SIGNED = re.compile(r"\+(\d+)")
_QUOTED = re.compile(r"[1-9]\d{0,2}(?:['’‘`´·]\d{3})+")
_WORDED = re.compile(r"(?:共计?|合计|计|=|:)?(0|[1-9]\d*)(?:件次|人次|[件次项条宗份个])?")
"""A count with a word that says no other number: 共5件, 13件次, =127. 约22 says another: it is a text."""
_LETTERS = str.maketrans("OoＯ○◯lIｌＩ", "000001111")
_WITH_LETTERS = re.compile(r"[\dOo○◯lI]+")
_STARRED = re.compile(r"(0|[1-9]\d*)[*＊#]{2,}")
_FIGURES = re.compile(r"[\s.,，。．、'’‘`´·()（）\[\]【】〔〕*＊※#+\-–—~_|\"“”/\\○◯⬆⬇↑↓<>]+")
"""What stands between figures without being a word."""
_DATE = re.compile(r"\d{2,4}[-/.]\d{1,2}[-/.]\d{1,2}")


def odd_numeral(text: str, kind: str) -> OddNumeral | None:
    """What the text of a cell says if it is such a numeral; `kind` is that of the column, as in `read_number`."""
    bare = text.strip()
    readers = (_signs,) if any(unicodedata.category(char) == "No" for char in bare) else _READERS
    found = next((one for read in readers if (one := read(bare, kind)) is not None), None)
    return found if found is None or kind != "money" or found.style in _IN_MONEY else None


def _han(bare: str, kind: str) -> OddNumeral | None:
    plain = _HAN_UNIT.sub("", unicodedata.normalize("NFKC", "".join(bare.split())).translate(_FINANCIAL))
    if not _HAN.fullmatch(plain):
        return None
    value = han_number(plain)
    if value is not None:
        return OddNumeral(value, "han", certain=plain != "一")  # 一 may be a dash
    if len(plain) > 1 and all(char in _ONES for char in plain) and _ONES[plain[0]]:
        return OddNumeral(int("".join(str(_ONES[char]) for char in plain)), "han digits")
    return None


def han_number(text: str) -> int | None:
    """零 … 九千九百九十九万九千九百九十九, as they are properly written; None for anything else."""
    if _LARGE in text:
        high, _, low = text.partition(_LARGE)
        above, below = han_number(high), han_number(low.removeprefix("零")) if low else 0
        return None if above is None or below is None else above * 10_000 + below
    value, digit = 0, None
    for char in text:
        if char in _UNITS:
            value += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            digit = _ONES.get(char, 0)
    value += digit or 0
    return value if text.replace("〇", "零").replace("两", "二") in set(_spelled(value)) else None


def _spelled(value: int) -> Iterator[str]:
    """The ways in which a number below ten thousand is written: 一十二 and 十二, 一百零三, 一百一十."""
    digits = "零一二三四五六七八九"
    made, gap = "", False
    for unit, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            made += ("零" if gap and made else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    yield made or "零"
    if made.startswith("一十"):
        yield made[1:]


def _thin(bare: str, _kind: str) -> OddNumeral | None:
    joined, count = _THIN.subn("", bare)
    return OddNumeral(int(joined), "thin spaces", certain=True) if count and _is_count(joined) else None


def _spaced(bare: str, _kind: str) -> OddNumeral | None:
    if _GROUPED.fullmatch(bare):
        return OddNumeral(int(bare.replace("\u00a0", "")), "hard spaces")
    joined = "".join(bare.split())
    return OddNumeral(int(joined), "spaces") if _SPACED.fullmatch(bare) and _is_count(joined) else None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")


def _dotted(bare: str, kind: str) -> OddNumeral | None:
    plain = unicodedata.normalize("NFKC", bare)
    if found := _DOT.fullmatch(plain):
        return OddNumeral(int(found[1]), "dot", certain=kind != "money")  # 11. may be the beginning of 11.5
    if kind == "money":
        return OddNumeral(Decimal(f"0{plain}"), "no whole", certain=True) if _NO_WHOLE.fullmatch(plain) else None
    if found := _EMPTY_DECIMALS.fullmatch(plain):
        return OddNumeral(int(found[1]), "empty decimals", certain=True)
    if _ARTEFACT.fullmatch(plain):
        near = Decimal(plain).to_integral_value()
        if abs(Decimal(plain) - near) < _NEARLY:
            return OddNumeral(int(near), "fractions of a computer", certain=True)
    return None


def _signs(bare: str, _kind: str) -> OddNumeral | None:
    """①, ³⁷, ⒍, Ⅳ, ❸: a number or a footnote's mark, which only the sums can tell."""
    if not bare or not all(unicodedata.category(char) in ("No", "Nl") for char in bare):
        return None
    values = [unicodedata.numeric(char, -1.0) for char in bare]
    if any(value < 0 or value != int(value) for value in values) or (len(bare) > 1 and max(values) > _LARGEST_DIGIT):
        return None
    style = unicodedata.name(bare[0]).split()[0].lower()  # superscript, circled, dingbat, roman
    return OddNumeral(int("".join(str(int(value)) for value in values)), style)


def _others(bare: str, _kind: str) -> OddNumeral | None:
    plain = unicodedata.normalize("NFKC", bare)
    if _PADDED.fullmatch(plain):
        return OddNumeral(int(plain), "leading zero")
    if found := _SIGNED.fullmatch(plain):
        return OddNumeral(int(found[1]), "plus")
    if found := _WORDED.fullmatch(plain):
        return OddNumeral(int(found[1]), "words")
    if found := _STARRED.fullmatch(plain):
        return OddNumeral(int(found[1]), "stars")
    if _QUOTED.fullmatch(plain):
        return OddNumeral(int(re.sub(r"\D", "", plain)), "quotes")
    if _WITH_LETTERS.fullmatch(plain):
        figures = plain.translate(_LETTERS)
        return OddNumeral(int(figures), "letters") if _is_count(figures) else None
    return None


_READERS: tuple[Callable[[str, str], OddNumeral | None], ...] = (_han, _signs, _thin, _spaced, _dotted, _others)
_IN_MONEY = frozenset({"han", "thin spaces", "hard spaces", "spaces", "dot", "no whole"})


def is_of_figures(text: str) -> bool:
    """Figures and marks between them, no word: a number that cannot be made out, not a text that was written.

    A date is a text, and so is a plain number with decimals.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _DATE.fullmatch(plain) or re.fullmatch(r"-?\d+\.\d+", plain):
        return False
    rest = _FIGURES.sub("", _HAN.sub("", text.translate(_FINANCIAL)))
    figures = [char for char in rest if unicodedata.category(char) in ("Nd", "No", "Nl")]
    letters = len(rest) - len(figures) - sum(map(rest.count, "OoＯlI\u0336"))
    return not letters and bool(figures or rest.strip("\u0336") or _HAN.search(text) or set(text) & {"○", "◯"})
