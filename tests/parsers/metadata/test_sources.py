"""Every source of agency, year and date, and what is said where they disagree."""

from __future__ import annotations

import pytest

from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.formats.html import html
from parsers.metadata.agencies import related
from parsers.metadata.describe import Metadata, describe
from parsers.report import Hints

TITLE = "甲县水务局2022年政府信息公开工作年度报告"


def read(*lines: str, hints: Hints | None = None, **meta: str) -> Metadata:
    blocks = tuple(Paragraph(line, Place(path=f"line {number}")) for number, line in enumerate(lines, 1))
    return describe(Content("text/html", "html", blocks, meta=meta), hints or Hints())


def codes(found: Metadata) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("line", "agency", "year"),
    [
        ("现将我局2022年度政府信息公开工作报告如下：", None, 2022),
        ("现将本单位2022年政府信息公开工作年度报告公布如下：", None, 2022),
        ("根据要求，现将市文化和旅游局2022年政府信息公开年度工作报告如下:", "市文化和旅游局", 2022),
        ("现就鹤游镇2022年政府信息公开工作情况报告如下:", "鹤游镇", 2022),
        ("根据规定，现公布清远市教育局2022年度政府信息公开年度报告。", "清远市教育局", 2022),
        ("現公布清遠市教育局2022年度政府信息公開年度報告。", "清远市教育局", 2022),
        ("2022年,海城市卫生健康局认真贯彻落实《条例》。", "海城市卫生健康局", 2022),
        ("2022年以来,丰收乡在县委县政府的正确领导下。", "丰收乡", 2022),
        ("结合2022年理县各乡镇人民政府及县政府各工作部门的政府信息公开工作年度报告编成本报告。", "理县", None),
        ("由伊宁县人民政府办公室编制。", "伊宁县人民政府办公室", None),
        ("2022年，我局主动公开信息9条。", None, 2022),
        ("2022年，县委高度重视。", None, 2022),
    ],
)
def test_what_a_sentence_says(line: str, agency: str | None, year: int | None) -> None:
    found = read("一、总体情况", line)
    assert (found.agency, found.year) == (agency, year)


def test_evidence_has_its_place_and_its_words() -> None:
    found = read("首页 > 年报", TITLE, "统计期限自2022年1月1日起至2022年12月31日止。", "发布时间：2023-01-20")
    told = {(one.field, one.kind): (one.value, one.place.path) for one in found.evidence}
    assert told["agency", "title"] == ("甲县水务局", "line 2")
    assert told["year", "period"] == (2022, "line 3")
    assert told["published_on", "label"] == ("2023-01-20", "line 4")
    assert codes(found) == []


@pytest.mark.parametrize(
    "other",
    ["乙县水务局", "甲县民政局", "甲县", "丙市丁县水务局"],
)
def test_a_list_that_leads_to_another_bodys_report(other: str) -> None:
    found = read(TITLE, hints=Hints(title=f"{other}2022年政府信息公开工作年度报告", agency=other, year=2022))
    assert found.agency == "甲县水务局"
    assert codes(found) == ["AGENCY-CONFLICT"]
    assert "列表为" in found.findings[0].message


SAME = [
    ("甲县水务局", "县水务局"),
    ("甲县水务局", "云州市甲县水务局"),
    ("水务局", "甲县水务局"),
    ("甲县文化和旅游局", "甲县文旅局"),
    ("甲县卫生健康委员会", "县卫健委"),
    ("甲县", "甲县人民政府办公室"),
    ("甲县人民政府", "甲县政府办"),
    ("中村乡", "甲县中村乡人民政府"),
    ("甲县水务局", "甲县水务局办公室"),
    ("平潭综合实验区", "平潭综合实验区管委会"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_may_mean_one_body(one: str, other: str) -> None:
    assert related(one, other)
    assert related(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("甲县水务局", "乙县水务局"), ("甲县水务局", "甲县民政局"), ("甲县", "甲县民政局"), ("甲县乙镇", "甲县丙镇")],
)
def test_names_that_cannot(one: str, other: str) -> None:
    assert not related(one, other)
    assert not related(other, one)


def test_a_signature_of_another_body() -> None:
    found = read(TITLE, "一、总体情况", "甲县民政局", "2023年1月20日")
    assert (found.agency, codes(found)) == ("甲县水务局", ["AGENCY-CONFLICT"])


def test_the_compiler_need_not_be_the_reporting_body() -> None:
    found = read("甲县2022年政府信息公开工作年度报告", "本报告由甲县政务服务局编制。")
    assert (found.agency, codes(found)) == ("甲县", [])


def test_a_list_of_another_year() -> None:
    found = read(TITLE, hints=Hints(title="甲县水务局2021年政府信息公开工作年度报告", year=2021))
    assert (found.year, codes(found)) == (2022, ["YEAR-CONFLICT"])


def test_a_table_head_of_another_year() -> None:
    table = Table((Cell(0, 0, "本年（2021）制发件数", Place(path="cell")),))
    found = describe(Content("x", "x", (Paragraph(TITLE), table)), Hints())
    assert (found.year, codes(found)) == (2022, ["YEAR-CONFLICT"])


DATES = [
    ("label", "发布时间：2023-02-30", "日历上没有"),
    ("label", "发布日期：2021-03-01", "早于所报告的"),
    ("label", "发布日期：2031-03-01", "晚于收集之日"),
    ("written", "成文日期：2021-03-01", "早于所报告的"),
]


@pytest.mark.parametrize(("kind", "line", "reason"), DATES)
def test_a_date_that_cannot_be_is_said_and_not_taken(kind: str, line: str, reason: str) -> None:
    found = read(TITLE, line, hints=Hints(published_on="2023-01-20", seen_on="2024-05-01"))
    assert (found.published_on, codes(found)) == ("2023-01-20", ["DATE-IMPOSSIBLE"])
    assert reason in found.findings[0].message
    assert (kind, "list") == tuple(one.kind for one in found.evidence if one.field == "published_on")


def test_a_report_of_no_year_is_not_older_than_the_regulation() -> None:
    found = read("甲县水务局政府信息公开工作年度报告", "发布时间：2005-03-01")
    assert (found.published_on, codes(found)) == (None, ["DATE-IMPOSSIBLE"])


def test_a_year_that_has_not_begun() -> None:
    lines = ("甲县水务局2032年政府信息公开工作年度报告", "统计期限自2022年1月1日起至2022年12月31日止。")
    found = read(*lines, hints=Hints(seen_on="2024-05-01"))
    assert (found.year, codes(found)) == (2022, ["YEAR-CONFLICT", "DATE-IMPOSSIBLE"])


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("发布时间： 2023-01-20 10:30", TITLE), "label"),
        ((TITLE, "发布日期：", "2023年01月20日 来源：甲县水务局"), "label"),
        ((TITLE, "公开日期: 2023/1/20"), "label"),
        ((TITLE, "2023年01月20日来源:甲县水务局"), "stamp"),
        ((TITLE, "成文日期：2023年1月20日"), "written"),
        ((TITLE, "更新时间：2023-01-20"), "updated"),
        ((TITLE, "一、总体情况", "甲县水务局", "2023年1月20日"), "signature"),
    ],
)
def test_sources_of_the_date(lines: tuple[str, ...], kind: str) -> None:
    found = read(*lines, hints=Hints(published_on="2023-03-03"))
    assert found.published_on == "2023-01-20"
    assert next(one.kind for one in found.evidence if one.field == "published_on") == kind


