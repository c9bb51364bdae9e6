"""What a page's script asks for, and what it makes of the answer."""

from __future__ import annotations

import pytest

from spiders.pages.fetch import Fetch
from spiders.pages.leads_to import request_of
from spiders.pages.page import Page
from spiders.pages.shown import may_be_an_empty_list
from spiders.scripts.patterns import compiled
from spiders.scripts.values import UNKNOWN

URL = "http://www.a.gov.cn/nb/index.html?node=7"


def page(script: str, body: str = "") -> Page:
    source = f"<html><body>{body}<script>{script}</script></body></html>"
    return Page(Fetch(URL), URL, 200, "text/html", source.encode())


def requests(one: Page) -> list[Fetch]:
    asks = [effect for effect in one.program.effects if effect.kind == "ask"]
    return [found for effect in asks if (found := request_of(effect, one.ground))]


RENDERS = (
    "function(d) { var h = ''; $.each(d.list, function(i, x) {"
    " h += '<li><a href=\"' + x.url + '\">' + x.title + '</a></li>' }); $('#list').html(h) }"
)


@pytest.mark.parametrize(
    "asks",
    [
        f"$.ajax({{url: '/api', success: {RENDERS}}})",
        f"$.getJSON('/api', {RENDERS})",
        f"$.get('/api', {{p: 1}}, {RENDERS})",
        f"$.ajax({{url: '/api'}}).done({RENDERS})",
        f"fetch('/api').then(function(r) {{ return r }}).then({RENDERS})",
        f"$(function() {{ $.post('/api', {{p: 1}}, {RENDERS}) }})",
    ],
)
def test_what_a_page_makes_of_an_answer(asks: str) -> None:
    one = page(asks)
    (asked,) = requests(one)
    written = one.program.answered(asked.url, {"list": [{"url": "/art/1.html", "title": "年报"}]})
    assert written == '<li><a href="/art/1.html">年报</a></li>'


@pytest.mark.parametrize(
    ("script", "method", "url", "body"),
    [
        ("$.get('/api', {page: 1, year: $('#yr').val()})", "GET", "/api?page=1&year=2023", b""),
        ("$.post('/api', 'page=1&size=15')", "GET", None, b""),
        (
            "$.ajax({url: '/api', type: 'POST', contentType: 'application/json',"
            " data: JSON.stringify({pageNo: 1, name: '年报'})})",
            "POST",
            "/api",
            '{"pageNo":1,"name":"年报"}'.encode(),
        ),
        ("$.ajax({url: '/api', dataType: 'jsonp', data: {p: 1}})", "GET", "/api?p=1&callback=callback", b""),
        ("var n = (/node=(\\d+)/.exec(location.search) || [])[1]; if (n) $.get('/api?n=' + n)", "GET", "/api?n=7", b""),
        ("$.get('/api', {token: window.unknown})", "GET", None, b""),
    ],
)
def test_requests_are_evaluated_or_not_made(script: str, method: str, url: str | None, body: bytes) -> None:
    found = requests(page(script, "<select id='yr'><option value='2023'>2023年</option></select>"))
    if url is None:
        assert not [one for one in found if "token" in one.url]
        return
    assert [(one.method, one.url.removeprefix("http://www.a.gov.cn"), one.body) for one in found] == [
        (method, url, body)
    ]


def test_what_a_handler_sets_is_forgotten_and_what_an_answer_sets_is_kept() -> None:
    one = page(
        "var page = 1; function load() { $.get('/api?p=' + page, function(d) { page = d.page }) }",
        "<a onclick='page++; load()'>下一页</a>",
    )
    assert one.links[0].url.endswith("/api?p=2")
    assert one.program.scope.names["page"] == 1
    one.program.answered("http://www.a.gov.cn/api", {"page": 5})
    assert one.program.scope.names["page"] == 5


@pytest.mark.parametrize("written", ["/(a+)+$/", "/(a|ab)*c/", "/[/"])
def test_patterns_that_may_take_for_ever_are_not_tried(written: str) -> None:
    assert compiled(written) is UNKNOWN


@pytest.mark.parametrize(
    ("answer", "may_be"),
    [
        ('{"rows": [], "total": 0}', True),
        ('{"code": 0, "data": null}', True),
        ("", True),
        ("<ul></ul>", True),
        ("{}", False),
        ('{"count": 1234}', False),
        ("1234", False),
    ],
)
def test_what_may_be_a_list_without_its_items(answer: str, may_be: bool) -> None:
    assert may_be_an_empty_list(Page(Fetch(URL), URL, 200, "application/json", answer.encode())) is may_be


def test_jquery_says_that_it_asks() -> None:
    (asked,) = requests(page("$.getJSON('/api', {}, function (d) {})"))
    assert asked.sent_headers["X-Requested-With"] == "XMLHttpRequest"
    (plain,) = requests(page("fetch('/api').then(r => r)"))
    assert "X-Requested-With" not in plain.sent_headers
