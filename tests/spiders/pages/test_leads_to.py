"""One way from an element to an address, whatever the element is and whatever its functions are called."""

from __future__ import annotations

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

URL = "http://www.a.gov.cn/zwgk/index.html"
SCRIPT = """<script>
function toList(n) { window.location.href = '/list_' + n + '.html' }
function toPage(n) { document.getElementById('page').value = n; document.forms[0].submit() }
$(document).on('click', '.card', function () { location.href = '/card/' + this.dataset.key })
</script>"""
FORM = (
    "<form name='f' action='/search.do' method='{}'><input type='hidden' name='c' value='年'>"
    "<input id='page' name='p'></form>"
)


def page(body: str, charset: str = "utf-8") -> Page:
    source = f"<html><head><meta charset='{charset}'></head><body>{body}{SCRIPT}</body></html>"
    return Page(Fetch(URL), URL, 200, "text/html", source.encode(charset))


@pytest.mark.parametrize(
    ("element", "address"),
    [
        ("<a href='nb/'>年报</a>", "http://www.a.gov.cn/zwgk/nb/"),
        ("<a href='#' onclick=\"toList('7')\">年报</a>", "http://www.a.gov.cn/list_7.html"),
        ("<a href='javascript:toList(7)'>年报</a>", "http://www.a.gov.cn/list_7.html"),
        (
            "<a href='/wrong.html' onclick=\"location.href='/right.html';return false\">年报</a>",
            "http://www.a.gov.cn/right.html",
        ),
        ("<a href='javascript:;' data-link='/nb/'>年报</a>", "http://www.a.gov.cn/nb/"),
        ("<a whatever='/nb/index.html'>年报</a>", "http://www.a.gov.cn/nb/index.html"),
        ("<li onclick=\"anyName('/nb/')\">年报</li>", "http://www.a.gov.cn/nb/"),
        ("<tr data-url='x.jsp?id=1'><td>年报</td></tr>", "http://www.a.gov.cn/zwgk/x.jsp?id=1"),
        ("<button onclick=\"window.open('/nb/')\">年报</button>", "http://www.a.gov.cn/nb/"),
        ("<div class='card' data-key='9'>年报</div>", "http://www.a.gov.cn/card/9"),
        ("<select><option value='/nb/'>年报</option></select>", "http://www.a.gov.cn/nb/"),
        (
            "<select onchange=\"location.href='/nb/'+this.value+'.html'\"><option value='2'>年报</option></select>",
            "http://www.a.gov.cn/nb/2.html",
        ),
        (
            "<form action='/s'><input type=hidden name=c value=1><select name=y onchange='this.form.submit()'>"
            "<option value='2'>年报</option></select></form>",
            "http://www.a.gov.cn/s?c=1&y=2",
        ),
        ("<map><area href='/nb/' alt='年报'></map>", "http://www.a.gov.cn/nb/"),
        ("<span onclick=\"document.getElementById('main').src='/nb/'\">年报</span>", "http://www.a.gov.cn/nb/"),
        ("<a href='\\nb\\ '>年报</a>", "http://www.a.gov.cn/nb/"),
    ],
)
def test_where_an_element_leads(element: str, address: str) -> None:
    body = f"<table>{element}</table>" if element.startswith("<tr") else element
    (link,) = page(body).links
    assert (link.url, link.title) == (address, "年报")


@pytest.mark.parametrize(
    "element",
    [
        "<a href='#'>年报</a>",
        "<a href='javascript:void(0)'>年报</a>",
        "<a onclick=\"show('2')\">年报</a>",
        "<div data-date='2023/01/20' style='background:url(/x.png)'>年报</div>",
        "<img src='/x.png' data-original='/y.png'>",
        "<a href='mailto:a@b.cn'>年报</a>",
        "<a onclick=\"location.href='/x?id=' + unknown\">年报</a>",
    ],
)
def test_what_leads_nowhere(element: str) -> None:
    assert page(element).links == ()


def test_a_form_sent_by_a_script() -> None:
    link = page(FORM.format("get") + "<a onclick='toPage(2)'>2</a>").links[0]
    assert link.url == "http://www.a.gov.cn/search.do?c=%E5%B9%B4&p=2"
    assert link.fetch is None


def test_a_form_sent_by_post_in_the_charset_of_its_page() -> None:
    (link,) = page(FORM.format("post") + "<a onclick='toPage(2)'>2</a>", "gb18030").links
    assert link.fetch is not None
    assert (link.fetch.method, link.fetch.body) == ("POST", b"c=%C4%EA&p=2")


def test_a_row_is_called_by_its_anchor_and_not_by_its_date() -> None:
    rows = (
        "<li onclick=\"go('/a/')\">科技局年报 <span>2023-01-20</span></li>"
        "<li data-url='/b/'><a>民政局年报</a> 其他</li>"
    )
    assert [(link.title, link.date) for link in page(rows).links] == [
        ("科技局年报", "2023-01-20"),
        ("民政局年报", None),
    ]


def test_a_piece_knows_what_the_tab_before_it_has_set() -> None:
    script = (
        "var cur = 'a'; function tab(t) { cur = t; $('#box').load('/list?t=' + t + '&p=1') }"
        "$('#box').on('click', '.pn', function () { $('#box').load('/list?t=' + cur + '&p=' + $(this).data('page')) })"
    )
    body = f"<span onclick=\"tab('b')\">部门</span><div id='box'></div><script>{script}</script>"
    shell = Page(Fetch(URL), URL, 200, "text/html", f"<html><body>{body}</body></html>".encode())
    (tab,) = shell.links
    piece = Page(Fetch(tab.url), tab.url, 200, "text/html", b"<div class='pn' data-page='2'>2</div>", asked_by=shell)
    assert [link.url for link in piece.links] == ["http://www.a.gov.cn/list?t=b&p=2"]


def test_what_a_frame_calls_is_the_page_around_it() -> None:
    body = (
        "<div id='l'></div><script>var cur={};function sel(t){cur={type:t,area:'9'};turn(1)}"
        "function turn(n){cur.page=n;$.ajax({type:'POST',url:'/search.jsp',data:cur,"
        "success:function(h){$('#l').html(h)}})}</script>"
    )
    around, framed = page(body), page("<a href=\"javascript:window.parent.sel('A7')\">年报</a>")
    framed.framed_by = around
    (link,) = framed.links
    assert link.fetch is not None
    assert (link.fetch.method, link.fetch.form) == ("POST", (("type", "A7"), ("area", "9"), ("page", "1")))
    piece = Page(link.fetch, link.url, 200, "text/html", b"<table></table><a onclick='turn(2)'>&gt;</a>")
    piece.asked_by = around
    (further,) = piece.links
    assert further.fetch is not None
    assert dict(further.fetch.form) == {"type": "A7", "area": "9", "page": "2"}
