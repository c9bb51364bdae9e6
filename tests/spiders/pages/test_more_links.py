"""更多 is called by the heading of its box, however the box is made; a pager's arrow and an item's 查看 are not."""

from __future__ import annotations

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

HEAD = "政府信息公开年报"
MORE = "<a class='more' href='/nb/'>更多&gt;&gt;</a>"
NEWS = "<ul><li><a href='/1.html'>县教育局2022年政府信息公开工作年度报告</a></li></ul>"


def names(body: str) -> dict[str, str]:
    url = "http://www.example.gov.cn/"
    page = Page(Fetch(url), url, 200, "text/html", f"<html><body>{body}</body></html>".encode())
    return {link.url.removeprefix(url.rstrip("/")): link.title for link in page.links}


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>{HEAD}{MORE}</h3>{NEWS}</div>",
        f"<div><h3><span>{HEAD}</span><a href='/nb/' class='more'></a></h3>{NEWS}</div>",
        f"<div><h3>{HEAD}<a href='/nb/'><img src='i.png' alt='更多'></a></h3>{NEWS}</div>",
        f"<div class='box'><div class='tit'><span>{HEAD}</span><em>{MORE}</em></div>{NEWS}</div>",
        f"<div class='box'><h2>{HEAD}</h2>{NEWS}<p>{MORE}</p></div>",
        f"<div class='box'><div class='hd'><b>{HEAD}</b></div><div class='bd'>{NEWS}{MORE}</div></div>",
        f"<table><tr><td>{HEAD}</td><td><a href='/nb/'>MORE+</a></td></tr></table>",
        f"<dl><dt>{HEAD} <a href='/nb/'>[更多]</a></dt><dd><a href='/1.html'>县教育局2022年年报</a></dd></dl>",
    ],
)
def test_it_is_called_by_its_heading(box: str) -> None:
    assert names(f"<h1>某县人民政府</h1>{box}<div class='box'><h2>新闻</h2></div>")["/nb/"].replace(" ", "") == HEAD


def test_what_has_no_heading_keeps_its_name() -> None:
    assert names(f"<div>{NEWS}{MORE}</div>")["/nb/"] == "更多>>"
    pager = "<div class='page'>共 3 页 <a href='/nb/?p=2'>&gt;</a><a href='/nb/?p=3'>&gt;&gt;</a></div>"
    assert set(names(f"<h3>{HEAD}</h3>{pager}").values()) == {">", ">>"}
