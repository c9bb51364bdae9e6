"""One run at a time per data directory. The kernel lets go of the lock when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from harvester.errors import RunFailed, UsageError


@contextmanager
def locked(data: Path, verb: str) -> Iterator[None]:
    """Hold the data directory. Raises UsageError that names the holder when another run has it, RunFailed where
    nothing can be written."""
    with opened(data) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"{data} is in use by {holder(data)}") from error
        sign(data, file, verb)
        try:
            yield
        finally:
            file.truncate(0)


def sign(data: Path, file: TextIO, verb: str) -> None:
    """Who holds the lock, for `holder`. Raises RunFailed: on a full disk nothing else would succeed either."""
    since = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    told = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "verb": verb, "since": since})
    try:
        file.truncate(0)
        os.write(file.fileno(), told.encode())
    except OSError as error:
        raise RunFailed(f"{data}: {error.strerror}") from error


def opened(data: Path) -> TextIO:
    """The lock file of a data directory, which is made if it is new."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        return (data / "lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise RunFailed(f"{data}: {error.strerror}") from error


def in_use(data: Path) -> str | None:
    """Who works on a data directory at this moment, None when nobody does. Asks without touching the lock."""
    try:
        found = json.loads((data / "lock").read_text(encoding="utf-8"))
        if found["host"] == socket.gethostname():
            os.kill(found["pid"], 0)
    except PermissionError:
        return holder(data)
    except (OSError, ValueError):
        return None
    return holder(data)


def holder(data: Path) -> str:
    """Who holds the lock, for a person."""
    try:
        found = json.loads((data / "lock").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "another harvester"
    return f"harvester {found['verb']}, process {found['pid']} on {found['host']}, since {found['since']}"
