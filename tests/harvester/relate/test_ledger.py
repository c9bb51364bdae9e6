"""What is owed, when, and what may be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.store import Store
from harvester.relate.ledger import due_on, keep_ledger
from tests.archived import Page, keep_pages

LIST = Page("/list.html", b"<html>list</html>", role="list")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An office of one agency with one report, of 2021, published in time; its list was seen in May 2023."""
    keep_pages(tmp_path, [LIST], at=datetime(2023, 5, 1, tzinfo=UTC))
    with Store.open(tmp_path) as store:
        store.connection.execute(
            "INSERT INTO agencies (id, name, kind, division_code, portal_id, simulated)"
            " VALUES (1, '青石县财政局', 'department', '990101', 'sim', 1)"
        )
        enter(store, 1, 2021, "2022-01-20")
        yield store


def enter(store: Store, report: int, year: int, published_on: str | None, first_seen: str = "2023-05-01") -> None:
    store.connection.execute(
        "INSERT INTO reports (id, agency_id, agency_name, division_code, year, scope, published_on, first_seen_at,"
        " simulated) VALUES (?, 1, '青石县财政局', '990101', ?, 'department', ?, ?, 1)",
        (report, year, published_on, f"{first_seen}T00:00:00Z"),
    )


def told(store: Store, today: date) -> dict[int, tuple[str, int | None]]:
    """(status, days late) by year, of the office."""
    keep_ledger(store.connection, today)
    rows = store.connection.execute("SELECT year, status, days_late FROM ledger WHERE agency_id = 1")
    return {row["year"]: (row["status"], row["days_late"]) for row in rows}


@pytest.mark.parametrize(
    ("year", "kind", "due"),
    [
        (2022, "department", date(2023, 1, 31)),
        (2022, "government_aggregate", date(2023, 3, 31)),
        (2018, "department", date(2019, 3, 31)),
    ],
)
def test_due_dates(year: int, kind: str, due: date) -> None:
    assert due_on(year, kind) == due


def test_missing_after_a_visit_past_the_due_date(store: Store) -> None:
    assert told(store, date(2023, 6, 1)) == {2021: ("found", 0), 2022: ("missing", None)}


def test_never_missing_before_it_is_due(store: Store) -> None:
    assert told(store, date(2023, 1, 31)) == {2021: ("found", 0)}


def test_nothing_is_claimed_that_nobody_has_looked_for(store: Store) -> None:
    """2023 was due in January 2024; the list was last seen before."""
    assert 2023 not in told(store, date(2024, 6, 1))


def test_a_stated_date_past_the_due_date_is_late(store: Store) -> None:
    enter(store, 2, 2022, "2023-02-10")
    assert told(store, date(2023, 6, 1))[2022] == ("late", 10)


def test_without_a_stated_date_a_first_visit_says_nothing_about_lateness(store: Store) -> None:
    enter(store, 2, 2022, None)
    assert told(store, date(2023, 6, 1))[2022] == ("found", None)


def test_a_blocked_portal_is_not_accused(store: Store) -> None:
    store.connection.execute("UPDATE portals SET status = 'blocked'")
    assert told(store, date(2023, 6, 1))[2022] == ("blocked", None)


def test_a_run_that_looked_for_some_years_only_proves_no_absence(store: Store) -> None:
    store.connection.execute("UPDATE runs SET stats = '{\"filtered\": true}'")
    assert told(store, date(2023, 6, 1)) == {2021: ("found", 0)}


def test_a_removed_report_says_so(store: Store) -> None:
    store.connection.execute("UPDATE reports SET removed_at = '2023-05-02T00:00:00Z'")
    assert told(store, date(2023, 6, 1))[2021][0] == "removed"


@pytest.mark.parametrize(
    ("year", "published_on", "said"),
    [
        (2022, "2023-01-31", ("found", 0)),
        (2022, "2023-02-01", ("late", 1)),
        (2018, "2019-03-31", ("found", 0)),
        (2018, "2019-04-01", ("late", 1)),
        (2022, "2019-12-03", ("found", None)),
    ],
)
def test_late_is_counted_from_the_day_after_the_due_date(
    store: Store, year: int, published_on: str, said: tuple[str, int | None]
) -> None:
    """The last is a clock that stands still in a template: it says nothing of a report on a later year."""
    enter(store, 2, year, published_on)
    assert told(store, date(2023, 6, 1))[year] == said


@pytest.mark.parametrize(
    ("published_on", "said"), [("2023-03-31", ("found", 0)), ("2023-04-01", ("late", 1)), (None, ("missing", None))]
)
def test_a_government_has_until_the_end_of_march(
    store: Store, published_on: str | None, said: tuple[str, int | None]
) -> None:
    store.connection.execute("UPDATE agencies SET name = '青石县人民政府', kind = 'government_aggregate'")
    if published_on:
        enter(store, 2, 2022, published_on)
    assert told(store, date(2023, 6, 1))[2022] == said


def test_an_empty_page_under_the_title_of_a_report_is_a_placeholder(tmp_path: Path) -> None:
    title = "青石县审计局2022年政府信息公开工作年度报告"
    _, kept = keep_pages(tmp_path, [LIST, Page("/1.html", "内容更新中".encode(), title)])
    with Store.open(tmp_path) as store:
        store.connection.execute("UPDATE documents SET kind = 'lookalike', reason = 'placeholder: 内容更新中'")
        keep_ledger(store.connection, date(2023, 6, 1))
        rows = store.connection.execute(
            "SELECT a.name, l.year, l.status, l.due_on, l.evidence_capture_id FROM ledger l"
            " JOIN agencies a ON a.id = l.agency_id WHERE l.status = 'placeholder'"
        ).fetchall()
    assert list(map(tuple, rows)) == [("青石县审计局", 2022, "placeholder", "2023-01-31", kept[1].id)]
