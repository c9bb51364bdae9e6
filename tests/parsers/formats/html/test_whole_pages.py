"""Whole pages, menus and footers included, from bytes to verdict."""

from __future__ import annotations

import pytest

from parsers.extract import extract

MENU = "<ul>" + "".join(f"<li><a href=/c{number}>政务公开{number}</a></li>" for number in range(40)) + "</ul>"
CRUMB = "<div>您当前的位置：<a href=/>首页</a> &gt; <a href=/nb>政府信息公开年报</a> &gt; 正文</div>"
FOOT = (
    "<div class=foot><p>主办：虚水县人民政府</p><p>网站标识码：9901020001 ICP备99号</p></div><script>count()</script>"
)
PROSE = "我局认真贯彻落实政府信息公开条例，主动公开政府信息，依法办理依申请公开，公开工作取得成效。" * 12
TITLE = "虚水县水利局2022年政府信息公开工作年度报告"
SECTIONS = (
    f"<p>一、总体情况</p><p>{PROSE}</p><p>二、主动公开政府信息情况</p><p><img src=1.png></p>"
    "<p>三、收到和处理政府信息公开申请情况</p><p><img src=2.png></p><p>四、政府信息公开行政复议、行政诉讼情况</p>"
    "<p>五、存在的主要问题及改进情况</p><p>差</p><p>六、其他需要报告的事项</p><p>无</p>"
)
AGENCIES = "农财水林文教审卫"


def page(body: str) -> bytes:
    return f"<html><head><title>虚水县人民政府</title></head><body>{MENU}{CRUMB}{body}{FOOT}</body></html>".encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("index", "".join(f"<li><a href=/{x}>虚水县{x}局2022年政府信息公开工作年度报告</a></li>" for x in AGENCIES)),
        ("placeholder", "<div id=zoom><p>暂无数据</p></div>"),
        ("placeholder", f"<h1>{TITLE}</h1><div class=TRS_Editor></div>"),
        ("placeholder", "<div id=zoom>&nbsp;</div>"),
        ("placeholder", "<h1>{{ title }}</h1><div id=zoom>{{ content }}</div>"),
        ("landing_page", f"<h1>{TITLE}</h1><div id=zoom><p>附件：<a href='./P020.pdf'>{TITLE}.pdf</a></p></div>"),
        ("budget", f"<h1>虚水县水利局2022年部门决算公开</h1><div id=zoom><p>{PROSE}</p></div>"),
        ("explainer", f"<h1>{TITLE}解读</h1><div id=zoom><p>{PROSE}</p></div>"),
        ("guide", f"<h1>虚水县水利局政府信息公开指南</h1><div id=zoom><p>{PROSE}</p></div>"),
        ("error_page", "<div>抱歉，您访问的页面不存在或已删除</div>"),
        ("other", f"<h1>虚水县召开政府信息公开工作会议</h1><div id=zoom><p>{PROSE}</p></div>"),
    ],
)
def test_what_is_no_report(kind: str, body: str) -> None:
    rejected = extract(page(body)).rejected
    assert rejected is not None
    assert rejected.kind == kind


@pytest.mark.parametrize(
    "data",
    [
        b"<html><head><script>location.href=location.pathname</script></head><body></body></html>",
        b"<html><frameset cols=1><frame src='/a.html'></frameset></html>",
    ],
)
def test_a_page_without_text_of_its_own_is_no_evidence_of_absence(data: bytes) -> None:
    rejected = extract(data).rejected
    assert rejected is not None
    assert rejected.kind == "shell"


@pytest.mark.parametrize("container", ["id=zoom", "class='TRS_Editor'", "class=anything"])
def test_tables_as_pictures_are_said_to_be_elsewhere(container: str) -> None:
    report = extract(page(f"<h1>{TITLE}</h1><div {container}>{SECTIONS}</div>")).report
    assert report is not None
    assert (report.title, report.agency, report.year, report.cells) == (TITLE, "虚水县水利局", 2022, ())
    assert [finding.code for finding in report.findings] == ["ROW-MISSING"]
    assert [(section.number, section.text) for section in report.sections][-2:] == [(5, "差"), (6, "无")]


def test_prose_of_earlier_years() -> None:
    report = extract(
        page(f"<h1>虚水县水利局2012年政府信息公开工作年度报告</h1><div><p>{PROSE}</p><p>{PROSE}</p></div>")
    ).report
    assert report is not None
    assert (report.agency, report.year) == ("虚水县水利局", 2012)
