"""Discovery: from menus to annual columns, in the four layouts portals have."""

from __future__ import annotations

from collections import deque

import pytest

from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.walk.columns import ListPage
from spiders.walk.discovery import BUDGET, Discovery, strength
from spiders.walk.menus import STRONG
from spiders.walk.offers import columns

HOST = "http://www.example.gov.cn"


def page(path: str, *links: tuple[str, str], rest: str = "") -> Page:
    items = "".join(f"<li><a href='{href}'>{text}</a></li>" for text, href in links)
    body = f"<html><body><ul>{items}</ul>{rest}</body></html>"
    return Page(Fetch(HOST + path), HOST + path, 200, "text/html", body.encode())


def explore(site: dict[str, Page], home: str = "/") -> tuple[list[str], int]:
    """Paths of the annual columns found, and how many menus were opened."""
    discovery, waiting, found, opened = Discovery(), deque([ListPage(Fetch(HOST + home), role="home")]), [], 0
    while waiting:
        column = waiting.popleft()
        path = column.fetch.url.removeprefix(HOST)
        if column.role == "annual_root":
            found.append(" > ".join(column.path))
            discovery.led_on(column)
        elif path in site and discovery.affords(column):
            opened += 1
            discovery.opened(column)
            waiting.extend(discovery.below(column, site[path]))
    return found, opened


def test_the_best_links_come_first_and_titles_stay_as_printed() -> None:
    home = page(
        "/",
        ("新闻", "/xw/"),
        ("政务公开", "/zwgk/"),
        ("政府信息公开 年报", "/x/"),
        ("信息公开", "/zfxxgknb/"),
        ("登录", "/l"),
    )
    assert [(entry.title, entry.url.removeprefix(HOST)) for entry in columns(home)] == [
        ("政府信息公开 年报", "/x/"), ("信息公开", "/zfxxgknb/"), ("政务公开", "/zwgk/")
    ]  # fmt: skip


def test_lookalike_columns_and_single_reports_are_no_columns() -> None:
    home = page(
        "/",
        ("法治政府建设年度报告", "/fz/"),
        ("政府网站年度报表", "/wz/"),
        ("县科技局2022年政府信息公开年报", "/a.html"),
    )
    assert columns(home) == ()


def test_a_site_map_helps_where_the_menu_is_silent() -> None:
    home, silent = ListPage(Fetch(HOST + "/"), role="home"), page("/", ("网站地图", "/map.html"), ("新闻", "/xw/"))
    assert [one.path for one in Discovery().below(home, silent)] == [("网站地图",)]


def test_an_address_speaks_where_no_new_word_does() -> None:
    silent = ("政务公开", "/zwgk/"), ("更多内容", "/zwgk/zfxxgk/"), ("新闻", "/xw/")
    discovery, home = Discovery(), ListPage(Fetch(HOST + "/"), role="home")
    assert [one.path for one in discovery.below(home, page("/", *silent))] == [("政务公开",)]
    gateway = ListPage(Fetch(HOST + "/zwgk/"), ("政务公开",), 1, role="home")
    assert [one.path for one in discovery.below(gateway, page("/zwgk/", *silent))] == [("政务公开", "更多内容")]


def test_agencies_in_a_selector() -> None:
    offered = "<select><option value=''>请选择</option><option value='/jyj/'>区教育局</option></select>"
    gateway = ListPage(Fetch(HOST + "/zfxxgk/"), ("政府信息公开",), 1, role="home")
    assert [one.path[-1] for one in Discovery().below(gateway, page("/zfxxgk/", rest=offered))] == ["区教育局"]


def test_through_gateways_to_the_column() -> None:
    site = {
        "/": page("/", ("首页", "/"), ("政务公开", "/zwgk/")),
        "/zwgk/": page("/zwgk/", ("首页", "/"), ("政府信息公开", "/zwgk/zfxxgk/")),
        "/zwgk/zfxxgk/": page("/zwgk/zfxxgk/", ("政府信息公开指南", "/z/"), ("政府信息公开年报", "/zwgk/zfxxgk/nb/")),
    }
    assert explore(site) == (["政务公开 > 政府信息公开 > 政府信息公开年报"], 3)


def test_a_menu_in_a_frame() -> None:
    site = {
        "/": page("/", rest="<iframe src='/menu.html'></iframe><iframe src='/login.html'></iframe>"),
        "/menu.html": page("/menu.html", ("政府信息公开年报", "/nb/")),
    }
    assert explore(site) == (["政府信息公开年报"], 2)


