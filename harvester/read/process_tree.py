"""What a worker and everything it started have used: CPU of its own, memory, and whether any of it is running.

Wall time says nothing on a loaded machine: a document is judged by the CPU that its reading took.
"""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_KIB_A_MIB = 1024
SCARCE = 200.0
"""Megabytes: a machine that has less left refuses memory to whoever asks."""

_RESIDENT = 21
"""Where the pages in memory (rss) stand among the fields of /proc/<pid>/stat, counted from the third."""
_AT_WORK = "RD"
"""States of a process that runs, wants to run, or waits for a disk."""


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU seconds (ended children included), resident megabytes, and is anything at work?"""

    cpu: float = 0.0
    megabytes: float = 0.0
    at_work: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.cpu + other.cpu, self.megabytes + other.megabytes, self.at_work or other.at_work)


def usage(leader: int) -> Usage | None:
    """Of all processes of the session that `leader` leads; None where the system does not tell (only Linux does)."""
    found = [used for process in session(leader) if (used := _of(process)) is not None]
    return sum(found, Usage()) if found else None


def own_usage(leader: int) -> Usage | None:
    """Of the leader and its ended children alone: cheap enough for every look."""
    return _of(leader)


def session(leader: int) -> list[int]:
    """Processes of the session that a process leads; none where the system does not tell."""
    return [
        int(stat.parent.name)
        for stat in Path("/proc").glob("[0-9]*/stat")
        if (fields := _fields(stat)) is not None and fields[3] == str(leader)
    ]


def kill(leader: int) -> None:
    """End a session: its leader's group, and what has a group of its own (LibreOffice, an unpacker)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    for process in session(leader):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL)


def _of(process: int) -> Usage | None:
    fields = _fields(Path(f"/proc/{process}/stat"))
    if fields is None:
        return None
    cpu = sum(int(ticks) for ticks in fields[11:15]) / _TICK
    return Usage(cpu, int(fields[_RESIDENT]) * _PAGE / 1024 / 1024, fields[0] in _AT_WORK)


def _fields(stat: Path) -> list[str] | None:
    """The fields of /proc/<pid>/stat from the third on; None for a process that has gone."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return fields if len(fields) > _RESIDENT else None


def memory_is_scarce() -> bool:
    """Has the machine itself hardly any memory left? False where it does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) / _KIB_A_MIB < SCARCE
    return False
