"""Each gate refuses what it is for, and nothing that a small or young archive is bound to show."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from archive.schema import create_statement, tables
from harvester.publish.gates import FEWEST_PRINTED, broken_rows, less_balanced, lost_reports, too_little_read

Made = sqlite3.Connection


@pytest.fixture
def databases() -> Iterator[tuple[Made, Made]]:
    """An old and a new database, empty."""
    both = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    for connection in both:
        for table in tables().values():
            connection.execute(create_statement(table))
    yield both
    for connection in both:
        connection.close()


def reports(connection: Made, *statuses: str, year: int = 2022, start: int = 1) -> None:
    """One report and edition for each balance status."""
    for number, status in enumerate(statuses, start):
        connection.execute(
            "INSERT INTO reports (id, agency_id, year, scope, province, current_edition_id, balance_status)"
            " VALUES (?, ?, ?, 'department', '模拟省', ?, ?)",
            (number, number, year, number, status),
        )
        connection.execute(
            "INSERT INTO editions (id, report_id, sha256) VALUES (?, ?, ?)", (number, number, f"sha{number}")
        )


def cells(connection: Made, count: int, state: str, start: int = 0) -> None:
    connection.executemany(
        "INSERT INTO cells (edition_id, table_id, row_id, column_id, state, path) VALUES (1, 't', ?, 'c', ?, '/p')",
        [(f"r{number}", state) for number in range(start, start + count)],
    )


def test_a_few_odd_documents_are_published(databases: tuple[Made, Made]) -> None:
    _, new = databases
    cells(new, 300, "unreadable")
    assert list(too_little_read(new)) == []


def test_an_archive_that_can_no_longer_be_read_is_not(databases: tuple[Made, Made]) -> None:
    _, new = databases
    cells(new, FEWEST_PRINTED * 3 // 10, "unreadable")
    cells(new, FEWEST_PRINTED * 7 // 10, "number", start=FEWEST_PRINTED)
    assert list(too_little_read(new)) == ["only 70% of printed cells could be read (at least 80%)"]


def test_an_empty_archive_passes(databases: tuple[Made, Made]) -> None:
    old, new = databases
    assert [*broken_rows(new), *too_little_read(new), *lost_reports(new, old), *less_balanced(new, old)] == []


def test_new_reports_that_do_not_add_up_are_published(databases: tuple[Made, Made]) -> None:
    old, new = databases
    reports(old, *["balanced"] * 10)
    reports(new, *["balanced"] * 10, *["failed"] * 10)
    assert list(less_balanced(new, old)) == []


def test_the_same_documents_read_worse_are_not(databases: tuple[Made, Made]) -> None:
    old, new = databases
    reports(old, *["balanced"] * 10)
    reports(new, *["balanced"] * 8, *["failed"] * 2)
    assert list(less_balanced(new, old)) == [
        "2 of 10 reports were balanced and are not any more, in the same documents"
    ]


def test_one_report_fewer_of_few_is_no_sign(databases: tuple[Made, Made]) -> None:
    old, new = databases
    reports(old, *["balanced"] * 9)
    reports(new, *["balanced"] * 8)
    assert list(lost_reports(new, old)) == []


@pytest.mark.parametrize(("before", "after", "said"), [(10, 8, "模拟省 2022: 8 reports"), (3, 1, "1 reports in all")])
def test_lost_reports_are_named(databases: tuple[Made, Made], before: int, after: int, said: str) -> None:
    old, new = databases
    reports(old, *["none"] * before)
    reports(new, *["none"] * after)
    assert [reason.startswith(said) for reason in lost_reports(new, old)] == [True]


def test_rows_that_hang_on_nothing_are_counted(databases: tuple[Made, Made]) -> None:
    _, new = databases
    cells(new, 2, "number")
    assert list(broken_rows(new)) == ["2 cells without an edition"]
