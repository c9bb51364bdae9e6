"""parsers.formats.number_format: numbers as spreadsheets print them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.formats.sheets.number_format import GENERAL, Value, shown

ACCOUNTING = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (3.0, GENERAL, "3"),
        (0.1 + 0.2, GENERAL, "0.3"),
        (24252.311082, GENERAL, "24252.31108"),
        (458.00000000001, GENERAL, "458"),
        (1e15, GENERAL, "1000000000000000"),
        (-18.0, GENERAL, "-18"),
        (0.0, GENERAL, "0"),
        (1e-7, GENERAL, "0.0000001"),
        (True, GENERAL, "TRUE"),
        (" 0", GENERAL, " 0"),
        (date(2024, 1, 2), GENERAL, "2024-01-02"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (140, "0!件", "140件"),
        (-1234, '#,##0;-#,##0;"-"', "-1,234"),
        (1234567, ACCOUNTING, " 1,234,567 "),
        (0, ACCOUNTING, " - "),
        ("无", ACCOUNTING, " 无 "),
        (0, "0;-0;;@", ""),
        ("无", "0;-0;;@", "无"),
        (7, ";;;", ""),
        ("旧", ";;;", ""),
        (0, "#", ""),
        (12.345, "0.00", "12.35"),
        (1234567.5, "#,##0.0#", "1,234,567.5"),
        (7, "000", "007"),
        (-0.2, "0", "0"),
        (0.5, "0%", "50%"),
        (12_345_678, "#,##0,", "12,346"),
        (3, '0"件"', "3件"),
        (3, "0_);[Red](0)", "3 "),
        (-3, "0_);[Red](0)", "(3)"),
        (3, "[$¥-804]0.00", "¥3.00"),
        (0, '[=0]"";General', ""),
        (5, '[=0]"";General', "5"),
        (5, '[>=100]"多";0', "5"),
        (5, 'General"件"', "5件"),
        (5, "@", "5"),
        (45292, 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        (datetime(2024, 1, 2), "yyyy/mm/dd", "2024/01/02"),
        (5, "# ?/?", "5"),
        (5, "0.00E+00", "5"),
        (120, "[DBNum1][$-804]General", "120"),
        (5, "GENERAL", "5"),
        (5, "general", "5"),
        (5, "G/通用格式", "5"),
        (5, 'GENERAL"件"', "5件"),
        (45292, "YYYY/MM/DD", "2024/01/01"),
        (45292, 'e"年"', "2024年"),
    ],
)
def test_values_as_printed(value: Value, code: str, printed: str) -> None:
    assert shown(value, code).text == printed


@pytest.mark.parametrize(
    ("value", "code", "sure"),
    [
        (1234, "0", True),
        (1234, "0.00E+00", False),
        (1234, "0.00e+00", False),
        (5, "# ?/?", True),
        (5.25, "# ?/?", False),
        (5, "[DBNum2]0", True),
        (5, "*50", False),
        (5, "* 0", True),
        (5, "000-0000", False),
        (0.5, "h:mm", False),
        (1.5, "[h]:mm", False),
        (1e12, GENERAL, False),
        (1e12, "general", False),
        (1e12, "0", True),
        (float("nan"), GENERAL, False),
    ],
)
def test_what_is_not_worked_out_is_unsure(value: float, code: str, sure: bool) -> None:
    assert shown(value, code).sure is sure


@pytest.mark.parametrize(
    ("value", "code", "colour"),
    [
        (5, "[White]0", "FFFFFF"),
        (5, "[white]General", "FFFFFF"),
        (5, "[白色]0", "FFFFFF"),
        (5, "[Color 2]0", "FFFFFF"),
        (-5, "0;[Red]-0", "FF0000"),
        (5, "0;[Red]-0", None),
        ("无", "0;0;0;[White]@", "FFFFFF"),
    ],
)
def test_colours_that_a_format_gives(value: Value, code: str, colour: str | None) -> None:
    assert shown(value, code).colour == colour


def test_sheets_that_print_nothing_for_zero() -> None:
    assert [shown(value, zeros=False).text for value in (0, 0.0, 3, "0")] == ["", "", "3", "0"]


@given(st.integers(-(10**9), 10**9), st.sampled_from([GENERAL, "0", "#,##0", "#,##0_ ", ACCOUNTING]))
def test_whole_numbers_keep_their_digits(value: int, code: str) -> None:
    printed = shown(value, code).text.replace(",", "").strip()
    assert printed == ("-" if value == 0 and code == ACCOUNTING else str(value))


@given(st.one_of(st.floats(allow_nan=True), st.integers()), st.text(max_size=30))
def test_any_format_prints_something(value: float, code: str) -> None:
    assert isinstance(shown(value, code).text, str)
