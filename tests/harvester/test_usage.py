"""Wrong usage of the command: one line on stderr, nothing on stdout, exit code 2, and nothing made on the disk."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.store import Store
from harvester import cli
from harvester.cli import main, write_utf8
from tests.site_archive import build

Told = tuple[int, str, str]
Call = Callable[..., Told]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the command in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> Told:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nosuch",), "No such command 'nosuch'"),
        (("run", "nosuchportal"), "no portal nosuchportal in the registry"),
        (("crawl", "a", "b"), "no portal a, b in the registry"),
        (("run", "--portals", "nofile.toml"), "nofile.toml: No such file"),
        (("run", "--years", "2024-2019"), "the first before the last"),
        (("run", "--years", "soon"), "'soon' is not a range of years"),
        (("run", "--years", "1999"), "years run from 2008"),
        (("run", "--limit", "0"), "0 is not in the range"),
        (("run", "--no-such-option"), "No such option"),
        (("--log-format", "xml", "status"), "'xml' is not one of"),
        (("serve", "--port", "99999"), "99999 is not in the range"),
        (("portals", "show", "nosuchportal"), "no portal nosuchportal"),
        (("portals", "check", "nosuchportal"), "no portal nosuchportal"),
        (("portals", "list", "--family", "nosuch"), "no portal of the family nosuch"),
        (("portals", "list", "--portals", "nofile.toml"), "nofile.toml: No such file"),
        (("extract", "nofile.pdf"), "nofile.pdf: no such file"),
        (("extract", "."), "is a directory"),
        (("export", "package", "--format", "pdf"), "choose from csv, xlsx, parquet, json"),
        (("correct",), "a correction needs --report"),
    ],
)
def test_wrong_usage_is_one_line(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, told = call(*arguments)
    assert (code, out, told.count("\n")) == (2, "", 1)
    assert told.startswith("harvester: ")
    assert said in told
    assert list(tmp_path.iterdir()) == []


CORRECTION = ("correct", "--report", 1, "--cell", "requests/granted/total", "--value", 1, "--reason", "x", "--by", "y")


@pytest.mark.parametrize(
    "arguments",
    [("status",), ("verify",), ("parse",), ("publish",), ("rebuild",), ("serve",), ("export", "p"), CORRECTION],
)
def test_a_folder_that_is_not_there_is_not_made(call: Call, tmp_path: Path, arguments: tuple[object, ...]) -> None:
    code, out, told = call(*arguments, "--data", tmp_path / "typo")
    assert (code, out, told.count("\n")) == (2, "", 1)
    assert "typo" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", ["status", "verify", "parse", "publish"])
def test_a_damaged_database_is_named_with_its_remedy(call: Call, tmp_path: Path, verb: str) -> None:
    (tmp_path / "archive.db").write_bytes(b"this is no database" * 100)
    code, out, told = call(verb, "--data", tmp_path)
    assert (code, out, told.count("\n")) == (1, "", 1)
    assert "archive.db: file is not a database; `harvester rebuild` makes it again" in told


def test_a_registry_without_portals_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / "portals.toml").touch()
    code, out, told = call("run", "--data", tmp_path / "data", "--portals", tmp_path / "portals.toml")
    assert (code, out, told) == (2, "", f"harvester: {tmp_path / 'portals.toml'}: no [[portal]] in it\n")


def test_a_path_that_is_taken_is_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"x")
    (tmp_path / "warc").touch()
    code, out, told = call("parse", "--data", tmp_path)
    assert (code, out, told) == (1, "", f"harvester: {tmp_path / 'warc'}: File exists\n")


def test_lost_rows_are_told_from_a_new_place(call: Call, tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a.warc.gz").touch()
    assert "`harvester rebuild` makes it again" in call("status", "--data", tmp_path)[2]


@pytest.mark.parametrize(("value", "said"), [("nan", "not a number"), ("seven", "not a number"), ("1", "has no cell")])
def test_a_correction_that_cannot_be(call: Call, tmp_path: Path, value: str, said: str) -> None:
    Store.open(tmp_path).close()
    correction = (*CORRECTION[:5], "--value", value, "--reason", "x", "--by", "y")
    code, _, told = call(*correction, "--data", tmp_path)
    assert code == 2
    assert said in told


def test_no_verb_is_answered_with_the_help(call: Call) -> None:
    code, _, told = call()
    assert code == 2
    assert "Commands:" in told


@pytest.mark.parametrize("verb", ["run", "crawl"])
def test_nobody_is_contacted_whom_the_operator_has_not_named(call: Call, tmp_path: Path, verb: str) -> None:
    code, out, err = call(verb, "--data", tmp_path / "data")
    assert (code, out) == (2, "")
    assert "say whom to contact" in err
    assert not (tmp_path / "data").exists()


def test_a_port_that_is_taken_is_one_line(call: Call, tmp_path: Path) -> None:
    build(tmp_path, only=(1,))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = call("serve", "--data", tmp_path, "--port", port)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"port {port}" in err


def test_the_same_corrections_entered_twice_are_stored_once(call: Call, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.connection.execute("INSERT INTO agencies (id, name) VALUES (1, '局')")
        store.connection.execute("INSERT INTO reports (id, agency_id, current_edition_id) VALUES (1, 1, 1)")
        store.connection.execute("INSERT INTO editions (id, report_id) VALUES (1, 1)")
        store.connection.execute(
            "INSERT INTO cells (edition_id, table_id, row_id, column_id, raw) VALUES (1, 'requests', 'granted',"
            " 'total', '9')"
        )
        store.connection.commit()
    file = tmp_path / "corrections.csv"
    file.write_text("report_id,cell,value,reason,by\n1,requests/granted/total,7,来电核实,编辑\n", encoding="utf-8")
    for said in ("1 corrections stored;", "0 corrections stored; 1 were stored already"):
        code, out, _ = call("correct", "--csv", file, "--data", tmp_path)
        assert code == 0
        assert said in out
    with Store.open(tmp_path) as store:
        assert store.connection.execute("SELECT count(*) FROM corrections").fetchone()[0] == 1


def test_a_folder_may_be_called_anything_that_is_text(call: Call, tmp_path: Path) -> None:
    data = tmp_path / "a b?mode=memory#c%41&d"
    build(data)
    assert call("export", tmp_path / "what?#%41", "--format", "csv,sqlite", "--data", data)[0] == 0
    assert (tmp_path / "what?#%41" / "cells.csv").stat().st_size > 1000
    code, _, told = call("status", "--data", os.fsdecode(b"no text \xff"))
    assert (code, told.count("\n")) == (2, 1)
    assert "is not UTF-8" in told


def test_a_registry_nested_without_end_is_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "portals.toml").write_text(f"x = {'[' * 100_000}")
    code, out, told = call("portals", "list", "--portals", tmp_path / "portals.toml")
    assert (code, out, told.count("\n")) == (2, "", 1)


def test_what_is_printed_is_utf8_whatever_the_locale_says(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    write_utf8()
    print("年报\udcff", end="", flush=True)
    assert raw.getvalue() == "年报".encode() + rb"\udcff"


def test_what_sigterm_broke_is_no_fault_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def cancelled(**_: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(cli.cli, "main", cancelled)
    with pytest.raises(asyncio.CancelledError):
        main([])
    monkeypatch.setattr(cli, "is_told", lambda: True)
    monkeypatch.setattr(cli, "give_way", lambda: sys.exit(143))
    with pytest.raises(SystemExit):
        main([])
