"""Settings of an installation: the environment, else harvester.toml in its data directory. The environment wins."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harvester.errors import UsageError

FILE = "harvester.toml"
PREFIX = "HARVESTER_"

PORTALS_AT_ONCE = "portals_at_once"
FITTING_AT_ONCE = 64
"""Portals visited at once where nothing is said: twice the pages a minute of 16 on one core, measured; each portal is
waited for most of the time, so more of them cost memory and no more processor."""
MOST_AT_ONCE = 1024
"""Sockets and files of one process, with room."""

FIRST_CONTACTS = "first_contacts_a_run"
FITTING_FIRST_CONTACTS = 75
"""Portals that one run over a place contacts for the first time: the whole country in six weeks of nights."""
MOST_FIRST_CONTACTS = 10_000


def written(data: Path | None) -> Mapping[str, Any]:
    """What stands in the file; nothing where there is none. Raises UsageError for one that cannot be read."""
    file = data / FILE if data is not None else None
    if file is None or not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{file}: {error}") from error


def setting(data: Path | None, name: str) -> str:
    """One setting as text, empty where nobody has said anything."""
    return os.environ.get(f"{PREFIX}{name.upper()}", "").strip() or str(written(data).get(name, "")).strip()


def portals_at_once(data: Path | None) -> int:
    """How many portals a crawl visits at once. Raises UsageError for what is no such number."""
    return number(data, PORTALS_AT_ONCE, FITTING_AT_ONCE, MOST_AT_ONCE)


def first_contacts(data: Path | None) -> int:
    """How many portals a run over a place contacts for the first time. Raises UsageError for what is no number."""
    return number(data, FIRST_CONTACTS, FITTING_FIRST_CONTACTS, MOST_FIRST_CONTACTS)


def number(data: Path | None, name: str, usual: int, most: int) -> int:
    told = setting(data, name)
    if not told:
        return usual
    if not told.isdigit() or not 1 <= int(told) <= most:
        raise UsageError(f"{name}: {told!r} is no number from 1 to {most}")
    return int(told)
