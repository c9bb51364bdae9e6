"""The data package: whole or not at all, the same bytes each time, described to the last column."""

from __future__ import annotations

import csv
import hashlib
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from archive.store import Store
from harvester.errors import UsageError
from harvester.export import export, package, writers
from harvester.export.datasets import Dataset, Field
from harvester.export.untouched import held, owned
from harvester.export.writers import write_xlsx
from harvester.publish.stage import publish
from harvester.read.stage import parse
from harvester.relate.ledger import keep_ledger
from tests.archived import keep_pages
from tests.harvester.read.test_stage import COUNTY, FIRST, LIST, page

EVERY_FORMAT = ("csv", "xlsx", "parquet", "json", "sqlite")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, published."""
    folder = tmp_path_factory.mktemp("published")
    keep_pages(folder, [LIST, *map(page, COUNTY.values())], at=FIRST)
    with Store.open(folder) as store:
        parse(store, processes=1)
        keep_ledger(store.connection)
        publish(store)
    return folder


@pytest.fixture(scope="module")
def whole(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in every format."""
    folder = tmp_path_factory.mktemp("package") / "whole"
    export(data, folder, formats=EVERY_FORMAT)
    return folder


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_database_gives_the_same_bytes_at_any_time(
    data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 40_000_000)
    export(data, tmp_path / "again", formats=EVERY_FORMAT)
    assert contents(tmp_path / "again") == contents(whole)
    with zipfile.ZipFile(whole / "reports.xlsx") as book:  # a container has clocks of its own, two seconds apart
        assert {member.date_time[0] for member in book.infolist()} == {1980}


def test_excel_knows_the_encoding_and_codes_stay_text(whole: Path) -> None:
    assert (whole / "reports.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    sheet = load_workbook(whole / "reports.xlsx", read_only=True)
    head, first, *_ = sheet.active.iter_rows(values_only=True)
    sheet.close()
    assert dict(zip(head, first, strict=True))["division_code"] == "990101"


def test_every_column_of_every_file_is_in_the_codebook(whole: Path) -> None:
    told = {(row["where"], row["id"]): row for row in table(whole / "codebook.csv") if row["kind"] == "column"}
    for file in whole.glob("*.csv"):
        for name in file.read_text(encoding="utf-8-sig").splitlines()[0].split(","):
            row = told[file.stem, name]
            assert all((row["zh"], row["en"])), (file.stem, name)


def test_every_row_and_column_of_the_cells_is_in_the_codebook(whole: Path) -> None:
    told = {(row["kind"], row["id"]) for row in table(whole / "codebook.csv")}
    cells = table(whole / "cells.csv")
    used = {("row", cell["row_id"]) for cell in cells} | {("column_id", cell["column_id"]) for cell in cells}
    assert used - told == set()


def test_the_checksums_hold(whole: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (whole / "SHA256SUMS").read_text().splitlines())
    assert sums == {file.name: package.sha256_of(file) for file in whole.iterdir() if file.name != "SHA256SUMS"}


def test_frictionless_finds_the_package_valid(whole: Path) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=whole, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_years_and_division_select(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "one", years=frozenset({2022}), division="9901")
    assert {row["report_year"] for row in table(tmp_path / "one" / "reports.csv")} == {"2022"}
    with pytest.raises(UsageError, match="no report of 3708"):
        export(data, tmp_path / "none", division="3708")
    assert not (tmp_path / "none").exists()


def test_a_sheet_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "EXCEL_ROWS", 4)
    numbers = Dataset("numbers", "数", "Numbers", (), (Field("n", "integer", "数", "Number"),), lambda *_: iter(()))
    assert write_xlsx(tmp_path / "numbers.xlsx", numbers, ((n,) for n in range(7))) == 7
    book = load_workbook(tmp_path / "numbers.xlsx")
    assert [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)] == [(n,) for n in range(7)]
    assert len(book.sheetnames) == 3


