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
from collections.abc import Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from socket import socketpair
from typing import TYPE_CHECKING, Generic

from harvester.errors import RunFailed
from harvester.read import process_tree
from harvester.read.clock import Clock
from harvester.read.jobs import Job, K, Limits
from harvester.read.worker_process import INTERRUPTED, Source, failed
from parsers.report import Hints

if TYPE_CHECKING:
    from parsers.extract import Extraction

PAUSES = (1.0, 8.0)
"""Seconds before a reading that others broke off is tried again: a machine without memory needs a moment."""

STARVED = 10.0
"""Times its allowance that a reading may wait for the machine."""

FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGBUS, signal.SIGALRM)
"""Signals that the machine or a person sends: the OOM killer, a shutdown, a disk that fills under a mapped file."""

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


def extract_many(
    jobs: Iterable[Job[K] | None], *, processes: int | None = None, seconds: float = 60.0, megabytes: int = 2048
) -> Iterator[tuple[K, Extraction]]:
    """Yield (key, extraction) in order of completion. A job of None: there is none at this moment.

    `seconds` of CPU limit one document; three times as many where recognition may be needed (PDF, images, archives).
    `megabytes` limit the resident memory of one worker and all it started. Errors that say something of the document:
    ``too_slow``, ``too_much_memory``, ``crashed``. What others did to its reading is tried again, alone and later;
    what is still so then is ``interrupted``, and says nothing of the document.
    """
    limits, feed = Limits(seconds, megabytes), Feed(iter(jobs))
    most = processes or len(os.sched_getaffinity(0))
    while not feed.is_over:
        broken_off: list[Job[K]] = []
        for job, extraction in _side_by_side(feed, most, limits):
            if _is_passing(extraction):
                broken_off.append(job)
            else:
                yield job.key, extraction
        yield from _again(broken_off, limits)


def _again(broken_off: list[Job[K]], limits: Limits) -> Iterator[tuple[K, Extraction]]:
    """What others broke off, one after another, after a pause."""
    for attempt, pause in enumerate(PAUSES, 1):
        if not broken_off:
            return
        time.sleep(pause)
        feed, broken_off = Feed(iter(broken_off)), []
        for job, extraction in _side_by_side(feed, 1, replace(limits, alone=True)):
            if _is_passing(extraction) and attempt < len(PAUSES):
                broken_off.append(job)
            else:
                yield job.key, extraction


class Feed(Generic[K]):
    """Jobs as they come. `is_over`: there will be no more."""

    def __init__(self, jobs: Iterator[Job[K] | None]) -> None:
        self._jobs = jobs
        self.is_over = False

    def next(self) -> Job[K] | None:
        """The next job; None where there is none at this moment, or no more."""
        try:
            return next(self._jobs)
        except StopIteration:
            self.is_over = True
            return None


def _is_passing(extraction: Extraction) -> bool:
    return extraction.error is not None and extraction.error.kind == INTERRUPTED


def _side_by_side(feed: Feed[K], most: int, limits: Limits) -> Iterator[tuple[Job[K], Extraction]]:
    """Each job once, as many at a time as are allowed; ends when there is none and none is under way."""
    pool: list[_Worker[K]] = []
    try:
        while True:
            while len([worker for worker in pool if worker.job]) < most and not feed.is_over:
                job = feed.next()
                if job is None:
                    break
                _idle(pool, limits).give(job)
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


def _idle(pool: list[_Worker[K]], limits: Limits) -> _Worker[K]:
    """A worker without a job; started only when there is something for it to do."""
    for worker in pool:
        if worker.job is None:
            return worker
    pool.append(_Worker(limits))
    return pool[-1]


class ReadingProcess:
    """One reading process that is kept from one document to the next, with the limits of `extract_many`."""

    def __init__(self, seconds: float = 60.0, megabytes: int = 2048) -> None:
        self.limits = Limits(seconds, megabytes)
        self._worker: _Worker[int] | None = None

    def read(self, source: Source, hints: Hints) -> Extraction:
        """Read one document; whatever it does to its process, there is an answer."""
        job = Job(0, source, hints)
        extraction = self._once(job)
        if _is_passing(extraction):
            extraction = next(_again([job], self.limits))[1]
        return extraction

    def _once(self, job: Job[int]) -> Extraction:
        worker = self._worker = self._worker or _Worker(self.limits)
        worker.give(job)
        while True:
            wait([worker.connection], timeout=_POLL_SECONDS)
            for _, extraction in worker.results():
                if worker.is_spent:
                    self.close()
                return extraction

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None


class _Worker(Generic[K]):
    """One child process and the document it is reading."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.job: Job[K] | None = None
        self.is_spent = False
        self._ready = False
        self._documents = 0
        self._sha256, self._media_type = "", "application/octet-stream"
        self._clock = Clock()
        ours, theirs = socketpair()
        with theirs:
            told = f"{theirs.fileno()}, {limits.megabytes}, {limits.seconds * _SLOW_FACTOR * STARVED}"
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from harvester.read.worker_process import serve; serve({told})"],
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
        self._clock = Clock.started(self._process.pid)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send((job.source, job.hints))

    def results(self) -> Iterator[tuple[Job[K], Extraction]]:
        """The extraction if it has come, or the error if the document went over a limit."""
        assert self.job is not None
        extraction = self._received() or self._overdue()
        if extraction is None:
            return
        job, self.job = self.job, None
        self._documents += 1
        self.is_spent |= self._documents >= DOCUMENTS_PER_WORKER
        yield job, extraction

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
                else:
                    self._sha256, self._media_type = rest
                self._clock = Clock.started(self._process.pid)
        except (EOFError, ConnectionResetError):
            return self._ended()
        return None

    def _ended(self) -> Extraction:
        """By a signal of others, the process says nothing of its document; by one of its own, the document did it."""
        code = self._process.wait()
        if -code in FROM_OUTSIDE:
            return self._failed(INTERRUPTED, f"the reading process was ended from outside ({_ending(code)})")
        if not self._ready:
            raise RunFailed("a reading process could not start; its message is above")
        if -code == signal.SIGXCPU:
            return self._failed("too_slow", f"reading it took longer than {self._allowance:g} seconds")
        return self._failed("crashed", f"the reading process ended ({_ending(code)})")

    def _overdue(self) -> Extraction | None:
        clock, allowed = self._clock, self._allowance if self._ready else _START_SECONDS
        clock.look(self._process.pid)
        if clock.used > allowed:
            return self._failed("too_slow", f"reading it took longer than {allowed:g} seconds")
        if clock.megabytes > self.limits.megabytes:
            return self._failed("too_much_memory", f"reading it took more than {self.limits.megabytes} MB")
        if clock.idle > allowed:
            kind = "too_slow" if self.limits.alone else INTERRUPTED
            return self._failed(kind, f"reading it stood still for {allowed:g} seconds")
        if clock.waited > allowed * STARVED:
            return self._failed(INTERRUPTED, f"reading it got no more than {clock.used:.0f} seconds of the machine")
        return None

    @property
    def _allowance(self) -> float:
        return self.limits.seconds * (_SLOW_FACTOR if self._media_type.startswith(_SLOW) else 1)

    def _failed(self, kind: str, message: str) -> Extraction:
        self.is_spent = True
        self.kill()
        return failed(self._sha256, self._media_type, kind, message)

    def kill(self) -> None:
        """End the process and everything it started."""
        if self.connection.closed:
            return
        process_tree.kill(self._process.pid)
        self._process.wait()
        self.connection.close()


def _ending(code: int) -> str:
    """How a process ended, in words."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
