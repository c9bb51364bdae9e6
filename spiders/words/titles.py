"""Titles: is this link an annual disclosure report, and whose, and for which year? Pure.

A title decides only what is worth a request. What a document is, the reader decides from its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parsers.printed.agency_words import is_group
from parsers.printed.scopes import scope_shown
from spiders.words.agencies import any_of, is_agency, tidy
from spiders.words.menus import is_annual, is_annual_url, is_column_name

Kind = Literal["report", "maybe", "lookalike", "column", "other"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a title says. `kind`:

    - ``report``: an annual disclosure report, fetch it;
    - ``maybe``: inside an annual column it may be one, fetch it and let the text decide;
    - ``lookalike``: close to a report and not one, `reason` names the sort;
    - ``column``: a column of annual reports;
    - ``other``: nothing of ours.

    `year` is the year reported on, `scope` an identifier of docs/data.md; both None where the title is silent.
    """

    kind: Kind
    reason: str
    year: int | None = None
    agency: str | None = None
    scope: str | None = None


_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)(?![-./]\d)(?:年(?!报))?(?:度(?!报))?")
_RANGE = re.compile(r"20\d\d年?(?:-|—|–|~|至)20\d\d年?(?:度(?!报))?")
_HAN_YEAR = re.compile(r"二[〇○零Oo0][〇○零Oo0一二三][〇○零Oo0一二三四五六七八九](?=年)")
_HAN_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_DATE = re.compile(r"[\[(]?20\d\d(?:[-./]\d{1,2}[-./]\d{1,2}|年\d{1,2}月\d{1,2}日)[\])]?(?:\d\d:\d\d(?::\d\d)?)?")
_LEAD = re.compile(r"^(?:[·•●■►▶>◆※*\-—]|\d{1,3}[、.](?!\d)|\[[^\]\d]{1,8}\]|【[^】\d]{1,8}】|附件\d*:?|标题:)+")
_EXTENSION = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|rtf|s?html?)$", re.I)
_CUT = re.compile(r"(?:\.{2,}|…+|。。+)$")

_REPORT = re.compile(
    r"(?:政府|政务)?(?:信息(?:主动)?公开|政务公开)(?:工作)?(?:执行)?(?:情况)?(?:的)?(?:年度|年)?(?:工作)?(?:情况)?(?:的)?(?:总结)?"
    r"(?:报告|年报|情况统计表|年度统计表)"
)
_STEM = "政府信息公开工作年度报告"
_WEAK = re.compile(r"年报|年度(?:工作)?报告|信息公开工作(?:总结|情况)")
_ENGLISH = re.compile(r"annualreport.*(?:information|disclosure|openness)", re.I)

_Vocabulary = tuple[tuple[str, re.Pattern[str]], ...]


def _vocabulary(**words: str) -> _Vocabulary:
    return tuple((kind, re.compile(any_of(patterns))) for kind, patterns in words.items())


# These make a lookalike even beside a full report title …
_ALWAYS = _vocabulary(
    website_statement="网站(?:工作|监管|建设|管理|运维)*(?:年度?)?(?:报表|工作报告|年报|年度报告)",
    partial_year=r"[上下]半年 半年度? 第?[一二三四1-4]季度 \d{1,2}月份 \d-\d{1,2}月 月报 季报",
    explainer="解读 图解 一图 图说 长图 看懂 读懂 动漫 答记者 政策问答 新闻发布",
    other_report="(?:环境|企业|财政|预算|决算|财务|高校|学校|医院|价格|食品)信息公开",
    institution="公共企事业 企事业单位 校务公开 院务公开 厂务公开",
    party_affairs="党务公开 党内",
    notice="""(?:做好|编制|编报|编发|填报|报送|撰写|规范|开展|统计).*(?:通知|函|要求|提示|方案)$
        工作的通知$ 征求意见 催报 提醒""",
    template=r"""(?:报告|年报|统计表)的?\)?(?:格式|模板|样式|范本|填报说明|编制说明|编写规范)
        (?:报告|年报|统计表)的?\)?(?:要求|制度|办法|规定)""",
    assessment="(?:报告|年报).*(?:考核|评估|检查|抽查|评查|通报)(?:结果|情况|报告)?$",
)
# … and these only when the title is not a full report title: an agency's own name may hold such a word.
_OTHERWISE = _vocabulary(
    work_report="政府工作报告 述职 国民经济.*计划",
    rule_of_law="法治 依法行政 行政执法(?!.{0,6}[局队委])",
    budget="决算 预算 三公 绩效",
    guide="指南",
    catalogue="目录 清单",
    rules="制度 办法$ 规定$ 条例 规程 实施方案 工作方案 要点 责任分工",
    template="格式 模板 样表",
    notice="通知$ 通报$ 的函$",
    assessment="考核 评估 检查 自查 测评 评议 总结",
    website_statement="网站.*(?:报表|年报|年度)",
    application="依申请公开 公开申请 意见箱",
    other_report="""(?:统计|环境|质量|财务|企业|社会责任|审计|安全|监管|人口|气象|水资源)(?!.{0,7}[局委办队]).{0,8}(?:年报|年度报告)
        (?:减排|信访(?!局)|检察|法院).{0,8}(?:年报|年度报告)""",
)


