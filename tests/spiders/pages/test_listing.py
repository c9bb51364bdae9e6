"""Which links of a page are the items of its list."""

from __future__ import annotations

import pytest

from spiders.families.generic import Generic
from spiders.pages.fetch import Fetch
from spiders.pages.listing import entries
from spiders.pages.page import Page

URL = "http://www.example.gov.cn/nb/"


def titles(body: str) -> list[str]:
    page = Page(Fetch(URL), URL, 200, "text/html", f"<html><body>{body}</body></html>".encode())
    return [entry.title for entry in entries(page, Generic.article)]


def test_a_page_without_a_link_has_none() -> None:
    assert titles("<div id='app'></div>") == []


def test_the_name_of_a_column_before_an_item_is_none() -> None:
    rows = "".join(
        f"<li><span>2023-01-1{n}</span>[<a href='/c{n % 2}/'>{'部门年报' if n % 2 else '政府年报'}</a>]"
        f" <a href='/Item/{2300 + n}.aspx'>某县第{n}局2022年政府信息公开工作年度报告</a></li>"
        for n in range(4)
    )
    assert titles(f"<ul>{rows}</ul>") == [f"某县第{n}局2022年政府信息公开工作年度报告" for n in range(4)]


def test_a_report_under_a_short_name_stays() -> None:
    rows = (
        "<li><a href='/1.html'>教育局</a><span>2023-01-11</span></li>"
        "<li><a href='/2.html'>某县民政局2022年政府信息公开工作年度报告</a><span>2023-01-11</span></li>"
    )
    assert len(titles(f"<ul>{rows}</ul>")) == 2


def test_what_a_script_writes_may_begin_with_words() -> None:
    written = "附件：<a href='/1.html'>某县民政局2022年政府信息公开工作年度报告</a><!-- end -->"
    assert titles(f'<script>document.write("{written}")</script>') == ["某县民政局2022年政府信息公开工作年度报告"]
    assert titles('<script>document.write("<!-- -->")</script>') == []


def test_a_title_that_is_cut_before_the_day_inside_the_link() -> None:
    whole = "某县发展和改革局2022年度政府信息公开工作年度报告"
    rows = f"<li><a href='/1.html' title='{whole}'>{whole[:17]}...<span>2023-01-11</span></a></li>"
    assert titles(f"<ul>{rows}</ul>") == [whole]


FIRST, SECOND = (
    f"<a href='/{n}.html'>某县{name}局2022年政府信息公开工作年度报告</a>" for n, name in ((1, "民政"), (2, "教育"))
)
DATED = {
    "cell": f"<table><tr><td>{FIRST}</td><td>2023-01-11</td></tr><tr><td>{SECOND}</td><td>2023-01-12</td></tr></table>",
    "dd": f"<dl><dt>{FIRST}</dt><dd>发布日期：2023-01-11</dd><dt>{SECOND}</dt><dd>2023-01-12</dd></dl>",
    "dd before": f"<dl><dd>2023-01-11</dd><dt>{FIRST}</dt><dd>2023-01-12</dd><dt>{SECOND}</dt></dl>",
    "box": f"<div><div>{FIRST}</div><div>2023-01-11</div></div><div><div>{SECOND}</div><div>2023.1.12</div></div>",
    "text": f"<div>{FIRST} [2023-01-11]<br>{SECOND} [2023-01-12]<br></div>",
    "day first": "<ul>"
    f"<li><div><b>11</b> <i>2023-01</i></div>{FIRST}</li>"
    f"<li><p><b>12</b><i>2023/01</i></p>{SECOND}</li></ul>",
    "no marks": f"<ul><li>{FIRST}<i>20230111</i></li><li>{SECOND}<i>[20230112]</i></li></ul>",
}


def dates(body: str) -> list[str | None]:
    page = Page(Fetch(URL), URL, 200, "text/html", f"<html><body>{body}</body></html>".encode())
    return [entry.date for entry in entries(page, Generic.article)]


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in DATED.items()])
def test_the_day_beside_a_link(body: str) -> None:
    assert dates(body) == ["2023-01-11", "2023-01-12"]


def test_a_day_that_may_be_of_either_neighbour_is_of_none() -> None:
    assert dates(
        f"<dl><dd>2023-01-11</dd><dt>{FIRST}</dt><dd>2023-01-12</dd><dt>{SECOND}</dt><dd>2023-01-13</dd></dl>"
    ) == [
        None,
        None,
    ]
