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


def written(data: Path | None) -> Mapping[str, Any]:
    """What stands in the file; nothing where there is none. Raises UsageError for one that cannot be read."""
    file = data / FILE if data is not None else None
    if file is None or not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {error}") from error


def setting(data: Path | None, name: str) -> str:
    """One setting as text, empty where nobody has said anything."""
    return os.environ.get(f"{PREFIX}{name.upper()}", "").strip() or str(written(data).get(name, "")).strip()


def portals_at_once(data: Path | None) -> int:
    """How many portals a crawl visits at once. Raises UsageError for what is no such number."""
    told = setting(data, PORTALS_AT_ONCE)
    if not told:
        return FITTING_AT_ONCE
    if not told.isdigit() or not 1 <= int(told) <= MOST_AT_ONCE:
        raise UsageError(f"{PORTALS_AT_ONCE}: {told!r} is no number from 1 to {MOST_AT_ONCE}")
    return int(told)
