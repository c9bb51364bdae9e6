"""What on a list's last page says that there is more, and what does not."""

from __future__ import annotations

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.list_end import signs_of_more
from spiders.pages.page import Page
from spiders.pages.pager import declared_totals

URL = "http://www.example.gov.cn/zwgk/nb/index.html"


def page(body: str, number: int = 1) -> Page:
    source = f"<html><body>{body}</body></html>"
    return Page(Fetch(URL, number=number), URL, 200, "text/html", source.encode())


def signs(body: str, number: int = 1, *, next_was_live: bool = False) -> tuple[str, ...]:
    one = page(body, number)
    return signs_of_more(one, declared_totals(one).pages, next_was_live=next_was_live)


@pytest.mark.parametrize(
    "body",
    [
        "<a href='index_1.html'>下一页</a>",
        "<a href='javascript:gotopage(2)'>下一页</a>",
        "<a href='javascript:void(0)' onclick=\"load(2)\">下页 &gt;</a>",
        "<li onclick='toPage(2)'><a>下一页</a></li>",
        "<div><a href='javascript:;'>下一页</a></div><script src='/a.js'></script>",
        "<span class='next'>下一页</span><script>bind()</script>",
        "<a href=\"javascript:__doPostBack('pager','2')\">2</a><a href=\"javascript:__doPostBack('pager','3')\">3</a>",
        "<div class='pagination'><span>1</span><span>2</span><span>3</span></div><script></script>",
        "<div class='el-pagination'><button class='btn-next'><i class='el-icon-arrow-right'></i></button></div>",
        "<a href='index_3.html'>尾页</a>",
        "<button onclick='more()'>加载更多</button>",
        "<a class='page' href='#'>[2]</a><a class='page' href='#'>[3]</a><span>共3页</span><script></script>",
    ],
)
def test_what_promises_more(body: str) -> None:
    assert signs(body)


@pytest.mark.parametrize(
    ("body", "number", "next_was_live"),
    [
        ("<ul><li>年报</li></ul>", 1, False),
        ("<span>下一页</span>", 1, False),
        ("<a class='disabled' href='javascript:;'>下一页</a><script></script>", 1, False),
        ("<button disabled>下一页</button>", 1, False),
        ("<a href='index.html'>下一页</a><a href='index.html'>尾页</a>", 1, False),
        ("<a href='javascript:;'>下一页</a><script></script>", 3, True),
        ("<a href='javascript:;'>下一页</a><span>3/3</span><script></script>", 3, False),
        ("<a onclick='go(3)'>尾页</a><a onclick='go(3)'>下一页</a><span>共3页</span>", 3, False),
        ("<div class='banner'><i>1</i><i>2</i><i>3</i></div><script></script>", 1, False),
        ("<a href='/news/'>更多</a>", 1, False),
        ("<div class='page' style='display:none'><a href='index_1.html'>下一页</a></div>", 1, False),
        ("<a href='2.html'>1</a><span>2</span>", 2, False),
    ],
)
def test_what_promises_nothing(body: str, number: int, next_was_live: bool) -> None:
    assert signs(body, number, next_was_live=next_was_live) == ()


@pytest.mark.parametrize(
    ("body", "pages", "items"),
    [
        ("<input type='hidden' totalpage='4'>", 4, None),
        ("<script>$('#p').pagination('setPage', 1, 4)</script>", 4, None),
        ("<li><span>1/4</span></li>", 4, None),
        ("<span>11/30</span>", None, None),
        ("<p>共 <b>56</b> 条记录 共有<em>4</em>页</p>", 4, 56),
        ("<p>总记录数：56 总页数：4</p>", 4, 56),
        ("<script>var pageCount = 4; var totalRecord = '56';</script>", 4, 56),
        ("<script>laypage({pages: 4})</script>", 4, None),
    ],
)
def test_totals_however_they_are_written(body: str, pages: int | None, items: int | None) -> None:
    found = declared_totals(page(body))
    assert (found.pages, found.items) == (pages, items)


TABS = "<ul class='tab'><li class='on'>2023年</li><li>2022年</li><li>2021年</li></ul><script>bind()</script>"


@pytest.mark.parametrize(
    ("body", "signs"),
    [
        (f"{TABS}<ul><li><a href='/1.html'>县教育局2023年年报</a><span>2024-01-20</span></li></ul>", {"2022", "2021"}),
        (
            f"{TABS}<a href='/1.html'>2023年年报</a><a href='/2.html'>2022年年报</a><a href='/3.html'>2021年年报</a>",
            set(),
        ),
        ("<h3>2023年</h3><p>a</p><h3>2022年</h3><p>b</p><script>bind()</script>", set()),
        (
            "<div role=tablist><div role=tab><span>2023年</span></div>"
            "<div role=tab><span data-leads-to='http://a.gov.cn/#press:2022年'>2022年</span></div></div><script>bind()</script>",
            {"2023"},
        ),
    ],
)
def test_tabs_of_years_that_lead_nowhere_known(body: str, signs: set[str]) -> None:
    told = signs_of_more(page(body), None, next_was_live=False)
    assert {sign.split()[2] for sign in told if sign.startswith("a tab")} == signs


ROW = "<div class=cell><span>{}教育局2022年政府信息公开工作年度报告</span><em>2023-01-20</em></div>"
LED = "<div onclick=\"location.href='/1.html'\"><span>{}教育局2022年政府信息公开工作年度报告</span></div>"
DOWN = "<tr><td>{}教育局2022年政府信息公开工作年度报告</td><td><a href=/1.pdf>下载</a></td></tr>"


@pytest.mark.parametrize(("row", "silent"), [(ROW, 2), (LED, 0), (DOWN, 0)])
def test_titles_that_lead_nowhere(row: str, silent: int) -> None:
    rows = row.format("甲县") + row.format("乙县")
    body = f"<table>{rows}</table><script>bind()</script>" if row is DOWN else f"{rows}<script>bind()</script>"
    told = [sign for sign in signs(body) if "titles" in sign]
    assert told == ([f"{silent} titles of reports that lead nowhere known"] if silent else [])
