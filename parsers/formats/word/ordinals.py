"""Numbers as lists print them: 1, 一, ①, a, IV."""

from __future__ import annotations

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_END = 400
"""From here on D and M are needed; no list of a report is so long."""
_CIRCLED = 20
"""The last number that Unicode has in a circle beside ①."""
_COUNTING = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)


def ordinal(value: int, style: str) -> str:
    """`value` in a numbering style of ECMA-376 (17.18.59); decimal where the style is not known."""
    if style in _COUNTING:
        return han(value)
    if style in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(_HAN[int(digit)] for digit in str(max(value, 0)))
    if style == "chineseLegalSimplified":
        return _formal(value)
    if style in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= value <= _CIRCLED:
        return chr(ord("①") + value - 1)
    if style in {"decimalFullWidth", "decimalFullWidth2"}:
        return "".join(chr(ord("０") + int(digit)) for digit in str(max(value, 0)))
    return _latin(value, style)


def _latin(value: int, style: str) -> str:
    if style in {"upperLetter", "lowerLetter"} and value > 0:
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if style == "upperLetter" else letter.lower()
    if style in {"upperRoman", "lowerRoman"} and 0 < value < _ROMAN_END:
        text = _roman(value)
        return text if style == "upperRoman" else text.lower()
    return f"{value:02}" if style == "decimalZero" else str(value)


def _roman(value: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (value // size)
        value %= size
    return text


def han(value: int) -> str:
    """1 to 99 as 一 … 九十九; beyond that digit by digit."""
    tens, ones = divmod(value, 10)
    if not 0 < tens < len(_HAN):
        return "".join(_HAN[int(digit)] for digit in str(abs(value)))
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _formal(value: int) -> str:
    """As on cheques: 10 is 壹拾, not 拾."""
    tens, ones = divmod(value, 10)
    if not 0 < tens < len(_FORMAL):
        return "".join(_FORMAL[int(digit)] for digit in str(abs(value)))
    return _FORMAL[tens] + "拾" + (_FORMAL[ones] if ones else "")
