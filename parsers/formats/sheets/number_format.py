"""A stored number as a spreadsheet prints it by its number format (ECMA-376 part 1, 18.8.31).

What is printed is what counts: with ``#,##0;-#,##0;"-"`` a stored 0 is a dash on paper, with ``0;-0;;@`` it is a
blank, with ``[White]0`` nobody sees it. Keywords are the same in capitals and small letters. What is not worked out
here (exponents, fractions, times, digits that fill a cell) is given as stored, and said to be unsure.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

Value = int | float | str | bool | time | date | datetime | timedelta

GENERAL = "General"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)'
    r"|\[(?P<elapsed>H+|M+|S+)\]|\[(?P<bracket>[^\]]*)\]|(?P<general>G/通用格式|General)|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<text>@)"
    r"|(?P<exponent>E[+-])|(?P<date>AM/PM|A/P|上午/下午|Y+|M+|D+|H+|S+|E+|B+|G+|AAAA?)|(?P<semicolon>;)|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_EPOCH = datetime(1899, 12, 30)
_LAST_SERIAL = 2_958_466
LARGEST_EXACT = 1e15
"""Spreadsheets keep 15 digits: a whole number from here on may stand for its neighbours too."""
_LONGEST = 32  # digits of a format
_EXACT = Context(prec=64)
_GENERAL_DIGITS = 10  # of a fraction: General has room for eleven signs, the point among them
_GENERAL_SMALLEST, _GENERAL_LARGEST = 1e-4, 1e11  # between them General prints no exponent
_COLOURS = {
    **dict.fromkeys(("BLACK", "黑色", "COLOR1", "颜色1"), "000000"),
    **dict.fromkeys(("WHITE", "白色", "COLOR2", "颜色2"), "FFFFFF"),
    **dict.fromkeys(("RED", "红色", "COLOR3", "颜色3"), "FF0000"),
    **dict.fromkeys(("GREEN", "绿色", "COLOR4", "颜色4"), "00FF00"),
    **dict.fromkeys(("BLUE", "蓝色", "COLOR5", "颜色5"), "0000FF"),
    **dict.fromkeys(("YELLOW", "黄色", "COLOR6", "颜色6"), "FFFF00"),
    **dict.fromkeys(("MAGENTA", "洋红", "COLOR7", "颜色7"), "FF00FF"),
    **dict.fromkeys(("CYAN", "蓝绿色", "COLOR8", "颜色8"), "00FFFF"),
}
"""Red, green, blue in hexadecimals by their names in a format. The other 48 of the palette are never white."""

Token = tuple[str, str]
Section = tuple[Token, ...]


class Printed(NamedTuple):
    """What a cell prints; whether that is `sure`; the `colour` that the format itself gives it (RRGGBB)."""

    text: str
    sure: bool = True
    colour: str | None = None


def shown(value: Value, code: str = GENERAL, *, zeros: bool = True) -> Printed:
    """What a cell prints. `zeros` is false on sheets that are set to print nothing for zero."""
    if isinstance(value, bool):
        return Printed("TRUE" if value else "FALSE")
    if isinstance(value, str):
        return _text(value, code)
    if isinstance(value, int | float):
        if not value and not zeros:
            return Printed("")
        return _number(value, code)
    return _date(value, code)


def plain(value: int | float) -> str:
    """A number without a format: whole numbers without decimals, no exponents, at most 15 digits."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _general(value: int | float) -> Printed:
    """General in a column that is wide enough: eleven signs, then an exponent."""
    if isinstance(value, int) or value.is_integer():
        return Printed(plain(value), abs(value) < _GENERAL_LARGEST)
    if value != value or value in (float("inf"), float("-inf")):
        return Printed(str(value), sure=False)
    return Printed(plain(float(f"{value:.{_GENERAL_DIGITS}g}")), _GENERAL_SMALLEST < abs(value) < _GENERAL_LARGEST)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    """The tokens of each of the up to four parts between semicolons."""
    parts: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code[:255]):
        kind = match.lastgroup or ""
        if kind == "semicolon":
            parts.append([])
        else:
            parts[-1].append((kind, match[kind]))
    return tuple(tuple(part) for part in parts[:4])


def _text(value: str, code: str) -> Printed:
    """Texts are printed as they are, unless the format has a part for them."""
    sections = _sections(code)
    own = sections[3] if len(sections) == 4 else sections[-1]
    if len(sections) != 4 and not any(kind == "text" for kind, _ in own):
        return Printed(value)
    text = "".join(value if kind == "text" else _literal(kind, part) for kind, part in own)
    return Printed(text, not _fills(own), _colour(own))


def _number(value: int | float, code: str) -> Printed:
    if code == GENERAL:
        return _general(value)
    sections = _sections(code)
    section, has_own_sign = _chosen(value, sections)
    kinds = {kind for kind, _ in section}
    colour = _colour(section)
    if kinds & {"date", "elapsed"}:
        return _date(_moment(value), code) if 0 <= value < _LAST_SERIAL else Printed(plain(value), sure=False)
    if not kinds - {"bracket"}:
        return Printed("", colour=colour) if len(sections) > 1 else _general(value)._replace(colour=colour)
    if _is_usual(value, section):
        sure = not _fills(section) and ("general" not in kinds or _general(value).sure)
        return Printed(_filled(value, section, has_own_sign), sure, colour)
    return Printed(plain(value), kinds == {"text"} or (float(value).is_integer() and _keeps_whole(section)), colour)


