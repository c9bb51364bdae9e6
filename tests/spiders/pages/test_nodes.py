"""Trees and menus that stand in data only, under whatever names."""

from __future__ import annotations

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.nodes import offered
from spiders.pages.page import Page

URL = "http://www.a.gov.cn/zwgk/index.html"
WANTED = [("政府信息公开年报", "http://www.a.gov.cn/zwgk/nb/")]


def found(body: str) -> list[tuple[str, str]]:
    page = Page(Fetch(URL), URL, 200, "text/html", body.encode())
    return [(link.title, link.url) for link in offered(page)]


@pytest.mark.parametrize(
    "script",
    [
        "var zNodes=[{id:1,pId:0,name:'政府信息公开年报',file:'/zwgk/nb/'}];",
        "$.fn.zTree.init($('#t'), {view:{}}, [{name:'政府信息公开年报',href:'nb/'}]);",
        "window.MENU={items:[{label:'政府信息公开年报',children:[],to:'./nb/'}]}",
        "var d = new Array(); d.push({title:'<b>政府信息公开年报</b>', iframeurl:'nb/', url:'null.shtml'})",
        "var root='/zwgk/'; var t=[['x'],{a:{text:'政府信息公开年报',link:root+'nb/'}}]",
        "d = new dTree('d'); d.add(1,0,'政府信息公开年报','/zwgk/nb/'); document.write(d);",
        "var rows = [['政府信息公开年报', '/zwgk/nb/']];",
        "function open1(e,t,n){location.href='/zwgk/'+n.code+'/'} var s={callback:{onClick:open1}};"
        "var z=[{id:1,code:'nb',name:'政府信息公开年报'}]; $.fn.zTree.init($('#t'), s, z)",
    ],
)
def test_nodes_in_a_script(script: str) -> None:
    assert found(f"<html><body><ul id='t'></ul><script>{script}</script></body></html>") == WANTED


@pytest.mark.parametrize(
    "answer",
    [
        '{"data":[{"channelName":"政府信息公开年报","channelUrl":"/zwgk/nb/"}]}',
        'callback123([{"name":"政府信息公开年报","url":"null.shtml","iframeurl":"/zwgk/nb/"}]);',
        'var tree = [{name:"政府信息公开年报", file:"/zwgk/nb/"}];',
    ],
)
def test_nodes_in_an_answer(answer: str) -> None:
    assert found(answer) == WANTED


def test_what_is_no_node() -> None:
    assert found("<script>var a={name:'年报',img:'x.png'},b=[1,2],c={url:'/x/'},d={date:'2023/01/20'}</script>") == []


def test_a_root_that_names_itself_stands_over_its_tree_once() -> None:
    rows = "var zNodes=[{id:0,pId:0,name:'公开'},{id:1,pId:0,name:'年报',url:'/nb/'}];"
    page = Page(Fetch(URL), URL, 200, "text/html", f"<script>{rows}</script>".encode())
    assert [(one.title, one.within) for one in offered(page)] == [("年报", ("公开",))]
