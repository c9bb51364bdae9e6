"""Numbers of lists, in the styles of ECMA-376 17.18.59."""

from __future__ import annotations

import pytest

from parsers.formats.word.ordinals import ordinal


@pytest.mark.parametrize(
    ("value", "style", "printed"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (7, "nobody's style", "7"),
        (9, "chineseCounting", "九"),
        (10, "chineseCountingThousand", "十"),
        (21, "ideographTraditional", "二十一"),
        (90, "taiwaneseCounting", "九十"),
        (20, "ideographDigital", "二〇"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (30, "chineseLegalSimplified", "叁拾"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (28, "upperLetter", "BB"),
        (3, "lowerLetter", "c"),
        (49, "upperRoman", "XLIX"),
        (4, "lowerRoman", "iv"),
        (0, "upperLetter", "0"),
        (0, "upperRoman", "0"),
    ],
)
def test_a_number_is_printed_as_its_list_prints_it(value: int, style: str, printed: str) -> None:
    assert ordinal(value, style) == printed