def _is_usual(value: float, section: Section) -> bool:
    """Is it one group of digits, or General, between literals?"""
    kinds = [kind for kind, _ in section]
    digits = "".join(part for kind, part in section if kind == "digits")
    odd = {"exponent", "text"}.intersection(kinds) or section.count(("plain", "%")) > 1 or _keeps_whole(section)
    groups = kinds.count("digits") + kinds.count("general")
    return not (odd or groups > 1 or len(digits) > _LONGEST or not abs(value) < LARGEST_EXACT)


def _keeps_whole(section: Section) -> bool:
    """Is it a fraction or Chinese numerals, by which a whole number is what it is?"""
    chinese = any(kind == "bracket" and part.upper().startswith("DBNUM") for kind, part in section)
    return chinese or ("plain", "/") in section


def _fills(section: Section) -> bool:
    """Is the cell filled with a sign that can be seen?"""
    return any(kind == "fill" and not part.isspace() for kind, part in section)


def _colour(section: Section) -> str | None:
    found = (_COLOURS.get(part.replace(" ", "").upper()) for kind, part in section if kind == "bracket")
    return next((colour for colour in found if colour is not None), None)


def _chosen(value: float, sections: tuple[Section, ...]) -> tuple[Section, bool]:
    """The part for a value, and whether that part says itself how a negative number looks."""
    conditions = [_condition(section) for section in sections[:3]]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=False):
            if condition is None or _holds(value, *condition):
                return section, False
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if not value and len(sections) > 2 else 0], False


def _condition(section: Section) -> tuple[str, float] | None:
    found = (_CONDITION.fullmatch(part) for kind, part in section if kind == "bracket")
    return next(((match[1], float(match[2])) for match in found if match), None)


def _holds(value: float, sign: str, bound: float) -> bool:
    return (value < bound and "<" in sign) or (value > bound and ">" in sign) or (value == bound and "=" in sign)


def _filled(value: int | float, section: Section, has_own_sign: bool) -> str:
    """The literals of a part with the digits in their place."""
    amount = abs(Decimal(f"{value:.15g}")) * 100 ** sum(token == ("plain", "%") for token in section)
    pieces = []
    is_zero = amount == 0
    for kind, part in section:
        if kind == "digits":
            piece = _digits(amount, part)
            is_zero = not re.search(r"[1-9]", piece)
            pieces.append(piece)
        else:
            pieces.append(_general(abs(value)).text if kind == "general" else _literal(kind, part))
    sign = "-" if value < 0 and not has_own_sign and not is_zero else ""
    return sign + "".join(pieces)


def _digits(amount: Decimal, pattern: str) -> str:
    """An amount by placeholders: 0 prints always, # only where needed, ? as a space; commas group or scale."""
    scaling = len(pattern) - len(pattern.rstrip(","))
    whole, _, decimals = pattern.rstrip(",").partition(".")
    places = decimals.replace(",", "").replace(".", "")
    amount = (amount.scaleb(-3 * scaling)).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP, _EXACT)
    before, _, after = f"{amount:f}".partition(".")
    least = whole.replace(",", "").lstrip("#")
    before = ("" if before == "0" else before).rjust(len(least), "\0")
    before = "".join("0 "[least[i - len(before)] == "?"] if c == "\0" else c for i, c in enumerate(before))
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    while after.endswith("0") and places[len(after) - 1] != "0":
        after = after[:-1]
    return f"{before}.{after}" if "." in pattern and (after or "0" in places) else before


def _literal(kind: str, part: str) -> str:
    """What a token prints that is neither digits nor a date."""
    if kind == "padding":
        return " "
    if kind == "bracket":
        return part[1:].partition("-")[0] if part.startswith("$") else ""
    return part if kind in {"quoted", "escaped", "plain"} else ""


def _moment(serial: float) -> datetime:
    return _EPOCH + timedelta(days=serial)


def _date(value: date | time | timedelta, code: str) -> Printed:
    """A date by a format of years, months and days; anything with a time as ISO 8601, unsure."""
    section = _sections(code)[0]
    letters = [part[0].upper() for kind, part in section if kind in {"date", "elapsed"}]
    if not isinstance(value, date) or not set(letters) <= set("YMDE"):
        return Printed(str(value), sure=False)
    if not letters:
        is_day = not isinstance(value, datetime) or value.time() == time()
        return Printed(str(value.date() if isinstance(value, datetime) and is_day else value), is_day)
    text = "".join(_part(value, part) if kind == "date" else _literal(kind, part) for kind, part in section)
    return Printed(text, not _fills(section), _colour(section))


def _part(value: date, part: str) -> str:
    letter, width = part[0].upper(), len(part)
    if letter in "YE":
        return f"{value.year:04}" if width > 2 or letter == "E" else f"{value.year % 100:02}"
    number = value.month if letter == "M" else value.day
    return f"{number:02}" if width > 1 else str(number)
