"""What is not a report, and why.

A document earns points for what a report has and loses them for what its lookalikes have: title 3, stated period 2,
each of the six sections 1, the parts that reports before 2019 had 1 each, a sentence that names its parts 3, the rows
only table three has 4, each lookalike's word in the title −3. From 6: a report.
A form filled with numbers is a report, unless its title or its headings say that it is about reports, or it was filled
for nobody; a form without a single number is one only if an agency has put its name, its year and its own words to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import takewhile

from parsers.code_points import is_ideograph
from parsers.content import Content, Paragraph
from parsers.formats.html.notes import ASKS, HIDDEN, SHELL
from parsers.forms import MODERN_SINCE
from parsers.lookalikes import genres
from parsers.lookalikes.genres import first, kind_by_words
from parsers.lookalikes.old_reports import is_old_report, names_its_parts, old_parts
from parsers.lookalikes.samples import fields, filled_by, made_up, placeholder
from parsers.metadata.describe import Metadata
from parsers.metadata.lines import Line, opening_lines
from parsers.metadata.titles import is_sentence
from parsers.printed.headings import heading_of
from parsers.printed.scopes import scope_of, scope_shown
from parsers.printed.titles_and_agencies import read_title, tight
from parsers.printed.traditional import simplified
from parsers.prose.sections import sections

ACCEPT = 6

_SHORT_TEXTS = (
    (
        "error_page",
        r"404|NotFound|页面不存在|找不到(?:您|该|页面|文件|网页)|(?:已被?|被)删除|无权访问|错误页面|服务器错误",
    ),
    ("error_page", r"访问(?:异常|出错|受限)"),
    ("placeholder", r"暂无(?:数据|内容|信息|相关)|没有找到相关|敬请期待"),
    ("placeholder", r"(?:内容|栏目|页面|正在)(?:更新|建设|整理)中|\{\{\s*\w+\s*\}\}"),
)
_ENGLISH = re.compile(
    r"annual\s+report.{0,80}(?:information|openness|disclosure)|information\s+disclosure|government\s+information",
    re.I | re.S,
)
_SIGNATURE = ("本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "结转下年度继续办理")
_ADDRESSED = re.compile(
    r"^[^。：:]{0,40}各(?:乡|镇|街|县|市|区|部门|单位|有关|直属|科|股|处|委|办)[^。：:]{0,60}[:：]", re.M
)
_ASKS = re.compile(r"请(?:各|于|按)|(?:通知|要求|明确|函告)如下|[日前内](?:报送|报至)")
_BLANKS = re.compile(r"[Xx×]{2,}|\*{2,}|○{2,}")
_LISTED_DATE = re.compile(r"[\[(（]?20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?[\])）]?")
_OF_MANY = re.compile(r"各(?:部门|单位|乡镇|街道|县|区|市|镇|局)|汇编|汇总|合集|部门.{0,4}年报")
_OWN_WORDS = 200
_FIGURE = re.compile(r"(?<!\d)\d+(?![\d.．、])")
_FEWEST_FIGURES = 10
_LAST_ROW = 40
"""Characters in which the numbers of the last row of table three stand."""
_BEGIN, _FEWEST_LETTERS, _MORE_LETTERS = 5000, 200, 5
"""A text in English: of its first characters so many are letters, and so many times as many as ideographs."""
_SHORTEST_TITLE, _LONGEST_TITLE, _LOOKED_AT, _FEWEST_TITLES = 11, 79, 60, 4
"""A page that lists reports: so many of its first lines of that length are titles of reports."""
_LINES_PER_TITLE = 3
"""Of them, at most, on such a page; chosen."""
_TOP = 3
"""Blocks at the top of a document that may be its heading."""
_NOTHING_UNDER = 60
"""Letters beside the title of a page that has nothing else to say."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is None for a report. `parts` are the points by reason; `score` is their sum."""

    kind: str | None
    reason: str
    score: int
    parts: tuple[tuple[str, int], ...] = ()


