"""One entry of the registry: which fields it may have, and what each of them must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from archive.divisions import divisions
from spiders.families.family import NAMES
from spiders.pages.fetch import host_of
from spiders.portal import Politeness, Portal, Recipe, Start
from spiders.registry.hosts import fault_of_hosts
from spiders.registry.recipes import RecipeFault, read_recipe

LEVELS = ("province", "city", "county", "district", "functional_zone")
STATUSES = ("active", "blocked", "moved", "dead", "unverified")
ROLES = ("home", "annual_root", "agency_root", "api")
LAYOUTS = ("flat", "year", "agency", "selector")
SIMULATED = "99"
"""Division codes of places that do not exist."""

_REQUIRED = ("id", "name", "division", "level", "hosts", "family", "start")
_OPTIONAL = ("status", "status_reason", "simulated", "params", "politeness", "recipe")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_RANGES: dict[str, tuple[float, float]] = {
    "delay": (0, 3600),
    "max_requests": (1, 1_000_000),
    "max_bytes": (1, 1 << 40),
    "max_seconds": (1, 7 * 24 * 3600),
}
_CHOICES = {"tls": ("legacy", "modern"), "ip_family": ("4", "6")}


class RegistryError(ValueError):
    """The registry says something it may not say. The message names file, portal and field."""


def read_portal(entry: Mapping[str, Any], where: str) -> Portal:
    """A checked `Portal`. Raises RegistryError."""
    _only(entry, (*_REQUIRED, *_OPTIONAL), where)
    for name in _REQUIRED:
        if entry.get(name) in (None, "", []):
            raise RegistryError(f"{where}: {name}: missing")
    simulated = _typed(entry, "simulated", bool, where, False)
    hosts = _hosts(entry, simulated, where)
    family = _choice(entry, "family", (*NAMES, "auto"), where)
    portal = Portal(
        id=_matching(entry, "id", _ID, where, "lower-case letters, digits, . _ -"),
        name=_typed(entry, "name", str, where),
        division=_division(entry, simulated, where),
        level=_choice(entry, "level", LEVELS, where),
        hosts=hosts,
        family=family,
        start=_starts(entry, hosts, where),
        status=_choice(entry, "status", STATUSES, where, "unverified"),
        status_reason=_typed(entry, "status_reason", str, where, None),
        simulated=simulated,
        params=_typed(entry, "params", dict, where, {}),
        politeness=_politeness(_typed(entry, "politeness", dict, where, {}), simulated, f"{where}: politeness"),
    )
    return replace(portal, recipes=_recipes(_typed(entry, "recipe", list, where, []), portal, where))


def _recipes(entries: list[Any], portal: Portal, where: str) -> tuple[Recipe, ...]:
    found = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(read_recipe(entry, portal))
        except RecipeFault as fault:
            raise RegistryError(f"{where}: recipe {number}: {fault}") from fault
    return tuple(found)


def _hosts(entry: Mapping[str, Any], simulated: bool, where: str) -> tuple[str, ...]:
    hosts = _typed(entry, "hosts", list, where)
    if fault := fault_of_hosts(hosts, simulated=simulated):
        raise RegistryError(f"{where}: hosts: {fault}")
    return tuple(dict.fromkeys(hosts))


def _division(entry: Mapping[str, Any], simulated: bool, where: str) -> str:
    code = _matching(entry, "division", re.compile(r"\d{6}"), where, "six digits in quotes")
    if code.startswith(SIMULATED):
        if not simulated:
            raise RegistryError(f"{where}: division: {code} is for simulated portals")
    elif code not in {division.code for division in divisions()}:
        raise RegistryError(f"{where}: division: {code} is not in archive/divisions.csv")
    return code


def _starts(entry: Mapping[str, Any], hosts: tuple[str, ...], where: str) -> tuple[Start, ...]:
    starts = _typed(entry, "start", list, where)
    return tuple(_start(start, hosts, f"{where}: start {number}") for number, start in enumerate(starts, 1))


def _start(start: Any, hosts: tuple[str, ...], where: str) -> Start:
    if not isinstance(start, dict):
        raise RegistryError(f"{where}: write [[portal.start]]")
    _only(start, ("url", "role", "layout"), where)
    url = _typed(start, "url", str, where)
    if urlsplit(url).scheme not in ("http", "https"):
        raise RegistryError(f"{where}: url: {url!r} does not begin with http:// or https://")
    if host_of(url) not in hosts:
        raise RegistryError(f"{where}: url: {host_of(url)} is not among the hosts {', '.join(hosts)}")
    layout = _choice(start, "layout", LAYOUTS, where) if start.get("layout") is not None else None
    return Start(url, _choice(start, "role", ROLES, where, "annual_root"), layout)


def _politeness(given: Mapping[str, Any], simulated: bool, where: str) -> Politeness:
    _only(given, tuple(Politeness.__dataclass_fields__), where)
    for name, (least, most) in _RANGES.items():
        value = given.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise RegistryError(f"{where}: {name}: {value!r} is not a number")
        if value is not None and not least <= value <= most:
            raise RegistryError(f"{where}: {name}: {value} is not between {least:g} and {most:g}")
    if not simulated and given.get("delay", 1) < 1:
        raise RegistryError(f"{where}: delay: at least 1 second for a real portal, not {given['delay']}")
    given = {name: str(value) if name == "ip_family" else value for name, value in given.items()}
    for name, allowed in _CHOICES.items():
        if name in given:
            _choice(given, name, allowed, where)
    return Politeness(**given)


def _only(entry: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for name in entry:
        if name not in allowed:
            raise RegistryError(f"{where}: {name}: unknown key{_suggestion(name, allowed)}")


def _suggestion(word: Any, allowed: tuple[str, ...]) -> str:
    close = get_close_matches(str(word), allowed, 1)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(allowed)}"


def _typed(entry: Mapping[str, Any], name: str, kind: type, where: str, default: Any = ...) -> Any:
    value = entry.get(name, default)
    if value is default and default is not ...:
        return default
    if not isinstance(value, kind):
        raise RegistryError(f"{where}: {name}: {value!r} is not {_KINDS[kind]}")
    return value


_KINDS: dict[type, str] = {str: "a text", list: "a list", dict: "a table", bool: "true or false"}


def _choice(entry: Mapping[str, Any], name: str, allowed: tuple[str, ...], where: str, default: Any = ...) -> str:
    value = _typed(entry, name, str, where, default)
    if value not in allowed:
        raise RegistryError(f"{where}: {name}: {value!r} is unknown{_suggestion(value, allowed)}")
    return str(value)


def _matching(entry: Mapping[str, Any], name: str, pattern: re.Pattern[str], where: str, rule: str) -> str:
    value = _typed(entry, name, str, where)
    if not pattern.fullmatch(value):
        raise RegistryError(f"{where}: {name}: {value!r} must be {rule}")
    return str(value)
