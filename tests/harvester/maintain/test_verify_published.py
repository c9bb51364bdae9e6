"""`verify --full` sees the file that visitors read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from harvester.maintain.verify import verify
from harvester.run import run_parse, run_publish
from tests.archived import keep_pages
from tests.harvester.read.test_stage import COUNTY, FIRST, LIST, page


@pytest.fixture
def data(tmp_path: Path) -> Path:
    keep_pages(tmp_path, [LIST, page(COUNTY[2022])], at=FIRST)
    run_parse(tmp_path, processes=1)
    run_publish(tmp_path)
    return tmp_path


def altered(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect((data / "site" / "archive.db").resolve())) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_what_was_published_is_all_right(data: Path) -> None:
    assert verify(data, full=True).problems == []


@pytest.mark.parametrize(
    "change", ["value = 999", "raw = '999', value = 999", "state = 'blank', value = NULL", "row_id = 'denied'"]
)
def test_a_published_number_that_the_archive_does_not_hold_is_named(data: Path, change: str) -> None:
    altered(data, f"UPDATE cells SET {change} WHERE row_id = 'granted' AND column_id = 'natural_person'")
    (problem, *_) = verify(data, full=True).problems
    assert problem.startswith("published: requests/")
    assert verify(data).problems == []


def test_one_of_another_reading_is_taken_back_to_its_document(data: Path) -> None:
    altered(
        data,
        "UPDATE editions SET extractor_version = 'older'",
        "UPDATE cells SET raw = '98765' WHERE row_id = 'granted' AND column_id = 'natural_person'",
    )
    (problem,) = verify(data, full=True).problems
    assert "is not at its place in the document" in problem
