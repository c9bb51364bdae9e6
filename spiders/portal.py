"""Portal: one row of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
class Portal:
    """A county or city portal (CONTRACT section 6). `hosts`: canonical first; nothing off them is fetched."""

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
