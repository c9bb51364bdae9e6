"""What is not a report, and why.

A document earns points for what a report has and loses them for what its lookalikes have: title 3, stated period 2,
each of the six sections 1, the rows only table three has 4, each lookalike's word in the title −3. From 6: a report.
A form filled with numbers is a report whatever its title says, unless it covers half a year; a form without a single
number is one only if an agency has put its name, its year and its own words to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.content import Content
from parsers.metadata import Metadata
from parsers.naming import read_title, tight
from parsers.sections import sections

ACCEPT = 6

# Words of a title that name another kind of document; the first that fits gives the kind.
_TITLES = (
    ("website_statement", r"网站(?:工作|监管|建设|管理)*(?:年度?)?(?:报表|工作报告|年报|年度报告)"),
    ("half_year", r"[上下]半年|半年度?(?:报|统计)|第?[一二三四1-4]季度|\d{1,2}月份"),
    ("notice", r"通知$|的函$|通报|做好.*(?:编制|发布|公布|报送)|填报说明|编制说明|征求意见"),
    ("template", r"格式(?:》|$|[(（])|模板|范本|参考样式"),
    ("explainer", r"解读|图解|一图读?懂|图说|问答"),
    ("rule_of_law", r"法治政府建设|依法行政"),
    ("work_report", r"^(?!.*信息公开).*政府工作报告"),
    ("budget", r"(?:预|决)算|三公经费|收支"),
    ("evaluation", r"考核|评估|测评|检查情况|自查"),
    ("guide", r"公开指南|公开目录|公开制度|公开办法|实施方案|工作要点"),
    ("party", r"党务公开"),
)
# Words of the text that only one other kind of document has.
_TEXTS = (
    ("website_statement", r"独立用户访问总量|网站标识码|信息发布总数.{0,40}(?:概况类|政务动态)"),
    ("audio", r"点击收听.{0,12}朗读.{0,200}$"),
)
_SIGNATURE = ("本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "结转下年度继续办理")
_EMPTY = re.compile(
    r"暂无(?:数据|内容|信息|相关)|(?:内容|栏目|页面|正在)(?:更新|建设|整理)中|敬请期待|没有找到相关|\{\{\s*\w+\s*\}\}"
)
_CIRCULAR = re.compile(r"各(?:乡镇|镇|县|市|区|街道|部门|单位|有关)[^。]{0,40}[:：]|联系人[:：]|请(?:各|于|按)")
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
        return _empty_form(text, metadata, named)
    if named:
        return named
    if _EMPTY.search(text) and len(text) < _OWN_WORDS:
        return "placeholder", "the page says that its content is still to come"
    if score >= ACCEPT or is_old_report(text, metadata, score):
        return None, f"a report in words, {score} points"
    if read_title(metadata.title) and len(text) < _OWN_WORDS:
        if content.links:
            return "landing_page", "the title of a report; the report itself is in the attachment"
        return "placeholder", "the title of a report and nothing under it"
    return "other", f"{score} points of {ACCEPT}: too little of a report in it"


def points(content: Content, text: str, grid: str, metadata: Metadata) -> tuple[tuple[str, int], ...]:
    """The parts of the score, by reason."""
    found = {section.number for section in sections(content)} - {0}
    parts = {
        "title": 3 * (read_title(metadata.title) is not None),
        "period": 2 * metadata.period,
        "sections": len(found),
        "table three": 4 * _has_form(grid + text),
        "lookalike words": -3 * sum(bool(re.search(pattern, metadata.title)) for _, pattern in _TITLES),
    }
    return tuple((name, value) for name, value in parts.items() if value)


def kind_by_words(title: str, text: str) -> tuple[str, str] | None:
    """(kind, reason) where title or text have the words of another kind of document."""
    for kind, pattern in _TITLES:
        match = re.search(pattern, title)
        if match:
            return kind, f"its title says “{match[0]}”"
    for kind, pattern in _TEXTS:
        match = re.search(pattern, text)
        if match:
            return kind, f"its text says “{match[0][:30]}”"
    return None


def _has_form(text: str) -> bool:
    return sum(words in text for words in _SIGNATURE) >= 2


def _empty_form(text: str, metadata: Metadata, named: tuple[str, str] | None) -> tuple[str | None, str]:
    """A form without a number: a circular's annex, a template, or an agency's report with nothing filled in."""
    if named:
        return named
    if _CIRCULAR.search(text) and not metadata.period:
        return "notice", "a circular with an empty form"
    if metadata.agency and metadata.year and len(text) >= _OWN_WORDS and not re.search(r"[Xx×]{2,}|\*{2,}", text):
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
