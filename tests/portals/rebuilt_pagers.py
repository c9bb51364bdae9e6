"""Pagers of real platforms, rebuilt from what was seen of them: functions with a number, plugins, counts backwards."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.other_platforms import numbered, row, title
from tests.portals.simulator import Simulator, html

PER_PAGE = 6
COUNT = 21
PAGES = 4


def asked_for(asked: Asked) -> dict[str, str]:
    """Parameters of query and form together, as a server sees them."""
    given = parse_qs(urlsplit(asked.path).query) | parse_qs(asked.body.decode())
    return {name: values[0] for name, values in given.items()}


class PagedPortal(Simulator):
    """21 reports, six a page. `pager` draws what stands under page k (from 1), `address` says where page k is."""

    def __init__(
        self, start: str, address: Callable[[int], str], pager: Callable[[int], str], item: Callable[..., str] = row
    ) -> None:
        super().__init__("generic", start)
        self.rows: list[str] = []
        for number, agency, year in numbered(COUNT):
            path = f"/art/{60000 + number}.html"
            self.add_report(path, agency, year)
            self.rows.append(item(path, title(agency, year)))
        self.pager = pager
        for number in range(1, PAGES + 1):
            self.site.page(start if number == 1 else address(number), self.list_page(number))

    def rows_of(self, number: int) -> str:
        return "".join(self.rows[(number - 1) * PER_PAGE : number * PER_PAGE])

    def list_page(self, number: int) -> str:
        return html(f"<h1>政府信息公开年报</h1><ul>{self.rows_of(number)}</ul>{self.pager(number)}")


def index(number: int) -> str:
    return f"/xxgk/nb/index_{number}.html"


def epoint() -> PagedPortal:
    """EWB static pages: the next is void, its onclick names a function of a script file."""
    script = (
        "function ShowAjaxNewPage(path, box, page) {"
        " $('#' + box).load(path.substring(0, path.lastIndexOf('/') + 1) + page + '.html #' + box) }"
    )

    def pager(number: int) -> str:
        call = f"ShowAjaxNewPage(window.location.pathname,'categorypagingcontent',{number + 1})"
        more = f'<a href="javascript:void(0)" onclick="{call}">下页 &gt;</a>' if number < PAGES else "<a>下页 &gt;</a>"
        return (
            f"<div id='categorypagingcontent'><ul class='m-pagination'><li><span>{number}/{PAGES}</span></li>"
            f"<li>{more}</li></ul></div><script src='/js/jquery.min.js'></script>"
            "<script src='/js/pageturn.js'></script>"
        )

    portal = PagedPortal("/xxgk/nb/list.html", lambda k: f"/xxgk/nb/{k}.html", pager, epoint_row)
    portal.site.page("/js/pageturn.js", script, content_type="application/javascript")
    return portal


def epoint_row(path: str, name: str) -> str:
    link = f"<a href='{path}' title='{name}'>{name[:12]}…</a>"
    return f"<li class='wb-data-list'><div>{link}</div><span>2023-01-20</span></li>"


def lonsun_column() -> PagedPortal:
    """Items ``a.left[title]``; a script knows the number of pages and the address, nothing links to them."""
    start = "/content/column/6795"

    def pager(number: int) -> str:
        return (
            f"<div id='page'></div><script>$('#page').page({{pageCount: {PAGES}, pageIndex: {number},"
            f" href: '{start}?pageIndex='}})</script>"
        )

    return PagedPortal(start, lambda k: f"{start}?pageIndex={k}", pager, lonsun_row)


def lonsun_row(path: str, name: str) -> str:
    link = f"<a class='left' title='{name}' href='{path}'>{name[:10]}...</a>"
    return f"<li>{link}<span class='right date'>2023-01-20</span></li>"


def gotopage() -> PagedPortal:
    script = (
        "<script>function gotopage(n) { if (n == 1) { location.href = 'index.html' }"
        " else { location.href = 'index_' + n + '.html' } }</script>"
    )

    def pager(number: int) -> str:
        links = "".join(f'<a href="javascript:gotopage({n})">{n}</a>' for n in range(1, PAGES + 1))
        return f"{script}<div>{links}</div>"

    return PagedPortal("/xxgk/nb/", index, pager)


class FormPager(PagedPortal):
    """``javascript:toPage(2)``: a hidden form is filled and sent, by GET to a Struts action or by POST."""

    def __init__(self, method: str) -> None:
        self.method = method
        super().__init__("/xxgk/nbList.action", lambda k: f"/nothing/{k}", self.form)
        self.site.dynamic["/xxgk/nbList.action"] = self.answer
        self.site.pages.pop(self.start)

    def form(self, number: int) -> str:
        more = f'<a href="javascript:toPage({number + 1})">下一页</a>' if number < PAGES else "下一页"
        return (
            "<script>function toPage(n) { document.getElementById('pageNo').value = n;"
            " document.forms['pageForm'].submit(); }</script>"
            f"<form name='pageForm' action='nbList.action' method='{self.method}'>"
            "<input type='hidden' name='columnId' value='77'>"
            f"<input type='hidden' id='pageNo' name='pageNo' value='{number}'></form>共{PAGES}页 {more}"
        )

    def answer(self, asked: Asked) -> Answer:
        given = asked_for(asked)
        if "pageNo" in given and (given.get("columnId") != "77" or asked.method != self.method.upper()):
            return Answer(html("参数错误").encode())
        return Answer(self.list_page(int(given.get("pageNo", "1"))).encode())


class PostBackPager(PagedPortal):
    """ASP.NET: ``__doPostBack`` sends the whole form with the state of the page it stands on."""

    def __init__(self) -> None:
        super().__init__("/xxgk/list.aspx?cid=9", lambda k: f"/nothing/{k}", self.form)
        self.site.pages.pop(self.start)
        self.site.dynamic["/xxgk/list.aspx"] = self.answer

    def form(self, number: int) -> str:
        target = f"javascript:__doPostBack('ctl00$Pager','{number + 1}')"
        more = f'<a href="{target}">下一页</a>' if number < PAGES else '<a disabled="disabled">下一页</a>'
        return (
            "<form name='form1' method='post' action='list.aspx?cid=9' id='form1'>"
            "<script>var theForm = document.forms['form1']; if (!theForm) { theForm = document.form1; }"
            "function __doPostBack(eventTarget, eventArgument) {"
            " if (!theForm.onsubmit || (theForm.onsubmit() != false)) { theForm.__EVENTTARGET.value = eventTarget;"
            " theForm.__EVENTARGUMENT.value = eventArgument; theForm.submit(); } }</script>"
            "<input type='hidden' name='__EVENTTARGET' id='__EVENTTARGET' value=''>"
            "<input type='hidden' name='__EVENTARGUMENT' id='__EVENTARGUMENT' value=''>"
            f"<input type='hidden' name='__VIEWSTATE' id='__VIEWSTATE' value='state{number}'>{more}</form>"
        )

    def answer(self, asked: Asked) -> Answer:
        given = asked_for(asked)
        wanted = int(given.get("__EVENTARGUMENT", "1"))
        if asked.method == "POST" and given.get("__VIEWSTATE") != f"state{wanted - 1}":
            return Answer(html("服务器错误").encode(), 500)
        return Answer(self.list_page(wanted).encode())


class FragmentPager(PagedPortal):
    """``onclick="load(2)"`` puts a fragment in the place of the list."""

    BLOCK = "/blocks/3f0c"

    def __init__(self) -> None:
        super().__init__("/xxgk/nb/", lambda k: f"/nothing/{k}", self.script)
        self.site.dynamic[self.BLOCK] = lambda asked: Answer(self.fragment(int(asked_for(asked)["page"])).encode())

    def script(self, number: int) -> str:
        return (
            f"<script>function load(p) {{ $('#list').load('{self.BLOCK}?page=' + p + '&fix=0') }}</script>"
            f"{self.links(number)}"
        )

    def links(self, number: int) -> str:
        return "".join(f'<a onclick="load({n})">{n}</a>' for n in range(1, PAGES + 1)) + f"<i>{number}/{PAGES}</i>"

    def fragment(self, number: int) -> str:
        return f"<ul>{self.rows_of(number)}</ul><div>{self.links(number)}</div>"


def set_page() -> PagedPortal:
    """A jQuery plugin draws the pager; page two is ``index_2.html``."""

    def pager(number: int) -> str:
        return (
            f"<div class='pagination'></div><script>$('.pagination').pagination('setPage', {number}, {PAGES});</script>"
        )

    return PagedPortal("/xxgk/nb/", index, pager)


def backwards() -> PagedPortal:
    """Page p of n is ``index_{n-p}.html``, written by a script; the last page is ``index_0.html``."""

    def pager(number: int) -> str:
        return (
            f"<script>var total = {PAGES}, now = {number};"
            "for (var i = 1; i <= total; i++) { if (i == now) { document.write('<span>' + i + '</span>') }"
            " else if (i == 1) { document.write('<a href=\"index.html\">1</a>') }"
            " else { document.write('<a href=\"index_' + (total - i) + '.html\">' + i + '</a>') } }"
            "if (now < total) { document.write('<a href=\"index_' + (total - now - 1) + '.html\">下一页</a>') }"
            "</script>"
        )

    return PagedPortal("/xxgk/nb/", lambda k: f"/xxgk/nb/index_{PAGES - k}.html", pager)


def bare_next() -> PagedPortal:
    """A ``li`` that holds only the ``a`` 下一页; what it does is given to it by a script."""

    def pager(number: int) -> str:
        return (
            f"<div class='fy'><ul><li class='n'><a>下一页</a></li></ul></div><script>var page = {number};"
            f"$('.n a').click(function () {{ if (page < {PAGES})"
            " location.href = '/xxgk/nb/index_' + (page + 1) + '.html' })</script>"
        )

    return PagedPortal("/xxgk/nb/", index, pager)


def select_pager() -> PagedPortal:
    """A jump menu whose values are numbers; a function makes addresses of them."""

    def pager(number: int) -> str:
        options = "".join(f"<option value='{n}'>第{n}页</option>" for n in range(1, PAGES + 1))
        return (
            "<script>function jump(n) { location.href = n == 1 ? 'index.html' : 'index_' + n + '.html' }</script>"
            f"<select onchange='jump(this.value)'>{options}</select><b>{number}/{PAGES}</b>"
        )

    return PagedPortal("/xxgk/nb/", index, pager)


PAGERS: dict[str, Callable[[], Simulator]] = {
    "EWB static pages": epoint,
    "Lonsun column": lonsun_column,
    "gotopage(2)": gotopage,
    "toPage(2), a form by GET": lambda: FormPager("get"),
    "toPage(2), a form by POST": lambda: FormPager("post"),
    "__doPostBack": PostBackPager,
    "load(2), a fragment": FragmentPager,
    "setPage": set_page,
    "numbered backwards": backwards,
    "a next without an address": bare_next,
    "a select of pages": select_pager,
}
