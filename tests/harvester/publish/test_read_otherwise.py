"""A new extractor shows what it reads otherwise, cell by cell, and is not published unseen."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Store
from harvester.errors import GateRefused
from harvester.publish import read_otherwise
from harvester.publish.read_otherwise import FILE
from harvester.publish.stage import publish
from tests.harvester.publish.test_stage import archived, data, published

__all__ = ["archived", "data"]


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data) as store:
        publish(store)
        yield store


def read_anew(store: Store, change: str, cells: int) -> None:
    """Another version of the extractor reads some cells otherwise."""
    store.connection.execute("UPDATE documents SET read_at = '2030-01-01T00:00:00Z', extractor_version = 'next'")
    store.connection.execute(
        f"UPDATE cells SET {change} WHERE (edition_id, table_id, row_id, column_id) IN"
        " (SELECT edition_id, table_id, row_id, column_id FROM cells WHERE state = 'number' LIMIT ?)",
        (cells,),
    )


def lines(data: Path) -> list[dict[str, str]]:
    with (data / FILE).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "cells", "refused"),
    [
        ("value = value + 1, raw = value + 1", 2, "another number"),
        ("state = 'unreadable', value = NULL", 40, "read otherwise"),
        ("state = 'unreadable', value = NULL", 20, None),
        ("value = value + 1, raw = value + 1", 1, None),
    ],
)
def test_what_is_read_otherwise_is_shown_and_much_of_it_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch, change: str, cells: int, refused: str | None
) -> None:
    """600 cells were published: two other numbers are over 0.2%, forty other readings over 5%."""
    monkeypatch.setattr(read_otherwise, "FEWEST_COMPARED", 100)
    read_anew(store, change, cells)
    if refused is not None:
        with pytest.raises(GateRefused, match=f"{cells} of 600 cells read anew are {refused}"):
            publish(store)
    told = publish(store, accept_readings=refused is not None)
    assert told.is_new
    assert f"{cells} cells read otherwise than before: read-otherwise.csv" in str(told)
    found = lines(store.data)
    assert len(found) == cells
    assert {one["state_before"] for one in found} == {"number"}
    assert published(store.data, "SELECT DISTINCT extractor_version FROM documents") == [("next",)]


def test_documents_that_nobody_has_read_anew_are_not_compared(store: Store) -> None:
    store.connection.execute("UPDATE reports SET title = 'another'")
    assert publish(store).otherwise == 0
    assert not (store.data / FILE).exists()


def test_a_cell_that_comes_or_goes_is_one_that_is_read_otherwise(store: Store) -> None:
    read_anew(store, "position = position", 1)
    store.connection.execute("DELETE FROM cells WHERE edition_id = 1 AND row_id = 'granted' AND column_id = 'total'")
    store.connection.execute("UPDATE cells SET column_id = 'elsewhere' WHERE edition_id = 2 AND row_id = 'granted'"
                             " AND column_id = 'total'")  # fmt: skip
    assert publish(store).otherwise == 3
    assert [(one["state_before"], one["state_now"]) for one in lines(store.data)].count(("number", "")) == 2
