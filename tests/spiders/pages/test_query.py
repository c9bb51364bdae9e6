"""Queries by selectors and a button: every choice is a request."""

from __future__ import annotations

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.pages.query import queried

URL = "http://www.a.gov.cn/gkml/nb.jsp"
BODY = """<h3>政府信息公开年报</h3><select id="unit"><option value="">请选择</option>
<option value="U1">县教育局</option><option value="U2">县水利局</option></select>
<select name="y"><option value="2023">2023年</option>
<option value="2022">2022年</option></select><input type="button" value="查询" onclick="query()">
<script>function query(){$.get("/data.jsp",{unit:$("#unit").val(),year:$("select[name='y']").val()},function(h){});}
</script>"""


def test_every_choice_is_a_report() -> None:
    found = queried(Page(Fetch(URL), URL, 200, "text/html", f"<html><body>{BODY}</body></html>".encode()))
    assert [(item.title, item.url, item.year, item.kind) for item in found] == [
        (f"{unit}{year}年", f"http://www.a.gov.cn/data.jsp?unit={code}&year={year}", year, "report")
        for code, unit in (("U1", "县教育局"), ("U2", "县水利局"))
        for year in (2023, 2022)
    ]


def test_a_selector_without_years_is_no_query() -> None:
    body = BODY.replace("2023年", "甲").replace("2022年", "乙")
    assert queried(Page(Fetch(URL), URL, 200, "text/html", f"<html>{body}</html>".encode())) == ()
