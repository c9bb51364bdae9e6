"""Releases: dated packages in data/exports, which the site offers; made by `run` when they are due, old ones pruned.

Settings (harvester.toml or environment): `release_every` = day, week or month; `release_formats`, "csv,sqlite" where
nothing is said; `release_keep`, how many of the newest stay. The last release of each year stays for ever.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime
from pathlib import Path

from harvester.data_directory import published_database
from harvester.errors import UsageError
from harvester.export.package import export, package_version
from harvester.export.untouched import owned, remove
from harvester.installation import number, setting

FOLDER = "exports"
EVERY, FORMATS, KEEP = "release_every", "release_formats", "release_keep"
PERIODS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
"""What `release_every` may say, and what is the same for two days of one period."""
USUAL_FORMATS, USUAL_KEPT, MOST_KEPT = "csv,sqlite", 5, 1000
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")

_LOG = logging.getLogger(__name__)


def release_folder(data: Path, today: date | None = None) -> Path:
    """Where the release of a day stands, so that /downloads lists it."""
    return data / FOLDER / f"{today or datetime.now(UTC).date():%Y-%m-%d}"


def check_settings(data: Path) -> None:
    """Raises UsageError for a setting that says nothing known: before a run, not at its end."""
    if (every := setting(data, EVERY)) and every not in PERIODS:
        raise UsageError(f"{EVERY}: {every!r} is none of {', '.join(PERIODS)}")
    number(data, KEEP, USUAL_KEPT, MOST_KEPT)


def release_if_due(data: Path, today: date | None = None) -> str | None:
    """Make a release where one is due and the published database is another than the last one's; prune old ones.

    Returns what was made. Raises what `export` raises.
    """
    every, today = setting(data, EVERY), today or datetime.now(UTC).date()
    if not every:
        return None
    check_settings(data)
    made, form = releases(data), PERIODS[every]
    last = made[-1] if made else None
    if last is not None:
        same_period = date.fromisoformat(last.name).strftime(form) == today.strftime(form)
        if same_period or package_version(last) == published_database(data).stem.removeprefix("archive-"):
            return None
    formats = tuple(part.strip() for part in (setting(data, FORMATS) or USUAL_FORMATS).split(",") if part.strip())
    told = last is not None and "csv" in formats and (last / "cells.csv").exists()
    account = export(data, release_folder(data, today), formats=formats, as_zip=True, since=last if told else None)
    prune(data)
    return account


def releases(data: Path) -> list[Path]:
    """The dated packages that are here, oldest first."""
    folder = data / FOLDER
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [one for one in found if _DATED.fullmatch(one.name) and (one / "datapackage.json").exists()]


def prune(data: Path) -> list[Path]:
    """Delete releases beyond the newest few that are not the last of their year. One that anybody changed stays."""
    made = releases(data)
    last_of_year = {one.name[:4]: one for one in made}.values()
    gone = []
    for one in made[: -number(data, KEEP, USUAL_KEPT, MOST_KEPT)]:
        if one in last_of_year:
            continue
        try:
            remove(one, owned(one))
        except UsageError as error:
            _LOG.warning("release %s is not pruned: %s", one.name, error)
        else:
            gone.append(one)
    return gone
