"""Hosts of an entry: ``*.example.gov.cn``, whose it may be, and who else lives under it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from spiders.portal import EVERY, Portal, Start
from spiders.registry.hosts import fault_of_hosts, registered_domain, with_neighbours
from spiders.registry.load import load
from spiders.registry.national import sub_hosts


@pytest.mark.parametrize(
    ("hosts", "fault"),
    [
        (["www.qingshi.gov.cn", "*.qingshi.gov.cn"], ""),
        (["qingshi.linzhou.gov.cn", "*.linzhou.gov.cn"], ""),
        (["www.qingshi.gov.cn", "*.gov.cn"], "not one owner's domain"),
        (["www.qingshi.gov.cn", "*.cn"], "not one owner's domain"),
        (["www.qingshi.gov.cn", "*.linzhou.gov.cn"], "none of the portal's hosts"),
        (["*.qingshi.gov.cn"], "must stand before it"),
        (["www.qingshi.gov.cn", "*qingshi.gov.cn"], "is not a host name"),
        (["www.localhost", "*.localhost"], "not one owner's domain"),
    ],
)
def test_whose_domain_it_is(hosts: list[object], fault: str) -> None:
    assert fault in fault_of_hosts(hosts, simulated=True)
    assert bool(fault_of_hosts(hosts, simulated=True)) == bool(fault)


def test_only_a_simulated_portal_is_on_loopback() -> None:
    hosts: list[object] = ["127.0.0.1:80", "qingshi.localhost:80", "*.qingshi.localhost:80"]
    assert fault_of_hosts(hosts, simulated=True) == ""
    assert "private" in fault_of_hosts(hosts, simulated=False)


def test_the_owner_of_a_domain() -> None:
    assert registered_domain("jyj.qingshi.gov.cn") == "qingshi.gov.cn"
    assert registered_domain("gov.cn") == ""


def portal(**fields: Any) -> Portal:
    return replace(Portal("a", "青石县", "990001", "county", (), "auto", (Start("http://a/"),)), **fields)


def test_which_host_is_a_sub_host() -> None:
    one = portal(hosts=("www.qingshi.gov.cn", "*.qingshi.gov.cn"), neighbours=frozenset({"linxi.qingshi.gov.cn"}))
    assert one.has_subhost("jyj.qingshi.gov.cn")
    assert one.has_subhost("jyj.qingshi.gov.cn:8080")
    for other in ("www.qingshi.gov.cn", "linxi.qingshi.gov.cn", "linxi.qingshi.gov.cn:81", "xqingshi.gov.cn", "gov.cn"):
        assert not one.has_subhost(other)


def test_another_governments_home_is_no_sub_host() -> None:
    city = portal(hosts=("www.linzhou.gov.cn", "*.linzhou.gov.cn"))
    county = portal(id="b", hosts=("linxi.linzhou.gov.cn", "*.linxi.linzhou.gov.cn"))
    told = list(with_neighbours([city, county], ["www.dongshan.linzhou.gov.cn"]))
    assert told[0].neighbours == {"linxi.linzhou.gov.cn", "www.dongshan.linzhou.gov.cn"}
    assert not told[0].has_subhost("linxi.linzhou.gov.cn")
    assert not told[1].neighbours


def test_the_national_list_lets_in_sub_hosts_of_its_own_domains_alone() -> None:
    assert sub_hosts("www.qingshi.gov.cn") == ("*.qingshi.gov.cn",)
    assert sub_hosts("gov.cn") == sub_hosts("www.qingshi.com") == sub_hosts("127.0.0.1:80") == ()
    portals = load()
    taken = {host for one in portals for host in one.hosts if not host.startswith(EVERY)}
    under = {one.id: (one, [host for host in one.neighbours if host in taken]) for one in portals if one.neighbours}
    assert under
    assert not any(one.has_subhost(host) for one, hosts in under.values() for host in hosts)
