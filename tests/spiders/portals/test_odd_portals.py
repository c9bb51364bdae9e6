"""Ways of leading to a list that portals share across families: catalogues, framesets, selectors, session numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.sample.server import Answer, Asked
from parsers.printed.agency_words import is_group
from spiders.families.family import family
from spiders.families.fingerprint import families
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page
from spiders.portal import Start
from spiders.walk.columns import ListPage
from tests.portals.simulator import Simulator, harvest, html, report, serving

HOST = "http://www.example.gov.cn"


def page(path: str, body: str) -> Page:
    return Page(Fetch(HOST + path), HOST + path, 200, "text/html; charset=utf-8", body.encode())


@pytest.mark.parametrize(
    "text",
    [
        "2019年县政府年报",
        "2020年度县直部门年报",
        "2021年各乡镇",
        "街道乡镇",
        "镇（街道）办",
        "市直部门单位",
        "公共企事业单位",
        "部门导航",
        "政府部门网站",
        "乡镇之窗",
    ],
)
def test_groups_under_other_names(text: str) -> None:
    assert is_group(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/art/2023/1/5/art_1_2.html;jsessionid=0A1B?x=1", "/art/2023/1/5/art_1_2.html?x=1"),
        ("/list.jsp?jsessionid=9F&id=3", "/list.jsp?id=3"),
        ("/list.php?id=3&PHPSESSID=9f", "/list.php?id=3"),
        ("/list.asp?sid=0123456789abcdef", "/list.asp"),
        ("/gkmlpt/api/all/20?page=1&sid=755041", "/gkmlpt/api/all/20?page=1&sid=755041"),
    ],
)
def test_the_number_of_a_visit_is_no_part_of_an_address(written: str, meant: str) -> None:
    assert absolute(HOST, written) == HOST + meant


def test_a_catalogue_is_no_menu_whatever_the_registry_calls_it() -> None:
    assert ListPage.of(Start(f"{HOST}/gkmlpt/index", "home")).annual
    assert not ListPage.of(Start(f"{HOST}/", "home")).annual


def test_a_list_model_is_known_by_its_call() -> None:
    assert families("<script>listModel({listArgs:{channelid:200210}})</script>", HOST) == ("trs",)


def test_a_label_called_by_its_name_alone() -> None:
    column = page(
        "/public/column/1", '<script>$("#x").ls({labelName:"publicInfoList",organId:"1",pageSize:2})</script>'
    )
    (label,) = family("lonsun").list_requests(column)
    assert label.url == f"{HOST}/site/label/8888"
    assert dict(label.form) == {"labelName": "publicInfoList", "organId": "1", "pageSize": "2", "pageIndex": "1"}


def test_records_and_a_selector_on_one_page_both_count() -> None:
    column = page(
        "/col/col1/index.html",
        "<html><totalrecord>1</totalrecord><record><![CDATA[<li><a href='/art/2023/1/5/art_1_2.html'>"
        "青石县2022年政府信息公开年报</a></li>]]></record><form action='/module/xxgk/xxgkAnnualReport.jsp'>"
        "<select name='area'><option value='11370829004310000X'>县审计局</option></select>"
        "<select name='fbtime'><option>2022</option></select></form></html>",
    )
    hanweb = family("hanweb")
    assert [entry.url.rpartition("/")[2] for entry in hanweb.entries(column)] == [
        "art_1_2.html",
        "xxgkAnnualReport.jsp?area=11370829004310000X&fbtime=2022",
    ]
    assert hanweb.declared_totals(column).items == 2
    assert hanweb.next_page(column) is None


def test_the_menu_frame_of_a_frameset_leads_on(tmp_path: Path) -> None:
    portal = Simulator("generic", "/nb.asp", layout=None)
    portal.site.page("/nb.asp", "<html><frameset><frame src='menu.asp'><frame src='list.asp?y=2022'></frameset></html>")
    portal.site.page("/menu.asp", html("<a href='list.asp?y=2022'>2022年</a><a href='list.asp?y=2021'>2021年</a>"))
    for year in (2022, 2021):
        portal.site.page(f"/list.asp?y={year}", html(f"<a href='show{year}.asp'>青石县{year}年政府信息公开年报</a>"))
        portal.add_report(f"/show{year}.asp", "青石县人民政府", year)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports


def test_a_second_run_knows_pages_whose_addresses_carry_a_session(tmp_path: Path) -> None:
    portal = Simulator("generic", "/nb/")
    visits = iter(range(100))

    def listed(_: Asked) -> Answer:
        return Answer(
            html(f"<a href='/r.html;jsessionid={next(visits):08X}'>青石县2022年政府信息公开年报</a>").encode()
        )

    portal.site.dynamic["/nb/"] = listed
    portal.site.page("/r.html", html(report("青石县人民政府", 2022)))
    with serving(portal) as server:
        registry = portal.registry(server)
        assert harvest(tmp_path / "data", registry, portal.site).paths("new") == {"/r.html"}
        assert harvest(tmp_path / "data", registry, portal.site, recheck=True).paths() == {"/r.html"}


def test_agencies_that_only_a_directory_names(tmp_path: Path) -> None:
    portal = Simulator("generic", "/", role="home", layout=None)
    portal.site.page("/", html("<a href='/bmdh.html'>部门导航</a><a href='/zwgk.html'>政务公开</a>"))
    portal.site.page("/zwgk.html", html("<a href='/gb/'>政府公报</a>"))
    portal.site.page("/bmdh.html", html("<a href='/sj/'>审计局</a><a href='/cz/'>财政局</a>"))
    for path, agency in (("/sj/", "青石县审计局"), ("/cz/", "青石县财政局")):
        portal.site.page(path, html(f"<a href='{path}gk.html'>政府信息公开</a><a href='/bmdh.html'>部门导航</a>"))
        portal.site.page(f"{path}gk.html", html(f"<a href='{path}nb.html'>公开年报</a>"))
        portal.site.page(f"{path}nb.html", html(f"<a href='{path}2022.html'>2022年政府信息公开年度报告</a>"))
        portal.add_report(f"{path}2022.html", agency, 2022)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports


@pytest.mark.parametrize("clock", ["Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 2001 00:00:00 GMT", "soon"])
def test_a_server_without_a_clock_is_not_believed_that_nothing_has_changed(tmp_path: Path, clock: str) -> None:
    portal = Simulator("generic", "/nb/")
    portal.site.page("/nb/", html("<a href='/r.html'>青石县2022年政府信息公开年报</a>"))
    said = [html(report("青石县人民政府", 2022, count)).encode() for count in (7, 9)]

    def answer(asked: Asked) -> Answer:
        if "if-modified-since" in {name.lower() for name in asked.headers}:
            return Answer(status=304)
        return Answer(said.pop(0), headers=(("Last-Modified", clock),))

    portal.site.dynamic["/r.html"] = answer
    with serving(portal) as server:
        registry = portal.registry(server)
        assert harvest(tmp_path / "data", registry, portal.site).paths("new") == {"/r.html"}
        assert harvest(tmp_path / "data", registry, portal.site, recheck=True).paths("changed") == {"/r.html"}


def test_a_plain_page_that_turns_into_an_error_in_disguise_is_gone_at_the_second_look(tmp_path: Path) -> None:
    portal = Simulator("generic", "/nb/")
    portal.site.page("/nb/", html("<a href='/r.html'>青石县2022年政府信息公开年报</a>"))
    portal.add_report("/r.html", "青石县人民政府", 2022)
    with serving(portal) as server:
        registry = portal.registry(server)
        harvest(tmp_path / "data", registry, portal.site)
        portal.site.page("/r.html", html("<p>您访问的页面不存在</p>"))
        looks = [harvest(tmp_path / "data", registry, portal.site, recheck=True).paths("gone") for _ in range(2)]
    assert looks == [set(), {"/r.html"}]