def judge(content: Content, tables: set[str], metadata: Metadata) -> Verdict:
    """Report or not. `tables` are the tables of a form in which the document prints at least one number."""
    text = simplified(tight(content.text))
    grid = simplified(tight("".join(cell.text for table in content.tables for cell in table.cells)))
    parts = points(content, text, grid, metadata)
    score = sum(value for _, value in parts)
    kind, reason = _decide(content, tables, metadata, text, grid, score)
    return Verdict(kind, reason, score, parts)


def _decide(
    content: Content, tables: set[str], metadata: Metadata, text: str, grid: str, score: int
) -> tuple[str | None, str]:
    """(kind, reason), kind None for a report."""
    if field := fields(grid):
        return "template", f"fields of a program stand where numbers belong: “{field}”"
    if words := genres.search_page(text):
        return "index", f"the page of a search says “{words}”"
    named = kind_by_words(metadata.title, text)
    headings = _headings(content)
    if tables or _prints_numbers(grid + text):
        return _filled(content, tables, metadata, named, headings, text, grid)
    if not _has_own_title(metadata):
        named = named or genres.heading_kind(headings)
    if _has_form(grid + text):
        return _empty_form(unicodedata.normalize("NFKC", simplified(content.text)), metadata, named)
    return named or _without_form(content, metadata, text, score)


def _filled(
    content: Content,
    tables: set[str],
    metadata: Metadata,
    named: tuple[str, str] | None,
    headings: list[str],
    text: str,
    grid: str,
) -> tuple[str | None, str]:
    """The same for a form with numbers in it."""
    printed = unicodedata.normalize("NFKC", simplified(content.text))
    nobody = placeholder([metadata.title, metadata.agency or "", filled_by(printed), *headings])
    if nobody:
        return "template", f"a filled sample: “{nobody}” stands where the name of an agency belongs"
    if words := made_up(text):
        return "template", f"a filled sample: its text says “{words}”"
    if named and named[0] in genres.DESPITE_NUMBERS:
        return named
    about = genres.heading_kind([metadata.title, *headings])
    asks = len(set(_ASKS.findall(printed)))
    if about and (not _has_own_title(metadata) or (about[0] == "notice" and asks and _ADDRESSED.search(printed))):
        return about
    for shown in (text, "".join(headings)) if HIDDEN in content.notes else ():
        if len(shown) < _OWN_WORDS and (short := first(_SHORT_TEXTS, shown)):
            return "other", f"the page says only “{short[1]}”; its tables are hidden"
    if metadata.agency is None and _is_collection(metadata.title, headings, grid):
        return "collection", "reports of several agencies that cannot be told apart"
    return None, f"prints numbers in {', '.join(sorted(tables)) or 'its text'}"


def _headings(content: Content) -> list[str]:
    """What stands above the first section, and the page's own titles."""
    above = [tight(line.text) for line in takewhile(_is_above, opening_lines(content))]
    paragraphs = (tight(block.text) for block in content.blocks[:_TOP] if isinstance(block, Paragraph))
    above += [text for text in paragraphs if text not in above]  # a title broken over two lines
    titles = (content.meta.get("title"), content.meta.get("window_title"))
    return [line for line in (*above, *map(tight, filter(None, titles))) if not is_sentence(line)]


def _is_above(line: Line) -> bool:
    return heading_of(line.text) is None


def _has_own_title(metadata: Metadata) -> bool:
    """Does the document itself print a report's title with the name of an agency?"""
    return any(
        one.field == "agency" and one.kind in ("title", "page_title") and scope_shown(str(one.value))
        for one in metadata.evidence
    )


def _is_collection(title: str, headings: list[str], grid: str) -> bool:
    """Table three several times under a title of many, or under none."""
    repeated = grid.count(_SIGNATURE[0])
    of_many = any(_OF_MANY.search(text) for text in (title, *headings))
    return repeated > 1 if of_many else repeated > 2


