"""What is not a report, and why."""

from __future__ import annotations

import pytest

from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.formats.html.notes import HIDDEN
from parsers.lookalikes.judge import judge
from parsers.metadata.describe import describe
from parsers.report import Hints

LONG = "我局认真贯彻落实政府信息公开条例，主动公开政府信息，依法办理依申请公开，公开工作取得成效。" * 30
FORM = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理")


def verdict(
    *lines: str, labels: tuple[str, ...] = (), tables: frozenset[str] = frozenset(), **more: object
) -> str | None:
    cells = tuple(Cell(number, 0, label, Place(path="x")) for number, label in enumerate(labels))
    blocks = (*(Paragraph(line) for line in lines), *((Table(cells),) if cells else ()))
    content = Content("text/html", "html", blocks, **more)  # type: ignore[arg-type]
    return judge(content, set(tables), describe(content, Hints())).kind


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (
            "website_statement",
            ("甲县政府网站工作年度报表（2022年度）", "网站标识码 9901010001 独立用户访问总量 120345"),
        ),
        ("work_report", ("2022年甲县政府工作报告", "地区生产总值增长6%。" * 50)),
        ("rule_of_law", ("甲县2022年法治政府建设情况报告", LONG)),
        ("budget", ("甲县财政局2022年度部门决算公开", LONG)),
        ("guide", ("甲县政府信息公开指南", LONG)),
        ("explainer", ("一图读懂甲县2022年政府信息公开工作年度报告", "图")),
        ("notice", ("关于做好2022年政府信息公开工作年度报告编制公布工作的通知", "各乡镇：请于1月20日前报送。")),
        ("placeholder", ("甲县民政局2024年政府信息公开工作年度报告", "内容更新中")),
        ("placeholder", ("甲县民政局2024年政府信息公开工作年度报告",)),
        ("party", ("甲县2022年党务公开工作年度报告", LONG)),
        ("placeholder", ()),
        ("placeholder", ("{{ title }}", "{{ content }}")),
        ("website_statement", ("甲县2022年政府网站和政务新媒体监管工作年度报表", LONG)),
        ("evaluation", ("甲县2022年政务公开工作考核结果通报", LONG)),
        ("evaluation", ("甲县2022年政务公开工作总结", LONG)),
        ("rule_of_law", ("甲县2022年法治建设工作报告", LONG)),
        ("enterprise", ("甲县自来水公司2022年信息公开年报", LONG)),
        ("error_page", ("抱歉，您访问的页面不存在或已删除！", "返回首页")),
        ("error_page", ("系统提示", "抱歉，您无权访问此页面")),
        ("index", tuple(f"甲县{name}局2022年政府信息公开工作年度报告 2023-01-20" for name in "农财水林文教审")),
        ("english", ("Annual Report on Government Information Disclosure 2022", "The county disclosed. " * 50)),
        ("other", ("甲县政府信息公开工作推进会召开", "1月5日，县政府召开政府信息公开工作推进会。" * 10)),
        ("other", ("今天天气很好。",)),
    ],
)
def test_lookalikes(kind: str, lines: tuple[str, ...]) -> None:
    assert verdict(*lines) == kind


def test_numbers_in_the_form_make_a_report() -> None:
    assert verdict("任意标题", labels=FORM, tables=frozenset({"requests"})) is None


@pytest.mark.parametrize(
    "agency", ["甲县政府网站管理中心", "甲县法治政府建设办公室", "甲县预算评审中心", "甲县依法行政办"]
)
def test_an_agencys_name_is_no_lookalike(agency: str) -> None:
    title = f"{agency}2022年政府信息公开工作年度报告"
    assert verdict(title, "网站标识码：9901020001", labels=FORM, tables=frozenset({"requests"})) is None


@pytest.mark.parametrize("title", ["甲县2023年度政府信息公开目标任务分解表", "甲县政府信息公开工作计划表"])
def test_a_plan_with_numbers_is_no_report(title: str) -> None:
    assert verdict(title, labels=FORM, tables=frozenset({"requests"})) == "guide"


def test_half_a_year_is_no_year() -> None:
    assert verdict("甲区2022年上半年政府信息公开情况统计", labels=FORM, tables=frozenset({"requests"})) == "half_year"


def test_a_blank_template_is_not_a_report_of_zeros() -> None:
    assert verdict("XX单位2022年政府信息公开工作年度报告", labels=FORM) == "blank_template"
    assert verdict("通知", "各乡镇人民政府、县直各部门：请按格式编制。联系人：某某", labels=FORM) == "notice"


PERIOD = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。"


@pytest.mark.parametrize(
    "lines",
    [
        ("各乡镇人民政府，县直各单位：", PERIOD, LONG),
        ("县政府各部门、各直属机构:", LONG),
        (PERIOD, "现将编制要求明确如下。", LONG, "请于1月20日前报送县政务公开办。"),
    ],
)
def test_a_circular_is_not_the_blank_report_of_the_agency_it_names(lines: tuple[str, ...]) -> None:
    assert verdict("甲县水利局2022年政府信息公开工作年度报告", *lines, labels=FORM) == "notice"


