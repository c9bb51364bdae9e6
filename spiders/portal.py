"""Portal: one row of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

EVERY = "*."
"""Before a domain in `hosts`: its sub-hosts."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a walk begins. `role`: home, annual_root, agency_root, api. `layout`: flat, year, agency, selector."""

    url: str
    role: str = "annual_root"
    layout: str | None = None


@dataclass(frozen=True, slots=True)
class Politeness:
    """A portal's own limits: `delay` in seconds, `max_requests` and `max_bytes` a run, `max_seconds` of wall time."""

    delay: float | None = None
    max_requests: int | None = None
    max_bytes: int | None = None
    max_seconds: float | None = None
    tls: str | None = None
    ip_family: str | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the list at address `list` is asked for plainly, as its own page was seen to do.

    `url` and `body` are those of page one; ``{1+1}`` in them stands for 1 on page one, 2 on page two, ``{0+15}`` for 0,
    15, 30. Whatever else is a path into the answer, dots between its names: `rows` leads to the items (to nothing where
    the answer itself is a piece of HTML), and from each item `title`, `address` and `date`. An `address` with braces is
    a template: ``/show?id={id}``. `total` and `pages` are what the answer says of the whole list.
    """

    list: str
    url: str
    method: str = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    rows: str = ""
    title: str = ""
    address: str = ""
    date: str = ""
    total: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Portal:
    """A county or city portal (docs/portals.md). `hosts`: canonical first; nothing off them is fetched.

    ``*.example.gov.cn`` among them lets in the sub-hosts that the portal's own annual columns and lists of agencies
    lead to, but for `neighbours`: hosts under it that other portals of the registry have.
    """

    id: str
    name: str
    division: str
    level: str
    hosts: tuple[str, ...]
    family: str
    start: tuple[Start, ...]
    status: str = "unverified"
    status_reason: str | None = None
    simulated: bool = False
    params: Mapping[str, object] = field(default_factory=dict)
    politeness: Politeness = Politeness()
    recipes: tuple[Recipe, ...] = ()
    place: str = ""
    """The word that its home page must show before anything is harvested; empty where someone has seen to it."""
    neighbours: frozenset[str] = frozenset()

    @property
    def domains(self) -> tuple[str, ...]:
        """What stands behind ``*.`` in `hosts`."""
        return tuple(host.removeprefix(EVERY) for host in self.hosts if host.startswith(EVERY))

    def has_subhost(self, host: str) -> bool:
        """Is `host` a sub-host of the portal's own domain that may be visited where a column leads to it?"""
        name = host.partition(":")[0]
        inside = any((host if ":" in domain else name).endswith(f".{domain}") for domain in self.domains)
        return inside and not {host, name} & {*self.neighbours, *self.hosts}
