"""Data packages that may be downloaded: the folders of `data/exports`, each as `harvester export` wrote it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from harvester.site.parts.visit import PageRequest

KEPT = 5
"""Releases that are listed; of each year before them the last is listed too."""


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file of a release. `rows` is None for files that are no table; `here` says whether it can be downloaded."""

    name: str
    rows: int | None
    bytes: int
    sha256: str
    here: bool


@dataclass(frozen=True, slots=True)
class Release:
    """One package: its name (the folder's), the publication it was made from, its files."""

    name: str
    made_from: str
    files: tuple[ReleasedFile, ...]

    @property
    def size(self) -> int:
        return sum(file.bytes for file in self.files)


def released(visit: PageRequest) -> list[Release]:
    """What the downloads page lists."""
    return releases(visit.data, visit.all("select * from releases order by version desc, file"))


def releases(data: Path, recorded: Iterable[sqlite3.Row] = ()) -> list[Release]:
    """Newest first: the packages that are here, then those that table `releases` remembers."""
    found = {release.name: release for release in _packages(data / "exports")}
    for name, rows in groupby(recorded, key=lambda row: str(row["version"])):
        files = tuple(ReleasedFile(row["file"], row["rows"], row["bytes"], row["sha256"], False) for row in rows)
        found.setdefault(name, Release(name, "", files))
    return _kept(sorted(found.values(), key=lambda release: release.name, reverse=True))


def _kept(newest_first: list[Release]) -> list[Release]:
    kept = newest_first[:KEPT]
    years = {release.name[:4] for release in kept}
    for release in newest_first[KEPT:]:
        if release.name[:4] not in years:
            kept.append(release)
            years.add(release.name[:4])
    return kept


def _packages(folder: Path) -> list[Release]:
    descriptions = sorted(folder.glob("*/datapackage.json")) if folder.is_dir() else []
    return [_package(path, path.stat().st_mtime_ns) for path in descriptions if not path.parent.name.startswith(".")]


@lru_cache(maxsize=64)
def _package(path: Path, _changed: int) -> Release:
    """What a package says of itself, read once for each time it is written."""
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    # Only the CSV says how many rows it has; the other formats of a table hold the same.
    rows = {Path(one["path"]).stem: one["rows"] for one in said["resources"] if "rows" in one}
    files = tuple(
        ReleasedFile(
            one["path"], rows.get(Path(one["path"]).stem), one["bytes"], one["hash"].removeprefix("sha256:"), True
        )
        for one in said["resources"]
    )
    return Release(path.parent.name, said["version"], files + _beside(path.parent))


def _beside(folder: Path) -> tuple[ReleasedFile, ...]:
    """The files that describe the others. SHA256SUMS has no line for itself."""
    sums = folder / "SHA256SUMS"
    lines = [line.split("  ", 1) for line in sums.read_text(encoding="utf-8").splitlines()] if sums.exists() else []
    known = {name: digest for digest, name in lines}
    names = [
        name for name in ("README.md", "datapackage.json", "CITATION.cff", "SHA256SUMS") if (folder / name).exists()
    ]
    names = [*sorted(file.name for file in folder.glob("*.zip")), *names]
    return tuple(ReleasedFile(n, None, (folder / n).stat().st_size, known.get(n, ""), True) for n in names)
