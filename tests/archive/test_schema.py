"""Databases, new and old, come to the present schema without losing a row."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from archive import migrations, schema
from archive.store import Store


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def test_an_old_database_gets_the_tables_columns_and_indexes_that_are_new(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.connection.execute("INSERT INTO runs (id, status) VALUES ('r', 'done')")
        store.connection.execute("DROP TABLE list_walks")
        store.connection.execute("ALTER TABLE runs DROP COLUMN stats")
        store.connection.execute("DROP INDEX idx_captures_sha256")
    with Store.open(tmp_path) as store:
        assert "stats" in columns(store.connection, "runs")
        assert "ended" in columns(store.connection, "list_walks")
        assert store.connection.execute("SELECT id, status, stats FROM runs").fetchall()[0][:] == ("r", "done", None)
        names = {row[0] for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert "idx_captures_sha256" in names


def test_a_column_with_a_migration_of_its_own_opens_in_new_and_old_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new database is made from tables.toml: its migrations are done before they begin."""
    old = Database(memory=True)
    migrations.migrate(old)
    later = Migrations("archive")

    @later()
    def m099_checked_by(db: Database) -> None:
        db.table("reports").add_column("title_again", str)

    monkeypatch.setattr(migrations, "migrations", later)
    new = Database(memory=True)
    migrations.migrate(new)
    migrations.migrate(old)
    migrations.migrate(new)
    assert "title_again" in columns(old.conn, "reports")
    assert not later.pending(new)


def test_every_column_of_tables_toml_comes_into_new_and_old_databases() -> None:
    """Whatever column is added there: an archive from before it has it after it is opened, and loses nothing."""
    db = Database(memory=True)
    migrations.migrate(db)
    told = {name: [column.name for column in table.columns] for name, table in schema.tables().items()}
    assert {name: columns(db.conn, name) for name in told} == told
    later = [(name, column) for name in told for column in told[name] if dropped(db.conn, name, column)]
    assert len(later) > len(told)
    migrations.migrate(db)
    assert {name: sorted(columns(db.conn, name)) for name in told} == {name: sorted(told[name]) for name in told}


def dropped(db: sqlite3.Connection, table: str, column: str) -> bool:
    """Take a column away, where nothing hangs on it: as if the archive were from before it."""
    try:
        db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    except sqlite3.OperationalError:
        return False
    return True
