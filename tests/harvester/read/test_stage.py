"""From archived bytes to rows: attribution, editions, removal, rules between reports, the ledger, verification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from archive.store import Store
from harvester.read.ingest import MOST_READINGS, mark_started
from harvester.read.stage import OFTEN, due, ingest_what_can_be_kept, parse
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from harvester.reports.current_edition import update_touched_reports
from harvester.run import run_parse
from parsers.extract import extract
from tests.archived import Page, keep_pages
from tests.factory import html
from tests.factory.series import printed, series, tell
from tests.factory.truth import Truth

COUNTY = series("青石县财政局", range(2021, 2024), 20, "parse")
FIRST = datetime(2024, 2, 20, tzinfo=UTC)


def page(truth: Truth, path: str | None = None, **more: str) -> Page:
    body = html.fragment(tell(truth), Random(1), "plain")
    text = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"
    return Page(path or f"/{truth.year}.html", text.encode(), truth.title, f"{truth.year + 1}-01-20", **more)  # type: ignore[arg-type]


LIST = Page("/list.html", b"<html>list</html>", role="list")
MISSING = Page("/2021.html", b"404", status=404)


def read(data: Path, run_id: str) -> None:
    with Store.open(data) as store:
        parse(store, processes=1)
        update_touched_reports(store.connection)
        check_across(store.connection)
        keep_ledger(store.connection, date(2024, 6, 1))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years, then one changes and one goes."""
    data = tmp_path_factory.mktemp("data")
    pages = [LIST, *map(page, COUNTY.values())]
    read(data, keep_pages(data, pages, at=FIRST)[0])
    changed = printed(COUNTY[2022], requests__granted__total="999")
    second = [LIST, MISSING, page(changed), page(COUNTY[2023])]
    read(data, keep_pages(data, second, at=FIRST + timedelta(days=30))[0])
    return data


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data) as store:
        yield store


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.connection.execute(sql)]


@pytest.mark.slow
def test_one_report_a_year_of_one_agency(store: Store) -> None:
    assert rows(store, "SELECT name, division_code, kind, simulated FROM agencies WHERE id = 1") == [
        ("青石县财政局", "990101", "department", 1)
    ]
    assert rows(store, "SELECT year, province FROM reports ORDER BY year") == [
        (year, "模拟省 SIMULATED") for year in (2021, 2022, 2023)
    ]


def test_changed_bytes_are_a_new_edition_and_the_old_one_stays(store: Store) -> None:
    editions = rows(
        store,
        "SELECT e.is_current, e.supersedes IS NOT NULL, (SELECT count(*) FROM cells WHERE edition_id = e.id)"
        " FROM editions e JOIN reports r ON r.id = e.report_id WHERE r.year = 2022 ORDER BY e.id",
    )
    assert editions == [(0, 0, 200), (1, 1, 200)]
    assert rows(store, "SELECT changed_at, checks_failed > 0 FROM reports WHERE year = 2022") == [
        ("2024-03-21T00:00:00Z", 1)
    ]


def test_a_vanished_page_is_removed_and_its_numbers_stay(store: Store) -> None:
    assert rows(store, "SELECT removed_at FROM reports WHERE year = 2021") == [("2024-03-21T00:00:00Z",)]
    assert rows(store, "SELECT status FROM ledger WHERE year = 2021 AND report_id IS NOT NULL") == [("removed",)]


def test_an_unchanged_page_was_checked_last_at_the_last_visit(store: Store) -> None:
    assert rows(store, "SELECT first_seen_at, last_checked_at, changed_at FROM reports WHERE year = 2023") == [
        ("2024-02-20T00:00:00Z", "2024-03-21T00:00:00Z", None)
    ]


def test_the_ledger_accuses_nobody_whom_no_list_would_hold(store: Store) -> None:
    """The list names a department only: it says nothing of the government."""
    sql = "SELECT l.status, l.reason FROM ledger l JOIN agencies a ON a.id = l.agency_id WHERE a.kind = ? ORDER BY year"
    said = [tuple(row) for row in store.connection.execute(sql, ("government_aggregate",))]
    assert said == [("unknown", "no_list")] * 4 + [("not_visited", "not_since_due")]


