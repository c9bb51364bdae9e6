"""Kinds of documents that are about reports, or look like one, told by the words of their titles and of their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parsers.printed.scopes import scope_shown
from parsers.printed.titles_and_agencies import read_title

Words = tuple[tuple[str, str], ...]

# Words of a title that name another kind of document; the first that fits gives the kind.
_TITLES: Words = (
    ("website_statement", r"网站(?:工作|监管|建设|管理)*(?:年度?)?(?:报表|工作报告|年报|年度报告)"),
    ("website_statement", r"^(?!.*信息公开).*(?:网站|新媒体).*(?:报表|年报|年度.{0,4}报告)"),
    (
        "half_year",
        r"[上下]半年|半年度?(?:报|统计)|第?[一二三四1-4]季度|\d{1,2}月份|月报表?$|\d{1,2}月(?!\d).{0,20}(?:统计|报)表",
    ),
    ("draft", r"征求意见稿|送审稿|讨论稿|审议稿|草稿|草案|初稿|待审定"),
    (
        "evaluation",
        r"(?:考核|评估|测评|评议|检查|抽查|考评)(?:结果|情况|通报|报告|表)|(?:自查|自评)(?:情况|报告|工作)|政务公开工作总结|"
        r"评分(?:表|细则|标准)?|扣分|得分",
    ),
    ("notice", r"通知$|的函$|通报|做好.*(?:编制|发布|公布|报送)|填报说明|编制说明|征求意见"),
    ("template", r"格式(?:》|$|[(（])|模板|模版|范本|参考样式|样表|样式|范例|范文|样例|示例"),
    ("training", r"培训|课件|讲义|练习|习题|[试考]题|题库|考试|教程|操作手册|填报指南|填写指南"),
    ("template", r"(?:填报|报送|录入|上报)(?:系统|平台)"),
    ("explainer", r"常见问题|答疑|解读|图解|一图读?懂|图说|问答|怎样|如何|读懂|看懂|学习文章|评析|案例"),
    (
        "analysis",
        r"近[二两三四五六七八九十]年|(?:数据|情况)(?:对比|比较)|对比表|分析|研判|综述|调研|排名|排行|情况汇总",
    ),
    ("party", r"党务公开"),
)
# The same, but an agency's own name may hold such words: they count only where the title is not that of a report.
_OTHER_TITLES: Words = (
    ("rule_of_law", r"法治(?:政府)?建设|依法行政"),
    ("work_report", r"政府工作报告"),
    ("budget", r"(?:预|决)算|三公.?经费|收支"),
    ("guide", r"公开指南|公开目录|公开制度|公开办法|实施方案|工作要点|目标任务|任务分解|工作计划"),
)
# Words of the text that only one other kind of document has.
_TEXTS: Words = (
    ("website_statement", r"独立用户访问总量|信息发布总数.{0,40}(?:概况类|政务动态)"),
    ("audio", r"点击收听.{0,12}朗读.{0,200}$"),
)
DESPITE_NUMBERS = frozenset(
    {"half_year", "website_statement", "draft", "template", "training", "evaluation", "analysis"}
)
"""Kinds that a title settles even over a form filled with numbers."""
_SEARCH = re.compile(
    r"站内搜索|(?:搜索|检索|查询)结果|全文检索|共(?:找到|搜索到|检索到|查询到)(?:相关)?(?:结果)?约?\d+(?:条|个|篇|项)"
)
"""What pages of a search engine say, in simplified characters without white space."""
_PUBLISHES = re.compile(
    r"(?:公布|发布|印发|(?<!信息)(?<!政务)公开|转发|更正).{0,40}(?:报告|年报).{0,6}(?:通知|公告|函)?$"
)
"""A circular or a note by which a report itself is published."""
_CONCERNED = re.compile(r"信息公开|政务公开|依申请|年报|年度报告")
_OF_A_SENTENCE = re.compile(r"[，。；]|^(?:根据|按照|依据|依照)")
"""A line of running text, no heading: 根据《…》和《…年度报告格式》要求，县…"""
_LONGEST_TITLE = 60
_LOOKED_AT = 300
"""Characters at the top of a page of search results in which it says so."""


def kind_by_words(title: str, text: str) -> tuple[str, str] | None:
    """(kind, reason) where title or text have the words of another kind of document."""
    named = kind_of_title(title)
    if named is not None:
        return named
    if found := first(_TEXTS, text):
        return found[0], f"its text says “{found[1][:30]}”"
    return None


def kind_of_title(title: str) -> tuple[str, str] | None:
    """(kind, reason) where a title has the words of another kind of document.

    What stands before the report's own words is its agency's name, and agencies are called like anything.
    """
    titled = read_title(title)
    named = titled.agency if titled and scope_shown(titled.agency) else None
    own = title.replace(named, "", 1) if named else title
    tables = (_TITLES,) if titled else (_TITLES, _OTHER_TITLES)
    for table in tables:
        if found := first(table, own):
            return found[0], f"its title says “{found[1]}”"
    return None


def heading_kind(headings: Iterable[str]) -> tuple[str, str] | None:
    """The same for the headings above a document: short lines about disclosure, none of them a publication."""
    return next(_kinds(headings), None)


def _kinds(headings: Iterable[str]) -> Iterator[tuple[str, str]]:
    for heading in headings:
        if _OF_A_SENTENCE.search(heading):
            continue
        if len(heading) <= _LONGEST_TITLE and _CONCERNED.search(heading) and not _PUBLISHES.search(heading):
            named = kind_of_title(heading)
            if named is not None:
                yield named


def search_page(text: str) -> str | None:
    """The words by which the beginning of a text says that it is what a search found."""
    found = _SEARCH.search(text, 0, _LOOKED_AT)
    return found[0] if found else None


def first(table: Iterable[tuple[str, str]], text: str) -> tuple[str, str] | None:
    """(kind, the words found) of the first pattern that fits."""
    matches = ((kind, re.search(pattern, text)) for kind, pattern in table)
    return next(((kind, match[0]) for kind, match in matches if match), None)
