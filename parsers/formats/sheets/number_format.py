"""A stored number as a spreadsheet prints it by its number format (ECMA-376 part 1, 18.8.31).

What is printed is what counts: with ``#,##0;-#,##0;"-"`` a stored 0 is a dash on paper, with ``0;-0;;@`` it is a
blank. Fractions, exponents and Chinese numerals are printed as if the cell had no format.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

Value = int | float | str | bool | time | date | datetime | timedelta

GENERAL = "General"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<text>@)"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hHsS]+|AM/PM|上午/下午)|(?P<exponent>[Ee][+-])|(?P<semicolon>;)|(?P<plain>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_EPOCH = datetime(1899, 12, 30)
_LAST_SERIAL = 2_958_466
_UNUSUAL = frozenset({("bracket", "DBNum1"), ("bracket", "DBNum2"), ("plain", "/")})
_LARGEST, _LONGEST = 1e15, 32
_EXACT = Context(prec=64)

Token = tuple[str, str]
Section = tuple[Token, ...]


def shown(value: Value, code: str = GENERAL, *, zeros: bool = True) -> str:
    """The text a cell prints. `zeros` is false on sheets that are set to print nothing for zero."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _text(value, code)
    if isinstance(value, int | float):
        if not value and not zeros:
            return ""
        return plain(value) if code == GENERAL else _number(value, code)
    return _date(value, code)


def plain(value: int | float) -> str:
    """A number without a format: whole numbers without decimals, no exponents, at most 15 digits."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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


def _text(value: str, code: str) -> str:
    """Texts are printed as they are, unless the format has a part for them."""
    sections = _sections(code)
    own = sections[3] if len(sections) == 4 else sections[-1]
    if len(sections) != 4 and not any(kind == "text" for kind, _ in own):
        return value
    return "".join(value if kind == "text" else _literal(kind, part) for kind, part in own)


def _number(value: int | float, code: str) -> str:
    sections = _sections(code)
    section, has_own_sign = _chosen(value, sections)
    kinds = {kind for kind, _ in section}
    if "date" in kinds:
        return _date(_moment(value), code) if 0 <= value < _LAST_SERIAL else plain(value)
    if not kinds:
        return "" if len(sections) > 1 else plain(value)
    digits = [part for kind, part in section if kind == "digits"]
    is_odd = kinds & {"exponent", "text"} or not _UNUSUAL.isdisjoint(section) or section.count(("plain", "%")) > 1
    if is_odd or len(digits) > 1 or len("".join(digits)) > _LONGEST or not abs(value) < _LARGEST:
        return plain(value)
    return _filled(value, section, has_own_sign)


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
            pieces.append(plain(abs(value)) if kind == "general" else _literal(kind, part))
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


def _date(value: date | time | timedelta, code: str) -> str:
    """A date by a format of years, months and days; anything with a time as ISO 8601."""
    section = _sections(code)[0]
    if not isinstance(value, date) or any(kind == "date" and part[0] in "hHsSA上" for kind, part in section):
        return str(value)
    if not any(kind == "date" for kind, _ in section):
        return str(value.date() if isinstance(value, datetime) and value.time() == time() else value)
    return "".join(_part(value, part) if kind == "date" else _literal(kind, part) for kind, part in section)


def _part(value: date, part: str) -> str:
    letter, width = part[0].lower(), len(part)
    if letter == "y":
        return f"{value.year:04}" if width > 2 else f"{value.year % 100:02}"
    number = value.month if letter == "m" else value.day
    return f"{number:02}" if width > 1 else str(number)