def test_a_text_that_no_cell_holds_is_whole_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    fields = (Field("id", "integer", "号", "Number"), Field("text", "string", "文", "Text"))
    dataset = Dataset("texts", "文", "Texts", (), fields, lambda *_: iter(()))
    long = "".join(chr(0x4E00 + n % 9000) for n in range(40_000)) + "𠮷" * 40_000
    assert write_xlsx(tmp_path / "texts.xlsx", dataset, [(1, "短"), (2, long), (3, "尾")]) == 3
    book = load_workbook(tmp_path / "texts.xlsx")
    rows = list(book["texts"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [1, 2, 3]
    assert "long_texts" in rows[1][1]
    pieces = list(book["long_texts"].iter_rows(min_row=2, values_only=True))
    assert "".join(row[4] for row in pieces) == long
    assert {row[:3] for row in pieces} == {("texts", 3, "text")}


def test_a_folder_of_other_things_is_left_alone(data: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_bytes(b"years of work")
    with pytest.raises(UsageError, match="no data package"):
        export(data, tmp_path)
    assert contents(tmp_path) == {"thesis.doc": b"years of work"}


@pytest.mark.parametrize("own", ["added", "changed", "linked", "a list of others"])
def test_what_an_export_did_not_write_is_never_deleted(data: Path, whole: Path, tmp_path: Path, own: str) -> None:
    folder = tmp_path / "package"
    shutil.copytree(whole, folder)
    if own == "added":
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
    elif own == "changed":
        (folder / "findings.csv").write_text("my remarks", encoding="utf-8")
    elif own == "linked":
        (folder / "findings.csv").unlink()
        (folder / "findings.csv").symlink_to(whole / "findings.csv")
    else:
        (folder / "datapackage.json").write_text('{"name": "somebody-elses"}', encoding="utf-8")
    before = contents(folder)
    with pytest.raises(UsageError, match="choose another folder"):
        export(data, folder)
    assert contents(folder) == before


def test_what_comes_while_the_package_is_written_is_not_deleted(
    data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "package"
    shutil.copytree(whole, folder)
    describe = package.describe

    def meanwhile(*given: Any) -> None:
        describe(*given)
        (folder / "notes.txt").write_text("mine", encoding="utf-8")

    monkeypatch.setattr(package, "describe", meanwhile)
    with pytest.raises(UsageError, match="nothing was touched"):
        export(data, folder)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_one_export_writes_a_folder_at_a_time(data: Path, tmp_path: Path) -> None:
    with held(tmp_path / "package"), pytest.raises(UsageError, match="another export"):
        export(data, tmp_path / "package")
    export(data, tmp_path / "package")
    assert owned(tmp_path / "package")


def test_the_folder_one_stands_in_is_filled(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    export(data, Path())
    first = contents(tmp_path)
    export(data, Path())
    assert contents(tmp_path) == first
    assert "SHA256SUMS" in first


def test_an_export_that_fails_leaves_the_old_package(
    data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(whole, tmp_path / "package")

    def full(*_: object) -> Iterator[int]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package, "describe", full)
    with pytest.raises(OSError, match="No space"):
        export(data, tmp_path / "package")
    assert contents(tmp_path / "package") == contents(whole)
    assert [one.name for one in tmp_path.iterdir()] == ["package"]


def test_nothing_published_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing published yet"):
        export(tmp_path, tmp_path / "package")


def test_every_table_tells_simulated_rows_and_every_value_what_the_page_marks(whole: Path) -> None:
    for file in sorted(whole.glob("*.csv")):
        if file.stem != "codebook":
            header = file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
            assert "simulated" in header, file.name
            assert ("is_current" in header) == (file.stem not in ("reports", "coverage", "divisions")), file.name
    row = table(whole / "requests.csv")[0]
    assert row["granted__total__state"] == "number"
    assert row["granted__total__in_failed_identity"] == "0"
    assert {"granted__total__implied", "granted__total__corrected"} <= set(row)


def test_the_sqlite_file_holds_the_selection_and_its_views(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "part", formats=("sqlite",), years=frozenset({2022}))
    with closing(sqlite3.connect(tmp_path / "part" / "archive.db")) as made:
        assert made.execute("SELECT DISTINCT year FROM reports").fetchall() == [(2022,)]
        assert made.execute(
            "SELECT count(*) FROM cells WHERE edition_id NOT IN (SELECT id FROM editions)"
        ).fetchone() == (0,)
        assert made.execute("SELECT count(*) FROM requests_wide").fetchone() == (1,)
        assert made.execute("PRAGMA foreign_key_check").fetchall() == []
        assert made.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        views = [name for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        assert {"coverage", "indicators", "review_litigation_wide"} <= set(views)
        for view in views:
            made.execute(f'SELECT * FROM "{view}" LIMIT 1').fetchall()


def test_the_sqlite_file_of_everything_has_every_report(data: Path, whole: Path) -> None:
    with (
        closing(sqlite3.connect(whole / "archive.db")) as made,
        closing(sqlite3.connect(data / "site" / "archive.db")) as published,
    ):
        for name in ("reports", "editions", "cells", "checks", "findings", "ledger", "agencies", "requests_wide"):
            count = f"SELECT count(*) FROM {name}"
            assert made.execute(count).fetchone() == published.execute(count).fetchone(), name


def test_one_zip_holds_every_file_and_checks_itself(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "made", as_zip=True)
    (packed,) = (tmp_path / "made").glob("*.zip")
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        inside = {Path(name).name: archive.read(name) for name in archive.namelist()}
        assert {Path(name).parent.name for name in archive.namelist()} == {packed.stem}
    sums = dict(line.split("  ")[::-1] for line in inside.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in inside.items()}
    assert set(inside) == {file.name for file in (tmp_path / "made").iterdir()} - {packed.name, "SHA256SUMS"}
    assert f"{package.sha256_of(packed)}  {packed.name}" in (tmp_path / "made" / "SHA256SUMS").read_text()


def test_the_readme_names_every_file_and_what_is_simulated(whole: Path) -> None:
    text = (whole / "README.md").read_text(encoding="utf-8")
    described = {"README.md", "SHA256SUMS", "CITATION.cff", "datapackage.json"}
    assert all(f"`{file.name}`" in text for file in whole.iterdir() if file.name not in described)
    assert "SIMULATED" in text
    assert "$" not in text


def test_a_package_says_what_changed_since_another(data: Path, whole: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "next", since=whole)
    assert table(tmp_path / "next" / "changes.csv") == []
    with pytest.raises(UsageError, match="add csv"):
        export(data, tmp_path / "other", formats=("json",), since=whole)
