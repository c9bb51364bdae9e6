"""Nothing that a portal writes can speak to a terminal: not through a command, a log or a report."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.store import Store
from harvester.cli import cli
from harvester.logs import configure
from harvester.printable import printable, printable_json
from harvester.run_report import write_reports

ESCAPES = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e001\x7f\r"
OBEYED = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e"} - {"\n", "\t"}


def test_what_a_terminal_would_obey_is_shown() -> None:
    assert not OBEYED & set(printable(ESCAPES))
    assert printable("青山县\t2022\n") == "青山县\t2022\n"
    assert json.loads(printable_json(json.dumps(ESCAPES, ensure_ascii=False))) == ESCAPES
    assert not OBEYED & set(printable_json(json.dumps(ESCAPES, ensure_ascii=False)))
    printable("\ud800").encode()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_logs(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:]
    try:
        configure(log_format)
        logging.getLogger("harvester").warning("met %s", ESCAPES)
    finally:
        logging.getLogger().handlers[:] = before
    told = capsys.readouterr().err
    assert "met" in told
    assert not OBEYED & set(told)


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"], ["verify"]])
def test_commands_and_reports_over_hostile_rows(tmp_path: Path, arguments: list[str]) -> None:
    with Store.open(tmp_path) as store:
        row = {"id": "p", "name": f"县{ESCAPES}", "division_code": None, "level": None, "family": "generic"}
        more = {"hosts": "[]", "status": "blocked", "status_reason": ESCAPES, "simulated": 1, "start_url": None}
        store.save_portals([row | more])
        run_id = store.start_run()
        store.record_event(run_id, "p", f"http://a/{ESCAPES}", "http_error", f"status {ESCAPES}")
        store.finish_run(run_id, "failed", {"error": ESCAPES})
        folder = write_reports(store, run_id)
    told = CliRunner().invoke(cli, [*arguments, "--data", str(tmp_path)])
    assert not OBEYED & set(told.output)
    for file in folder.iterdir():
        assert not OBEYED & set(file.read_text("utf-8"))


@pytest.mark.parametrize("options", [[], ["--pretty"], ["--steps"]])
def test_what_is_printed_of_a_document(tmp_path: Path, options: list[str]) -> None:
    body = f"<h1>青山县{ESCAPES}2022年政府信息公开工作年度报告</h1><p>本年新收{ESCAPES}</p>"
    file = tmp_path / "a.html"
    file.write_text(f"<html><head><title>{ESCAPES}</title></head><body>{body}</body></html>", "utf-8", newline="")
    told = CliRunner().invoke(cli, ["extract", *options, str(file)])
    assert not OBEYED & set(told.output)
