"""The published database: built beside, checked, swapped; verify and rebuild prove the archive under it."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.store import Store
from harvester.errors import GateRefused, RunFailed, UsageError
from harvester.export import export
from harvester.lock import locked
from harvester.maintain.correct import correct, correct_from_csv
from harvester.maintain.rebuild import rebuild
from harvester.maintain.status import status
from harvester.maintain.verify import verify
from harvester.publish import gates
from harvester.publish.stage import publish
from harvester.read.stage import parse
from harvester.relate.ledger import keep_ledger
from tests.archived import keep_pages
from tests.harvester.read.test_stage import COUNTY, FIRST, LIST, page


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, read; made once."""
    folder = tmp_path_factory.mktemp("archived")
    keep_pages(folder, [LIST, *map(page, COUNTY.values())], at=FIRST)
    with Store.open(folder) as store:
        parse(store, processes=1)
        keep_ledger(store.connection)
    return folder


@pytest.fixture
def data(archived: Path, tmp_path: Path) -> Path:
    """A copy of them, to be changed at will."""
    shutil.copytree(archived, tmp_path, dirs_exist_ok=True)
    return tmp_path


def published(data: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{data / 'site' / 'archive.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def test_publishing_twice_publishes_once(data: Path) -> None:
    with Store.open(data) as store:
        first, second = publish(store), publish(store)
    assert (first.is_new, second.is_new, first.file) == (True, False, second.file)
    assert (data / "site" / "archive.db").is_symlink()
    assert list((data / "site").glob("draft*")) == []


def test_what_is_published(data: Path) -> None:
    with Store.open(data) as store:
        publish(store)
    assert published(data, "SELECT count(*) FROM reports") == [(3,)]
    assert published(data, "SELECT count(*) FROM sqlite_master WHERE name IN ('urls', 'signatures')") == [(0,)]
    assert published(data, "SELECT granted__total FROM requests_wide WHERE year = 2022") == [
        (int(COUNTY[2022].values["requests/granted/total"]),)
    ]
    truth = COUNTY[2022].values
    handled = int(truth["requests/requests_received/total"]) + int(truth["requests/requests_carried_in/total"])
    assert published(
        data, "SELECT denominator FROM indicators WHERE year = 2022 AND indicator = 'completion_rate'"
    ) == [(handled,)]


def test_a_gate_keeps_the_last_good_publication(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(data) as store:
        good = publish(store).file
        monkeypatch.setattr(gates, "FEWEST_TO_COMPARE", 1)
        store.connection.execute("DELETE FROM findings")
        store.connection.execute("UPDATE editions SET supersedes = NULL")
        gone = "(SELECT id FROM reports WHERE year = 2022)"
        for table in ("cells", "checks", "sections"):
            store.connection.execute(
                f"DELETE FROM {table} WHERE edition_id IN (SELECT id FROM editions WHERE report_id IN {gone})"
            )
        store.connection.execute(f"DELETE FROM editions WHERE report_id IN {gone}")
        store.connection.execute("DELETE FROM reports WHERE year = 2022")
        with pytest.raises(GateRefused, match=r"2022: 0 reports, 1 before"):
            publish(store)
    assert (data / "site" / "archive.db").resolve() == good
    assert list((data / "site").glob("draft*")) == []


def test_a_cell_without_a_place_is_not_published(data: Path) -> None:
    with Store.open(data) as store:
        store.connection.execute("UPDATE cells SET path = NULL WHERE row_id = 'granted' AND column_id = 'total'")
        with pytest.raises(GateRefused, match="3 cells without a place"):
            publish(store)


def test_verify_finds_every_cell_again(data: Path) -> None:
    account = verify(data, full=True)
    assert account.ok
    assert (account.captures, account.documents, account.cells) == (4, 3, 600)


def test_verify_names_what_is_wrong(data: Path) -> None:
    with Store.open(data) as store:
        store.connection.execute("UPDATE cells SET raw = '12345' WHERE row_id = 'granted' AND column_id = 'total'")
        (warc,) = store.warc.iterdir()
    assert len(verify(data, full=True).problems) == 3
    warc.write_bytes(warc.read_bytes()[:2000])
    assert not verify(data).ok


def test_everything_after_the_warc_can_be_rebuilt(data: Path) -> None:
    sql = (
        "SELECT r.year, r.agency_name, c.row_id, c.column_id, c.value FROM reports r"
        " JOIN cells c ON c.edition_id = r.current_edition_id ORDER BY 1, 3, 4"
    )
    with Store.open(data) as store:
        before = [tuple(row) for row in store.connection.execute(sql)]
    (data / "archive.db").unlink()
    rebuild(data)
    with Store.open(data) as store:
        parse(store, everything=True, processes=1)
        assert [tuple(row) for row in store.connection.execute(sql)] == before
    assert verify(data).ok


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with (
        locked(tmp_path, "run"),
        pytest.raises(UsageError, match=r"in use by harvester run, process \d+"),
        locked(tmp_path, "parse"),
    ):
        pytest.fail("two holders at once")
    with locked(tmp_path, "parse"):
        assert (tmp_path / "lock").read_text(encoding="utf-8")


def test_a_correction_stands_beside_the_printed_value(data: Path, tmp_path: Path) -> None:
    told = correct(data, report_id=1, cell="requests/granted/total", value="7", reason="误录", by="测试")
    assert "corrected to 7" in told
    with Store.open(data) as store:
        publish(store)
        (printed,) = store.connection.execute(
            "SELECT value FROM cells WHERE row_id = 'granted' AND column_id = 'total' AND edition_id = 1"
        ).fetchone()
    assert printed == COUNTY[2021].values["requests/granted/total"]
    export(data, tmp_path / "package")
    with (tmp_path / "package" / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        corrected = [(row["row_id"], row["column_id"]) for row in csv.DictReader(file) if row["corrected_value"] == "7"]
    assert corrected == [("granted", "total")]


def test_one_wrong_line_stores_no_correction_at_all(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text("report_id,cell,value,reason,by\n1,requests/granted/total,7,a,b\n1,no/such/cell,7,a,b\n")
    with pytest.raises(UsageError, match="line 3"):
        correct_from_csv(data, file)
    with Store.open(data) as store:
        assert store.connection.execute("SELECT count(*) FROM corrections").fetchone()[0] == 0


def test_status_counts_what_the_ledger_says(data: Path) -> None:
    stock = status(data)
    by_year = {row["year"]: row for row in stock["coverage"]}
    assert by_year[2022]["found"] == 1
    assert stock["totals"]["reports"] == 3


def test_status_of_an_empty_place_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing harvested here yet"):
        status(tmp_path)


def damage(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(b"x" * 4096)


def test_a_damaged_publication_is_replaced_by_the_same(data: Path) -> None:
    with Store.open(data) as store:
        good = publish(store).file
        damage(good)
        again = publish(store)
    assert (again.file, again.is_new) == (good, True)
    assert published(data, "SELECT count(*) FROM reports") == [(3,)]


def test_nothing_new_is_published_beside_a_last_one_that_cannot_be_compared(data: Path) -> None:
    with Store.open(data) as store:
        damage(publish(store).file)
        store.connection.execute("UPDATE reports SET title = 'another'")
        with pytest.raises(RunFailed, match=r"archive-\w+\.db: file is not a database; remove it"):
            publish(store)
    assert list((data / "site").glob("draft*")) == []


@pytest.mark.parametrize("text", ["", "report,cell,value\n1,requests/granted/total,7\n"])
def test_a_table_without_the_columns_is_refused(data: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="has no column report_id"):
        correct_from_csv(data, file)


def test_a_table_with_its_columns_in_another_order_is_copied_all_the_same(data: Path) -> None:
    with Store.open(data) as store:
        publish(store)
        whole = published(data, "SELECT edition_id, table_id, row_id, column_id, raw, value FROM cells")
        names = [row[1] for row in store.connection.execute("PRAGMA table_info(cells)")]
        store.connection.execute(f"CREATE TABLE turned AS SELECT {', '.join(reversed(names))} FROM cells")
        store.connection.execute("DROP TABLE cells")
        store.connection.execute("ALTER TABLE turned RENAME TO cells")
        (data / "site" / "archive.db").unlink()
        publish(store)
    assert published(data, "SELECT edition_id, table_id, row_id, column_id, raw, value FROM cells") == whole
