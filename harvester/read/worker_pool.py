"""Reading many documents in processes of their own, each with a memory and a time limit.

A document that hangs, eats memory or crashes a native library costs its worker process, which is killed with
everything it started and replaced; the batch goes on and the document's extraction says what happened.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from socket import socketpair
from typing import TYPE_CHECKING, Generic, TypeVar

from harvester.read.worker_process import Source, failed
from parsers.report import Hints

if TYPE_CHECKING:
    from parsers.extract import Extraction

K = TypeVar("K", bound=Hashable)

DOCUMENTS_PER_WORKER = 200
"""A worker is replaced after so many documents: native libraries leak a little."""

_START_SECONDS = 120.0
_POLL_SECONDS = 0.1
_SLOW = (
    "image/",
    "application/pdf",
    "application/ofd",
    "application/zip",
    "application/gzip",
    "application/vnd.rar",
    "application/x-7z-compressed",
    "application/rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml",
    "application/msword",
    "message/",
)
"""Media types that may need recognition of pictures or LibreOffice, themselves or in their members."""

_SLOW_FACTOR = 3.0
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Job(Generic[K]):
    """One document to read: bytes, a file, or a picklable function that gives bytes (called in the worker)."""

    key: K
    source: Source
    hints: Hints = field(default_factory=Hints)


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


def extract_many(
    jobs: Iterable[Job[K] | None], *, processes: int | None = None, seconds: float = 60.0, megabytes: int = 2048
) -> Iterator[tuple[K, Extraction]]:
    """Yield (key, extraction) in order of completion. A job of None: there is none at this moment.

    `seconds` limit one document; three times as many where recognition may be needed (PDF, images, archives).
    `megabytes` limit one worker's resident memory. Errors: ``too_slow``, ``too_much_memory``, ``crashed``.
    """
    pool: list[_Worker[K]] = []
    pending = iter(jobs)
    most = processes or len(os.sched_getaffinity(0))
    exhausted = False
    try:
        while True:
            while not exhausted and len(busy := [worker for worker in pool if worker.job]) < most:
                try:
                    job = next(pending)
                except StopIteration:
                    exhausted = True
                    break
                if job is None:
                    break
                _idle(pool, seconds, megabytes).give(job)
            busy = [worker for worker in pool if worker.job]
            if not busy:
                return
            wait([worker.connection for worker in busy], timeout=_POLL_SECONDS)
            for worker in busy:
                yield from worker.results()
                if worker.is_spent:
                    worker.kill()
                    pool.remove(worker)
    finally:
        for worker in pool:
            worker.kill()


def _idle(pool: list[_Worker[K]], seconds: float, megabytes: int) -> _Worker[K]:
    """A worker without a job; started only when there is something for it to do."""
    for worker in pool:
        if worker.job is None:
            return worker
    pool.append(_Worker(seconds, megabytes))
    return pool[-1]


class _Worker(Generic[K]):
    """One child process and the document it is reading."""

    def __init__(self, seconds: float, megabytes: int) -> None:
        self.seconds = seconds
        self.megabytes = megabytes
        self.job: Job[K] | None = None
        self.is_spent = False
        self._ready = False
        self._documents = 0
        self._sha256, self._media_type = "", "application/octet-stream"
        self._deadline = 0.0
        ours, theirs = socketpair()
        with theirs:
            limits = f"{theirs.fileno()}, {megabytes}, {seconds * _SLOW_FACTOR}"
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from harvester.read.worker_process import serve; serve({limits})"],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
            )
        self.connection = Connection(ours.detach())

    def give(self, job: Job[K]) -> None:
        """Hand over a document. A worker that died meanwhile shows when its results are asked for."""
        self.job = job
        self._sha256, self._media_type = "", "application/octet-stream"
        self._deadline = time.monotonic() + (self.seconds if self._ready else _START_SECONDS)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send((job.source, job.hints))

    def results(self) -> Iterator[tuple[K, Extraction]]:
        """The extraction if it has come, or the error if the document went over a limit."""
        assert self.job is not None
        extraction = self._received() or self._overdue()
        if extraction is None:
            return
        key, self.job = self.job.key, None
        self._documents += 1
        self.is_spent |= self._documents >= DOCUMENTS_PER_WORKER
        yield key, extraction

    def _received(self) -> Extraction | None:
        """Messages that are waiting; a closed connection means that the process is gone."""
        try:
            while self.connection.poll():
                kind, *rest = self.connection.recv()
                if kind == "done":
                    extraction: Extraction = rest[0]
                    self.is_spent |= extraction.error is not None and extraction.error.kind == "too_much_memory"
                    return extraction
                if kind == "ready":
                    self._ready = True
                    self._deadline = time.monotonic() + self.seconds
                else:
                    self._sha256, self._media_type = rest
                    self._deadline = time.monotonic() + self._allowance
        except (EOFError, ConnectionResetError):
            if not self._ready:
                raise RuntimeError("a reading process could not start; its message is above") from None
            return self._failed("crashed", f"the reading process ended ({_ending(self._process)})")
        return None

    def _overdue(self) -> Extraction | None:
        if time.monotonic() > self._deadline:
            return self._failed("too_slow", f"reading it took longer than {self._allowance:g} seconds")
        if _resident_megabytes(self._process.pid) > self.megabytes:
            return self._failed("too_much_memory", f"reading it took more than {self.megabytes} MB")
        return None

    @property
    def _allowance(self) -> float:
        return self.seconds * (_SLOW_FACTOR if self._media_type.startswith(_SLOW) else 1)

    def _failed(self, kind: str, message: str) -> Extraction:
        self.is_spent = True
        self.kill()
        return failed(self._sha256, self._media_type, kind, message)

    def kill(self) -> None:
        """End the process and everything it started."""
        if self.connection.closed:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for process in _session(self._process.pid):  # what has a group of its own: LibreOffice, an unpacker
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        self._process.wait()
        self.connection.close()


def _session(leader: int) -> list[int]:
    """Processes of the session that a process leads; none where the system does not tell."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            if int(stat.read_text().rpartition(")")[2].split()[3]) == leader:
                found.append(int(stat.parent.name))
    return found


def _resident_megabytes(process_id: int) -> float:
    """Resident memory of a process; 0 where the system does not tell (only Linux does it this way)."""
    try:
        with open(f"/proc/{process_id}/statm", "rb") as statm:
            return int(statm.read().split()[1]) * _PAGE / 1024 / 1024
    except (OSError, IndexError, ValueError):
        return 0.0


def _ending(process: subprocess.Popen[bytes]) -> str:
    """How a process ended, in words."""
    code = process.wait()
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
