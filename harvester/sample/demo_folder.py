"""The folder of the demo: made anew each time, and nothing goes that this program did not write.

`demo-files.json` lists what the demo wrote. Whatever else stands in the folder (a portal harvested there since, a
package, a file of one's own) makes the next demo refuse.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harvester.errors import UsageError
from harvester.lock import locked

MARKER = "sample-portals.toml"
LISTED = "demo-files.json"
LOCK = "lock"
KEPT_UP = re.compile(
    r"archive\.db(-wal|-shm)?|alarms\.json|metrics\.prom|read-otherwise\.csv|warc/journal\.warc\.gz|lock|"
    r"demo-files\.json|site/archive(-[0-9a-f]+)?\.db(-wal|-shm)?|site/places/.+\.zip|site/pages/[0-9a-f]{2}/.+\.png|"
    r"runs/[^/]+/report\.(json|md)"
)
"""Files that every command makes or keeps up to date."""
_MOST_NAMED = 3


def clear(data: Path) -> None:
    """Start from nothing. Raises UsageError, and deletes nothing, where anything is in the way or a run goes on."""
    if not data.exists() or not any(data.iterdir()):
        data.mkdir(parents=True, exist_ok=True)
        return
    if not (data / MARKER).exists():
        raise UsageError(f"{data} holds something else than a demo; choose another folder with --data")
    with locked(data, "demo"):
        if others := not_of_the_demo(data):
            more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
            raise UsageError(
                f"{data} holds what the demo did not write ({', '.join(others[:_MOST_NAMED])}{more}); nothing was"
                " deleted: choose another folder with --data, or delete this one yourself"
            )
        for one in data.iterdir():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            elif one.name != LOCK:
                one.unlink()


def not_of_the_demo(data: Path) -> list[str]:
    """Files that are neither on the demo's list, unchanged, nor such as every command makes."""
    try:
        listed = json.loads((data / LISTED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        listed = {}
    return [name for name, seen in files(data).items() if not KEPT_UP.fullmatch(name) and listed.get(name) != seen]


def files(data: Path) -> dict[str, list[int]]:
    """Path below the folder → size and time of change (ns)."""
    found = {}
    for folder, below, names in os.walk(data):
        links = [name for name in below if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            file = Path(folder) / name
            told = file.lstat()
            found[file.relative_to(data).as_posix()] = [told.st_size, told.st_mtime_ns]
    return dict(sorted(found.items()))


@contextmanager
def written_down(data: Path) -> Iterator[None]:
    """Whatever is written inside is on the list afterwards, also when it was interrupted."""
    try:
        yield
    finally:
        (data / LISTED).write_text(json.dumps(files(data), indent=1), encoding="utf-8")
