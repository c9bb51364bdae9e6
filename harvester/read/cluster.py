"""Reading on other machines: units of documents over Dask workers, and back in the order they went out.

Reading is nearly all of the processor time of a harvest. The archive stays where it is: this process takes the bytes
out of the WARC files and sends them, a worker reads them as it would at home (harvester/read/worker_pool.py: a process
of its own, the same limits of time and memory) and sends back what it made of them; only this process writes.
"""

from __future__ import annotations

import threading
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from archive.warc import WarcError
from harvester.errors import RunFailed, UsageError
from harvester.program import fingerprint
from harvester.read.jobs import Job
from harvester.read.worker_pool import ReadingProcess
from harvester.read.worker_process import UNAVAILABLE, failed, load
from parsers.extract import EXTRACTOR_VERSION
from parsers.report import Hints

if TYPE_CHECKING:
    from distributed import Client

    from parsers.extract import Extraction

DOCUMENTS_A_UNIT = 20
BYTES_A_UNIT = 8 << 20
"""A unit is closed by what it reaches first: it is some seconds of work, and a scan or a large file goes alone."""

UNITS_A_READER = 2
"""Units that wait for each reader: it never waits for this process."""

ANSWER = 20.0
"""Seconds that a scheduler may take to answer at first."""
WITHOUT_WORKERS = 60.0
"""Seconds without any worker that fits, after which the run gives up."""
LOOK = 1.0
"""Seconds between two looks at whether the cluster is still there."""

Document = tuple[bytes, Hints]


@dataclass
class Unit:
    """Documents that go out together; `lost` are those whose bytes the archive could not give."""

    keys: list[str] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    lost: dict[str, Extraction] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        return len(self.keys) >= DOCUMENTS_A_UNIT or sum(len(data) for data, _ in self.documents) >= BYTES_A_UNIT

    def add(self, job: Job[str]) -> None:
        """One more document, with its bytes."""
        self.keys.append(job.key)
        try:
            self.documents.append((load(job.source), job.hints))
        except (OSError, ValueError, WarcError) as error:
            self.lost[job.key] = failed("", "application/octet-stream", UNAVAILABLE, str(error))

    def with_results(self, read: Iterable[Extraction]) -> Iterator[tuple[str, Extraction]]:
        """Key and extraction of each, in order."""
        results = iter(read)
        for key in self.keys:
            yield key, self.lost[key] if key in self.lost else next(results)


def read_on_cluster(address: str, jobs: Iterable[Job[str]]) -> Iterator[tuple[str, Extraction]]:
    """Yield (key, extraction) in the order of the jobs. Raises RunFailed where the cluster is not there or goes."""
    with connected(address) as client:
        readers = fitting_readers(client, address)
        units = in_units(jobs)
        waiting: deque[tuple[Unit, Any]] = deque()
        while True:
            while len(waiting) < readers * UNITS_A_READER and (unit := next(units, None)) is not None:
                waiting.append((unit, client.submit(read_unit, unit.documents, resources={fitting(): 1}, pure=False)))
            if not waiting:
                return
            unit, future = waiting.popleft()
            yield from unit.with_results(result(client, address, unit, future))


def in_units(jobs: Iterable[Job[str]]) -> Iterator[Unit]:
    unit = Unit()
    for job in jobs:
        unit.add(job)
        if unit.is_full:
            yield unit
            unit = Unit()
    if unit.keys:
        yield unit


def result(client: Client, address: str, unit: Unit, future: Any) -> list[Extraction]:
    """What came back; a unit under which worker after worker died is read here."""
    from distributed import KilledWorker

    alone_since: float | None = None
    while True:
        try:
            found: list[Extraction] = future.result(timeout=LOOK)
        except TimeoutError:
            if client.status != "running":
                raise RunFailed(
                    f"{address}: the scheduler has gone; what was read is kept, the next run goes on"
                ) from None
            alone_since = None if any_fitting(client) else alone_since or time.monotonic()
            if alone_since and time.monotonic() - alone_since > WITHOUT_WORKERS:
                raise RunFailed(f"{address}: no worker is left; what was read is kept, the next run goes on") from None
        except KilledWorker:
            return read_unit(unit.documents)
        except Exception as error:
            if client.status == "running":
                raise
            raise RunFailed(
                f"{address}: the scheduler has gone; what was read is kept, the next run goes on"
            ) from error
        else:
            return found


_LOCAL = threading.local()


def read_unit(documents: list[Document]) -> list[Extraction]:
    """The worker's part. Each of its threads keeps a reading process from one unit to the next."""
    if not hasattr(_LOCAL, "reader"):
        _LOCAL.reader = ReadingProcess()
    return [_LOCAL.reader.read(data, hints) for data, hints in documents]


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler at `address`."""
    demand_extra()
    from distributed import Client

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions of libraries that no task touches
            client = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise RunFailed(f"{address}: no scheduler answers ({error})") from error
    try:
        yield client
    finally:
        client.close(timeout=LOOK)


def demand_extra() -> None:
    """Raises UsageError where the library is not installed."""
    if find_spec("distributed") is None:
        raise UsageError("a cluster needs the extra `cluster` (`harvester doctor` has the line that installs it)")


def any_fitting(client: Client) -> int:
    """Readers of workers that run the same program."""
    known = client.scheduler_info(n_workers=-1)["workers"].values()
    return int(sum(worker["resources"].get(fitting(), 0) for worker in known))


def fitting_readers(client: Client, address: str) -> int:
    """How many readers there are. Raises RunFailed where no worker of this program comes in time."""
    until = time.monotonic() + WITHOUT_WORKERS
    while not (readers := any_fitting(client)):
        if time.monotonic() > until:
            others = len(client.scheduler_info(n_workers=-1)["workers"])
            raise RunFailed(
                f"{address}: no worker of this version ({others} of others); start `harvester worker {address}`"
            )
        time.sleep(LOOK)
    return readers


def fitting() -> str:
    """What a worker offers and a unit asks for: a worker with another version of the parsers is given nothing."""
    return f"reader-{EXTRACTOR_VERSION}-{fingerprint('parsers')}"


def serve_readers(address: str, readers: int) -> None:
    """`harvester worker`: read what the scheduler hands out until it is gone. Raises RunFailed where none answers."""
    demand_extra()
    import asyncio

    asyncio.run(_serve(address, readers))


async def _serve(address: str, readers: int) -> None:
    from distributed import Worker

    try:
        worker = await Worker(
            address, nthreads=readers, resources={fitting(): readers}, death_timeout=ANSWER, dashboard=False
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise RunFailed(f"{address}: no scheduler answers ({error})") from error
    await worker.finished()
