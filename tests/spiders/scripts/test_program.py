"""Scripts are followed, not run: what is plain is known, everything else is unknown and never guessed."""

from __future__ import annotations

import pytest

from spiders.scripts.program import Program
from spiders.scripts.values import Effect, Element, Ref

ADDRESS = "http://a.gov.cn/zwgk/index.html"
SCRIPT = """
var root = '/zwgk/', nodes = [{name: "年报", file: root + "nb.html"}, {name: '指南', url: root + `zn.html`}];
function go(id) { window.location.href = root + "x_" + id + ".html"; }
function toPage(n) { document.pageForm.pageNo.value = n; document.pageForm.submit(); }
function pick(kind) { switch (kind) { case 'a': go(1); break; case 'b': go(2); break; default: go(3); } }
for (var i = 0; i < nodes.length; i++) {
  document.writeln("<a href='" + (nodes[i].file || nodes[i].url) + "'>" + nodes[i].name + "</a>");
}
$(function () {
  $('.item').click(function () { window.open('/d?id=' + $(this).attr('data-id')); });
  $.ajax({url: root + 'api', type: 'post', data: {size: 10}});
});
"""


@pytest.fixture(scope="module")
def program() -> Program:
    return Program([SCRIPT], ADDRESS)


def test_what_a_page_does_when_it_loads(program: Program) -> None:
    written = [effect.value for effect in program.effects if effect.kind == "write"]
    assert written == ["<a href='/zwgk/nb.html'>年报</a>", "<a href='/zwgk/zn.html'>指南</a>"]
    asked = next(effect for effect in program.effects if effect.kind == "ask")
    assert (asked.value, asked.more) == (
        "/zwgk/api",
        {"method": "POST", "data": {"size": 10}, "headers": {"X-Requested-With": "XMLHttpRequest"}, "then": []},
    )


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("go('12')", "/zwgk/x_12.html"),
        ("javascript:go(5)", "/zwgk/x_5.html"),
        ("return go(this.getAttribute('rel'))", "/zwgk/x_7.html"),
        ("go($(this).data('id'))", "/zwgk/x_9.html"),
        ("location='/nb/'+this.value+'.html'", "/nb/2020.html"),
        ("window.open(this.options[this.selectedIndex].value)", "2020"),
        ("pick('b')", "/zwgk/x_2.html"),
        ("top.location.replace(location.pathname + '?p=2')", "/zwgk/index.html?p=2"),
        ("setTimeout(\"location.href='/late.html'\", 100)", "/late.html"),
        ("var t = 3; setInterval(function () { t--; if (t == 0) { location.href = '/on.html' } }, 1000)", "/on.html"),
        ("var a = {b: ['/x', '/y']}; self.location = a.b[1]", "/y"),
    ],
)
def test_where_a_handler_goes(program: Program, code: str, address: str) -> None:
    effects = program.handler(code, Element({"rel": "7", "data-id": "9", "value": "2020"}))
    assert [(effect.kind, effect.value) for effect in effects] == [("go", address)]


def test_a_handler_bound_by_the_script(program: Program) -> None:
    bound = next(effect for effect in program.effects if effect.kind == "bind")
    assert bound.value == ".item"
    assert program.click(bound.more, Element({"data-id": "99"}))[0].value == "/d?id=99"


def test_a_form_that_is_filled_and_sent(program: Program) -> None:
    assert program.handler("toPage(2)", Element({})) == (
        Effect("set", "2", Ref("form:pageForm", "pageNo")),
        Effect("submit", Ref("form:pageForm")),
    )


def test_an_unknown_function_is_told_with_its_arguments(program: Program) -> None:
    (effect,) = program.handler("jumpTo('/x/y.html', 1)", Element({}))
    assert (effect.kind, effect.value, effect.more) == ("call", ["/x/y.html", 1], "jumpTo")


def test_what_is_unknown_is_not_told_and_not_certain() -> None:
    program = Program(["if (navigator.mobile) location.href = '/m/'; location.href = '/a?id=' + somewhere;"], ADDRESS)
    assert [(effect.value, effect.certain) for effect in program.effects] == [("/m/", False)]


@pytest.mark.parametrize(
    "endless",
    [
        "while (true) { x = 1 }",
        "function f() { f() } f()",
        "var s = 'a'; for (var i = 0; i < 99; i++) { s += s } location.href = s",
        "var n = 2; for (;;) { n = n * n }",
        "var a = []; a.push(a); location.href = a.join('')",
        "((((((((((",
        "}{)(*&^%$#@",
        "'" + "+'a'" * 5000,
    ],
)
def test_hostile_scripts_end(endless: str) -> None:
    assert not [effect for effect in Program([endless], ADDRESS).effects if effect.kind == "go"]


@pytest.mark.parametrize(
    "reads",
    [
        "function q(n) { var m = new RegExp('[?&]' + n + '=([^&]*)').exec(location.search);"
        " return m ? decodeURIComponent(m[1]) : '' }",
        "function q(n) { var r = new RegExp('(^|&)' + n + '=([^&]*)(&|$)');"
        " var m = window.location.search.substr(1).match(r); if (m != null) return unescape(m[2]); return null }",
        "function q(n) { return new URLSearchParams(location.search).get(n) }",
        "function q(n) { return new URL(window.location.href).searchParams.get(n) }",
    ],
)
def test_the_query_of_the_page_is_read_as_scripts_read_it(reads: str) -> None:
    source = f"{reads} document.getElementById('f').src = q('list')"
    (effect,) = Program([source], "http://a.gov.cn/sub.html?x=1&list=/nb/list.html").effects
    assert (effect.kind, effect.value) == ("frame", "/nb/list.html")


def test_what_comes_to_what_stands_there_is_written() -> None:
    source = "for (var i = 0; i < 2; i++) e.innerHTML += '<p>' + i + '</p>'; e.insertAdjacentHTML('beforeend', '<b>')"
    assert [effect.value for effect in Program([source]).effects] == ["<p>0</p>", "<p>1</p>", "<b>"]


@pytest.mark.parametrize(
    "move",
    [
        "parent.mainFrame.location.href = u",
        "parent.frames['main'].location = u",
        "top.frames[1].location.href=u",
        "document.getElementById('f').contentWindow.location.href = u",
        "window.parent.right.location.replace(u)",
        "frames['main'].location.assign(u)",
    ],
)
def test_a_frame_that_is_moved_leads_there(move: str) -> None:
    program = Program([f"function go(id) {{ var u = 'unit.jsp?id=' + id; {move}; }}"], "http://a/")
    told = program.handler("go('7')", Element({}))
    assert [(effect.kind, effect.value) for effect in told if effect.kind in ("go", "frame")] == [
        ("frame", "unit.jsp?id=7")
    ]