def test_every_cell_has_its_place(store: Store) -> None:
    assert rows(store, "SELECT count(*) FROM cells WHERE path IS NULL AND page IS NULL AND state != 'missing'") == [
        (0,)
    ]


def test_carry_over_between_years_holds_until_it_does_not(tmp_path: Path) -> None:
    wrong = printed(COUNTY[2023], requests__requests_carried_in__natural_person="88")
    run_id, _ = keep_pages(tmp_path, [page(COUNTY[2022]), page(wrong)], at=FIRST)
    read(tmp_path, run_id)
    with Store.open(tmp_path) as store:
        found = rows(store, "SELECT cell FROM findings WHERE code = 'XY-CARRY'")
    assert found == [("requests/requests_carried_in/natural_person",)]


def test_the_same_report_in_two_formats_is_read_twice(tmp_path: Path) -> None:
    from tests.factory import docx

    attachment = Page(
        "/2022.docx",
        docx.render(tell(COUNTY[2022]), Random(1)),
        COUNTY[2022].title,
        role="attachment",
        landing="/2022.html",
    )
    run_id, _ = keep_pages(tmp_path, [page(COUNTY[2022]), attachment], at=FIRST)
    read(tmp_path, run_id)
    with Store.open(tmp_path) as store:
        assert rows(store, "SELECT count(*), sum(is_current), max(readings_agree) FROM editions") == [(2, 1, 1)]
        assert rows(store, "SELECT count(*) FROM reports") == [(1,)]


@pytest.mark.slow
def test_reading_everything_again_changes_no_id(tmp_path: Path) -> None:
    run_id, _ = keep_pages(tmp_path, [page(truth) for truth in COUNTY.values()], at=FIRST)
    read(tmp_path, run_id)
    ids = "SELECT r.id, r.year, e.id, e.sha256 FROM reports r JOIN editions e ON e.report_id = r.id ORDER BY 1, 3"
    with Store.open(tmp_path) as store:
        before = rows(store, ids)
        parse(store, everything=True, processes=1)
        assert rows(store, ids) == before


def test_an_unreadable_document_costs_only_itself(tmp_path: Path) -> None:
    pages = [Page("/bad.pdf", b"%PDF-1.4 torn", "坏", role="attachment"), page(COUNTY[2022])]
    run_id, _ = keep_pages(tmp_path, pages, at=FIRST)
    read(tmp_path, run_id)
    with Store.open(tmp_path) as store:
        kinds = rows(store, "SELECT kind, reason LIKE 'corrupt%' FROM documents ORDER BY kind")
    assert kinds == [("report", None), ("unreadable", 1)]


def test_a_reading_that_was_broken_off_is_tried_again(tmp_path: Path) -> None:
    _, (kept,) = keep_pages(tmp_path, [page(COUNTY[2022])])
    with Store.open(tmp_path) as store:
        assert kept.sha256 is not None
        mark_started(store, kept.sha256)
        assert rows(store, "SELECT kind FROM documents") == [("unreadable",)]
        assert parse(store, processes=1).kinds == {"report": 1}
        assert parse(store, processes=1).read == 0


def test_a_document_that_brings_its_run_down_each_time_stays_marked(tmp_path: Path) -> None:
    _, (kept,) = keep_pages(tmp_path, [page(COUNTY[2022])])
    with Store.open(tmp_path) as store:
        assert kept.sha256 is not None
        for _ in range(MOST_READINGS):
            mark_started(store, kept.sha256)
        assert parse(store, processes=1).read == 0
        assert rows(store, "SELECT kind, reason FROM documents") == [("unreadable", "crashed: reading it did not end")]


def test_documents_whose_reading_was_often_broken_off_are_read_last(tmp_path: Path) -> None:
    _, kept = keep_pages(tmp_path, [page(COUNTY[year]) for year in (2021, 2022, 2023)])
    first, second, third = (one.sha256 or "" for one in kept)
    with Store.open(tmp_path) as store:
        for sha256 in (*[first] * OFTEN, second):
            mark_started(store, sha256)
        assert due(store, everything=False) == [second, third, first]