def test_a_blank_report_may_say_whom_to_ask() -> None:
    asked = "社会各方如有疑问，可与局办公室联系（联系人：张三）。"
    assert verdict("甲县水利局2022年政府信息公开工作年度报告", PERIOD, LONG, asked, labels=FORM) is None
    assert verdict("甲县水利局2022年政府信息公开工作年度报告", LONG, asked, labels=FORM) is None


def test_a_table_of_other_things_under_such_a_title_is_no_placeholder() -> None:
    assert verdict("甲县各部门2022年政府信息公开年报发布情况统计", labels=("水利局", "1月20日")) == "other"


def test_an_agencys_report_with_every_cell_blank_is_a_report() -> None:
    period = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    assert verdict("佳县螅镇2022年政府信息公开工作年度报告", period, LONG, labels=FORM) is None


def test_prose_of_earlier_years_is_a_report() -> None:
    assert verdict("东莞市统计局2010年政府信息公开工作报告", LONG) is None


def test_a_page_that_only_offers_a_file_is_a_landing_page() -> None:
    made = verdict("甲县乙局2022年政府信息公开工作年度报告", "附件：", links=(("a.pdf", "报告.pdf"),))
    assert made == "landing_page"


def test_six_sections_without_tables_are_a_report_whose_tables_are_elsewhere() -> None:
    headings = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    lines = [line for heading in headings for line in (heading, "工作正常开展。")]
    assert verdict("甲市农业农村局2020年政府信息公开工作年度报告", *lines) is None


TABLES = frozenset({"proactive_disclosure", "requests", "review_litigation"})
REAL = "甲县水务局2022年政府信息公开工作年度报告"
NOTICE = "甲县人民政府办公室关于做好2022年政府信息公开工作年度报告编制发布工作的通知"
ASKED = "各乡镇人民政府、县直各部门："
ASKS = "请各单位于2023年1月20日前将年度报告报县政府办公室。"


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("notice", (NOTICE, ASKED, ASKS, "附件：年度报告填报样表", "一、总体情况", PERIOD)),
        ("notice", (NOTICE, ASKED, ASKS, REAL, "一、总体情况", PERIOD)),  # with last year's of a real body
        ("template", ("XX局2022年政府信息公开工作年度报告", "一、总体情况", PERIOD)),
        ("template", ("×××（单位名称）2022年政府信息公开工作年度报告", "一、总体情况")),
        ("template", ("某某县某某局2022年政府信息公开工作年度报告", "一、总体情况")),
        ("template", ("某县水务局2022年政府信息公开工作年度报告", "一、总体情况")),
        ("template", ("示例县水务局2022年政府信息公开工作年度报告", "一、总体情况")),
        ("template", ("政府信息公开工作年度报告填报说明", "填报单位：XX市XX局", "一、总体情况")),
        ("template", ("政府信息公开年度报告", "以下数据均为虚构，请勿照抄。", "一、总体情况")),
        ("template", ("甲县水务局2022年政府信息公开工作年度报告（模板）", "一、总体情况")),
        ("draft", ("甲县水务局2022年政府信息公开工作年度报告（征求意见稿）", "一、总体情况", PERIOD)),
        ("draft", ("甲县水务局2022年政府信息公开工作年度报告（送审稿）", "一、总体情况", PERIOD)),
        ("training", ("2022年度政府信息公开年报填报培训材料", "练习：请找出下表的错误")),
        ("analysis", ("甲县2022年政府信息公开申请办理情况统计分析", "根据全县32个单位年度报告汇总。")),
        ("explainer", ("学习文章：怎样读懂政府信息公开年度报告", "以甲县2022年的报告为例，其表三如下。")),
        ("evaluation", ("甲县2022年政府信息公开工作年度报告评分表", "扣分理由")),
    ],
)
def test_numbers_do_not_make_a_report_of_what_is_about_reports(kind: str, lines: tuple[str, ...]) -> None:
    assert verdict(*lines, labels=FORM, tables=TABLES) == kind


