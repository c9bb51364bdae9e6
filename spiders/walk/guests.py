"""Sub-hosts of one portal in one visit: which were let in, and the manners that each is treated with.

A city's departments and its platform of disclosure often have hosts of their own (28% of the addresses of annual
reports stand on one). Each is a guest of its own: budget, pauses and failures are counted for it alone, and what ends
the visit there does not end the portal's.
"""

from __future__ import annotations

from collections.abc import Callable

from spiders.pages.fetch import host_of
from spiders.portal import Portal
from spiders.walk.events import Stopped
from spiders.walk.politeness import Limits, Manners

MOST_GUESTS = 60
"""Sub-hosts that one visit lets in: a city has some forty departments."""
_OURS = "archive_failed"
"""What stops the whole visit wherever it is met: it is no trouble of a host."""


class Guests:
    """The portal's own manners under no name, those of each sub-host under its own."""

    def __init__(self, portal: Portal, clock: Callable[[], float]) -> None:
        self.portal = portal
        self.clock = clock
        self.own = Manners(Limits.of(portal.politeness), clock())
        self._guests: dict[str, Manners] = {}
        self._closed: dict[str, Stopped] = {}

    def let_in(self, url: str) -> bool:
        """Let the sub-host of `url` in. False for what is no sub-host of the portal's, and for one too many."""
        host = host_of(url)
        if not self.portal.has_subhost(host) or len(self._guests) >= MOST_GUESTS:
            return False
        self._guests[host] = Manners(Limits.of(self.portal.politeness), self.clock())
        return True

    def has(self, url: str) -> bool:
        """Was the host of `url` let in?"""
        return host_of(url) in self._guests

    def closed(self, url: str) -> Stopped | None:
        """What ended the visit to the sub-host of `url`."""
        return self._closed.get(host_of(url))

    def manners_of(self, url: str) -> Manners:
        """What the host of `url` has been asked for."""
        return self._guests.get(host_of(url), self.own)

    def close(self, url: str, stop: Stopped) -> bool:
        """Leave the sub-host of `url` alone from now on. False where the whole visit is over."""
        if not self.has(url) or stop.kind == _OURS:
            return False
        self._closed[host_of(url)] = stop
        return True
