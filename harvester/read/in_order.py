"""Documents read side by side and given back in the order in which they were asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from harvester.read.jobs import Job
from harvester.read.worker_pool import extract_many

if TYPE_CHECKING:
    from parsers.extract import Extraction

K = TypeVar("K", bound=Hashable)

AHEAD = 200
"""Documents that may be read while an earlier one is still being read: their extractions wait in memory."""


def extract_in_order(
    jobs: Iterable[Job[K]], *, processes: int | None = None, seconds: float = 60.0, megabytes: int = 2048
) -> Iterator[tuple[K, Extraction]]:
    """`extract_many` in the order of the jobs, whichever is done first: what follows depends on no timing."""
    keys: deque[K] = deque()
    done: dict[int, Extraction] = {}
    given = 0

    def numbered() -> Iterator[Job[int] | None]:
        nonlocal given
        for job in jobs:
            while len(keys) >= AHEAD:
                yield None  # nothing to do for the idle until the oldest is done
            keys.append(job.key)
            yield Job(given, job.source, job.hints)
            given += 1

    oldest = 0
    for number, extraction in extract_many(numbered(), processes=processes, seconds=seconds, megabytes=megabytes):
        done[number] = extraction
        while oldest in done:
            yield keys.popleft(), done.pop(oldest)
            oldest += 1
