"""Whose report it is, for which year, of what scope, published by whom and when.

Year: the period of the figures before the title before the selector or hint of the crawl before the column before a
table's head before the date of publication. Agency: the title before the opening sentence before the signature before
what the list said before the page's index card; the column and the host are never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from parsers.content import Content, Paragraph
from parsers.printed.scopes import scope_of
from parsers.printed.titles_and_agencies import (
    LONGEST_TITLE,
    Titled,
    clean_agency,
    is_placed,
    read_title,
    tight,
    with_place,
)
from parsers.report import Hints

_PERIOD = re.compile(r"(?<!\d)(20[0-3]\d)年?1月1日(?:起)?(?:至|到|—|-|–|~|——)+(?:(20[0-3]\d)年)?12月31日")
_OPENING = re.compile(
    r"(?:本报告|本年度报告|本年报|现)?由([\u4e00-\u9fff（）()]{3,40}?)(?:按照|根据|依据|依照|遵照|编制|负责编制|结合)"
)
_SELECTOR = re.compile(r"[?&](?:fbtime|year|nd)=(20[0-3]\d)(?!\d)")
_COLUMN_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)年?度?(?=[>＞»/]|$|>?正文)")
_TABLE_YEAR = re.compile(r"本年\((20[0-3]\d)年?\)|(?<!\d)(20[0-3]\d)年度?(?:统计|数据)")
_LABELLED_DATE = re.compile(
    r"(?:(?:发布|公开|公布|发表|发文)(?:日期|时间)|^(?:日期|时间)|发布于)\s*[:：]?\s*(20[\d年月日./-]+)"
)
_STAMP = re.compile(r"\s*[\[(（【]?(20[0-3]\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)")
_SIGNED = re.compile(r"[\u4e00-\u9fff()]{2,24}(?:局|委|办|厅|室|部|处|院|站|会|社|政府|街道|镇|乡|中心|办事处)")
_SPACE = re.compile(r"\s+")
_FULL_DATE = re.compile(r"(20[0-3]\d)[-年./](\d{1,2})[-月./](\d{1,2})日?")
_ONLY_DATE = re.compile(r"[(（]?(20[0-3]\d)年(\d{1,2})月(\d{1,2})日[)）]?")
_LAST_DATE = re.compile(rf"(?:(?:^|[。；;]){_SIGNED.pattern}|^)(20[0-3]\d[-年./]\d{{1,2}}[-月./]\d{{1,2}}日?)$")
_HAN_DATE = re.compile(
    r"(二[〇○零Oo0][一二三][〇○零一二三四五六七八九])年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_HAN = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0, "0": 0}
_TITLE_LINES = 12
_JOINED = 4


@dataclass(frozen=True, slots=True)
class Metadata:
    """`title` is as printed, without white space. `published_on` is ISO 8601. `period`: the text states the period."""

    title: str
    agency: str | None
    year: int | None
    scope: str | None
    publisher: str | None
    published_on: str | None
    period: bool = False


def describe(content: Content, hints: Hints) -> Metadata:
    """What a document says of itself; where it is silent, what the crawl knew."""
    lines = list(opening_lines(content))
    titled = best_title(read_title(text) for text in title_candidates(content, lines, hints))
    printed = "\n".join(_texts(content))[:20_000]
    text = tight(printed)
    period = _PERIOD.search(text)
    year = year_of(content, titled, period, hints)
    agency = as_printed(agency_of(titled.agency if titled else None, text, content, hints), printed)
    published_on = published(content, lines, hints, year)
    return Metadata(
        title=as_printed(titled.text, printed) or ""
        if titled
        else tight(content.meta.get("title") or hints.title or (lines[0] if lines else ""))[:LONGEST_TITLE],
        agency=agency,
        year=year or year_before(published_on, titled is not None),
        scope=scope_of(agency),
        publisher=content.meta.get("publisher") or content.meta.get("source") or None,
        published_on=published_on,
        period=period is not None,
    )


def year_of(content: Content, titled: Titled | None, period: re.Match[str] | None, hints: Hints) -> int | None:
    """The year of the figures, of the title, of the selector the crawl used, of the column, of a table's head.

    A period from one year into the next is a misprint and says nothing.
    """
    stated = int(period[1]) if period and period[2] in (None, period[1]) else None
    selector = _SELECTOR.search(hints.url or "")
    column = _COLUMN_YEAR.search(tight(content.meta.get("breadcrumb", "")))
    years = (
        stated,
        titled.year if titled else None,
        hints.year,
        int(selector[1]) if selector else None,
        int(column[1]) if column else None,
        table_year(content),
    )
    return next((year for year in years if year is not None), None)


def table_year(content: Content) -> int | None:
    """The year that a table's head names: 本年(2023)制发件数."""
    texts = (tight(cell.text) for table in content.tables for cell in table.cells[:40])
    return next((int(found[1] or found[2]) for text in texts if (found := _TABLE_YEAR.search(text))), None)


def as_printed(name: str | None, printed: str) -> str | None:
    """The name with the wide brackets that the document prints; comparing was done with narrow ones."""
    if name is None or "(" not in name:
        return name
    wide = name.replace("(", "（").replace(")", "）")
    return wide if wide in _SPACE.sub("", printed) else name


