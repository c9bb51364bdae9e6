"""What stands in number cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.printed.numbers import read_number
from parsers.report import State

NUMERALS = "零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟"
NUMBERS = [
    ("0", "count", 0),
    (" 0", "count", 0),
    ("0\u00a0\u00a0", "count", 0),
    ("１２", "count", 12),
    ("1,234", "count", 1234),
    ("１，２３４", "count", 1234),
    ("-18", "count", -18),
    ("1,234.00", "count", 1234),
    ("－18", "count", -18),
    ("+1036", "change", 1036),
    ("-3", "change", -3),
    ("增10", "change", 10),
    ("减3", "change", -3),
    ("增3减2", "change", 1),
    ("增0减1", "change", -1),
    ("↑5", "change", 5),
    ("↓2", "change", -2),
    ("0/0", "change", 0),
    ("1\u00ad2\u200b3", "count", 123),
    ("12①", "count", 12),
    ("12¹²", "count", 12),
    ("12[1]", "count", 12),
    ("12 注2", "count", 12),
    ("0※", "count", 0),
    ("4\u03361\u033613", "count", 13),
    ("24252.311082", "money", Decimal("24252.311082")),
    ("7730.28", "money", Decimal("7730.28")),
    ("1,234.50", "money", Decimal("1234.50")),
]


@pytest.mark.parametrize(("text", "kind", "value"), NUMBERS)
def test_numbers(text: str, kind: str, value: int | Decimal) -> None:
    reading = read_number(text, kind)
    assert (reading.state, reading.value) == (State.NUMBER, value)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", State.BLANK),
        ("\u00a0 \u3000", State.BLANK),
        ("-", State.DASH),
        ("—", State.DASH),
        ("－", State.DASH),
        ("——", State.DASH),
        ("/", State.SLASH),
        ("／", State.SLASH),
        ("\\", State.SLASH),
        ("无", State.NONE_TEXT),
        ("不涉及", State.NONE_TEXT),
        ("不适用", State.NONE_TEXT),
        ("本单位未制作规章", State.TEXT),
        ("详见附件", State.TEXT),
        ("1.50", State.TEXT),
        ("约3", State.TEXT),
        ("12,34", State.UNREADABLE),
        ("½", State.UNREADABLE),
        ("4\u0336", State.UNREADABLE),
        ("12（3）", State.UNREADABLE),
        ("161)", State.UNREADABLE),
        ("25\n161", State.UNREADABLE),
    ],
)
def test_what_is_no_number_has_no_value(text: str, state: State) -> None:
    reading = read_number(text)
    assert (reading.state, reading.value) == (state, None)


def test_a_unit_in_the_cell_is_kept() -> None:
    reading = read_number("251000元", "money")
    assert (reading.value, reading.unit) == (251000, "元")
    assert read_number("976.81万元", "money").unit == "万元"


def test_a_note_in_the_cell_is_said() -> None:
    reading = read_number("22（其中修订 16 件）")
    assert (reading.state, reading.value) == (State.NUMBER, 22)
    assert reading.note


@given(st.integers(min_value=0, max_value=10**9))
def test_integers_read_back(value: int) -> None:
    assert read_number(str(value)).value == value
    assert read_number(f"{value:,}").value == value
    assert read_number(f" {value} ").value == value


@given(st.text(max_size=12))
def test_a_value_is_never_made_of_other_characters(text: str) -> None:
    reading = read_number(text)
    assert (reading.value is None) is (reading.state is not State.NUMBER)
    if reading.value is not None:
        assert any(char.isdigit() or char in NUMERALS for char in text)


def test_nothing_longer_than_a_number_is_one() -> None:
    assert read_number("1" * 61).state is State.TEXT
    assert read_number("\u00a0" * 90 + "7" + " " * 90).value == 7
    assert read_number("\u00a0" * 500).state is State.BLANK


@pytest.mark.parametrize(("text", "kind"), [("9" * 16, "count"), ("9" * 30, "count"), ("增" + "9" * 20, "change")])
def test_a_number_that_no_database_keeps_exactly_is_text(text: str, kind: str) -> None:
    assert read_number(text, kind).state is State.TEXT
    assert read_number("1234567890123456.78", "money").value is None
    assert read_number("9" * 15).value == int("9" * 15)
