"""Visitors' SQL learns nothing of the machine: no path of a file, no other file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from harvester.site.database import _open


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    file = tmp_path / "secret-place" / "archive.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE reports (id INTEGER, year INTEGER)")
        made.commit()
    with closing(_open(str(file))) as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA database_list",
        "pragma DATABASE_LIST",
        "select * from pragma_database_list",
        "select file from 'pragma_database_list'",
        "select * from main.pragma_database_list()",
        "select name, file from pragma_database_list union select 1, 2 from reports",
        "with x as (select * from [pragma_database_list]) select * from x",
    ],
)
def test_no_path_is_told(connection: sqlite3.Connection, sql: str) -> None:
    try:
        told = repr(connection.execute(sql).fetchall())
    except sqlite3.Error as error:
        told = str(error)
    assert "secret-place" not in told


@pytest.mark.parametrize(
    "sql", ["select load_extension('x')", "attach 'other.db' as other", "select fts3_tokenizer('simple')"]
)
def test_no_other_file_is_opened(connection: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        connection.execute(sql)


def test_what_pages_ask_for_is_answered(connection: sqlite3.Connection) -> None:
    assert [row[1] for row in connection.execute("PRAGMA table_info(reports)")] == ["id", "year"]
    assert connection.execute("select name from pragma_table_info('reports')").fetchall() == [("id",), ("year",)]
    assert connection.execute("select seq, name, file from pragma_database_list() where seq > 0").fetchall() == []
