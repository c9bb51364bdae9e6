"""Titles of reports, lookalikes and columns, in the shapes seen on portals."""

from __future__ import annotations

import pytest

from parsers.printed.scopes import scope_shown
from spiders.words.titles import judge

COLUMN = "首页 > 政府信息公开 > 政府信息公开年报"

REPORTS = [
    ("临清市科技局2020年度政府信息公开工作年度报告", 2020, "临清市科技局", "department"),
    ("临清市科技局 2020 年度 政府信息公开工作年度报告", 2020, "临清市科技局", "department"),
    ("2022年嘉祥县科学技术局政府信息公开工作年度报告", 2022, "嘉祥县科学技术局", "department"),
    ("２０２２年度嘉祥县科学技术局政府信息公开年报", 2022, "嘉祥县科学技术局", "department"),
    ("关于嘉祥县科技局2019年政府信息公开工作情况的报告", 2019, "嘉祥县科技局", "department"),
    ("甘谷县人民政府办公室2024年政府信息公开工作年度报告", 2024, "甘谷县人民政府办公室", "government_office"),
    ("甘谷县2024年政府信息公开工作年度报告", 2024, "甘谷县", "government_aggregate"),
    ("甘谷县人民政府2024年政府信息公开工作年度报告", 2024, "甘谷县人民政府", "government_aggregate"),
    ("甘谷县人民政府信息公开年度报告(2015年度)", 2015, "甘谷县人民政府", "government_aggregate"),
    ("王庄集镇人民政府2021年政府信息公开工作年度报告", 2021, "王庄集镇人民政府", "town_or_street"),
    ("城关街道办事处2021年政府信息公开工作年度报告", 2021, "城关街道办事处", "town_or_street"),
    ("济源示范区工科委2020年政府信息公开工作年度报告", 2020, "济源示范区工科委", "functional_zone"),
    ("舒兰市2016年政务信息公开年度报告", 2016, "舒兰市", "government_aggregate"),
    ("东莞市2010年政府信息公开工作报告", 2010, "东莞市", "government_aggregate"),
    ("市科技局2020年政府信息公开年报（图片版）", 2020, "市科技局", "department"),
    ("市科技局2020年政府信息公开年报（超链版）.pdf", 2020, "市科技局", "department"),
    ("市科技局政府信息公开2022年年度报告", 2022, "市科技局", "department"),
    ("二〇一三年市科技局政府信息公开年度报告", 2013, "市科技局", "department"),
    ("·[政府信息公开年报]市科技局2020年政府信息公开工作年度报告2021-01-25", 2020, "市科技局", "department"),
    ("2022年政府信息公开工作年度报告", 2022, None, None),
    ("市财政预算评审中心2022年政府信息公开工作年度报告", 2022, "市财政预算评审中心", "department"),
    ("县绩效考核办2022年政府信息公开工作年度报告", 2022, "县绩效考核办", "department"),
    ("县科技局2020年政府信息公开工作年…", 2020, "县科技局", "department"),
    ("【2022年】县科技局政府信息公开工作年度报告", 2022, "县科技局", "department"),
    ("县科技局政府信息公开2022年报", 2022, "县科技局", "department"),
    ("县科技局2022年度政府信息主动公开年度报告", 2022, "县科技局", "department"),
    ("县科技局2016年政府信息公开情况统计表", 2016, "县科技局", "department"),
]

LOOKALIKES = [
    ("2022年政府网站工作年度报表", "website_statement"),
    ("县科技局2022年政府网站监管年度报表", "website_statement"),
    ("2022年度法治政府建设年度报告", "rule_of_law"),
    ("县科技局2022年度部门决算公开", "budget"),
    ("关于做好2022年政府信息公开工作年度报告编制和发布工作的通知", "notice"),
    ("关于报送2022年政府信息公开年度报告的通知 2023-01-05", "notice"),
    ("政府信息公开工作年度报告格式", "template"),
    ("政府信息公开年度报告制度", "template"),
    ("县科技局政府信息公开指南", "guide"),
    ("县科技局政府信息公开目录", "catalogue"),
    ("图解：县科技局2022年政府信息公开工作年度报告", "explainer"),
    ("一图读懂2022年政府信息公开年报", "explainer"),
    ("县科技局2022年上半年政府信息公开工作报告", "partial_year"),
    ("2022年第三季度政府信息公开情况统计表", "partial_year"),
    ("2022年党务公开工作年度报告", "party_affairs"),
    ("2022年公共企事业单位信息公开年报", "institution"),
    ("2022年政府工作报告", "work_report"),
    ("2022年政务公开工作要点", "rules"),
    ("2022年环境质量年报", "other_report"),
    ("县环保局2022年环境信息公开年度报告", "other_report"),
    ("县供电公司2022年企业信息公开年报", "other_report"),
    ("【图解】2022年政府信息公开年报", "explainer"),
    ("县2022年1-6月政府信息公开情况报告", "partial_year"),
]


