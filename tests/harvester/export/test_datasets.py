"""Fields and SELECT of a file meet by name: a column in the wrong place is impossible, a missing one is refused."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest

from archive.schema import create_statement, tables
from harvester.export.datasets import ColumnsDiffer, Dataset, Selection, datasets, from_toml
from harvester.site.build import cell_marks, levels, names

ENTRIES = tomllib.loads(files("harvester.export").joinpath("datasets.toml").read_text(encoding="utf-8"))


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for table in tables().values():
        connection.execute(create_statement(table))
    levels.add(connection)
    levels.add_errors(connection)
    names.create(connection)
    cell_marks.create(connection)
    connection.execute("INSERT INTO divisions (code, name, level, valid_from) VALUES ('990101', '青石县', 'county', 0)")
    Selection().install(connection)
    yield connection
    connection.close()


@pytest.mark.parametrize("dataset", datasets(), ids=lambda one: one.name)
def test_every_file_agrees_with_its_query(connection: sqlite3.Connection, dataset: Dataset) -> None:
    list(dataset.rows(connection, Selection().parameters()))


def test_the_order_of_the_select_does_not_matter(connection: sqlite3.Connection) -> None:
    entry = dict(ENTRIES["divisions"])
    swapped = entry | {"sql": entry["sql"].replace("code, name,", "name, code,")}
    (row,) = from_toml("divisions", swapped).rows(connection, Selection().parameters())
    assert row[:2] == ("990101", "青石县")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("code, name,", "code, name, valid_to AS last,", "only the SELECT has last, only the fields have nothing"),
        ("code, name,", "code,", "only the SELECT has nothing, only the fields have name"),
        ("code, name,", "code, name, name,", "only the SELECT has name"),
    ],
)
def test_a_column_that_only_one_side_has_is_refused(
    connection: sqlite3.Connection, old: str, new: str, message: str
) -> None:
    entry = dict(ENTRIES["divisions"])
    broken = from_toml("divisions", entry | {"sql": entry["sql"].replace(old, new)})
    with pytest.raises(ColumnsDiffer, match=f"divisions: {message}"):
        list(broken.rows(connection, Selection().parameters()))
