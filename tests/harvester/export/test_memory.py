"""Writing twice the rows takes no more memory, whatever the format; no file of the package has to be sorted first."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.schema import create_statement, tables
from harvester.export import writers
from harvester.export.datasets import Dataset, Field, Selection, datasets
from harvester.export.writers import WRITERS, Row
from harvester.site.build import cell_marks, levels, names

FIELDS = (Field("n", "integer", "数", "Number"), Field("text", "string", "文", "Text"))
NUMBERS = Dataset("numbers", "数", "Numbers", ("n",), FIELDS, lambda *_: iter(()))


def made(count: int) -> Iterator[Row]:
    return ((number, f"第{number}行的文字") for number in range(count))


def peak(file: Path, name: str, count: int) -> int:
    """Most bytes that Python held while `count` rows were written."""
    tracemalloc.start()
    try:
        assert WRITERS[name][1](file, NUMBERS, made(count)) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", WRITERS)
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(writers, "BATCH", 500)
    peak(tmp_path / "warm", name, 10)
    few, many = (peak(tmp_path / str(count), name, count) for count in (2_000, 16_000))
    assert many < few + 200_000


def test_no_file_is_sorted_as_a_whole() -> None:
    """Ten million cells sorted before the first is written would fill the disk for temporary files."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in tables().values():
            connection.execute(create_statement(table))
        levels.add(connection)
        levels.add_errors(connection)
        names.create(connection)
        cell_marks.create(connection)
        statements: list[str] = []
        Selection().install(connection)
        connection.set_trace_callback(statements.append)
        for dataset in datasets():
            assert list(dataset.rows(connection, Selection().parameters())) == []
        connection.set_trace_callback(None)
        plans = {
            statement: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
            for statement in statements
            if " cells " in statement and "ORDER BY" in statement
        }
    assert len(plans) >= 5
    assert [statement for statement, plan in plans.items() if "USE TEMP B-TREE FOR ORDER BY" in plan] == []
