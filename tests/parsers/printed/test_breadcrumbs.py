"""The way to a page, in any shape."""

from __future__ import annotations

import pytest

from parsers.content import Content, Paragraph
from parsers.metadata.describe import describe
from parsers.printed.breadcrumbs import last_step, steps, without_ways
from parsers.printed.titles_and_agencies import read_title
from parsers.report import Hints

TITLE = "2020年甲区文化和旅游局政府信息公开工作年度报告"
WAYS = [
    "首页 > 政务公开 > 区文旅局 > 政府信息公开年报",
    "首页>>政务公开>>区文旅局>>政府信息公开年报",
    "首页＞政务公开＞区文旅局＞政府信息公开年报",
    "首页 - 政务公开 - 区文旅局 - 政府信息公开年报",
    "首页 → 政务公开 → 区文旅局 → 政府信息公开年报",
    "首页 / 政务公开 / 区文旅局 / 政府信息公开年报",
    "首页 » 政务公开 » 区文旅局 » 政府信息公开年报",
    "首页 | 政务公开 | 区文旅局 | 政府信息公开年报",
    "首页 :: 政务公开 :: 区文旅局 :: 政府信息公开年报",
    "首页 政务公开 区文旅局 政府信息公开年报",
    "当前位置：首页 > 政务公开 > 区文旅局 > 政府信息公开年报",
    "您现在的位置:当前位置: 首页 > 信息公开目录 > 区文旅局 > 信息公开年报",
    "您的位置：政务公开 > 区文旅局",
    "政务公开 > 区文旅局 > 2020年 > 部门政府信息公开工作年度报告",
    "网站首页 > 政府信息公开年报 > 2020年 > 部门政府信息公开工作年度报告",
    "首页 > 政府信息公开年报 > 2020 > 街道办事处政府信息公开工作年度报告",
    f"首页 > 政府信息公开年报 > {TITLE}",
]


def content(*lines: str, **meta: str) -> Content:
    return Content("text/html", "html", tuple(Paragraph(line) for line in lines), meta=meta)


@pytest.mark.parametrize("way", WAYS)
def test_a_way_names_no_agency(way: str) -> None:
    assert len(steps(way)) > 1
    for title in (TITLE, "2020年政府信息公开工作年度报告"):
        found = describe(content(way, title, "一、总体情况", "我局依法公开。"), Hints())
        assert found.agency == ("甲区文化和旅游局" if title == TITLE or TITLE in way else None)
        assert (found.year, found.title) in ((2020, title), (2020, TITLE))


@pytest.mark.parametrize(
    "listed",
    [
        ("首页", "政务公开", "区文旅局", "政府信息公开年报"),
        ("网站首页", "信息公开目录", "乡镇街道", "区文旅局", "2020年"),
        ("当前位置：", "首页", "政务公开", "部门信息公开目录"),
    ],
)
def test_a_way_with_a_step_a_line(listed: tuple[str, ...]) -> None:
    found = describe(content(*listed, TITLE, "一、总体情况"), Hints())
    assert (found.agency, found.year, found.title) == ("甲区文化和旅游局", 2020, TITLE)


def test_a_title_that_only_the_way_prints() -> None:
    found = describe(content("一、总体情况", breadcrumb=f"首页 > 政府信息公开年报 > {TITLE}"), Hints())
    assert (found.agency, found.year, found.title) == ("甲区文化和旅游局", 2020, TITLE)


@pytest.mark.parametrize(
    "line",
    [TITLE, "甲县民政局", "2023年收到5件，>上年", "一、总体情况", "规章 / 规范性文件", "甲县-乙局", "首页政务公开栏目"],
)
def test_other_lines_are_no_ways(line: str) -> None:
    assert not steps(line)
    assert last_step(line) == line


def test_only_the_lines_of_the_way_are_left_out() -> None:
    assert without_ways(["首页", "政务公开", "区文旅局", "政府信息公开年报", TITLE]) == [4]
    assert without_ways(["首页", "甲县", "水务局2022年政府信息公开工作年度报告"]) == [1, 2]


@pytest.mark.parametrize(
    "text", ["首页 > 民政局 > 2020年政府信息公开工作年度报告", "甲县>民政局2020年政府信息公开年报"]
)
def test_no_name_holds_an_arrow(text: str) -> None:
    titled = read_title(text)
    assert titled is not None
    assert titled.agency in (None, "民政局")


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("甲县水务局甲县水务局2022年政府信息公开工作年度报告", "甲县水务局"),
        ("甲县人民政府甲县人民政府2022年政府信息公开工作年度报告", "甲县人民政府"),
        ("甲县水务局2022年政府信息公开工作年度报告", "甲县水务局"),
    ],
)
def test_a_head_and_a_title_in_one_line_name_one_agency(title: str, agency: str) -> None:
    found = read_title(title)
    assert found is not None
    assert found.agency == agency
