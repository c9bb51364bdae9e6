"""Addresses no public portal may lead to: loopback, link-local, private, reserved. Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

_LOCAL_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "metadata.google.internal")

_TRANSITION = tuple(
    ipaddress.ip_network(net)
    for net in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10")
)
"""IPv6 addresses that stand for an IPv4 address (compatible, NAT64, 6to4, Teredo), and site-local ones: behind them may
be any machine, and no portal needs them."""


def is_unsafe(address: str, *, simulated: bool) -> bool:
    """Is this IP address out of bounds? A simulated portal may live on loopback, and nowhere else that is private."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return not simulated
    return not ip.is_global or ip.is_multicast or any(ip in network for network in _TRANSITION)


def is_unsafe_literal(url: str, *, simulated: bool) -> bool:
    """Does `url` name such an address outright? Names are looked up only when a connection is made."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host in _LOCAL_NAMES or host.endswith(".localhost"):
        return not simulated
    try:
        return is_unsafe(host, simulated=simulated)
    except ValueError:
        return False