@pytest.mark.parametrize(("title", "year", "agency", "scope"), REPORTS)
def test_reports(title: str, year: int, agency: str | None, scope: str | None) -> None:
    found = judge(title)
    assert (found.kind, found.year, found.agency, found.scope) == ("report", year, agency, scope)


@pytest.mark.parametrize(("title", "reason"), LOOKALIKES)
@pytest.mark.parametrize("column", [None, COLUMN])
def test_lookalikes_are_named_in_and_out_of_the_column(title: str, reason: str, column: str | None) -> None:
    found = judge(title, column)
    assert (found.kind, found.reason) == ("lookalike", reason)


@pytest.mark.parametrize(
    "title",
    [
        "2022年",
        "2022年度",
        "区科技局",
        "王庄集镇",
        "2022年年报",
        "2022年度报告",
        "区科技局年报",
        "区科技局2022年政…",
        "区科技局2022…",
    ],
)
def test_a_vague_title_counts_only_inside_an_annual_column(title: str) -> None:
    assert judge(title, COLUMN).kind == "maybe"
    assert judge(title, "http://www.example.gov.cn/zwgk/zfxxgknb/index.html").kind == "maybe"
    assert judge(title).kind not in {"report", "lookalike"}


@pytest.mark.parametrize(
    "title",
    [
        "政府信息公开年报",
        "政府信息公开工作年度报告",
        "市政府部门信息公开年报",
        "乡镇街道政府信息公开年报",
        "信息公开年报",
        "年度报告",
    ],
)
def test_columns(title: str) -> None:
    assert judge(title).kind == "column"


@pytest.mark.parametrize("agency", ["统计局", "审计局", "生态环境局", "信访局", "城市管理综合行政执法局", "应急管理局"])
def test_an_agency_may_be_called_like_a_lookalike(agency: str) -> None:
    assert judge(f"云溪县{agency}2023年年报", COLUMN).kind == "maybe"
    assert judge(f"云溪县{agency}", COLUMN).kind == "maybe"


@pytest.mark.parametrize(
    "title", ["2022年统计年报", "2022年度环境质量年度报告", "行政执法年度报告2022", "2021年企业年报"]
)
def test_reports_of_other_kinds_inside_the_column(title: str) -> None:
    assert judge(title, COLUMN).kind == "lookalike"


@pytest.mark.parametrize(
    "title", ["", "首页", "领导活动", "县科技局召开会议", "科技创新券管理", "2022年1月5日", "更多"]
)
def test_nothing_of_ours(title: str) -> None:
    assert judge(title).kind == "other"
    assert judge(title, COLUMN).kind == "other"


def test_a_notice_that_publishes_a_report_is_fetched() -> None:
    assert judge("关于公布2019年政府信息公开年度报告的通知").kind == "maybe"


def test_the_year_is_the_reported_one_not_the_date_of_publication() -> None:
    assert judge("2023年1月发布：县科技局2022年政府信息公开年报").year == 2022
    assert judge("县科技局2018年政府信息公开年度报告 2020-06-22").year == 2018
    assert judge("2008-2012年政府信息公开年报汇编").year is None


@pytest.mark.parametrize(
    ("agency", "scope"), [("市第一中学", "public_institution"), ("高新区管委会", "functional_zone"), (None, None)]
)
def test_scopes(agency: str | None, scope: str | None) -> None:
    assert scope_shown(agency) == scope