def opening_lines(content: Content) -> Iterator[str]:
    """The first lines of text; of tables only rows with a single printed cell, for reports that are one large table."""
    lines = (line.strip() for text in _texts(content) for line in text.splitlines())
    return islice(filter(None, lines), _TITLE_LINES)


def _texts(content: Content) -> Iterator[str]:
    for block in content.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            rows = ([cell.text for cell in row if cell.text.strip()] for row in block.rows())
            yield from (row[0] for row in rows if len(row) == 1)


def best_title(candidates: Iterable[Titled | None]) -> Titled | None:
    """The first title that names its agency, else the first of all."""
    first: Titled | None = None
    for titled in candidates:
        if titled is not None and titled.agency:
            return titled
        first = first or titled
    return first


def title_candidates(content: Content, lines: list[str], hints: Hints) -> Iterator[str]:
    """Texts that may be the title, best first: opening lines (one title may take several), the page, the list."""
    for start, line in enumerate(lines):
        if len(tight(line)) > 70 or tight(line).endswith("。"):
            continue
        for length in range(1, _JOINED + 1):
            joined = "".join(lines[start : start + length])
            if len(tight(joined)) > 90:
                break
            if read_title(joined) is not None and not is_sentence(joined):
                if length == 1 or begins_title(line, "".join(lines[start + 1 : start + length])):
                    yield joined
                break
    for known in (content.meta.get("title"), hints.title, content.meta.get("window_title")):
        if known:
            yield known


def begins_title(line: str, rest: str) -> bool:
    """Is a line the beginning of the title that ends in `rest`? Not where the rest names its agency, place and all."""
    titled = read_title(rest)
    if titled is None or titled.agency is None:
        return True
    return is_placed(tight(line)) and not is_placed(titled.agency) and clean_agency(line) is not None


def is_sentence(text: str) -> bool:
    return any(mark in text for mark in "。，；")


def agency_of(printed: str | None, text: str, content: Content, hints: Hints) -> str | None:
    """The agency of the title, else of the opening sentence, the list, the index card."""
    opening = _OPENING.search(text)
    names = (
        printed,
        clean_agency(opening[1]) if opening else None,
        signature(content),
        hints.agency,
        content.meta.get("publisher"),
    )
    name = next((name for name in names if name), None)
    if name is None:
        return None
    if printed and opening and clean_agency(opening[1]) and len(opening[1]) > len(printed):
        # 青石县2022年…报告 by 青石县人民政府办公室 is the county's; a department's short title is completed.
        full = opening[1]
        if full.endswith(printed) or (scope_of(printed) == scope_of(full) and full.startswith(printed)):
            name = full
    return with_place(name, (text,))


def signature(content: Content) -> str | None:
    """The body that signs at the end: a name alone in a line, a date alone in the next."""
    lines = [tight(line) for line in content.text.splitlines()[-8:] if line.strip()]
    for name, dated in pairwise(lines):
        if (_ONLY_DATE.fullmatch(dated) or _HAN_DATE.fullmatch(dated)) and _SIGNED.fullmatch(name):
            return name
    return None


def published(content: Content, lines: list[str], hints: Hints, year: int | None) -> str | None:
    """The stated date: the page's own, a line that is nothing but a date, what the list said."""
    labelled = [match[1] for line in lines for match in _LABELLED_DATE.finditer(line)]
    written = content.meta.get("written_on")
    for stated in (
        content.meta.get("published_on"),
        *labelled,
        *stamps(lines),
        written,
        *date_lines(content, lines),
        hints.published_on,
    ):
        found = iso_date(stated or "")
        if found and (year is None or int(found[:4]) >= year):
            return found
    return None


def stamps(lines: list[str]) -> Iterator[str]:
    """The date that a line right below the title begins with."""
    for title, *below in (lines[at : at + 3] for at in range(len(lines))):
        if read_title(title) is not None:
            yield from (found[1] for line in below if (found := _STAMP.match(line)))


def date_lines(content: Content, lines: list[str]) -> Iterator[str]:
    """Lines with nothing but a date, near the top or at the end, there also behind the name that signs.

    A clock in a template has a weekday too.
    """
    last = [line for line in content.text.splitlines()[-12:] if line.strip()]
    for plain in map(tight, (*lines, *reversed(last))):
        if _ONLY_DATE.fullmatch(plain) or _HAN_DATE.fullmatch(plain):
            yield plain
    yield from (found[1] for line in reversed(last) if (found := _LAST_DATE.search(tight(line))))


def iso_date(text: str) -> str | None:
    """The first date in a text as YYYY-MM-DD, None for none or one that no calendar has."""
    plain = tight(text)
    match = _FULL_DATE.search(plain)
    parts = [int(part) for part in match.groups()] if match else han_date(plain)
    if not parts:
        return None
    try:
        return date(*parts).isoformat()
    except ValueError:
        return None


def han_date(text: str) -> list[int]:
    match = _HAN_DATE.search(text)
    if match is None:
        return []
    year = int("".join(str(_HAN[char]) for char in match[1]))
    return [year, han_small(match[2]), han_small(match[3])]


def han_small(text: str) -> int:
    """一 … 三十一."""
    tens, mark, ones = text.rpartition("十")
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0) if mark else _HAN[text[0]]


def year_before(published_on: str | None, is_report: bool) -> int | None:
    """A report without any year is of the year before its publication."""
    return int(published_on[:4]) - 1 if published_on and is_report else None
