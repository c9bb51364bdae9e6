"""The date of publication: the page's own words before its tags before the list; dates that cannot be are said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, takewhile
from typing import NamedTuple

from parsers.content import Content, Place
from parsers.metadata.lines import Line, closing_lines
from parsers.printed.headings import heading_of
from parsers.printed.titles_and_agencies import read_title, tight
from parsers.report import Evidence, Hints

FIRST = "2008-01-01"
"""The regulation on disclosure came into force in May 2008: no report under it is older."""
LAST_MONTH = "12"
"""A report on a year is not published before its last month."""

_WORDS = (
    r"(?:发布|公开|公布|发表|发文|信息|录入|提交|上传|发稿|印发|签发|上网|刊登)(?:日期|时间)|发布于|发表于|"
    r"^(?:日期|时间|发布|DATE)(?=\s*[:：])"
)
_DATED = r"20\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}"
_LABELLED = re.compile(rf"(?:{_WORDS})\s*[:：]?\s*({_DATED})", re.IGNORECASE)
_LABEL = re.compile(rf"\s*(?:{_WORDS})\s*[:：]?\s*", re.IGNORECASE)
_WRITTEN = re.compile(rf"(?:成文|生成|制文|落款|撰写|制作|形成)(?:日期|时间)\s*[:：]?\s*({_DATED})")
_UPDATED = re.compile(rf"更新(?:日期|时间)\s*[:：]?\s*({_DATED})")
_GOES_ON = r"日?\s*(?:起|至|到|止|以来|期间|之?前|之?后|[，,、。；;]|[-—–－~～]+\s*(?:20)?\d)"
"""Behind a date that is no stamp: the begin of a period, or of a sentence that the page breaks there."""
_STAMP = re.compile(rf"\s*[\[(（【]?({_DATED})(?!\d)(?!{_GOES_ON})")
_BELOW = 3
"""Lines below the title in which its stamp stands."""
_LONGEST_DATE = 60
"""Characters of what a page gives as its date."""
_LAST = 12
_CARDS, _CARD_CELLS = 2, 60
"""Tables at the top that may be the card about the document, and cells that such a one has at most."""
_SIGNED_BY = r"[\u4e00-\u9fff()]{2,24}(?:局|委|办|厅|室|部|处|院|站|会|社|政府|街道|镇|乡|中心|办事处)"
_FULL_DATE = re.compile(r"(20\d\d)[-年./](\d{1,2})[-月./](\d{1,2})日?")
_ONLY_DATE = re.compile(r"[(（]?(20\d\d)年(\d{1,2})月(\d{1,2})日[)）]?")
_LAST_DATE = re.compile(rf"(?:(?:^|[。；;]){_SIGNED_BY}|^)(20\d\d[-年./]\d{{1,2}}[-月./]\d{{1,2}}日?)$")
_HAN_DATE = re.compile(
    r"(二[〇○零Oo0][一二三〇○零][〇○零一二三四五六七八九])年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_HAN = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0, "0": 0}


class Stated(NamedTuple):
    """A date as it is stated somewhere. `iso` is None where no calendar has it."""

    kind: str
    quote: str
    iso: str | None
    place: Place = Place()


def stated(content: Content, lines: Sequence[Line], hints: Hints) -> Iterator[Stated]:
    """Every statement of a date of publication, the strongest first; dates of writing and signing behind them."""
    meta = content.meta
    yield from _known("label", meta.get("published_on"))
    yield from _labelled(lines, _LABELLED, "label")
    yield from _on_two_lines(lines)
    yield from _cards(content)
    yield from _known("tag", meta.get("published_tag"))
    yield from _known("stamp", meta.get("stamp"))
    yield from _stamps(lines)
    yield from _known("written", meta.get("written_on"))
    yield from _labelled(lines, _WRITTEN, "written")
    yield from _signed(content, lines)
    yield from _labelled(lines, _UPDATED, "updated")
    yield from _known("list", hints.published_on)


def _known(kind: str, text: str | None) -> Iterator[Stated]:
    plain = tight(text[:_LONGEST_DATE]) if text else ""
    if text and (_FULL_DATE.search(plain) or _HAN_DATE.search(plain)):
        yield Stated(kind, text[:_LONGEST_DATE], iso_date(plain))


def _labelled(lines: Sequence[Line], pattern: re.Pattern[str], kind: str) -> Iterator[Stated]:
    for line in lines:
        for match in pattern.finditer(line.text):
            yield Stated(kind, match[0], iso_date(match[1]), line.place)


def _on_two_lines(lines: Sequence[Line]) -> Iterator[Stated]:
    """发布时间： in one line, the date in the next."""
    for at, line in enumerate(lines[:-1]):
        if _LABEL.fullmatch(line.text) and (found := _STAMP.match(lines[at + 1].text)):
            yield Stated("label", f"{line.text}{found[1]}", iso_date(found[1]), lines[at + 1].place)


def _cards(content: Content) -> Iterator[Stated]:
    """发布日期 in one cell of the card about the document, the date in the next."""
    for table in content.tables[:_CARDS]:
        for row in table.rows() if len(table.cells) <= _CARD_CELLS else ():
            for label, value in pairwise(row):
                if _LABEL.fullmatch(label.text) and (found := _STAMP.match(value.text)):
                    yield Stated("label", f"{label.text}{value.text}", iso_date(found[1]), value.place)


def _stamps(lines: Sequence[Line]) -> Iterator[Stated]:
    """The date that a line right below the title begins with."""
    for at, line in enumerate(lines):
        if read_title(line.text) is not None:
            for below in takewhile(_is_no_heading, lines[at + 1 : at + 1 + _BELOW]):
                if found := _STAMP.match(below.text):
                    yield Stated("stamp", below.text, iso_date(found[1]), below.place)


def _is_no_heading(line: Line) -> bool:
    return heading_of(line.text) is None


def _signed(content: Content, lines: Sequence[Line]) -> Iterator[Stated]:
    """Lines with nothing but a date, near the top or at the end, there also behind the name that signs.

    A clock in a template has a weekday too.
    """
    last = closing_lines(content, _LAST)[::-1]
    for line in (*lines, *last):
        if is_date(tight(line.text)):
            yield Stated("signature", line.text, iso_date(line.text), line.place)
    for line in last:
        if found := _LAST_DATE.search(tight(line.text)):
            yield Stated("signature", found[0], iso_date(found[1]), line.place)


def is_date(plain: str) -> bool:
    """Is a text without white space nothing but a date?"""
    return _ONLY_DATE.fullmatch(plain) is not None or _HAN_DATE.fullmatch(plain) is not None


def possible(one: Stated, year: int | None, seen_on: str | None) -> bool:
    """Can a report on that year, seen on that day, have been published then?"""
    return why_impossible(one, year, seen_on) is None


def why_impossible(one: Stated, year: int | None, seen_on: str | None) -> str | None:
    """The reason in words, None for a date that can be."""
    if one.iso is None:
        return "日历上没有这一天"
    if seen_on is not None and one.iso > seen_on[:10]:
        return f"晚于收集之日 {seen_on[:10]}"
    if year is not None and one.iso < f"{year}-{LAST_MONTH}":
        return f"早于所报告的 {year} 年年末"
    if year is None and one.iso < FIRST:
        return "早于《政府信息公开条例》施行"
    return None


def as_evidence(one: Stated) -> Evidence:
    return Evidence("published_on", one.iso or one.quote, one.kind, one.quote, one.place)


def iso_date(text: str) -> str | None:
    """The first date in a text as YYYY-MM-DD, None for none or one that no calendar has."""
    plain = tight(text)
    match = _FULL_DATE.search(plain)
    parts = [int(part) for part in match.groups()] if match else _han_date(plain)
    if not parts:
        return None
    try:
        return date(*parts).isoformat()
    except ValueError:
        return None


def _han_date(text: str) -> list[int]:
    match = _HAN_DATE.search(text)
    if match is None:
        return []
    year = int("".join(str(_HAN[char]) for char in match[1]))
    return [year, _han_small(match[2]), _han_small(match[3])]


def _han_small(text: str) -> int:
    """一 … 三十一."""
    tens, mark, ones = text.rpartition("十")
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0) if mark else _HAN[text[0]]
