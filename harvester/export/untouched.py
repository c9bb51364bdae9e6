"""Whose files are these? A package is replaced only while it is as it was written: nothing added, nothing changed.

Its marker is datapackage.json with our name; its list of files is SHA256SUMS.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from harvester.errors import UsageError

NAME = "disclosure-reports-archive"
SUMS = "SHA256SUMS"
PARTIAL = ".partial-"
"""What a package that is being written inside its own folder begins with."""

_LOG = logging.getLogger(__name__)
_MOST_NAMED = 3

Snapshot = dict[str, tuple[int, int]]
"""Name → size and time of change (ns) of each file of a package that may be replaced."""


def owned(folder: Path) -> Snapshot:
    """The files of a package of ours that is as it was written; empty for a folder without any.

    Raises UsageError for a folder that holds anything else: it names what would be lost.
    """
    here = sorted(one.name for one in folder.iterdir() if not one.name.startswith(PARTIAL)) if folder.is_dir() else []
    sums = _sums(folder)
    if here and not sums:
        raise UsageError(f"{folder}: is not empty and no data package; choose another folder")
    foreign = [name for name in here if name != SUMS and _digest(folder / name) != sums.get(name)]
    if foreign:
        more = f" and {len(foreign) - _MOST_NAMED} more" if len(foreign) > _MOST_NAMED else ""
        named = ", ".join(foreign[:_MOST_NAMED]) + more
        raise UsageError(
            f"{folder}: {named}: not as an export wrote it; nothing was touched: choose another folder, or take it away"
        )
    return {name: _seen(folder / name) for name in here}


def check_unchanged(folder: Path, before: Snapshot) -> None:
    """Raises UsageError where somebody put something into the folder while the new package was written."""
    now = {
        one.name: _seen(one)
        for one in (folder.iterdir() if folder.is_dir() else ())
        if not one.name.startswith(PARTIAL)
    }
    if now != before:
        raise UsageError(f"{folder}: changed while the package was written; nothing was touched")


def remove(folder: Path, files: Snapshot) -> None:
    """Delete these files, and the folder if nothing else is in it."""
    for name in files:
        (folder / name).unlink(missing_ok=True)
    try:
        folder.rmdir()
    except OSError as error:
        _LOG.warning("%s stays: %s", folder, error.strerror)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make and lock a folder: one export at a time. An empty one goes again when the export failed.

    Raises UsageError when another export has it.
    """
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(f"{folder}: another export is being written there") from error
        except OSError as error:  # a file system that locks no folders
            _LOG.warning("%s cannot be locked (%s): see that only one export writes there", folder, error.strerror)
        yield
    finally:
        os.close(handle)
        if new:
            with suppress(OSError):  # not empty: there is a package in it now
                folder.rmdir()


def _sums(folder: Path) -> dict[str, str]:
    """Name → SHA-256 of every file of the package; empty where there is no package of ours."""
    try:
        said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    ours = isinstance(said, dict) and said.get("name") == NAME
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)} if ours else {}


def _digest(file: Path) -> str | None:
    if file.is_symlink() or not file.is_file():
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _seen(file: Path) -> tuple[int, int]:
    told = file.lstat()
    return told.st_size, told.st_mtime_ns