def judge(title: str, column: str | None = None) -> Judgement:
    """Judge a link by its title and the column it stands in.

    `column`: the breadcrumb (``政府信息公开年报 > 2020年``) or the address of the list; None where unknown. Prefer the
    link's ``title`` attribute to its text: texts are cut with ``…``.
    """
    text = _bare(title)
    inside = column is not None and (is_annual(column) or is_annual_url(column))
    if not text:
        return Judgement("other", "no title")
    year = _year_of(text)
    rest = _YEAR.sub("", _RANGE.sub("", text))
    match = _REPORT.search(rest)
    lookalike = _first(_ALWAYS, text) or _first(_ALWAYS, tidy(title)) or (None if match else _first(_OTHERWISE, text))
    if lookalike:
        return Judgement("lookalike", lookalike, year)
    if match:
        return _judge_named(rest, match, year, inside)
    return _judge_vague(text, rest, year, inside)


def _judge_named(rest: str, match: re.Match[str], year: int | None, inside: bool) -> Judgement:
    """A title that says 信息公开…报告."""
    agency = _agency(rest[: match.start()], match[0])
    scope = scope_shown(agency)
    if rest.endswith("通知"):
        return Judgement("maybe", "a notice that may carry the report", year, agency, scope)
    if year is not None or "汇编" in rest or "汇总" in rest:
        return Judgement("report", "title", year, agency, scope)
    if agency is None or is_group(agency):
        return Judgement("column", "names no year and no agency")
    return Judgement("maybe" if inside or is_agency(agency) else "column", "names no year", None, agency, scope)


def _judge_vague(text: str, rest: str, year: int | None, inside: bool) -> Judgement:
    """A title without the full phrase: cut off, a bare year, a bare agency, ``2022年年报``."""
    cut = bool(_CUT.search(text))
    stem = _CUT.sub("", rest)
    if cut and _cut_inside_phrase(stem) and (year is not None or inside):
        kind: Kind = "report" if year is not None and "信息公开" in stem else "maybe"
        agency = _agency(re.sub(r"(?:政府|政务)(?:信|信息|信息公|信息公开.*)?$", "", stem), "")
        return Judgement(kind, "cut title", year, agency, scope_shown(agency))
    if is_column_name(text):
        return Judgement("maybe" if year is not None and inside else "column", "a column's name", year)
    if _ENGLISH.search(text):
        return Judgement("maybe", "English title", year)
    if not inside:
        return Judgement("other", "no report in the title", year)
    if _WEAK.search(text) or (year is not None and (cut or len(stem.strip("()年度")) <= 2)):
        return Judgement("maybe", "vague title inside an annual column", year, _agency(_WEAK.sub("", rest), ""))
    if is_agency(stem.strip("()")) and not is_group(stem):
        return Judgement("maybe", "an agency's name inside an annual column", year, stem, scope_shown(stem))
    return Judgement("other", "no report in the title", year)


def _bare(title: str) -> str:
    text = tidy(title)
    text = _HAN_YEAR.sub(lambda found: found[0].translate(_HAN_DIGITS), text)
    if not re.fullmatch(_DATE, text):
        text = _DATE.sub("", text)
    before = None
    while before != text:
        before, text = text, _EXTENSION.sub("", _LEAD.sub("", text))
    return re.sub(r"^[\"“”「」,、:;。]+|[\"“”「」,、:;。]+$|[《》]", "", text)


def _year_of(text: str) -> int | None:
    """The year nearest before 信息公开, else the first year after it; None for a span of years."""
    if _RANGE.search(text):
        return None
    phrase = text.find("公开")
    years = [(found.start(), int(found[1])) for found in _YEAR.finditer(text)]
    before = [year for start, year in years if start < phrase]
    return before[-1] if before else (years[0][1] if years else None)


def _agency(before: str, phrase: str) -> str | None:
    name = re.sub(r"\([^)]*\)$|^(?:关于)?(?:公布|发布|印发|公开)?", "", before)
    name = re.sub(r"(?:关于|年度|年|的|工作)+$", "", name).strip("()[]【】·-—_:,、年度")
    if name.endswith("人民") and phrase.startswith("政府"):
        name += "政府"
    return name if len(name) >= 2 and not re.fullmatch(r"[\d.\-]+", name) else None


def _cut_inside_phrase(stem: str) -> bool:
    """Does `stem` break off inside 政府信息公开工作年度报告 (at least its first two characters are there)?"""
    if "信息公开" in stem:
        return True
    return any(stem.endswith(_STEM[:length]) for length in range(2, len(_STEM)))


def _first(table: _Vocabulary, text: str) -> str | None:
    return next((kind for kind, pattern in table if pattern.search(text)), None)
