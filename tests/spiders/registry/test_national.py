"""The national list: every government of the country, one a line, behind what the TOML files know better."""

from __future__ import annotations

from spiders.portal import Portal
from spiders.registry.load import load
from spiders.registry.national import FIELDS, national_portals, place_words
from spiders.registry.place import Place

LINES = ",".join(FIELDS) + (
    "\njiaxiang,嘉祥县人民政府,370829,county,http://www.jiaxiang.gov.cn/,unverified"
    "\nwenshang,汶上县人民政府,370830,county,https://www.wenshang.gov.cn/,unverified"
)


def test_every_government_is_in_the_registry() -> None:
    portals = load()
    governments = {portal.division for portal in portals if portal.level != "functional_zone"}
    assert len(governments) > 3190
    assert len({portal.id for portal in portals}) == len(portals)


def test_an_entry_that_knows_more_wins() -> None:
    known = Portal("jx", "嘉祥县人民政府", "370829", "county", ("jiaxiang.gov.cn",), "hanweb", ())
    (portal,) = national_portals([known], LINES)
    assert (portal.id, portal.hosts) == ("wenshang", ("www.wenshang.gov.cn", "wenshang.gov.cn", "*.wenshang.gov.cn"))
    assert (portal.start[0].role, portal.status, portal.family, portal.place) == (
        "home",
        "unverified",
        "auto",
        "汶上县",
    )


def test_by_place_and_level() -> None:
    found = [portal for portal in load() if Place("3708", "county").holds(portal)]
    assert {portal.division[:4] for portal in found} == {"3708"}
    assert "370829" in {portal.division for portal in found}


def test_the_word_that_a_home_page_must_show() -> None:
    assert [place_words(name) for name in ("嘉祥县人民政府", "北京市人民政府", "两江新区")] == [
        "嘉祥县",
        "北京市",
        "两江新区",
    ]
