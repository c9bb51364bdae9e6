"""Which portals share hosts, and how long a host is left in peace between two of them, and across a restart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from time import time

from spiders.portal import Portal
from spiders.walk.politeness import Limits

RECENT = 5_000
"""Newest captures and events that are looked at: more than an hour's worth of requests of a crawl."""

STAMPED = 1.0
"""Seconds: times in the database are whole ones, and a kill loses rows of a quarter of a second."""


def by_host(portals: Iterable[Portal]) -> list[list[Portal]]:
    """Portals that share a host stand in one chain: they are visited one after another.

    `*.place.gov.cn` shares every host below it.
    """
    portals = list(portals)
    wild = {host[2:] for portal in portals for host in portal.hosts if host.startswith("*.")}
    chain_of: dict[str, list[Portal]] = {}
    chains: list[list[Portal]] = []
    for portal in portals:
        keys = {key for host in portal.hosts for key in shared_names(host, wild)}
        sharing = list({id(found): found for key in sorted(keys) if (found := chain_of.get(key)) is not None}.values())
        if not sharing:
            chains.append([])
        chain = max(sharing, key=len) if sharing else chains[-1]
        for other in sharing:
            if other is not chain:
                chain_of.update(dict.fromkeys((key for key, held in chain_of.items() if held is other), chain))
                chain += other
                other.clear()
        chain.append(portal)
        chain_of.update(dict.fromkeys(keys, chain))
    place = {portal.id: number for number, portal in enumerate(portals)}
    return [sorted(chain, key=lambda portal: place[portal.id]) for chain in chains if chain]


def shared_names(host: str, wild: set[str]) -> list[str]:
    """A host, and every domain above it whose hosts a portal claims all."""
    bare = host.removeprefix("*.")
    labels = bare.split(".")
    return [bare, *(f"*.{above}" for n in range(len(labels)) if (above := ".".join(labels[n:])) in wild)]


class HostRests:
    """When each host was last asked, in seconds since 1970, and the delay that it was promised."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        self.clock = clock
        self._last: dict[str, tuple[float, float]] = {}

    def visited(self, portal: Portal, delay: float) -> None:
        """The visit of a portal is over."""
        self._note(portal.hosts, self.clock(), delay)

    def left(self, portal: Portal) -> float:
        """Seconds that the hosts of a portal must still be left in peace."""
        own = Limits.of(portal.politeness).delay
        asked = [self._last[host] for host in portal.hosts if host in self._last]
        return max((at + max(own, delay) - self.clock() for at, delay in asked if max(own, delay)), default=0.0)

    def remember(self, connection: sqlite3.Connection, portals: Sequence[Portal]) -> None:
        """What an earlier run asked a moment ago: a run that was killed and started again is the same guest."""
        hosts = {
            row[0]: tuple(json.loads(row[1] or "[]")) for row in connection.execute("SELECT id, hosts FROM portals")
        }
        delays = {portal.id: Limits.of(portal.politeness).delay for portal in portals}
        for table, column in (("captures", "fetched_at"), ("events", "at")):
            newest = connection.execute(
                f"SELECT portal_id, max({column}) FROM (SELECT portal_id, {column} FROM {table}"
                " ORDER BY id DESC LIMIT ?) GROUP BY portal_id",
                (RECENT,),
            )
            for portal_id, stamped in newest:
                at = datetime.fromisoformat(stamped).astimezone(UTC).timestamp()
                delay = delays.get(portal_id, Limits().delay)
                self._note(hosts.get(portal_id, ()), at + STAMPED if delay else at, delay)

    def _note(self, hosts: Iterable[str], at: float, delay: float) -> None:
        for host in hosts:
            before = self._last.get(host, (0.0, 0.0))
            self._last[host] = max(before[0], at), max(before[1] if before[0] + before[1] > at else 0.0, delay)
