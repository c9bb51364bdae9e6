"""The registry that ships: real portals, unconfirmed and marked so, none of them hijacked."""

from __future__ import annotations

from collections import Counter

from archive.divisions import by_code
from spiders.families.family import NAMES
from spiders.registry.load import load

# Domains seen to carry copies of reports or to have been taken over. Never to be crawled.
HIJACKED = """
zh-teles.com 4321666.com jordynalvidrez.com bongotimes.com tibetthsy.com icases.net lotussunrise.com luchovivas.com
njsyzz.com clueli.com bjtchw.com btfghg.com cliffordsjerseys.com trevorkitchenandbar.com intermagasia.com tufwp.cn
bjbahr.com tpsnm.com zwinkt.com 275167.com yrdcpcn.com moonvisionstudio.com imortgage.com.cn h40v.com.cn whentby.com
tushygear.com hongxingpaper.com
""".split()

SEEDS = {"linqing": "371581", "jiyuan": "419001", "jiaxiang": "370829", "mdj": "231000", "tjhb": "120105"}


def test_many_places_and_every_family() -> None:
    portals = load()
    provinces = {portal.division[:2] for portal in portals}
    assert len(portals) >= 60
    assert len(provinces) >= 20
    assert set(NAMES) <= {portal.family for portal in portals}


def test_nothing_is_claimed_that_no_run_has_confirmed() -> None:
    assert {(portal.status, portal.simulated) for portal in load()} == {("unverified", False)}


def test_every_division_exists() -> None:
    assert [portal.id for portal in load() if by_code(portal.division) is None] == []


def test_the_seeds_portals_are_there() -> None:
    divisions = {portal.id: portal.division for portal in load()}
    assert {name: divisions.get(name) for name in SEEDS} == SEEDS


def test_only_government_hosts_and_no_hijacked_one() -> None:
    hosts = [host for portal in load() for host in portal.hosts]
    assert [host for host in hosts if not host.endswith(".gov.cn")] == []
    assert [host for host in hosts if any(host.endswith(bad) for bad in HIJACKED)] == []


def test_a_host_belongs_to_one_portal() -> None:
    counts = Counter(host for portal in load() for host in portal.hosts if not host.startswith("*."))
    shared = {host.removeprefix("www.") for host, count in counts.items() if count > 1}
    # Named for two places each in the research list: the home page's own words say whose each is (first_contact).
    assert shared == {"chizhou.gov.cn", "huangshi.gov.cn", "yanbian.gov.cn"}
    assert all(portal.place for portal in load() if portal.hosts[0].removeprefix("www.") in shared)


def test_the_division_is_of_the_portals_level() -> None:
    for portal in load():
        row = by_code(portal.division)
        level = "county" if portal.level == "district" else portal.level
        assert row is not None
        assert portal.level == "functional_zone" or row.level == level, portal.id
