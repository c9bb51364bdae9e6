"""harvester.workers: every document gets an answer, whatever it does to its process."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from harvester.read import worker_pool
from harvester.read.jobs import Job
from harvester.read.worker_pool import DOCUMENTS_PER_WORKER, extract_many
from parsers.extract import Extraction
from tests.factory import hazards, html
from tests.factory.compare import differences
from tests.factory.story import story
from tests.factory.truth import Truth, random_truth


def report(seed: int = 0) -> tuple[Truth, bytes]:
    random = Random(seed)
    truth = random_truth(random)
    return truth, html.render(story(truth, random), random)


def errors(results: dict[str, Extraction]) -> dict[str, str | None]:
    return {key: found.error.kind if found.error else None for key, found in results.items()}


def test_reads_bytes_files_and_functions(tmp_path: Path) -> None:
    truth, data = report()
    path = tmp_path / "report.bin"
    path.write_bytes(data)
    jobs = [Job("bytes", data), Job("path", path), Job("function", partial(Path.read_bytes, path))]
    results = dict(extract_many(jobs, processes=2))
    assert {key: differences(truth, found) for key, found in results.items()} == {
        "bytes": [],
        "path": [],
        "function": [],
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hazard", "kind"),
    [
        (hazards.hang, "too_slow"),
        (hazards.burn_without_end, "too_slow"),
        (hazards.burn_in_a_child, "too_slow"),
        (hazards.eat, "too_much_memory"),
        (hazards.eat_at_once, "too_much_memory"),
        (hazards.crash, "crashed"),
        (hazards.fail, "crashed"),
    ],
)
def test_a_hazard_costs_only_itself(hazard: Callable[[], bytes], kind: str) -> None:
    truth, data = report()
    jobs = [Job("before", data), Job("hazard", hazard), Job("after", data)]
    results = dict(extract_many(jobs, processes=1, seconds=4, megabytes=400))
    assert errors(results) == {"before": None, "hazard": kind, "after": None}
    assert differences(truth, results["after"]) == []


@pytest.mark.slow
@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_worker_that_the_machine_ends_is_no_property_of_its_document(tmp_path: Path, ended_by: int) -> None:
    """The OOM killer takes whoever is large at the moment: the document is read again, alone and later."""
    _, data = report()
    unlucky = partial(hazards.killed_until, str(tmp_path / "met"), 1, ended_by)
    results = dict(extract_many([Job("unlucky", unlucky), Job("other", data)], processes=2))
    assert errors(results) == {"unlucky": None, "other": None}


def test_one_that_is_ended_every_time_is_said_to_be_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "PAUSES", (0.01, 0.01))
    unlucky = partial(hazards.killed_until, str(tmp_path / "met"), 99)
    found = dict(extract_many([Job("unlucky", unlucky)]))["unlucky"]
    assert found.error is not None
    assert (found.error.kind, len((tmp_path / "met").read_text())) == ("interrupted", 3)


@pytest.mark.slow
def test_time_is_the_documents_own_on_a_loaded_machine() -> None:
    """Six documents of two seconds of CPU each, side by side on few cores: each is given its four seconds."""
    jobs = [Job(number, partial(hazards.burn, 2.0)) for number in range(6)]
    results = dict(extract_many(jobs, processes=6, seconds=4))
    assert set(errors(results).values()) == {None}


@pytest.mark.parametrize("group", [None, 0])
def test_what_a_document_started_is_ended_with_it(tmp_path: Path, group: int | None) -> None:
    note = tmp_path / "child"
    results = dict(extract_many([Job("x", partial(hazards.hang_with_a_child, str(note), group))], seconds=4))
    assert errors(results) == {"x": "too_slow"}
    assert _is_gone(int(note.read_text()))


def test_a_missing_file_is_an_error_of_that_job(tmp_path: Path) -> None:
    results = dict(extract_many([Job("gone", tmp_path / "gone.pdf")]))
    assert errors(results) == {"gone": "unavailable"}


def test_leaving_early_ends_the_workers() -> None:
    _, data = report()
    reading = extract_many([Job(number, data) for number in range(20)], processes=2)
    next(reading)
    before = _children()
    assert len(before) == 2
    reading.close()
    assert _children() == []


def test_runs_in_a_thread() -> None:
    _, data = report()
    results: dict[str, Extraction] = {}
    thread = threading.Thread(target=lambda: results.update(extract_many([Job("x", data)])))
    thread.start()
    thread.join()
    assert errors(results) == {"x": None}


def test_no_jobs_start_no_process() -> None:
    assert list(extract_many(iter(()))) == []


def test_workers_are_replaced_after_many_documents() -> None:
    jobs = [Job(number, hazards.process_id) for number in range(DOCUMENTS_PER_WORKER + 5)]
    results = dict(extract_many(jobs, processes=1))
    assert set(results) == set(range(DOCUMENTS_PER_WORKER + 5))
    assert len({extraction.sha256 for extraction in results.values()}) == 2


def test_documents_are_read_side_by_side(tmp_path: Path) -> None:
    names = (("a", "b"), ("b", "a"))
    jobs = [Job(mine, partial(hazards.meet, str(tmp_path), mine, other)) for mine, other in names]
    results = dict(extract_many(jobs, processes=2, seconds=120))
    assert errors(results) == {"a": None, "b": None}


def _is_gone(process: int) -> bool:
    """Whether a process has ended; one that was killed may need a moment on a busy machine."""
    stat = Path(f"/proc/{process}/stat")
    for _ in range(100):
        try:
            if stat.read_text().rpartition(")")[2].split()[0] in {"Z", "X"}:
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


def _children() -> list[int]:
    """Processes whose parent is this one."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and "harvester.read.worker_process" in (stat.parent / "cmdline").read_text():
            found.append(int(stat.parent.name))
    return found