@pytest.mark.slow
def test_a_page_with_a_counter_has_new_bytes_and_nothing_new_in_it(tmp_path: Path) -> None:
    def visited(count: int) -> Page:
        plain = page(COUNTY[2022])
        body = plain.body.replace(b"<body>", f"<body><div>浏览次数：{count}</div>".encode())
        return replace(plain, body=body)

    for visit in range(3):
        run_id, (kept,) = keep_pages(tmp_path, [visited(100 + visit)], at=FIRST + timedelta(days=visit))
        read(tmp_path, run_id)
    assert kept.outcome == "changed"
    with Store.open(tmp_path) as store:
        assert rows(store, "SELECT is_current, supersedes, same_as FROM editions ORDER BY id") == [
            (1, None, None),
            (0, None, 1),
            (0, None, 1),
        ]
        assert rows(store, "SELECT changed_at, removed_at, last_checked_at FROM reports") == [
            (None, None, "2024-02-22T00:00:00Z")
        ]
    changed = printed(COUNTY[2022], requests__granted__total="999")
    read(tmp_path, keep_pages(tmp_path, [page(changed)], at=FIRST + timedelta(days=9))[0])
    with Store.open(tmp_path) as store:
        assert rows(store, "SELECT supersedes FROM editions WHERE is_current") == [(1,)]
        assert rows(store, "SELECT changed_at FROM reports") == [("2024-02-29T00:00:00Z",)]


@pytest.mark.slow
def test_a_damaged_archive_takes_nothing_away(tmp_path: Path) -> None:
    run_id, _ = keep_pages(tmp_path, [page(truth) for truth in COUNTY.values()], at=FIRST)
    read(tmp_path, run_id)
    with Store.open(tmp_path) as store:
        before = rows(store, "SELECT * FROM cells ORDER BY 1, 2, 3, 4")
        for file in store.warc.iterdir():
            file.write_bytes(file.read_bytes()[:1500])
        account = parse(store, everything=True, processes=1)
        assert (account.read, account.lost) == (0, 3)
        assert rows(store, "SELECT * FROM cells ORDER BY 1, 2, 3, 4") == before
        told = rows(store, "SELECT DISTINCT kind, substr(reason, 1, 11), extractor_version FROM documents")
        assert told == [("report", "unavailable", None)]
        assert parse(store, processes=1).lost == 3


def test_a_crawl_on_its_own_is_settled_by_the_next_parse(tmp_path: Path) -> None:
    keep_pages(tmp_path, [page(COUNTY[2021])], at=FIRST)
    run_parse(tmp_path, processes=1)
    keep_pages(tmp_path, [MISSING], at=FIRST + timedelta(days=30))
    run_parse(tmp_path, processes=1)
    with Store.open(tmp_path) as store:
        assert rows(store, "SELECT removed_at FROM reports") == [("2024-03-21T00:00:00Z",)]


@pytest.mark.parametrize("broken", [{"value": 1 << 70}, {"raw": "\ud800"}])
def test_a_document_that_the_database_cannot_hold_costs_only_itself(tmp_path: Path, broken: dict[str, Any]) -> None:
    keep_pages(tmp_path, [LIST, page(COUNTY[2021])], at=FIRST)
    with Store.open(tmp_path) as store:
        (digest,) = due(store, everything=False)
        whole = extract(store.content(digest))
        assert whole.report is not None
        cells = (replace(whole.report.cells[0], **broken), *whole.report.cells[1:])
        read = replace(whole, report=replace(whole.report, cells=cells))
        assert ingest_what_can_be_kept(store, digest, read) == "unreadable"
        assert not store.connection.in_transaction
        (reason,) = store.connection.execute("SELECT reason FROM documents WHERE sha256 = ?", (digest,)).fetchone()
        assert reason.startswith("unstorable")
        assert ingest_what_can_be_kept(store, digest, whole) == "report"
