"""Trouble of the moment is never a property of a document, and takes nothing away that stood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.store import Store
from harvester.cli import cli
from harvester.errors import StillOpen
from harvester.read import stage
from harvester.read.ingest import MOST_READINGS
from harvester.read.jobs import Job
from harvester.read.stage import parse
from harvester.read.worker_process import INTERRUPTED, failed
from parsers.extract import Extraction
from tests.archived import keep_pages
from tests.harvester.read.test_stage import COUNTY, FIRST, page, read, rows

STANDS = "SELECT edition_id, table_id, row_id, column_id, raw, state, value FROM cells ORDER BY 1, 2, 3, 4"


def failing(kind: str) -> Any:
    """`extract_in_order` on a machine that lets nothing be read."""

    def extract(jobs: Iterator[Job[str]], **_: object) -> Iterator[tuple[str, Extraction]]:
        for job in jobs:
            yield job.key, failed(job.key, "text/html", kind, "as the test has it")

    return extract


def archived(data: Path) -> None:
    run_id, _ = keep_pages(data, [page(truth) for truth in COUNTY.values()], at=FIRST)
    read(data, run_id)


@pytest.mark.parametrize("kind", [INTERRUPTED, "crashed", "too_slow", "too_much_memory", "corrupt"])
def test_a_second_reading_that_fails_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    archived(tmp_path)
    with Store.open(tmp_path) as store:
        before, reports = rows(store, STANDS), rows(store, "SELECT * FROM reports")
        monkeypatch.setattr(stage, "extract_in_order", failing(kind))
        account = parse(store, everything=True, processes=1)
        assert rows(store, STANDS) == before
        assert rows(store, "SELECT * FROM reports") == reports
        told = rows(store, "SELECT DISTINCT kind, reason FROM documents")
        assert account.interrupted == (len(COUNTY) if kind == INTERRUPTED else 0)
        monkeypatch.undo()
        due = stage.due(store, everything=False)
    said = "" if kind == INTERRUPTED else "read before, not now: "
    assert told == [("report", f"{said}{kind}: as the test has it")]
    assert len(due) == (len(COUNTY) if kind == INTERRUPTED else 0)


def test_what_was_never_read_stays_open_and_is_read_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_pages(tmp_path, [page(COUNTY[2022])], at=FIRST)
    with Store.open(tmp_path) as store:
        monkeypatch.setattr(stage, "extract_in_order", failing(INTERRUPTED))
        assert (parse(store).read, parse(store).interrupted) == (0, 1)
        assert rows(store, "SELECT kind FROM documents") == [("pending",)]
        monkeypatch.undo()
        assert parse(store, processes=1).kinds == {"report": 1}


def test_one_that_has_its_reader_killed_each_time_is_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_pages(tmp_path, [page(COUNTY[2022])], at=FIRST)
    monkeypatch.setattr(stage, "extract_in_order", failing(INTERRUPTED))
    with Store.open(tmp_path) as store:
        assert [parse(store).interrupted for _ in range(MOST_READINGS + 1)] == [*[1] * MOST_READINGS, 0]
        assert rows(store, "SELECT kind FROM documents") == [("unreadable",)]


def test_the_exit_code_and_the_summary_say_what_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_pages(tmp_path, [page(COUNTY[2022])], at=FIRST)
    monkeypatch.setattr(stage, "extract_in_order", failing(INTERRUPTED))
    told = CliRunner().invoke(cli, ["parse", "--data", str(tmp_path)])
    assert isinstance(told.exception, StillOpen)
    assert told.exception.exit_code == 4
    assert "1 broken off from outside, still open" in told.output
    monkeypatch.undo()
    assert CliRunner().invoke(cli, ["parse", "--data", str(tmp_path), "--processes", "1"]).exit_code == 0
