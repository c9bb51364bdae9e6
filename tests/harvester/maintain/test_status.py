"""What an operator is told: who is at work, what went wrong, and what is missing on the machine."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from archive.store import Store
from harvester.lock import in_use, locked
from harvester.maintain import doctor as examination
from harvester.maintain.doctor import Piece, doctor, examine
from harvester.maintain.status import draw, status


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Store.open(tmp_path) as store:
        store.finish_run(store.start_run("run"), "failed", {"error": "No space left on device"})
    return tmp_path


def test_the_error_of_the_last_run_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stock = status(data)
    assert [(run["status"], run["error"]) for run in stock["runs"]] == [("failed", "No space left on device")]
    draw(stock)
    assert "No space left on device" in capsys.readouterr().out


def test_who_is_at_work_is_told(data: Path) -> None:
    assert status(data)["in_use_by"] is None
    with locked(data, "run"):
        assert f"harvester run, process {os.getpid()}" in status(data)["in_use_by"]
    assert status(data)["in_use_by"] is None


def test_a_lock_whose_holder_died_is_none(data: Path) -> None:
    dead = {"pid": 2**22 + 1, "host": socket.gethostname(), "verb": "run", "since": "2026-01-01T00:00:00Z"}
    (data / "lock").write_text(json.dumps(dead), encoding="utf-8")
    assert in_use(data) is None
    with locked(data, "parse"):
        assert in_use(data) is not None


def test_status_is_for_machines_too(data: Path) -> None:
    told = json.loads(json.dumps(status(data)))
    assert set(told) == {
        "data", "published", "in_use_by", "totals", "documents", "coverage", "runs", "trouble", "alarms"
    }  # fmt: skip


def test_the_doctor_looks_at_the_data(data: Path, tmp_path: Path) -> None:
    assert "archive.db: 0 reports" in doctor(data)
    assert "nothing harvested yet" in doctor(tmp_path / "new")
    (data / "archive.db").write_bytes(b"no database at all" * 99)
    assert "BROKEN" in doctor(data)


def test_what_is_missing_is_told_with_its_price_and_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    piece = Piece("OCR", lambda: None, "scans stay unread", "pip install ocr")
    monkeypatch.setattr(examination, "PIECES", (piece,))
    assert list(examine(piece)) == [
        "missing  OCR",
        "           without it: scans stay unread",
        "           to install: pip install ocr",
    ]
    assert list(examine(Piece("OCR", lambda: "/usr/bin/ocr", "", ""))) == ["ok       OCR: /usr/bin/ocr"]