@pytest.mark.parametrize(
    "lines",
    [
        (REAL, "一、总体情况", PERIOD),
        ("政策解读", "互动交流", "通知公告", REAL, "一、总体情况"),  # menus
        ("关于公布2022年政府信息公开工作年度报告的通知", REAL, "一、总体情况"),
        ("附件：政府信息公开工作年度报告格式", REAL, "一、总体情况"),
        ("甲县政策研究室2022年政府信息公开工作年度报告", "一、总体情况"),
        ("甲县教育考试和检查评估中心2022年政府信息公开工作年度报告", "一、总体情况"),
        (REAL, "根据《中华人民共和国政府信息公开工作年度报告格式》的通知要求，编制本报告。", "一、总体情况"),
        (
            "2022年政府信息公开工作年度报告",
            "根据《中华人民共和国政府信息公开条例》和《政府信息公开工作年度报告格式》要求，甲",
            "县水务局编制本报告。",
            "一、总体情况",
        ),
        (REAL, "一、总体情况", "各乡镇：请于每月5日前报送信息。"),
        ("关于更正甲县水务局2022年政府信息公开工作年度报告的说明", "一、总体情况"),
    ],
)
def test_true_reports_with_such_words_around_them(lines: tuple[str, ...]) -> None:
    assert verdict(*lines, labels=FORM, tables=TABLES) is None


@pytest.mark.parametrize("title", ["甲县各部门2022年政府信息公开工作年度报告汇编", "2022年部门年报"])
def test_a_collection_that_cannot_be_taken_apart(title: str) -> None:
    assert verdict(title, labels=(*FORM, *FORM), tables=TABLES) == "collection"
    assert verdict(REAL, labels=(*FORM, *FORM), tables=TABLES) is None


OLD = [
    (
        "全文包括概述,政府信息主动公开情况,政府信息依申请公开情况,行政复议、行政诉讼情况,存在的主要问题及改进措施6个部分。",
        "统计期限从2016年1月1日起至2016年12月31日止。",
        "一、概述",
        "2016年，我省政府信息公开工作取得新突破。",
    ),
    (
        "一、概述",
        "根據《條例》要求，2010年，我局繼續開展政府信息公開工作。",
        "二、政府信息主動公開情況",
        "三、政府信息依申請公開情況",
        "四、人員和收支情況",
        "五、谘詢情況",
        "六、行政複議和行政訴訟情況",
        "七、主要問題和改進措施",
    ),
]


@pytest.mark.parametrize("lines", OLD)
def test_prose_of_earlier_years_without_a_title(lines: tuple[str, ...]) -> None:
    assert verdict(*lines) is None


def test_a_circular_that_lists_the_parts_is_no_report() -> None:
    parts = ("一、概述", "二、主动公开情况", "三、依申请公开情况", "四、收费情况", "五、行政复议情况", "六、主要问题")
    title = "甲市人民政府办公室关于做好2009年度政府信息公开工作年度报告有关事项的通知"
    assert verdict("法律信息网", title, *parts) == "notice"


@pytest.mark.parametrize("mark", ["", "、", ";", " / "])
def test_a_page_that_prints_numbers_is_no_blank_template(mark: str) -> None:
    """Their separators are lost or unknown: nothing is read, and nothing is denied."""
    labels = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开",
    )
    rows = "".join(f"{label}{mark.join('1203004')}" for label in (*labels, *labels, *labels))
    assert verdict("三、申请情况", f"{rows}四、结转下年度继续办理{mark.join('0000000')}") is None
    assert (
        verdict("三、申请情况", "".join((*labels, "1.属于国家秘密", "2.其他", "四、结转下年度继续办理")))
        == "blank_template"
    )


ROW = ("一、本年新收政府信息公开申请数量", "12", "二、上年结转政府信息公开申请数量", "3", "四、结转下年度继续办理", "1")


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("half_year", ("甲县发展和改革局2022年5月政府信息公开申请情况统计表", "统计期限：2022年5月1日至5月31日")),
        ("training", ("政务公开业务知识测试题", "下表为某单位2024年年报表三，请指出错误。")),
        ("template", ("政府信息公开年报填报系统", "当前用户：admin 状态：未提交")),
        ("explainer", ("年报填报常见问题解答", "问：上年结转怎么填？")),
        ("analysis", ("甲县生态环境局近三年政府信息公开数据对比",)),
        ("index", ("站内搜索", "关键词“年度报告”，共找到 1284 条结果", "甲县民政局2022年政府信息公开工作年度报告")),
    ],
)
def test_what_prints_numbers_of_the_form_without_being_a_report(kind: str, lines: tuple[str, ...]) -> None:
    assert verdict(*lines, labels=ROW, tables=frozenset({"requests"})) == kind


def test_fields_of_a_program_are_no_numbers() -> None:
    labels = (ROW[0], "«F20»", ROW[2], "«F21»", ROW[4], "«F22»")
    assert verdict("甲县民政局2022年政府信息公开工作年度报告", LONG, labels=labels) == "template"


def test_tables_that_only_a_page_under_construction_hides() -> None:
    notes = (HIDDEN,)
    assert verdict("栏目建设中", labels=ROW, tables=frozenset({"requests"}), notes=notes) == "other"
    assert (
        verdict(
            "甲县民政局2022年政府信息公开工作年度报告", LONG, labels=ROW, tables=frozenset({"requests"}), notes=notes
        )
        is None
    )
