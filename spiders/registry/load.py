"""The registry: portals as TOML files, read into `Portal` and checked so that a slip of the pen is one clear line."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from spiders.portal import Portal
from spiders.registry.fields import RegistryError, read_portal
from spiders.registry.hosts import with_neighbours
from spiders.registry.national import listed_hosts, national_portals
from spiders.registry.recipes import recipe_words

__all__ = ["RegistryError", "find", "load", "to_dict", "to_row"]


def load(path: Path | None = None) -> tuple[Portal, ...]:
    """Every portal of a TOML file, a folder of them, or (None) the registry that ships: its TOML files, then the list.

    Raises RegistryError for the first thing that is wrong, with file, portal and field.
    """
    portals: dict[str, tuple[Portal, str]] = {}
    for name, text in _sources(path):
        for portal in _read(name, text):
            if portal.id in portals:
                raise RegistryError(f"{name}: portal {portal.id}: id is taken by {portals[portal.id][1]}")
            portals[portal.id] = portal, name
    if not portals:
        raise RegistryError(f"{path}: no [[portal]] in it")
    known = tuple(portal for portal, _ in portals.values())
    everyone = (*known, *national_portals(known)) if path is None else known
    return tuple(with_neighbours(everyone, listed_hosts() if any(portal.domains for portal in known) else ()))


def find(portals: Iterable[Portal], portal_id: str) -> Portal:
    """The portal of that id. Raises RegistryError."""
    for portal in portals:
        if portal.id == portal_id:
            return portal
    raise RegistryError(f"no portal {portal_id} in the registry; see `harvester portals list`")


def to_dict(portal: Portal) -> dict[str, Any]:
    """The entry as it would stand in a registry file, for JSON."""
    entry = {
        "id": portal.id,
        "name": portal.name,
        "division": portal.division,
        "level": portal.level,
        "hosts": list(portal.hosts),
        "family": portal.family,
        "status": portal.status,
        "status_reason": portal.status_reason,
        "simulated": portal.simulated,
        "start": [{"url": start.url, "role": start.role, "layout": start.layout} for start in portal.start],
        "params": dict(portal.params),
        "politeness": {name: getattr(portal.politeness, name) for name in portal.politeness.__dataclass_fields__},
        "recipe": [recipe_words(recipe) for recipe in portal.recipes],
    }
    return {name: value for name, value in entry.items() if value not in (None, {}, [])}


def to_row(portal: Portal) -> dict[str, Any]:
    """The entry as a row of the table ``portals``."""
    return {
        "id": portal.id,
        "name": portal.name,
        "division_code": portal.division,
        "level": portal.level,
        "family": portal.family,
        "hosts": json.dumps(portal.hosts),
        "status": portal.status,
        "status_reason": portal.status_reason,
        "simulated": int(portal.simulated),
        "start_url": portal.start[0].url,
    }


def _sources(path: Path | None) -> list[tuple[str, str]]:
    """Names and texts of the files, in order of their names."""
    if path is None:
        shipped = sorted(files("spiders").joinpath("portals").iterdir(), key=lambda file: file.name)
        return [(file.name, file.read_text("utf-8")) for file in shipped if file.name.endswith(".toml")]
    try:
        found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        return [(str(file), file.read_text("utf-8-sig")) for file in found]
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: {error.strerror if isinstance(error, OSError) else error}") from error


def _read(name: str, text: str) -> list[Portal]:
    try:
        document: Mapping[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RegistryError(f"{name}: not TOML: {error}") from error
    unknown = [key for key in document if key != "portal"]
    if unknown:
        raise RegistryError(f"{name}: {unknown[0]}: unknown key; every entry begins with [[portal]]")
    entries = document.get("portal", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RegistryError(f"{name}: portal: write [[portal]], not [portal]")
    named = [(entry.get("id", f"number {number}"), entry) for number, entry in enumerate(entries, 1)]
    return [read_portal(entry, f"{name}: portal {called}") for called, entry in named]
