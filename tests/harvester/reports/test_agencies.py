"""Whose report it is, whatever the document calls itself: one agency has one name and one place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from archive.divisions import by_code
from archive.schema import create_statement, tables
from harvester.reports.agency_names import canonical
from harvester.reports.publisher import Origin, Publisher, publisher
from parsers.report import Report

JIAXIANG = ("嘉祥县人民政府", "370829")
LIAOCHENG = ("聊城市人民政府", "371500")
FUZHOU_GULOU = ("福州市鼓楼区人民政府", "350102")
JIYUAN = ("济源市人民政府", "419001")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        made.row_factory = sqlite3.Row
        for name in ("portals", "divisions"):
            made.execute(create_statement(tables()[name]))
        yield made


def attributed(
    connection: sqlite3.Connection,
    printed: str | None,
    portal: tuple[str, str],
    *,
    year: int = 2022,
    listed: str | None = None,
    column: str | None = None,
) -> Publisher:
    report = Report("gen2021", "", printed, year, None, None, None, (), (), "html")
    found = Origin("http://x/", None, "2023-01-01T00:00:00Z", listed, None, column, "p", *portal, 0)
    return publisher(connection, report, found)


@pytest.mark.parametrize(
    ("printed", "portal", "name", "code", "scope"),
    [
        ("嘉祥县科学技术局", JIAXIANG, "嘉祥县科学技术局", "370829", "department"),
        ("科学技术局", JIAXIANG, "嘉祥县科学技术局", "370829", "department"),
        ("县科学技术局", JIAXIANG, "嘉祥县科学技术局", "370829", "department"),
        ("山东省济宁市嘉祥县科学技术局", JIAXIANG, "嘉祥县科学技术局", "370829", "department"),
        ("嘉 祥 县\n科学技术局", JIAXIANG, "嘉祥县科学技术局", "370829", "department"),
        ("市场监督管理局", LIAOCHENG, "聊城市市场监督管理局", "371500", "department"),
        ("市财政局", LIAOCHENG, "聊城市财政局", "371500", "department"),
        # Short names of bureaus.
        ("嘉祥县科技局", JIAXIANG, "嘉祥县科学技术局", "370829", "department"),
        ("县发改局", JIAXIANG, "嘉祥县发展和改革局", "370829", "department"),
        ("嘉祥县人力资源社会保障局", JIAXIANG, "嘉祥县人力资源和社会保障局", "370829", "department"),
        ("市监局", LIAOCHENG, "聊城市市场监督管理局", "371500", "department"),
        ("聊城市市场监管局", LIAOCHENG, "聊城市市场监督管理局", "371500", "department"),
        ("市卫健委", LIAOCHENG, "聊城市卫生健康委员会", "371500", "department"),
        ("市卫生健康委", LIAOCHENG, "聊城市卫生健康委员会", "371500", "department"),
        ("鼓楼区城管局", FUZHOU_GULOU, "鼓楼区城市管理局", "350102", "department"),
        # The government and its office are two bodies, each with several names.
        ("嘉祥", JIAXIANG, "嘉祥县人民政府", "370829", "government_aggregate"),
        ("嘉祥县", JIAXIANG, "嘉祥县人民政府", "370829", "government_aggregate"),
        ("嘉祥县政府", JIAXIANG, "嘉祥县人民政府", "370829", "government_aggregate"),
        ("嘉祥县府办", JIAXIANG, "嘉祥县人民政府办公室", "370829", "government_office"),
        ("嘉祥县政府办公室", JIAXIANG, "嘉祥县人民政府办公室", "370829", "government_office"),
        # Towns, streets and zones have no code of their own.
        ("纸坊镇", JIAXIANG, "嘉祥县纸坊镇人民政府", "370829", "town_or_street"),
        ("安泰街道", FUZHOU_GULOU, "鼓楼区安泰街道办事处", "350102", "town_or_street"),
        ("嘉祥经济开发区管委会", JIAXIANG, "嘉祥经济开发区管理委员会", "370829", "functional_zone"),
        ("济源示范区工科委", JIYUAN, "济源示范区工科委", "419001", "functional_zone"),
        # Misfiled: what is printed counts, not the portal.
        ("临清市科学技术局", LIAOCHENG, "临清市科学技术局", "371581", "department"),
        ("河北区科学技术局", JIAXIANG, "河北区科学技术局", "120105", "department"),
        # 鼓楼区 ×4: the portal settles which; where it cannot, nothing is put before the name.
        ("鼓楼区城市管理局", FUZHOU_GULOU, "鼓楼区城市管理局", "350102", "department"),
        ("鼓楼区城市管理局", ("南京市人民政府", "320100"), "鼓楼区城市管理局", "320106", "department"),
        ("鼓楼区城市管理局", ("陕西省人民政府", "610000"), "鼓楼区城市管理局", "610000", "department"),
        # 西区 is a place in 攀枝花 and a word elsewhere.
        ("西区街道办事处", ("中山市人民政府", "442000"), "中山市西区街道办事处", "442000", "town_or_street"),
        ("国家税务总局嘉祥县税务局", JIAXIANG, "国家税务总局嘉祥县税务局", "370829", "department"),
    ],
)
def test_one_name_for_one_agency(
    connection: sqlite3.Connection, printed: str, portal: tuple[str, str], name: str, code: str, scope: str
) -> None:
    who = attributed(connection, printed, portal)
    assert (who.name, who.division_code, who.scope, who.printed) == (name, code, scope, printed)


@pytest.mark.parametrize("printed", ["本机关", "本单位", "我局", None])
def test_a_report_that_does_not_name_its_agency_is_that_of_its_list_entry(
    connection: sqlite3.Connection, printed: str | None
) -> None:
    listed = "嘉祥县民政局2022年政府信息公开工作年度报告"
    assert attributed(connection, printed, JIAXIANG, listed=listed).name == "嘉祥县民政局"
    assert attributed(connection, printed, JIAXIANG).name == "嘉祥县人民政府"


def test_the_place_is_that_of_the_year(connection: sqlite3.Connection) -> None:
    """419001 was 义马市 until 1990 and is 济源市 from 1997 on."""
    who = attributed(connection, "济源市财政局", JIYUAN)
    assert (who.province, who.city, who.county) == ("河南省", "", "济源市")


@pytest.mark.parametrize("printed", ["青石县财政局", "财政局", "县财政局"])
def test_a_place_without_a_code_of_the_nation(printed: str) -> None:
    assert canonical(printed, None, "青石县") == "青石县财政局"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("嘉祥县发改局", "嘉祥县发改委"),
        ("嘉祥县科技局", "济宁市科技局"),
        ("嘉祥县自然资源局", "嘉祥县资规局"),
        ("嘉祥县城管局", "嘉祥县城市管理行政执法局"),
        ("嘉祥县人民政府", "嘉祥县府办"),
        ("嘉祥经济开发区管委会", "嘉祥县人民政府"),
    ],
)
def test_two_bodies_are_not_made_one(one: str, other: str) -> None:
    jiaxiang = by_code("370829")
    assert canonical(one, jiaxiang, "") != canonical(other, jiaxiang, "")


def test_the_name_in_print_is_kept(connection: sqlite3.Connection) -> None:
    who = attributed(connection, "嘉祥县科技局", JIAXIANG)
    assert (who.name, who.printed) == ("嘉祥县科学技术局", "嘉祥县科技局")


def test_a_column_names_the_agency_where_nothing_else_does(connection: sqlite3.Connection) -> None:
    column, title = "部门导航 > 县公安局 > 政府信息公开 > 公开年报", "2022年政府信息公开年度报告"
    assert attributed(connection, None, JIAXIANG, listed=title, column=column).name == "嘉祥县公安局"
    assert attributed(connection, "嘉祥县科技局", JIAXIANG, listed=title, column=column).name == "嘉祥县科学技术局"
    assert attributed(connection, None, JIAXIANG, listed=title, column="公开年报").name == "嘉祥县人民政府"


@pytest.mark.parametrize(
    ("printed", "portal", "code"),
    [
        ("济源示范区工业和科技创新委员会", JIYUAN, "419001"),
        ("济源示范区工业和科技创新委员会", JIAXIANG, "419001"),
        ("聊城经济技术开发区管理委员会", JIAXIANG, "371500"),
        ("鼓楼开发区管理委员会", JIAXIANG, "370829"),  # four places of that name: nothing is claimed
        ("高新技术产业开发区管理委员会", LIAOCHENG, "371500"),
    ],
)
def test_a_zone_belongs_to_the_place_whose_name_it_bears(
    connection: sqlite3.Connection, printed: str, portal: tuple[str, str], code: str
) -> None:
    assert attributed(connection, printed, portal).division_code == code
