"""Words that tell a report's tables and headings on a page before its form is known.

Format readers ask here where the report stands on a page; what the words mean is for `parsers.forms` to say.
"""

from __future__ import annotations

import re

from parsers.printed.headings import LONGEST_HEADING
from parsers.printed.traditional import simplified

TABLE3_LAST = "结转下年度继续办理"
"""The last label of table three; where it stands in a paragraph the table's cells are no cells of a table."""

_OF_FORMS = (
    "第二十条第",
    "申请人情况",
    "勾稽",
    "本年新收",
    "上年结转",
    "结转下年度",
    "本年制发",
    "本年新制作",
    "行政事业性收费",
    "未经复议直接起诉",
    "统计指标",
    "不予公开",
    "其他处理",
    "政府集中采购",
    "主动公开政府信息数",
)
_OF_EACH_TABLE = ("", "信息内容", "本年新收", "尚未审结")
"""One word for each of tables two, three and four; "" stands for any table of a form."""
_IN_MOST_REPORTS = ("总体情况", "主动公开", "本年新收", "结转下年度", "主要问题")
_LEAST_HEADINGS = 2
"""Of the five words above; a page about one subject has one."""
_SECTION = re.compile(
    r"^[^。；]{0,12}(?:总体情况|主动公开政府信息|处理政府信息公开申请|行政复议、?(?:提起)?行政诉讼|存在的?(?:主要)?问题|其他需要报告)"
)
_SPACE = re.compile(r"\s+")


def is_of_form(text: str) -> bool:
    """Do words of the report's forms stand in the text of a table?"""
    plain = simplified(_SPACE.sub("", text))
    return any(word in plain for word in _OF_FORMS)


def tables_told(text: str) -> frozenset[str]:
    """A word for each of tables two, three and four that the text of tables of a form prints, and ""."""
    plain = _SPACE.sub("", text)
    return frozenset(word for word in _OF_EACH_TABLE if word in plain)


def are_all_told(words: frozenset[str]) -> bool:
    """Has `tables_told` found each of the three tables?"""
    return words.issuperset(_OF_EACH_TABLE)


def is_section_heading(text: str) -> bool:
    """Is a paragraph the heading of one of the six sections?"""
    return len(text) < LONGEST_HEADING and _SECTION.match(simplified(_SPACE.sub("", text))) is not None


def prints_report(text: str) -> bool:
    """Do enough words of a report stand in a text that may be anything?"""
    return sum(word in text for word in _IN_MOST_REPORTS) >= _LEAST_HEADINGS
