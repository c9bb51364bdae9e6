"""Reading over a cluster: a real scheduler and workers on loopback, killed in the middle; the same rows as at home."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("distributed")

from archive.store import Store
from harvester.errors import RunFailed, UsageError
from harvester.read import cluster
from harvester.read.cluster import Unit, in_units
from harvester.read.jobs import Job
from harvester.read.stage import parse
from parsers.report import Hints
from tests.archived import Page, keep_pages
from tests.factory import hazards, html
from tests.factory.series import series, tell

DASK = Path(sys.executable).with_name("dask")
BODIES = ("青石县财政局", "青石县水务局", "青石县民政局", "青石县教育局")
ROWS = (
    "SELECT id, report_id, sha256, form, title FROM editions ORDER BY id",
    "SELECT id, agency_name, year, current_edition_id, balance_status FROM reports ORDER BY id",
    "SELECT edition_id, table_id, row_id, column_id, raw, state, value, path FROM cells ORDER BY 1, 2, 3, 4",
    "SELECT edition_id, code, key, status FROM checks ORDER BY 1, 2, 3",
    "SELECT sha256, kind, reason FROM documents ORDER BY 1",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: object) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def scheduler() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    with running(DASK, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard") as process:
        yield f"tcp://127.0.0.1:{port}", process


def worker(address: str) -> tuple[object, ...]:
    return (sys.executable, "-m", "harvester.cli", "worker", address, "--readers", "1")


def archive(data: Path) -> Store:
    """Twelve reports of four bodies, captured."""
    pages = []
    for body in BODIES:
        for year, truth in series(body, range(2020, 2023), 20, body).items():
            text = f"<meta charset=utf-8><body>{html.fragment(tell(truth), Random(1), 'plain')}</body>"
            pages.append(Page(f"/{BODIES.index(body)}-{year}.html", text.encode(), truth.title))
    keep_pages(data, pages, at=datetime(2024, 2, 20, tzinfo=UTC))
    return Store.open(data)


def rows(store: Store) -> list[list[tuple[object, ...]]]:
    return [[tuple(row) for row in store.connection.execute(sql)] for sql in ROWS]


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[object, ...]]]:
    with archive(tmp_path_factory.mktemp("home")) as store:
        assert parse(store, processes=1).kinds == {"report": 12}
        return rows(store)


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "DOCUMENTS_A_UNIT", 2)


@pytest.mark.slow
def test_two_workers_read_what_one_machine_reads_though_one_is_killed(
    tmp_path: Path, at_home: list[list[tuple[object, ...]]], small_units: None
) -> None:
    with archive(tmp_path) as store, scheduler() as (address, _), running(*worker(address)) as first:
        with running(*worker(address)):
            read: list[str] = []

            def told(sha256: str, kind: str) -> None:
                read.append(kind)
                if len(read) == 3:
                    os.killpg(first.pid, signal.SIGKILL)

            assert parse(store, cluster=address, progress=told).kinds == {"report": 12}
        assert rows(store) == at_home


@pytest.mark.slow
def test_a_scheduler_that_dies_ends_the_run_and_its_workers_and_the_next_run_goes_on(
    tmp_path: Path, at_home: list[list[tuple[object, ...]]], small_units: None
) -> None:
    with archive(tmp_path) as store:
        with scheduler() as (address, process), running(*worker(address)) as only:
            read: list[str] = []

            def told(sha256: str, kind: str) -> None:
                read.append(kind)
                if len(read) == 2:
                    os.killpg(process.pid, signal.SIGKILL)

            with pytest.raises(RunFailed, match="the next run goes on"):
                parse(store, cluster=address, progress=told)
            assert only.wait(timeout=60) is not None
        parse(store, processes=1)
        assert rows(store) == at_home


@pytest.mark.slow
def test_a_worker_of_another_version_is_given_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WITHOUT_WORKERS", 6.0)
    monkeypatch.setattr(cluster, "fitting", lambda: "reader-of-another-day")
    with archive(tmp_path) as store, scheduler() as (address, _), running(*worker(address)):
        time.sleep(1)
        with pytest.raises(RunFailed, match="no worker of this version"):
            parse(store, cluster=address)
        assert store.connection.execute("SELECT count(*) FROM editions").fetchone()[0] == 0


def test_nobody_at_the_address_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 1.0)
    with archive(tmp_path) as store, pytest.raises(RunFailed, match="no scheduler answers"):
        parse(store, cluster=f"tcp://127.0.0.1:{free_port()}")


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="extra `cluster`"):
        cluster.demand_extra()


def test_units_are_closed_by_number_and_by_size_and_lose_what_the_archive_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "DOCUMENTS_A_UNIT", 3)
    monkeypatch.setattr(cluster, "BYTES_A_UNIT", 100)
    small, large = b"x" * 10, b"y" * 200
    sources = [small, small, small, large, small, Path("/no/such/file"), small]
    units = list(in_units(Job(str(number), source, Hints()) for number, source in enumerate(sources)))
    assert [unit.keys for unit in units] == [["0", "1", "2"], ["3"], ["4", "5", "6"]]
    last = dict(units[2].with_results(["read 4", "read 6"]))  # type: ignore[list-item]
    assert last["5"].error is not None
    assert (last["4"], last["5"].error.kind, last["6"]) == ("read 4", "unavailable", "read 6")


def test_a_unit_keeps_the_limits_of_reading_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that crashes its process costs itself: the one behind it is read by a new process."""
    reader = cluster.ReadingProcess(seconds=60, megabytes=400)
    monkeypatch.setattr(cluster._LOCAL, "reader", reader, raising=False)
    good = b"<meta charset=utf-8><p>nothing of ours</p>"
    unit = Unit()
    unit.documents = [(good, Hints()), (good, Hints())]
    crashed = reader.read(hazards.crash, Hints())
    assert crashed.error is not None
    assert crashed.error.kind == "crashed"
    assert [one.error for one in cluster.read_unit(unit.documents)] == [None, None]
    reader.close()