def _without_form(content: Content, metadata: Metadata, text: str, score: int) -> tuple[str | None, str]:
    """The same for a document in which no table of the form stands."""
    if len(text) < _OWN_WORDS and (short := first(_SHORT_TEXTS, text)):
        return short[0], f"the page says only “{short[1]}”"
    if is_english(content.text):
        return "english", "an English version: words only"
    if is_index(content):
        return "index", "a list of reports"
    if score >= ACCEPT or is_old_report(text, metadata, score):
        return None, f"a report in words, {score} points"
    if read_title(metadata.title) and len(text) < _OWN_WORDS:
        if content.links:
            return "landing_page", "the title of a report; the report itself is in the attachment"
        if not content.tables and len(text) - len(metadata.title) < _NOTHING_UNDER:
            if told := next((note for note in (ASKS, SHELL) if note in content.notes), None):
                return "shell", told
            return "placeholder", "the title of a report and nothing under it"
    if not text and not content.tables:
        return ("shell", content.notes[-1]) if content.notes else ("placeholder", "an empty page")
    if scope_of(metadata.agency) == "public_institution" and read_title(metadata.title):
        return "enterprise", "a public institution's report outside the form"
    return "other", f"{score} points of {ACCEPT}: too little of a report in it"


def points(content: Content, text: str, grid: str, metadata: Metadata) -> tuple[tuple[str, int], ...]:
    """The parts of the score, by reason."""
    found = {section.number for section in sections(content)} - {0}
    text_lines = simplified(content.text).splitlines()
    parts = {
        "title": 3 * (read_title(metadata.title) is not None),
        "period": 2 * metadata.period,
        "sections": len(found),
        "parts of earlier years": old_parts(text_lines) if metadata.year is None or metadata.year < MODERN_SINCE else 0,
        "names its parts": 3 * names_its_parts(text),
        "table three": 4 * _has_form(grid + text),
        "lookalike words": -3 * (kind_by_words(metadata.title, "") is not None),
    }
    return tuple((name, value) for name, value in parts.items() if value)


def is_english(text: str) -> bool:
    """True for a text in English about disclosure."""
    begin = text[:_BEGIN]
    letters = sum(char.isascii() and char.isalpha() for char in begin)
    ideographs = sum(map(is_ideograph, begin))
    return letters > _FEWEST_LETTERS and letters > _MORE_LETTERS * ideographs and _ENGLISH.search(text) is not None


def is_index(content: Content) -> bool:
    """True for a page that lists reports: four titles or more, and no sections."""
    lines = [line for line in content.text.splitlines() if _SHORTEST_TITLE <= len(line) <= _LONGEST_TITLE]
    titles = sum(read_title(_LISTED_DATE.sub("", line)) is not None for line in lines[:_LOOKED_AT])
    return titles >= _FEWEST_TITLES and titles * _LINES_PER_TITLE > len(lines)


def _prints_numbers(text: str) -> bool:
    """Do figures that are no ordinals stand among the labels of table three, though no cell could be made of them?"""
    begin, end = text.find(_SIGNATURE[0]), text.rfind(_SIGNATURE[-1])
    return 0 <= begin < end and len(_FIGURE.findall(text, begin, end + _LAST_ROW)) >= _FEWEST_FIGURES


def _has_form(text: str) -> bool:
    return sum(words in text for words in _SIGNATURE) >= 2


def _empty_form(text: str, metadata: Metadata, named: tuple[str, str] | None) -> tuple[str | None, str]:
    """A form without a number: a circular's annex, a template, or an agency's report with nothing filled in."""
    if named:
        return named
    asks = len(set(_ASKS.findall(text)))
    if _ADDRESSED.search(text) or asks > metadata.period:
        return "notice", "a circular with an empty form"
    own = metadata.agency and metadata.year and len(tight(text)) >= _OWN_WORDS
    if own and not _BLANKS.search(f"{metadata.title}\n{text}"):
        return None, "an agency's own report with nothing filled in"
    return "blank_template", "the form without a number and without an agency's own words: not a report of zeros"
