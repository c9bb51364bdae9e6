"""The small pure parts of the walk: pagers, lists, hops, manners, the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spiders.families.generic import Generic
from spiders.pages.entry import Declared
from spiders.pages.fetch import Fetch
from spiders.pages.listing import is_report_page
from spiders.pages.page import Page
from spiders.pages.pager import declared_totals, next_page
from spiders.pages.redirect_pages import frames, hop
from spiders.pages.texts import find_date
from spiders.portal import Politeness
from spiders.walk.events import Stopped
from spiders.walk.politeness import Limits, Manners, backoff, retry_after
from spiders.walk.recheck import next_document_check, next_list_check

URL = "http://www.example.gov.cn/zwgk/nb/index.html"


def page(body: str, number: int = 1, url: str = URL) -> Page:
    return Page(Fetch(url, number=number), url, 200, "text/html", f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("共 <b>132</b> 条 第1/9页", Declared(132, 9)),
        ("共9页 132条记录", Declared(None, 9)),
        ('<script>var countPage = 9; var dataCount="180"</script>', Declared(180, 9)),
        ("<script>createPageHTML('page_div',5,1,'fg','shtml',89)</script>", Declared(89, 5)),
        ('<script>createPageHTML(3,0,"t20151009_67430","html")</script>', Declared(None, None)),
        ("<p>2021年1月1日至12月31日</p>", Declared(None, None)),
    ],
)
def test_what_a_list_declares(body: str, expected: Declared) -> None:
    assert declared_totals(page(body)) == expected


@pytest.mark.parametrize(
    ("body", "number", "expected"),
    [
        ('<a href="index_2.html">下一页</a>', 1, "index_2.html"),
        ('<a href="?page=3">[下页]</a><a href="?page=3">3</a>', 2, "index.html?page=3"),
        ('<a href="5.html">5</a><a href="6.html">6</a>', 5, "6.html"),
        ('<a onclick="goto(\'list_2.asp\')" href="javascript:;">下一页</a>', 1, "list_2.asp"),
        ("<a href=\"javascript:goto('2')\" onclick=\"location.href='index_2.html'\">下一页</a>", 1, "index_2.html"),
        ("<span onclick=\"window.location.href='index_2.html'\">下一页</span>", 1, "index_2.html"),
        ("<a href=\"javascript:goto('2')\">下一页</a>", 1, None),
        (
            '<select><option value="index_1.html">1</option><option value="index_2.html">2</option></select>',
            1,
            "index_2.html",
        ),
        ('<script>createPageHTML(3, 1, "index", "shtml")</script>', 2, "index_2.shtml"),
        ('<script>createPageHTML(3, 2, "index", "shtml")</script>', 3, None),
        ('<a href="javascript:void(0)">下一页</a>', 1, None),
        ('<a href="index.html">下一页</a>', 1, None),
    ],
)
def test_the_next_page(body: str, number: int, expected: str | None) -> None:
    found = next_page(page(body, number))
    assert (found.url if found else None) == (f"http://www.example.gov.cn/zwgk/nb/{expected}" if expected else None)


def test_the_items_of_a_list_and_nothing_else() -> None:
    body = (
        "<ul><li><a href='/gk/'>信息公开指南</a></li><li><a href='/nb/'>政府信息公开年报</a></li></ul>"
        "<ul><li><a href='/1.html' title='青山县教育局2021年政府信息公开工作年度报告'>青山县…</a>"
        "<i>2022.1.9</i></li>"
        "<li><a href='/doc/2.pdf'>2020年报</a></li><li><a href='/2.html'>更多</a></li></ul>"
        "<ul><li><a href='/news/12345.html'>县长调研</a><span>2022-03-01</span></li></ul>"
    )
    entries = Generic().entries(page(body))
    assert [(entry.url[25:], entry.date, entry.role) for entry in entries] == [
        ("/1.html", "2022-01-09", "page"),
        ("/doc/2.pdf", None, "attachment"),
    ]
    assert entries[0].title == "青山县教育局2021年政府信息公开工作年度报告"


@pytest.mark.parametrize("text", ["2026-\n 01-\n 23", "2026年1月23日", "2026/1/23", "[2026.01.23]"])
def test_dates_however_they_are_written(text: str) -> None:
    assert find_date(text) == "2026-01-23"


def test_a_day_that_no_month_has_is_no_date() -> None:
    assert find_date("2021.30.99") is None
    assert find_date("2023-02-30 2023-02-28") == "2023-02-28"


def test_a_report_page_is_known_by_its_headings_and_a_list_is_not() -> None:
    assert is_report_page(page("一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况"))
    assert is_report_page(page("<table><tr><td>本年新收政府信息公开申请数量</td></tr></table>"))
    assert not is_report_page(page("<table><tr><td>行政复议</td></tr></table>青山县2021年政府信息公开年度报告"))


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("<script>window.location.href='go.html'</script>", "go.html"),
        ('<script>location.replace("go.html");</script>', "go.html"),
        ("<script>if (mobile) location.href='m.html'; track();</script>", None),
        ("<script>location.href='go.html'</script>" + "<p>x</p>" * 600, "go.html"),
        ("<script>var a='go';</script><script>location.href=a+'.html'</script>", "go.html"),
        ("<script>function leave() { location.href='go.html' }</script><a onclick='leave()'>x</a>", None),
        ("<script>setTimeout(function () { self.location = 'go.html' }, 3000)</script>", "go.html"),
        ("<script>if (top.location != self.location) top.location = self.location</script>", None),
        ("<script>location.href = '/x?id=' + unknown</script>", None),
        ("<meta http-equiv='refresh' content='0;url=go.html'>", "go.html"),
        ("<meta http-equiv='Refresh' content=\"3; URL='go.html'\">", "go.html"),
        ("<meta http-equiv='refresh' content='0;go.html'>", "go.html"),
        ("<meta http-equiv='refresh' content='300'>", None),
        ("<noscript><meta http-equiv='refresh' content='0;url=m.html'></noscript>", None),
    ],
)
def test_pages_that_only_lead_on(body: str, target: str | None) -> None:
    assert hop(page(body)) == (f"http://www.example.gov.cn/zwgk/nb/{target}" if target else None)


def test_an_empty_page_that_moves_when_it_is_loaded() -> None:
    moving = Page(Fetch(URL), URL, 200, "text/html", b"<body onload=\"location='/main.html'\"></body>")
    assert hop(moving) == "http://www.example.gov.cn/main.html"


def test_frames_without_counters_and_logins() -> None:
    body = '<iframe src="list.html"></iframe><iframe src="/visitcount.jsp"></iframe><iframe src="login.html"></iframe>'
    assert [fetch.url for fetch in frames(page(body))] == ["http://www.example.gov.cn/zwgk/nb/list.html"]


def test_pauses_double_and_five_failures_end_the_visit() -> None:
    manners = Manners(Limits(delay=1.0), started=0.0)
    pauses = []
    for _ in range(4):
        manners.quiet_until = 0.0
        manners.failed(0.0, "status 500")
        pauses.append(manners.pause(0.0))
    for pause, least in zip(pauses, (1, 2, 4, 8), strict=True):
        assert least <= pause <= least * 1.25
    with pytest.raises(Stopped, match="failures"):
        manners.failed(0.0, "status 500")


def test_an_answer_in_good_order_clears_the_account() -> None:
    manners = Manners(Limits(), started=0.0)
    for _ in range(4):
        manners.failed(0.0, "timeout")
    manners.answered()
    manners.failed(0.0, "timeout")
    assert manners.failures == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 31 Dec 2021 23:59:59 GMT", 59.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("soon", None),
        ("²", None),
        ("9" * 5_000, float("inf")),
        ("Thu, 01 Jan 99999999999 00:00:00 GMT", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, datetime(2021, 12, 31, 23, 59, 0, tzinfo=UTC)) == seconds


def test_budgets() -> None:
    manners = Manners(Limits.of(Politeness(max_requests=1, max_seconds=10)), started=0.0)
    manners.admit(1.0)
    with pytest.raises(Stopped, match="1 requests"):
        manners.admit(2.0)
    with pytest.raises(Stopped, match="10 seconds"):
        Manners(Limits.of(Politeness(max_seconds=10)), started=0.0).admit(10.0)
    with pytest.raises(Stopped, match="deferred"):
        Manners(Limits(), started=0.0).failed(0.0, "status 503", wait=4000)


def test_pauses_have_a_ceiling() -> None:
    assert backoff(30, 2.0) <= 75


@pytest.mark.parametrize(
    ("now", "newest", "again"),
    [
        ((2026, 1, 20), None, (2026, 1, 24)),
        ((2026, 1, 24), None, (2026, 1, 24, 20)),
        ((2026, 2, 14), None, (2026, 2, 14, 20)),
        ((2026, 2, 15), None, (2026, 2, 22)),
        ((2026, 3, 30), (2025, 3, 1), (2026, 3, 30, 20)),
        ((2026, 3, 30), (2023, 3, 1), (2026, 4, 6)),
        ((2026, 5, 1), (2023, 3, 1), (2026, 5, 31)),
        ((2025, 12, 28), None, (2026, 1, 24)),
    ],
)
def test_lists_are_walked_daily_while_reports_are_due(
    now: tuple[int, ...], newest: tuple[int, ...] | None, again: tuple[int, ...]
) -> None:
    """And where a portal has shown nothing new for two years, weekly then and monthly else."""
    moments = [None if one is None else datetime(*one, tzinfo=UTC) for one in (now, newest, again)]  # type: ignore[misc]
    assert moments[0] is not None
    assert next_list_check(moments[0], moments[1]) == moments[2]


def test_the_calendar() -> None:
    january, july = datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 7, 20, tzinfo=UTC)
    assert next_list_check(january) - january == timedelta(days=7)
    assert next_list_check(july) - july == timedelta(days=30)
    ages = [0, 8, 40, 200]
    due = [next_document_check(january + timedelta(days=age), january) - january for age in ages]
    assert due == [timedelta(days=days) for days in (7, 30, 180, 380)]
