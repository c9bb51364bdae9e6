"""Links in tables are called by their row and their column, groups of agencies before the agencies or not."""

from __future__ import annotations

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

URL = "http://www.a.gov.cn/nb/"
ICON = "<img src='/ico.png'>"
GROUPED = (
    "<tr><th colspan=2>单位</th><th>2025年</th><th>2024年</th></tr>"
    f"<tr><td rowspan=2>区直部门</td><td>教育局</td><td><a href='1'>{ICON}</a></td><td><a href='2'>{ICON}</a></td></tr>"
    f"<tr><td>民政局</td><td><a href='3'>{ICON}</a></td><td><a href='4'>{ICON}</a></td></tr>"
    f"<tr><td rowspan=1>街道</td><td>东门街道办事处</td><td><a href='5'>{ICON}</a></td><td>—</td></tr>"
)
PLAIN = (
    "<tr><td>单位</td><td>2025年</td><td>2024年</td></tr>"
    "<tr><td>教育局</td><td><a href='1'>查看</a></td><td><a href='2'>查看</a></td></tr>"
)
TURNED = "<tr><td>年度</td><td>教育局</td></tr><tr><td>2025年</td><td><a href='1'>下载</a></td></tr>"


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        (GROUPED, ["教育局2025年", "教育局2024年", "民政局2025年", "民政局2024年", "东门街道办事处2025年"]),
        (PLAIN, ["教育局2025年", "教育局2024年"]),
        (TURNED, ["教育局2025年"]),
    ],
)
def test_what_a_link_in_a_table_is_called(rows: str, titles: list[str]) -> None:
    page = Page(Fetch(URL), URL, 200, "text/html", f"<html><table>{rows}</table></html>".encode())
    assert [link.title for link in page.links] == titles
