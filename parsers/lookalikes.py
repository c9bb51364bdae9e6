"""What is not a report, and why.

A document earns points for what a report has and loses them for what its lookalikes have: title 3, stated period 2,
each of the six sections 1, the rows only table three has 4, each lookalike's word in the title −3. From 6: a report.
A form filled with numbers is a report whatever its title says, unless it covers half a year; a form without a single
number is one only if an agency has put its name, its year and its own words to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.content import Content
from parsers.metadata.describe import Metadata
from parsers.printed.scopes import scope_of
from parsers.printed.titles_and_agencies import read_title, tight
from parsers.prose.sections import sections

ACCEPT = 6

# Words of a title that name another kind of document; the first that fits gives the kind.
_TITLES = (
    ("website_statement", r"网站(?:工作|监管|建设|管理)*(?:年度?)?(?:报表|工作报告|年报|年度报告)"),
    ("website_statement", r"^(?!.*信息公开).*(?:网站|新媒体).*(?:报表|年报|年度.{0,4}报告)"),
    ("half_year", r"[上下]半年|半年度?(?:报|统计)|第?[一二三四1-4]季度|\d{1,2}月份"),
    (
        "evaluation",
        r"(?:考核|评估|测评|评议|检查)(?:结果|情况|通报|报告)|(?:自查|自评)(?:情况|报告|工作)|政务公开工作总结",
    ),
    ("notice", r"通知$|的函$|通报|做好.*(?:编制|发布|公布|报送)|填报说明|编制说明|征求意见"),
    ("template", r"格式(?:》|$|[(（])|模板|范本|参考样式"),
    ("explainer", r"解读|图解|一图读?懂|图说|问答"),
    ("party", r"党务公开"),
)
# The same, but an agency's own name may hold such words: they count only where the title is not that of a report.
_OTHER_TITLES = (
    ("rule_of_law", r"法治(?:政府)?建设|依法行政"),
    ("work_report", r"政府工作报告"),
    ("budget", r"(?:预|决)算|三公.?经费|收支"),
    ("guide", r"公开指南|公开目录|公开制度|公开办法|实施方案|工作要点"),
)
# Words of the text that only one other kind of document has.
_TEXTS = (
    ("website_statement", r"独立用户访问总量|信息发布总数.{0,40}(?:概况类|政务动态)"),
    ("audio", r"点击收听.{0,12}朗读.{0,200}$"),
)
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
_OWN_WORDS = 200
_LONG = 800


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is None for a report. `parts` are the points by reason; `score` is their sum."""

    kind: str | None
    reason: str
    score: int
    parts: tuple[tuple[str, int], ...] = ()


def judge(content: Content, tables: set[str], metadata: Metadata) -> Verdict:
    """Report or not. `tables` are the tables of a form in which the document prints at least one number."""
    text = tight(content.text)
    grid = tight("".join(cell.text for table in content.tables for cell in table.cells))
    parts = points(content, text, grid, metadata)
    score = sum(value for _, value in parts)
    named = kind_by_words(metadata.title, text)
    kind, reason = _decide(content, tables, metadata, text, grid, named, score)
    return Verdict(kind, reason, score, parts)


def _decide(
    content: Content,
    tables: set[str],
    metadata: Metadata,
    text: str,
    grid: str,
    named: tuple[str, str] | None,
    score: int,
) -> tuple[str | None, str]:
    """(kind, reason), kind None for a report."""
    if tables:
        if named and named[0] in ("half_year", "website_statement"):
            return named
        return None, f"prints numbers in {', '.join(sorted(tables))}"
    if _has_form(grid + text):
        return _empty_form(unicodedata.normalize("NFKC", content.text), metadata, named)
    return named or _without_form(content, metadata, text, score)


def _without_form(content: Content, metadata: Metadata, text: str, score: int) -> tuple[str | None, str]:
    """The same for a document in which no table of the form stands."""
    if len(text) < _OWN_WORDS and (short := _first(_SHORT_TEXTS, text)):
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
        if not content.tables:
            return "placeholder", "the title of a report and nothing under it"
    if not text and not content.tables:
        return ("shell", content.notes[-1]) if content.notes else ("placeholder", "an empty page")
    if scope_of(metadata.agency) == "public_institution" and read_title(metadata.title):
        return "enterprise", "a public institution's report outside the form"
    return "other", f"{score} points of {ACCEPT}: too little of a report in it"


def points(content: Content, text: str, grid: str, metadata: Metadata) -> tuple[tuple[str, int], ...]:
    """The parts of the score, by reason."""
    found = {section.number for section in sections(content)} - {0}
    parts = {
        "title": 3 * (read_title(metadata.title) is not None),
        "period": 2 * metadata.period,
        "sections": len(found),
        "table three": 4 * _has_form(grid + text),
        "lookalike words": -3 * (kind_by_words(metadata.title, "") is not None),
    }
    return tuple((name, value) for name, value in parts.items() if value)


def kind_by_words(title: str, text: str) -> tuple[str, str] | None:
    """(kind, reason) where title or text have the words of another kind of document."""
    tables = (_TITLES,) if read_title(title) else (_TITLES, _OTHER_TITLES)
    for table in tables:
        if found := _first(table, title):
            return found[0], f"its title says “{found[1]}”"
    if found := _first(_TEXTS, text):
        return found[0], f"its text says “{found[1][:30]}”"
    return None


def _first(table: Iterable[tuple[str, str]], text: str) -> tuple[str, str] | None:
    """(kind, the words found) of the first pattern that fits."""
    matches = ((kind, re.search(pattern, text)) for kind, pattern in table)
    return next(((kind, match[0]) for kind, match in matches if match), None)


def is_english(text: str) -> bool:
    """True for a text in English about disclosure."""
    letters = sum(char.isascii() and char.isalpha() for char in text[:5000])
    ideographs = sum("\u4e00" <= char <= "\u9fff" for char in text[:5000])
    return letters > 200 and letters > 5 * ideographs and _ENGLISH.search(text) is not None


def is_index(content: Content) -> bool:
    """True for a page that lists reports: four titles or more, and no sections."""
    lines = [line for line in content.text.splitlines() if 10 < len(line) < 80]
    titles = sum(read_title(_LISTED_DATE.sub("", line)) is not None for line in lines[:60])
    return titles >= 4 and titles * 3 > len(lines)


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


def is_old_report(text: str, metadata: Metadata, score: int) -> bool:
    """Before 2019 reports were prose: a title, a year and a long text about disclosure."""
    return (
        score >= 3
        and metadata.year is not None
        and metadata.year < 2019
        and len(text) >= _LONG
        and text.count("公开") >= 8
    )
