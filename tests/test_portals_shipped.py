"""The registry that ships: real places, real divisions, all families, and no hijacked host."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from archive.divisions import divisions
from spiders.family import NAMES
from spiders.portal import Portal
from spiders.registry import load

SEEDS = {"linqing": "channel_doc", "jiyuan": "generic", "jiaxiang": "hanweb", "mdj": "ucap", "tjhb": "trs"}
HIJACKED = """
zh-teles.com 4321666.com jordynalvidrez.com bongotimes.com tibetthsy.com icases.net lotussunrise.com luchovivas.com
njsyzz.com clueli.com bjtchw.com btfghg.com cliffordsjerseys.com trevorkitchenandbar.com intermagasia.com tufwp.cn
bjbahr.com tpsnm.com zwinkt.com 275167.com yrdcpcn.com moonvisionstudio.com imortgage.com.cn h40v.com.cn
""".split()


@pytest.fixture(scope="module")
def portals() -> tuple[Portal, ...]:
    return load()


def test_there_are_sixty_in_twenty_provinces(portals: tuple[Portal, ...]) -> None:
    provinces = {portal.division[:2] for portal in portals}
    assert len(portals) >= 60
    assert len(provinces) >= 20


def test_every_family_has_a_portal(portals: tuple[Portal, ...]) -> None:
    assert {portal.family for portal in portals} >= set(NAMES)


def test_the_portals_of_the_seeds_are_there(portals: tuple[Portal, ...]) -> None:
    families = {portal.id: portal.family for portal in portals}
    assert {portal: families[portal] for portal in SEEDS} == SEEDS


def test_no_host_was_taken_over(portals: tuple[Portal, ...]) -> None:
    hosts = {host for portal in portals for host in portal.hosts}
    assert not [host for host in hosts for bad in HIJACKED if host == bad or host.endswith(f".{bad}")]
    assert all(host.endswith(".gov.cn") for host in hosts)


def test_a_host_belongs_to_one_portal(portals: tuple[Portal, ...]) -> None:
    counts = Counter(host for portal in portals for host in portal.hosts)
    assert [host for host, count in counts.items() if count > 1] == []


def test_divisions_are_valid_today_and_of_the_level(portals: tuple[Portal, ...]) -> None:
    today = {row.code: row for row in divisions() if row.valid_to is None}
    for portal in portals:
        row = today[portal.division]
        level = "county" if portal.level in ("county", "district") else portal.level
        assert portal.level == "functional_zone" or row.level == level, portal.id


def test_nothing_is_claimed_before_a_run_has_shown_it(portals: tuple[Portal, ...]) -> None:
    assert {portal.status for portal in portals} == {"unverified"}
    assert all(urlsplit(start.url).netloc in portal.hosts for portal in portals for start in portal.start)
