"""Menu words are open: whatever names annual reports and no other sort of report is a column of ours."""

from __future__ import annotations

import pytest

from spiders.words.menus import ANNUAL, GATEWAY, is_annual, rank


@pytest.mark.parametrize(
    "text",
    """政府信息公开年报 信息公开年度报告 政府信息公开工作年度报告 公开年报 历年年报 各单位年报 区直部门年报
    年报专栏 年报查询 2022年政府信息公开年报 信息公开工作年报 年度报告 政府信息公开年报（县直部门） 政务公开年度报告
    年度工作报告 政府信息公开年报公示 财政局政府信息公开年报 信息公开年报汇总""".split(),
)
def test_names_of_annual_columns(text: str) -> None:
    assert rank(text, "http://a.gov.cn/x/") >= ANNUAL, text
    assert is_annual(text)


@pytest.mark.parametrize(
    "text",
    """法治政府建设年度报告 政府网站工作年度报表 企业年报 公积金年度报告 财政预算年度报告 统计年报 环境质量年报
    政府工作报告 事业单位年度报告 社会组织年报 行政执法年报 年报解读 知识产权年度报告""".split(),
)
def test_other_annual_reports(text: str) -> None:
    assert rank(text, "http://a.gov.cn/x/") < GATEWAY, text


def test_the_order_of_menus() -> None:
    texts = "政府信息公开年报 历年年报 政府信息公开 法定主动公开内容 政务公开 部门信息公开"
    texts += " 公开目录 公开指南 部门 专题专栏 新闻"
    ranks = [rank(text, "http://a.gov.cn/x/") for text in texts.split()]
    assert ranks == sorted(ranks, reverse=True)
    assert ranks[-1] == 0
    assert rank("其他", "http://a.gov.cn/zwgk/zfxxgknb/") == ANNUAL
