"""Whose report, for which year: titles as they are really printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.metadata.dates import iso_date
from parsers.metadata.describe import describe
from parsers.printed.scopes import scope_of
from parsers.printed.titles_and_agencies import is_short_for, read_title
from parsers.report import Hints

TITLES = [
    ("关于2020年度甲县民政局政府信息公开工作报告", "甲县民政局", 2020, "department"),
    ("2020年甲市政府信息公开年报", "甲市", 2020, "government_aggregate"),
    ("二〇二〇年平潭县政府信息公开工作年度报告", "平潭县", 2020, "government_aggregate"),
    ("舒兰市2016年政务信息公开年度报告", "舒兰市", 2016, "government_aggregate"),
    ("东莞市统计局2010年信息公开工作报告", "东莞市统计局", 2010, "department"),
    ("甲县教育局2021年度政府信息公开年报（图片版）", "甲县教育局", 2021, "department"),
    ("甲县人民政府办公室2024年政府信息公开工作年度报告", "甲县人民政府办公室", 2024, "government_office"),
    ("甲县乙镇人民政府2022年政府信息公开工作年度报告.pdf", "甲县乙镇人民政府", 2022, "town_or_street"),
    ("甲市经济技术开发区管委会2022年政府信息公开工作年度报告", "甲市经济技术开发区管委会", 2022, "functional_zone"),
    ("临清市科技局 2020 年度 政府信息公开工作年度报告", "临清市科技局", 2020, "department"),
    ("甲局政府信息公开工作年度报告（2021年）", "甲局", 2021, "department"),
    ("2021年度政府信息公开工作年度报告", None, 2021, None),
    ("甲县人民政府信息公开工作年度报告（2022年）", "甲县人民政府", 2022, "government_aggregate"),
    ("甲县审计局政府信息公开2022年度报告", "甲县审计局", 2022, "department"),
    ("【2022年】甲县审计局政府信息公开工作年度报告", "甲县审计局", 2022, "department"),
    ("甲县审计局关于2022年政府信息公开工作年度报告的公示", "甲县审计局", 2022, "department"),
    ("甲县第一中学2022年信息公开年度报告", "甲县第一中学", 2022, "public_institution"),
    ("甲县供销合作社联合社2022年政府信息公开工作年度报告", "甲县供销合作社联合社", 2022, "department"),
    ("甲县新河街道办事处2022年政府信息公开年报", "甲县新河街道办事处", 2022, "town_or_street"),
    ("甲经济技术开发区2022年政府信息公开工作年度报告", "甲经济技术开发区", 2022, "functional_zone"),
]


@pytest.mark.parametrize(("text", "agency", "year", "scope"), TITLES)
def test_titles(text: str, agency: str | None, year: int, scope: str | None) -> None:
    found = read_title(text)
    assert found is not None
    assert (found.agency, found.year, scope_of(found.agency)) == (agency, year, scope)


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2022年政府信息公开工作年度报告编制公布工作的通知",
        "中华人民共和国政府信息公开工作年度报告格式",
        "甲县2022年政府信息公开工作年度报告解读",
        "甲县2022年政府工作报告",
        "甲县政府网站工作年度报表（2022年度）",
    ],
)
def test_texts_about_reports_are_no_titles(text: str) -> None:
    assert read_title(text) is None


@pytest.mark.parametrize(
    ("number", "agency", "year", "published"),
    [
        (0, "临清市科技局", 2020, None),
        (1, "济源示范区工业和科技创新委员会", 2020, None),
        (2, "嘉祥县科学技术局", 2022, None),
        (3, "牡丹江市科学技术局", 2020, "2021-01-14"),
        (4, "河北区科学技术局", 2020, None),
    ],
)
def test_the_seeds(seeds: Path, number: int, agency: str, year: int, published: str | None) -> None:
    from parsers.extract import extract

    report = extract(next(seeds.glob(f"{number:03d}_*.txt")).read_bytes()).report
    assert report is not None
    assert (report.agency, report.year, report.published_on) == (agency, year, published)


def content(*lines: str, **meta: str) -> Content:
    return Content("text/html", "html", tuple(Paragraph(line) for line in lines), meta=meta)


STALE = "本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"


def test_a_stale_period_does_not_move_the_report_and_is_said() -> None:
    found = describe(content("甲县乙局2022年政府信息公开工作年度报告", STALE), Hints())
    assert found.year == 2022
    assert [(one.code, one.message) for one in found.findings] == [
        ("YEAR-CONFLICT", "各处所写的年度不一致：标题为 2022，统计期限为 2021；这里取 2022")
    ]


def test_a_stale_title_is_outvoted_by_what_the_page_the_list_and_the_text_say() -> None:
    lines = ("甲县乙局2020年政府信息公开工作年度报告", STALE, "一、总体情况", "2021年，我局主动公开信息9条。")
    found = describe(content(*lines), Hints(title="甲县乙局2021年政府信息公开工作年度报告", year=2021))
    assert (found.year, found.title) == (2021, lines[0])
    assert [one.code for one in found.findings] == ["YEAR-CONFLICT"]


def test_the_year_where_the_title_is_silent() -> None:
    untitled = "甲县乙局政府信息公开工作年度报告"
    column = {"breadcrumb": "首页 > 政府信息公开年报 > 2021年 > 正文"}
    url = "http://a/module/xxgk/xxgkAnnualReport.jsp?area=1137&fbtime=2020"
    assert describe(content(untitled, **column), Hints(year=2019, url=url)).year == 2019
    assert describe(content(untitled, **column), Hints(url=url)).year == 2020
    assert describe(content(untitled, **column), Hints()).year == 2021
    table = Table((Cell(0, 0, "本年（2023）制发件数", Place()),))
    assert describe(Content("x", "x", (Paragraph(untitled), table)), Hints()).year == 2023
    assert describe(content(untitled, published_on="2023-01-20"), Hints()).year == 2022


def test_a_misprinted_period_is_no_year() -> None:
    made = content("甲县乙局2022年政府信息公开工作年度报告", "统计期限自2021年1月1日起至2022年12月31日止。")
    assert describe(made, Hints()).year == 2022


def test_the_printed_title_is_stronger_than_the_pages() -> None:
    made = content("甲县乙局2022年政府信息公开工作年度报告", title="丙县丁局2021年政府信息公开工作年度报告")
    found = describe(made, Hints())
    assert (found.agency, found.year) == ("甲县乙局", 2022)


def test_a_title_without_agency_is_completed_by_the_page() -> None:
    made = content("2022年政府信息公开工作年度报告", title="甲县乙局2022年政府信息公开工作年度报告")
    assert describe(made, Hints()).agency == "甲县乙局"


def test_the_signature_names_the_agency() -> None:
    made = content("2022年政府信息公开工作年度报告", "六、其他需要报告的事项", "无", "甲县水务局", "2023年1月20日")
    found = describe(made, Hints(agency="丙县丁局"))
    assert (found.agency, found.published_on) == ("甲县水务局", "2023-01-20")


@pytest.mark.parametrize(
    "signed",
    [
        "2023-01-20",
        "2023.1.20",
        "甲县水务局 2023年1月20日",
        "本年度未收取信息处理费。甲县水务局2023年1月20日",
    ],
)
def test_dates_at_the_end(signed: str) -> None:
    made = content("甲县水务局2022年政府信息公开工作年度报告", *"一二三四五六七八九十十一十二", "六、其他", signed)
    assert describe(made, Hints()).published_on == "2023-01-20"


@pytest.mark.parametrize(
    "line",
    [
        "2023-01-20 09:30:00",
        "[2023/1/20]",
        "2023-1-20 1:05 来源：甲县水务局",
        "发布于 2023-01-20",
        "发表时间：2023-01-20",
        "日期：2023-01-20 浏览：35",
    ],
)
def test_dates_below_the_title(line: str) -> None:
    made = content("首页", "甲县水务局2022年政府信息公开工作年度报告", line, "一、总体情况")
    assert describe(made, Hints()).published_on == "2023-01-20"


def test_a_date_of_something_else_is_not_that_of_the_report() -> None:
    made = content("甲县水务局2022年政府信息公开工作年度报告", *"一二三四五六七八九十十一十二", "工作始于2023年1月20日")
    assert describe(made, Hints()).published_on is None


def test_brackets_stay_as_printed() -> None:
    found = describe(content("甲县自然资源局（林业局）2022年政府信息公开工作年度报告"), Hints())
    assert found.agency == "甲县自然资源局（林业局）"


def test_a_labelled_date_in_the_text() -> None:
    made = content("甲县乙局2022年政府信息公开工作年度报告", "发布时间：2023-01-20 08:58 来源：甲县乙局")
    assert describe(made, Hints()).published_on == "2023-01-20"


def test_a_title_over_two_lines() -> None:
    made = content("甲县科学技术局", "2022年政府信息公开", "工作年度报告", "一、总体情况")
    assert describe(made, Hints()).title == "甲县科学技术局2022年政府信息公开工作年度报告"


ABOVE = [
    "首页",
    "政务公开",
    "甲县水务局文件",
    "甲县人民政府门户网站",
    "公开方式：主动公开",
    "2023年第1号",
    "甲县",
    "报告",
]


@pytest.mark.parametrize("line", ABOVE)
def test_a_line_above_the_title_is_no_part_of_the_agency(line: str) -> None:
    whole = content(line, "甲县水务局2022年政府信息公开工作年度报告", "一、总体情况")
    broken = content(line, "甲县水务局", "2022年政府信息公开工作年度报告", "一、总体情况")
    for made in (whole, broken):
        found = describe(made, Hints())
        assert (found.agency, found.year, found.title) == (
            "甲县水务局",
            2022,
            "甲县水务局2022年政府信息公开工作年度报告",
        )


def test_a_place_above_the_title_is_its_beginning() -> None:
    made = content("首页", "甲县", "水务局2022年政府信息公开工作年度报告", "一、总体情况")
    assert describe(made, Hints()).agency == "甲县水务局"


def test_the_opening_sentence_names_the_agency_that_the_title_leaves_out() -> None:
    made = content("2022年政府信息公开工作年度报告", "本报告由甲县水务局按照《条例》要求编制。")
    assert describe(made, Hints()).agency == "甲县水务局"


def test_a_date_before_the_reported_year_is_a_dead_clock() -> None:
    made = content("甲县乙局2022年政府信息公开工作年度报告", published_on="2019-12-03")
    assert describe(made, Hints(published_on="2023-01-20")).published_on == "2023-01-20"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年1月5日", "2023-01-05"),
        ("发布时间：2022-01-12 15:12:36", "2022-01-12"),
        ("二〇二一年一月十四日", "2021-01-14"),
        ("2023年13月5日", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_short_names() -> None:
    assert is_short_for("工科委", "工业和科技创新委员会")
    assert not is_short_for("财政局", "工业和科技创新委员会")
