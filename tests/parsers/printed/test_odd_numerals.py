"""Numbers printed in an unusual way."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.printed.numbers import looks_like_value, read_number
from parsers.printed.odd_numerals import han_number, is_of_figures
from parsers.report import Number, State

CERTAIN = [
    ("〇", "count", 0),
    ("零", "count", 0),
    ("十二", "count", 12),
    ("七十", "count", 70),
    ("一百零三", "count", 103),
    ("壹佰贰拾", "count", 120),
    ("十二件", "count", 12),
    ("11.", "count", 11),
    ("33。", "count", 33),
    ("2\u20097", "count", 27),
    ("1\u2009234", "count", 1234),
    ("1\u202f234", "count", 1234),
    ("1.0", "count", 1),
    ("458.00000000001", "count", 458),
    ("457.99999999999", "count", 458),
    (".85", "money", Decimal("0.85")),
]


@pytest.mark.parametrize(("text", "kind", "value"), CERTAIN)
def test_certain_ones_are_read(text: str, kind: str, value: Number) -> None:
    reading = read_number(text, kind)
    assert (reading.state, reading.value) == (State.NUMBER, value)


CANDIDATES = [
    ("一", "count", 1),  # or a dash
    ("⑥", "count", 6),  # or a footnote's mark
    ("³⁷", "count", 37),
    ("⒍", "count", 6),
    ("Ⅳ", "count", 4),
    ("1 5", "count", 15),  # or two cells that ran together
    ("5 0 4", "count", 504),
    ("4\u00a0258", "count", 4258),
    ("1'234", "count", 1234),
    ("1O", "count", 10),
    ("○", "count", 0),
    ("01", "count", 1),
    ("+5", "count", 5),
    ("12**", "count", 12),
    ("共5件", "count", 5),
    ("13件次", "count", 13),
    ("=127", "count", 127),
    ("：12", "count", 12),
    ("二〇", "count", 20),
    ("11.", "money", 11),  # or the beginning of 11.5
]


@pytest.mark.parametrize(("text", "kind", "value"), CANDIDATES)
def test_what_may_mean_something_else_is_a_candidate(text: str, kind: str, value: Number) -> None:
    reading = read_number(text, kind)
    assert (reading.state, reading.value, reading.candidate) == (State.UNREADABLE, None, value)


@pytest.mark.parametrize("text", ["1²3", "½", "80\n46", "1.5.", "一百三", "0 1 2"])
def test_what_says_nothing_has_no_candidate(text: str) -> None:
    assert read_number(text).candidate is None


@pytest.mark.parametrize("text", ["约3", "详见附件", "2023-01-05", "1.50", "5%", "第3条", "*", "general"])
def test_words_dates_and_decimals_are_texts(text: str) -> None:
    assert not is_of_figures(text)
    assert read_number(text).state is State.TEXT


@pytest.mark.parametrize("value", [0, 1, 9, 10, 11, 20, 99, 100, 103, 110, 999, 1001, 1010, 9999, 10005, 32000])
def test_numerals_are_read_as_they_are_properly_written(value: int) -> None:
    assert han_number(spelled(value)) == value


def spelled(value: int) -> str:
    """Written anew for the test, from the lowest digit up."""
    if value >= 10_000:
        low = value % 10_000
        return spelled(value // 10_000) + "万" + ("零" if 0 < low < 1000 else "") + (spelled(low) if low else "")
    made, zero = "", False
    for name in ("", "十", "百", "千"):
        value, digit = divmod(value, 10)
        if digit:
            made = "零一二三四五六七八九"[digit] + name + ("零" if zero and made else "") + made
            zero = False
        else:
            zero = bool(made)
    return made or "零"


def test_ordinals_are_no_values() -> None:
    assert not looks_like_value("二")
    assert not looks_like_value("②")
    assert looks_like_value("2")
