"""An unknown id answered with the home page or a part of it; an article is neither, nor is a page of scripts."""

from __future__ import annotations

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.pages.part_of_home import is_of_home

HEAD = "<title>青石县人民政府</title><script src=/js/site.js></script><a href=/>首页</a><a href=/zwgk/>政务公开</a>"
NEWS = "".join(f"<li><a href=/news/{n}.html>我县召开第{n}次会议</a><span>2024-01-0{n}</span></li>" for n in range(1, 9))
FOOT = "<p>主办单位：青石县人民政府办公室</p><p>技术支持</p>"
HOME = f"<html><body>{HEAD}<ul>{NEWS}</ul><div>专题专栏</div>{FOOT}</body></html>"
ARTICLE = f"<html><body>{HEAD}<h1>县教育局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p>{FOOT}</body></html>"
SHELL = "<html><head><title>平台</title><script src=/app.js></script></head><body><div id=app></div></body></html>"


def page(source: str, url: str = "http://a.gov.cn/show?id=99") -> Page:
    return Page(Fetch(url), url, 200, "text/html", source.encode())


@pytest.mark.parametrize(
    ("answer", "home", "why"),
    [
        (HOME, HOME, "the home page"),
        (f"<html><body>{HEAD}<ul>{NEWS}</ul></body></html>", HOME, "a part of the home page"),
        (ARTICLE, HOME, None),
        (f"<html><body>{HEAD}<ul>{NEWS}</ul><script>load('/api?id=99')</script></body></html>", HOME, None),
        (f"<html><body>{HEAD}{FOOT}</body></html>", HOME, None),
        (SHELL, SHELL, None),
    ],
)
def test_an_unknown_id(answer: str, home: str, why: str | None) -> None:
    told = is_of_home(page(answer), page(home, "http://a.gov.cn/"))
    assert (told and told.removesuffix(" at another address")) == why
