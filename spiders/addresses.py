"""Addresses no public portal may lead to: loopback, link-local, private, reserved. Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

_LOCAL_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "metadata.google.internal")


def is_unsafe(address: str, *, simulated: bool) -> bool:
    """Is this IP address out of bounds? A simulated portal may live on loopback, and nowhere else that is private."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return not simulated
    return not ip.is_global or ip.is_multicast


def is_unsafe_literal(url: str, *, simulated: bool) -> bool:
    """Does `url` name such an address outright? Names are looked up only when a connection is made."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host in _LOCAL_NAMES or host.endswith(".localhost"):
        return not simulated
    try:
        return is_unsafe(host, simulated=simulated)
    except ValueError:
        return False
