"""Results in the order of the jobs, whichever is done first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from harvester.read import in_order
from harvester.read.in_order import extract_in_order
from harvester.read.jobs import Job
from tests.factory import hazards
from tests.harvester.read.test_worker_pool import report


def slow_then(data: bytes, seconds: float) -> bytes:
    time.sleep(seconds)
    return data


def test_results_come_in_the_order_of_the_jobs_and_few_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first takes longest: what is done meanwhile waits, and no more than that is begun."""
    monkeypatch.setattr(in_order, "AHEAD", 3)
    _, data = report()
    taken: list[int] = []

    def jobs() -> Iterator[Job[int]]:
        for number in range(8):
            taken.append(number)
            yield Job(number, partial(slow_then, data, 2.0 if number == 0 else 0.0))

    results = extract_in_order(jobs(), processes=2)
    first = next(results)
    assert first[0] == 0
    assert len(taken) <= 4
    assert [first[0], *(key for key, _ in results)] == list(range(8))


def test_one_that_is_broken_off_holds_up_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those behind it wait for it, and it waits for them: it must be read again before they come to a stand."""
    monkeypatch.setattr(in_order, "AHEAD", 3)
    unlucky = partial(hazards.killed_until, str(tmp_path / "met"), 1)
    jobs = [Job("unlucky", unlucky), *(Job(str(number), b"x") for number in range(9))]
    found = list(extract_in_order(jobs, processes=1))
    assert [key for key, _ in found] == [job.key for job in jobs]
