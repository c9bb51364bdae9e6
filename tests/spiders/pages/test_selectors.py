"""Lists behind selectors, and links that a table names better than their own text does."""

from __future__ import annotations

import re

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.listing import entries
from spiders.pages.page import Page
from spiders.pages.selectors import choices

URL = "http://www.example.gov.cn/nb/"
NOTHING = re.compile("(?!)")


def page(body: str) -> Page:
    return Page(Fetch(URL), URL, 200, "text/html", f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<select><option value='2022/'>2022年</option></select>", [("2022年", URL + "2022/")]),
        ("<select><option value='?year=2022'>2022年</option></select>", [("2022年", URL + "?year=2022")]),
        (
            "<form action='list'><input type=hidden name=c value=7><select name=year><option value=2022>2022年度",
            [("2022年度", URL + "list?c=7&year=2022")],
        ),
        (
            "<form action='/list'><select name=d><option value=1>区教育局<option value=2 selected>区财政局</select>"
            "<select name=y><option value=2022>2022</select></form>",
            [
                ("区教育局", "http://www.example.gov.cn/list?d=1&y=2022"),
                ("区财政局", "http://www.example.gov.cn/list?d=2&y=2022"),
                ("2022", "http://www.example.gov.cn/list?d=2&y=2022"),
            ],
        ),
        (
            "<select onchange=\"location.href='/nb/'+this.value+'.html'\"><option value=2021>2021年</select>",
            [("2021年", URL + "2021.html")],
        ),
        ("<form action='/search'><select name=t><option value=title>标题</select></form>", []),
        ("<form action='/search' method=post><select name=y><option value=2022>2022年</select></form>", []),
    ],
)
def test_what_a_selector_offers(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(link.title, link.url) for link in choices(page(body))] == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "<tr><th>单位</th><th>2023</th><th>2022</th></tr>"
            "<tr><td>区教育局</td><td><a href='1.pdf'>查看</a></td><td><a href='2.pdf'>查看</a></td></tr>",
            ["区教育局2023", "区教育局2022"],
        ),
        (
            "<tr><td>年份</td><td>区教育局</td><td>区财政局</td></tr>"
            "<tr><td>2023年</td><td><a href='1.pdf'></a></td><td><a href='2.pdf'>下载</a></td></tr>",
            ["区教育局2023年", "区财政局2023年"],
        ),
        (
            "<tr><td colspan=3>年度报告</td></tr><tr><td></td><td colspan=2>2021年</td></tr>"
            "<tr><td>区教育局</td><td>已公开</td><td><a href='1.pdf'>[PDF]</a></td></tr>",
            ["区教育局2021年"],
        ),
    ],
)
def test_a_silent_link_is_called_by_its_row_and_column(table: str, expected: list[str]) -> None:
    shown = page(f"<table>{table}</table>")
    assert [link.title for link in shown.links] == expected
    assert len(entries(shown, NOTHING)) == len(expected), "all of them are items of the list"


def test_outside_of_a_table_a_silent_link_stays_as_it_is() -> None:
    assert [link.title for link in page("<p>区教育局 <a href='1.html'>查看</a></p>").links] == ["查看"]
