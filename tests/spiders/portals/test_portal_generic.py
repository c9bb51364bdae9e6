"""The generic family against its simulators: pagers, frames, agencies, odd charsets, impostors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.portals.generic import AgencyPortal, FramePortal, PlainPortal, looping
from tests.portals.simulator import Simulator, harvest, html, serving

PAGERS: dict[str, Callable[[int], str]] = {
    "index_N": lambda k: f"/xxgk/nb/index_{k}.html",
    "N.html": lambda k: f"/xxgk/nb/{k}.html",
    "?page=N": lambda k: f"/xxgk/nb/?page={k}",
}


@pytest.mark.parametrize("pager", PAGERS)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_pagers_and_charsets(tmp_path: Path, pager: str, charset: str) -> None:
    portal = PlainPortal(24, PAGERS[pager], charset)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert (got.stats["completeness"], got.stats["declared_total"]) == ("complete", 24)
    assert got.kinds() == {}


@pytest.mark.parametrize("make", [FramePortal, AgencyPortal, looping])
@pytest.mark.parametrize("family", ["generic", "auto"])
def test_frames_agencies_and_endless_lists(tmp_path: Path, make: Callable[[], Simulator], family: str) -> None:
    portal = make()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, family), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert got.kinds() == {}


def test_a_short_list_is_said_to_be_short(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    portal.site.pages.pop("/xxgk/nb/index_3.html")
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.stats["completeness"] == "short"
    assert set(got.kinds()) == {"list_short", "http_error"}


def test_links_off_the_portal_are_recorded_and_never_followed(tmp_path: Path) -> None:
    portal, impostor = PlainPortal(5), Simulator("generic")
    with serving(impostor) as other, serving(portal) as server:
        portal.titles |= {
            f"{other.url}/xxgk/nb/1.html": "青山县公安局2022年政府信息公开工作年度报告",
            "http://10.1.2.3/nb/2.html": "青山县司法局2022年政府信息公开工作年度报告",
        }
        portal.lists()
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert impostor.site.log == []
    assert got.kinds()["off_host"] == {"/xxgk/nb/1.html", "/nb/2.html"}
    assert got.kinds()["unsafe_address"] == {"/nb/2.html"}


def test_a_script_and_a_refresh_lead_on_within_the_portal(tmp_path: Path) -> None:
    portal = PlainPortal(5)
    portal.site.pages["/xxgk/nb/list.html"] = portal.site.pages[portal.start]
    portal.site.page(portal.start, '<html><script>window.location.href="/xxgk/nb/go.html";</script></html>')
    portal.site.page("/xxgk/nb/go.html", html("", head='<meta http-equiv="refresh" content="0;url=list.html">'))
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports


def test_only_the_years_asked_for(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site, years=frozenset({2021}))
        rest = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert len(got.paths("new")) == 12
    assert got.paths("new") | rest.paths("new") == portal.reports


def test_at_most_so_many(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site, limit=3)
    assert len(got.paths("new")) == 3
    assert got.stats["finished_reason"] == "limit"


def test_a_file_that_is_a_web_page_is_refused(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    path = next(iter(portal.reports))
    body = portal.site.pages[path].body.decode()
    portal.site.page(path, body.replace("</body>", '<a href="/files/report.pdf">附件：年度报告.pdf</a></body>'))
    portal.site.page("/files/report.pdf", html("<p>文件下载请登录</p>" * 20))
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.kinds() == {"attachment_is_html": {"/files/report.pdf"}}


def test_news_of_an_agency_are_not_paged_through(tmp_path: Path) -> None:
    portal = AgencyPortal()
    for number in range(6):
        path = f"/bm/d{number}/"
        news = "".join(f'<li><a href="/news/{number}{one:05d}.html">工作动态{one}</a></li>' for one in range(20))
        body = portal.site.pages[path].body.decode()
        pager = '<a href="/bm/news/index_2.html">下一页</a><p>共900条</p>'
        portal.site.page(path, body.replace("</body>", f"<ul>{news}</ul>{pager}</body>"))
    portal.decoys.add("/bm/news/index_2.html")
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert got.kinds() == {}


def test_a_tree_of_folders_cut_short_is_walked_to_its_end_later(tmp_path: Path) -> None:
    portal = AgencyPortal()
    portal.extra = "max_requests = 14"
    with serving(portal) as server:
        first = harvest(tmp_path / "data", portal.registry(server), portal.site)
        portal.extra = ""
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert first.paths("new") < portal.reports
    assert first.paths("new") | second.paths("new") == portal.reports


@pytest.mark.parametrize("stub", ["", "404 not found", "文件不存在", "<html></html>"])
def test_stubs_are_no_documents(tmp_path: Path, stub: str) -> None:
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.page(path, stub)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports - {path}
    assert got.kinds() == {"soft_404": {path}}


def test_addresses_with_chinese_in_them(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    portal.site.pages["/nb/%E5%B9%B4%E6%8A%A5%201.html"] = portal.site.pages[sorted(portal.reports)[0]]
    portal.titles["/nb/年报 1.html"] = "青山县公安局2022年政府信息公开工作年度报告"
    portal.lists()
    with serving(portal) as server:
        first = harvest(tmp_path / "data", portal.registry(server), portal.site)
        second = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
    assert len(first.paths("new")) == 4
    assert len(second.paths("unchanged")) == 4
    assert not any(row["redirected_from"] for row in first.captures)
    assert first.kinds() == second.kinds() == {}


def test_an_unknown_path_that_shows_the_home_page(tmp_path: Path) -> None:
    """The registry names only the column: what the home page looks like is asked for when it is needed, once."""
    portal = PlainPortal(5)
    lost = set(sorted(portal.reports)[:2])
    menu = "".join(f"<a href='/{number}/'>栏目{number}</a>" for number in range(40))
    for path in ("/", *lost):
        portal.site.page(path, html(f"{menu}<p>青山县人民政府门户网站</p>"))
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports - lost
    assert got.kinds() == {"soft_404": lost}
    assert got.asked.count("/") == 1
