"""Addresses of databases: the file that is meant, whatever its path holds, and nothing written to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.read_only import address, fixed_address, open_read_only


@pytest.mark.parametrize("name", ["a?mode=memory", "b#c", "%41", "d&e=f g"])
def test_it_is_the_file_that_is_meant(tmp_path: Path, name: str) -> None:
    file = tmp_path / name / "archive.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE t (x)")
    for where in (address(file), fixed_address(file)):
        with closing(sqlite3.connect(where, uri=True)) as connection:
            assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    with closing(open_read_only(file)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("INSERT INTO t VALUES (1)")