def test_agencies_of_a_gateway_are_visited_as_agencies() -> None:
    gateway = page("/bm/", ("区科技局", "/kjj/"), ("区教育局", "/jyj/"), ("乡镇街道", "/xz/"), ("联系我们", "/lx/"))
    below = Discovery().below(ListPage(Fetch(HOST + "/bm/"), ("部门信息公开",), 1, role="home"), gateway)
    told = [(one.path[-1], one.role) for one in below]
    assert told == [("区科技局", "agency"), ("区教育局", "agency"), ("乡镇街道", "home")], (
        "a group is a menu of agencies"
    )


def test_the_budget_holds_and_menus_that_lead_in_circles_end() -> None:
    site = {f"/{n}/": page(f"/{n}/", *[(f"政务公开{m}", f"/{m}/") for m in range(500)]) for n in range(500)}
    site["/"] = page("/", ("政务公开", "/0/"))
    found, opened = explore(site)
    assert found == []
    assert opened <= BUDGET + 1


def test_menus_that_lead_on_cost_nothing() -> None:
    agencies = [f"区{first}{second}局" for first in "甲乙丙丁戊己庚辛壬癸" for second in "甲乙丙丁戊己庚辛壬癸"]
    discovery, gateway = Discovery(), ListPage(Fetch(HOST + "/bm/"), ("部门信息公开",), 1, role="home")
    below = discovery.below(gateway, page("/bm/", *((agency, f"/{n}/") for n, agency in enumerate(agencies))))
    for agency in below:
        assert discovery.affords(agency)
        discovery.opened(agency)
        discovery.led_on(agency.below(ListItem(agency.fetch.url + "nb/", "年报")))
    assert (len(below), discovery.left) == (100, BUDGET)


def test_a_catalogue_is_a_way_where_there_is_no_other() -> None:
    beside = ("政府信息公开目录", "/ml/"), ("县政府召开政府信息公开工作会议", "/1.html")
    assert [entry.title for entry in columns(page("/", *beside))] == ["政府信息公开目录"]
    assert [entry.title for entry in columns(page("/", *beside, ("政务公开", "/zwgk/")))] == ["政务公开"]


def test_menus_of_agencies_on_the_home_page_come_last() -> None:
    discovery, home = Discovery(), ListPage(Fetch(HOST + "/"), role="home")
    shown = page("/", ("政府部门", "/bm/"), ("政务公开", "/zwgk/"), ("区科技局", "/kjj/"))
    assert [one.path for one in discovery.below(home, shown)] == [("政务公开",)]
    assert [one.path for one in discovery.in_the_end(home, shown)] == [("政府部门",)]


def test_a_catalogue_of_agencies_is_a_menu_and_any_other_is_put_aside() -> None:
    links = ("信息公开年报", "/nb/"), ("部门信息公开目录", "/bm/"), ("政府信息公开目录", "/ml/")
    assert [entry.title for entry in columns(page("/", *links))] == ["信息公开年报", "部门信息公开目录"]


def test_agencies_of_the_home_page_by_the_address_of_an_annual_list() -> None:
    """Towns on a map lead to the same kind of list as the county's; to the list of guides (``type=2``) they do not."""
    discovery = Discovery()
    towns = [
        ("石鼓镇", "/column/6600070?type=3"),
        ("黄坪镇", "/column/6600073?type=2"),
        ("县教育局", "http://jy.x.cn/"),
    ]
    discovery.below(ListPage(Fetch(HOST), role="home"), page("/", ("政务公开", "/zwgk/"), *towns))
    (found,) = discovery.alike(ListPage(Fetch(f"{HOST}/column/6600001?type=3"), ("年报",)))
    assert (found.path, found.role, found.annual) == (("年报", "石鼓镇"), "agency", False)
    assert found.inside


@pytest.mark.parametrize("name", ["市政府", "县直部门", "镇街", "功能区"])
def test_each_group_of_agencies_is_owed_a_look(name: str) -> None:
    beside = ListPage(Fetch(HOST + "/tree#press:x"), ("信息公开目录", name), 2, role="home")
    assert strength(beside) >= STRONG
    below = Discovery().below(beside, page("/tree", ("市人民政府", "#press:x|市人民政府"), ("公开指南", "/zn")))
    assert [one.path[-1] for one in below] == ["市人民政府"]
