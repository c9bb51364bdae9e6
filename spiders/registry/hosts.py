"""The hosts of an entry: which may stand there, whose ``*.example.gov.cn`` is, and who else lives under it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from ipaddress import ip_address

from spiders.addresses import is_unsafe
from spiders.portal import EVERY, Portal

_HOST = re.compile(r"(?:[^\W_A-Z](?:[^\W_A-Z-]|-)*\.)*(?:[^\W_A-Z]|-)+(?::\d{1,5})?")
_LOCAL = "localhost"


def fault_of_hosts(hosts: list[object], *, simulated: bool) -> str:
    """What is wrong with the hosts of an entry, in words; empty where nothing is."""
    for host in hosts:
        if not isinstance(host, str) or not _HOST.fullmatch(host.removeprefix(EVERY)):
            return f"{host!r} is not a host name (no scheme, no path, lower case)"
        fault = _fault_of_domain(host, hosts) if host.startswith(EVERY) else ""
        if fault := fault or _fault_of_place(host, simulated=simulated):
            return f"{host}{fault}"
    return ""


def _fault_of_domain(host: str, hosts: list[object]) -> str:
    """``*.example.gov.cn`` must be the portal's own: what stands under gov.cn is many governments'."""
    domain = host.removeprefix(EVERY).partition(":")[0]
    plain = [one.partition(":")[0] for one in hosts if isinstance(one, str) and not one.startswith(EVERY)]
    if host == hosts[0]:
        return ": a host to begin with must stand before it"
    if not any(one == domain or one.endswith(f".{domain}") for one in plain):
        return f": none of the portal's hosts is on {domain}"
    return "" if registered_domain(domain) else f": {domain} is not one owner's domain"


def _fault_of_place(host: str, *, simulated: bool) -> str:
    bare = host.removeprefix(EVERY).partition(":")[0]
    if bare != _LOCAL and not bare.endswith(f".{_LOCAL}") and not _is_private(bare):
        return ""
    if not simulated:
        return " is private; only a simulated portal may be there"
    inside = bare.endswith(_LOCAL) or not is_unsafe(bare, simulated=True)
    return "" if inside else ": a simulated portal lives on loopback"


def _is_private(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return is_unsafe(host, simulated=False)


def registered_domain(host: str) -> str:
    """The part of `host` that has one owner, by the list of public suffixes; empty for a suffix and for an address."""
    if host.endswith(f".{_LOCAL}"):
        return host  # of simulated portals, known to no list
    return str(_extractor()(host).top_domain_under_public_suffix)


@cache
def _extractor():  # type: ignore[no-untyped-def]
    from tldextract import TLDExtract  # slow to load, and most registries have no use for it

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def with_neighbours(portals: Iterable[Portal], others: Iterable[str] = ()) -> Iterator[Portal]:
    """The portals, each told which hosts under its own domain belong to another; `others`: hosts beside theirs."""
    portals = list(portals)
    domains = {domain for portal in portals for domain in portal.domains}
    under: defaultdict[str, set[str]] = defaultdict(set)
    for host in {*others, *(host for portal in portals for host in portal.hosts)} if domains else ():
        labels = host.removeprefix(EVERY).split(".")
        for start in range(len(labels)):
            if (domain := ".".join(labels[start:])) in domains:
                under[domain].add(host.removeprefix(EVERY))
    for portal in portals:
        found = {host for domain in portal.domains for host in under[domain]}
        own = {host.removeprefix(EVERY) for host in portal.hosts}
        yield replace(portal, neighbours=frozenset(found - own)) if found - own else portal
