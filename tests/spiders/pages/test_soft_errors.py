"""Pages answered with 200 that are errors, and columns that say they are empty."""

from __future__ import annotations

import pytest

from spiders.pages.soft_errors import is_busy, is_moved_home, placeholder, recognise

LONG = (
    "<html><head><title>县科技局</title></head><body>"
    + "<p>我局网站曾提示页面不存在，经检查系统繁忙，暂无数据。</p>" * 40
    + "<p>特此报告。</p>" * 90
)

ERRORS = [
    ("<html><head><title>404</title></head><body>您访问的页面不存在或已删除</body></html>", "not_found"),
    ("<html><body><h1>找不到您要的页面</h1><a href='/'>返回首页</a></body></html>", "not_found"),
    ("<html><head><title>错误页面</title></head><body><p>3秒后返回</p>" + "<p>更多导航文字</p>" * 90, "not_found"),
    ("<html><head><title>系统提示</title></head><body>抱歉，您无权访问此页面</body></html>", "no_permission"),
    ("<html><body>系统繁忙，请稍后再试。感谢您的访问，欢迎再来，谢谢您的理解与支持</body></html>", "system_error"),
    ("not found\r\n\r\n", "stub"),
    ("ok\n", "stub"),
    ("", "stub"),
    ("<html><head></head><body></body></html>", "stub"),
]


@pytest.mark.parametrize(("text", "kind"), ERRORS)
def test_errors(text: str, kind: str) -> None:
    assert recognise(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        '{"total":0}',
        "<script>location.href='/a/'</script>",
        "<?xml version='1.0'?><datastore></datastore>",
        "<html><body><ul><li><a href='a.html'>县科技局2022年政府信息公开工作年度报告</a></li></ul></body></html>",
        "<html><body>县科技局政府信息公开年报 暂无相关信息 版权所有 县人民政府办公室主办 技术支持</body></html>",
    ],
)
def test_ordinary_pages(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize("words", ["暂无相关信息", "暂无数据", "内容更新中", "栏目建设中", "正在建设中"])
def test_an_empty_column_says_so(words: str) -> None:
    assert placeholder(f"<div class='list'><p>{words}</p></div>") == words


def test_a_report_that_mentions_no_data_is_no_placeholder() -> None:
    assert placeholder(LONG) is None


def test_menus_do_not_make_an_error_a_long_page() -> None:
    menu = "".join(f"<a href='/{number}/'>政务公开栏目第{number}号</a>" for number in range(60))
    foot = "主办单位：某县人民政府办公室 网站标识码 9900010001"
    assert recognise(f"<html>{menu}<p>抱歉，您访问的页面不存在或已被删除</p>{foot}</html>") == "not_found"
    assert recognise(f"<html>{menu}<p>{'本机关主动公开政府信息。' * 40}信息不存在的情形有两件</p>{foot}</html>") is None


@pytest.mark.parametrize(
    ("answer", "busy"),
    [
        ('{"success": false, "message": "系统繁忙"}', True),
        ('{"code": 500, "msg": "请求过于频繁，请稍后再试"}', True),
        ("{'ok': 'false'}", True),
        ('{"success": true, "rows": []}', False),
        ('{"rows": [{"title": "关于办事大厅繁忙时段的公告"}], "total": 1, "text": "' + "长" * 400 + '"}', False),
        ("<p>系统繁忙</p>", False),
    ],
)
def test_an_interface_that_has_a_bad_moment(answer: str, busy: bool) -> None:
    assert is_busy(answer) is busy


@pytest.mark.parametrize(
    ("asked", "came", "list_is_lost", "menu_is_lost"),
    [
        ("http://a.gov.cn/xx/1.html", "http://a.gov.cn/", True, True),
        ("http://a.gov.cn/xx/1.html", "https://www.a.gov.cn", True, True),
        ("http://xxgk.a.gov.cn/xx/1.html", "http://www.a.gov.cn/", True, True),
        ("http://www.a.gov.cn/zfxxgk", "http://xxgk.a.gov.cn/", True, False),
        ("http://a.gov.cn/zfxxgk", "http://a.gov.cn:8080/", True, False),
        ("http://a.gov.cn/", "http://www.a.gov.cn/", False, False),
        ("http://a.gov.cn/zfxxgk", "http://a.gov.cn/zfxxgk/", False, False),
    ],
)
def test_a_page_that_is_lost_leads_home(asked: str, came: str, list_is_lost: bool, menu_is_lost: bool) -> None:
    assert is_moved_home(asked, came, "www.a.gov.cn") is list_is_lost
    assert is_moved_home(asked, came, "www.a.gov.cn", is_menu=True) is menu_is_lost
