"""An archive that an earlier version made opens in the present schema, and everything follows from it anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from archive.store import Store
from harvester.publish.stage import publish
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from harvester.reports.current_edition import update_touched_reports

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
"""Dumps of small archives as each landed schema had them, by day. A change of the schema leaves one behind."""


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda file: file.stem)
def test_an_old_archive_opens_and_is_published(dump: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as old:
        old.executescript(dump.read_text(encoding="utf-8"))
        before = old.execute("SELECT count(*), sum(value) FROM cells").fetchone()
        ids = old.execute("SELECT id, agency_id, year, current_edition_id FROM reports ORDER BY id").fetchall()
    with Store.open(tmp_path) as store:
        update_touched_reports(store.connection)
        check_across(store.connection)
        keep_ledger(store.connection, date(2024, 6, 1))
        told = publish(store)
        assert told.is_new
        assert (told.reports, told.cells) == (len(ids), before[0])
        assert tuple(store.connection.execute("SELECT count(*), sum(value) FROM cells").fetchone()) == before
        sql = "SELECT id, agency_id, year, current_edition_id FROM reports ORDER BY id"
        assert [tuple(row) for row in store.connection.execute(sql)] == ids
        assert not publish(store).is_new
    with Store.open(tmp_path) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
