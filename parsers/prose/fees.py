"""What a report says of fees for handling information requests (信息处理费), which section six must state since 2021.

The official wording has three parts: the number of notices sent, the sum they ask for, the sum collected. Amounts are
in yuan. Only what is said in words that leave no doubt becomes a fact; a report that says nothing gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.printed.traditional import simplified
from parsers.prose.claims import SENTENCE, about_this_year, tighten
from parsers.report import Number, Section

_LONGEST_SENTENCE = 600
"""Characters; chosen: a longer one is a table that became text, and its numbers belong to other things."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the prose. `start` and `end` delimit `quote` in the text of the section with that number."""

    id: str
    value: Number
    unit: str
    section: int
    start: int
    end: int
    quote: str


UNITS = {"fee_notices_issued": "件", "fee_notified_amount": "元", "fee_collected_amount": "元"}

_ABOUT = re.compile(r"信息处理费|信息公开.{0,20}(?:收费|费用)|(?:收费|缴费)通知")
_AMOUNT = r"(?:人民币)?(?P<n>\d[\d,]*(?:\.\d+)?|零)(?P<unit>万元|元)"
_COUNT = r"(?P<n>\d[\d,]*|零)(?:件|份|次|笔|个)"
_NOTICE = r"(?:信息处理费)?(?:收费|缴费)通知(?:书)?"
_FEE = r"(?:(?:政府)?信息公开)?(?:申请)?(?:信息)?(?:处理)?费用?"
_NO = r"(?:未|没有|无|不|尚未|从未|未曾)"
_IS = r"(?:共|共计|为|计|[:：])?"
_SEND = r"(?:发出|送达|出具|制发)"
_FOUND = (
    ("fee_notices_issued", rf"{_SEND}(?:的)?{_NOTICE}(?:的)?(?:件数|数量)?{_IS}{_COUNT}"),
    ("fee_notices_issued", rf"{_SEND}(?:了)?{_COUNT}{_NOTICE}"),
    ("fee_notified_amount", rf"(?<!收取的)(?<!收取)(?<!收费)(?:通知)?(?:的)?总?金额{_IS}{_AMOUNT}"),
    (
        "fee_collected_amount",
        rf"(?:实际|共|累计|共计)?收取(?:的|了)?(?:{_FEE})?(?:的)?(?:总)?(?:金额)?{_IS}{_AMOUNT}",
    ),
    ("fee_collected_amount", rf"(?<!通知)信息处理费(?:收入|收取情况|收费金额|总额|金额)?{_IS}{_AMOUNT}"),
)
_NOTHING = (
    ("fee_notices_issued", rf"{_NO}(?:{_SEND}|产生)(?:过|任何)?(?:政府信息公开)?{_NOTICE}"),
    (
        "fee_collected_amount",
        rf"{_NO}[^,，。；;\d]{{0,12}}?(?:产生|收取|发生|涉及|收到|征收|收)[^,，。；;\d]{{0,12}}?{_FEE}",
    ),
    ("fee_collected_amount", r"信息处理费(?:收取)?(?:情况)?(?:为|[:：])?(?:无|0)(?=[。；，,;]|$)"),
    ("fee_collected_amount", r"无信息处理费(?:收取|收入)?情况"),
)
_ALL_NOTHING = re.compile(
    r"发出收费通知的件数(?:和|、|及)总金额(?:以及|、|和|及)实际收取的总金额(?:均|都|分别)?为(?:0|零)"
)
_PATTERNS = tuple((name, re.compile(pattern), None) for name, pattern in _FOUND) + tuple(
    (name, re.compile(pattern), 0) for name, pattern in _NOTHING
)


def fees(sections: Iterable[Section], year: int | None) -> tuple[Fact, ...]:
    """The fee facts of a report, each at most once, in the order of their ids."""
    found: dict[str, Fact] = {}
    for section in sections:
        for fact in _facts(section, year):
            found.setdefault(fact.id, fact)
    return tuple(found[name] for name in UNITS if name in found)


def _facts(section: Section, year: int | None) -> Iterator[Fact]:
    for sentence in SENTENCE.finditer(simplified(section.text)):
        if len(sentence[0]) > _LONGEST_SENTENCE:
            continue
        plain, offsets = tighten(sentence[0], sentence.start())
        if not _ABOUT.search(plain) or not about_this_year(plain, year):
            continue
        for whole in _ALL_NOTHING.finditer(plain):
            yield from (_fact(name, 0, whole, offsets, section) for name in UNITS)
        for name, pattern, value in _PATTERNS:
            for match in pattern.finditer(plain):
                yield _fact(name, _value(match) if value is None else value, match, offsets, section)


def _fact(name: str, value: Number, match: re.Match[str], offsets: list[int], section: Section) -> Fact:
    start, end = offsets[match.start()], offsets[match.end() - 1] + 1
    return Fact(name, value, UNITS[name], section.number, start, end, section.text[start:end])


def _value(match: re.Match[str]) -> Number:
    """The number as printed, 万元 as yuan."""
    if match["n"] == "零":
        return 0
    value = Decimal(match["n"].replace(",", ""))
    if match.groupdict().get("unit") == "万元":
        value *= 10_000
    return int(value) if value == value.to_integral_value() else value