def test_the_order_of_the_sources_of_the_date() -> None:
    lines = (TITLE, "发布时间：2023-01-20", "成文日期：2023-01-10", "一、总体情况", "甲县水务局", "2023年1月5日")
    tag = {"published_tag": "2023-01-15 10:00"}
    assert read(*lines, **tag).published_on == "2023-01-20"
    assert read(lines[0], *lines[2:], **tag).published_on == "2023-01-15"
    assert read(lines[0], *lines[2:]).published_on == "2023-01-10"
    assert read(lines[0], *lines[3:], hints=Hints(published_on="2023-03-03")).published_on == "2023-01-05"
    assert read(TITLE, hints=Hints(published_on="2023-03-03")).published_on == "2023-03-03"


def test_the_card_above_a_document() -> None:
    rows = [["索 引 号", "0123/2023-1", "发布机构", "甲县水务局"], ["公开日期", "2023-01-20", "文 号", ""]]
    cells = tuple(Cell(r, c, text, Place()) for r, row in enumerate(rows) for c, text in enumerate(row))
    found = describe(Content("application/pdf", "pdf", (Table(cells), Paragraph(TITLE))), Hints())
    assert found.published_on == "2023-01-20"


@pytest.mark.parametrize("agency", ["关岭县水务局", "于洪区教育局"])
def test_places_that_begin_like_other_words(agency: str) -> None:
    assert read(f"{agency}2022年政府信息公开工作年度报告").agency == agency


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("某某官网:教育局2022年政府信息公开工作年度报告", "教育局"),
        ("甲县人民政府门户网站2022年政府信息公开工作年度报告", None),
        ("各部门2022年政府信息公开工作年度报告", None),
        ("甲县各乡镇2022年政府信息公开工作年度报告", None),
        ("我局2022年政府信息公开工作年度报告", None),
        ("甲县七家子镇2022年政府信息公开 工作告年度报", "甲县七家子镇"),
        ("麻陽苗族自治縣板栗樹鄉人民政府2022年政府信息公開工作年度報告", "麻阳苗族自治县板栗树乡人民政府"),
    ],
)
def test_what_is_a_name_and_what_not(title: str, agency: str | None) -> None:
    found = read(title)
    assert (found.agency, found.year) == (agency, 2022)


def test_a_list_of_other_reports_above_the_text_names_nobody() -> None:
    others = "".join(
        f"<li>{name}局{year}年政府信息公开工作年度报告</li>" for name in ("民政", "教育") for year in (2020, 2024)
    )
    page = f"<ul>{others}</ul><h1>临漳县农业农村局2021年政府信息公开工作年度报告</h1><p>一年来，认真落实条例。</p>"
    found = describe(html.read(f"<html><body>{page}</body></html>".encode()), Hints())
    assert (found.agency, found.year) == ("临漳县农业农村局", 2021)


@pytest.mark.parametrize(
    "line",
    [
        "2022年1月1日起至2022年12月31日止。",
        "2022年1月1日至12月31日。",
        "2022.01.01—2022.12.31",
        "2022年1月1日，新办法施行。",
        "2022年3月1日以来，我局",
    ],
)
def test_a_sentence_that_the_page_breaks_at_a_date_is_no_stamp(line: str) -> None:
    """The line above it ends with 统计期限自: a period of figures was once said to be an impossible date."""
    found = read(TITLE, "按照《条例》要求编制本报告，所列数据的统计期限自", line)
    assert codes(found) == []
    assert [one for one in found.evidence if one.field == "published_on"] == []
