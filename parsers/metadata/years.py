"""The year: every statement of it is a vote, weighed by its kind; statements that disagree are a conflict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from parsers.content import Content, Place
from parsers.metadata.lines import Line
from parsers.metadata.titles import Candidate
from parsers.printed.titles_and_agencies import tight
from parsers.report import Evidence, Hints

WEIGHTS = {
    "title": 4,
    "period": 3,
    "statement": 3,
    "table_head": 3,
    "page_title": 2,
    "list_title": 2,
    "prose": 1,
    "address": 1,
    "column": 1,
    "window_title": 1,
    "breadcrumb": 1,
    "publication": 1,
}
"""A title is written for its year; sentences and tables are copied from the year before. Ties go to the kind above."""
STATED = frozenset({"title", "period", "statement", "table_head", "page_title", "list_title"})
"""Kinds that state the year of the figures: where two of them differ, one is wrong."""

_PERIOD = re.compile(r"(?<!\d)(20[0-3]\d)年?1月1日(?:起)?(?:至|到|—|-|–|~|——)+(?:(20[0-3]\d)年)?12月31")
_ADDRESS = re.compile(r"[?&](?:fbtime|year|nd)=(20[0-3]\d)(?!\d)")
_COLUMN = re.compile(r"(?<!\d)(20[0-3]\d)年?度?(?=[>＞»/]|$|>?正文)")
_HEAD = re.compile(r"本年\((20[0-3]\d)年?\)")
_TABLE = re.compile(r"(?<!\d)(20[0-3]\d)年度?(?:统计|数据)")
_PROSE = re.compile(
    r"(?:^|[。\n])[（(一二三四五六七八九十\d)）、.．]{0,6}(20[0-3]\d)年(?:度|以来|全年)?(?=[,，]|我|本|全)"
)
_OF_YEAR = re.compile(r"现(?:将|就|公布|发布|形成)[^。]{0,30}?(20[0-3]\d)年度?[^。]{0,12}(?:政府|政务)?信息公开")
_HEAD_CELLS = 40
"""Cells of a table in which its head stands."""
FIRST_HALF = 6
"""The last month in which a report is published that is not late by much more than its time."""


def evidence(
    content: Content, titles: Sequence[Candidate], text: str, lines: Sequence[Line], hints: Hints
) -> Iterator[Evidence]:
    """What says a year. `text` is the prose in simplified characters, without white space but its line ends."""
    for kind in dict.fromkeys(one.kind for one in titles):
        titled = next((one for one in titles if one.kind == kind and one.titled.year), None)
        if titled is not None and titled.titled.year is not None:
            yield Evidence("year", titled.titled.year, kind, titled.quote, titled.place)
    yield from _periods(text, lines)
    if stated := _OF_YEAR.search(text):
        yield Evidence("year", int(stated[1]), "statement", stated[0], place_of(stated[0], lines))
    prose = Counter(int(year) for year in _PROSE.findall(text))
    if prose:
        yield Evidence("year", prose.most_common(1)[0][0], "prose", "")
    if hints.year is not None and not any(one.kind == "list_title" and one.titled.year for one in titles):
        yield Evidence("year", hints.year, "list_title", hints.title or "")
    if address := _ADDRESS.search(hints.url or ""):
        yield Evidence("year", int(address[1]), "address", hints.url or "")
    if column := _COLUMN.search(tight(content.meta.get("breadcrumb", ""))):
        yield Evidence("year", int(column[1]), "column", content.meta["breadcrumb"])
    yield from _tables(content)


def _periods(text: str, lines: Sequence[Line]) -> Iterator[Evidence]:
    """The period of the figures. One from one year into the next is a misprint and says nothing."""
    period = _PERIOD.search(text)
    if period is not None and period[2] in (None, period[1]):
        yield Evidence("year", int(period[1]), "period", period[0], place_of(period[0], lines))


def _tables(content: Content) -> Iterator[Evidence]:
    """The year that a table's head names: 本年(2023)制发件数."""
    for table in content.tables:
        for cell in table.cells[:_HEAD_CELLS]:
            plain = tight(cell.text)
            if head := _HEAD.search(plain):
                yield Evidence("year", int(head[1]), "table_head", cell.text, cell.place)
                return
            if other := _TABLE.search(plain):
                yield Evidence("year", int(other[1]), "column", cell.text, cell.place)
                return


def states_period(text: str) -> bool:
    return _PERIOD.search(text) is not None


def place_of(quote: str, lines: Sequence[Line]) -> Place:
    """Where a piece of the tight text stands, as far as the given lines show it."""
    return next((line.place for line in lines if quote in tight(line.text)), Place())


def elected(found: Sequence[Evidence], seen_on: str | None) -> int | None:
    """The year with most weight behind it; a kind speaks once, and a year that is still to come speaks not."""
    latest = int(seen_on[:4]) if seen_on else None
    votes: Counter[int] = Counter()
    spoken: set[str] = set()
    for one in found:
        year = int(one.value)
        if one.kind not in spoken and (latest is None or year <= latest):
            spoken.add(one.kind)
            votes[year] += WEIGHTS[one.kind]
    if not votes:
        return None
    order = [int(one.value) for kind in WEIGHTS for one in found if one.kind == kind]
    return max(votes, key=lambda year: (votes[year], -order.index(year)))


def from_publication(published_on: str | None) -> Evidence | None:
    """A report that is published in the first half of a year is the one of the year before."""
    if not published_on or int(published_on[5:7]) > FIRST_HALF:
        return None
    return Evidence("year", int(published_on[:4]) - 1, "publication", published_on)
