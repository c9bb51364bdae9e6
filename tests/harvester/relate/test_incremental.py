"""What follows from many reports, made anew only where something changed, is what making it whole gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from archive import news
from archive.store import Store
from harvester.publish import stage
from harvester.publish.stage import publish
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from harvester.reports.current_edition import remove_empty_reports, update_touched_reports
from tests.archived import HOST, Page, keep_pages, portal_row, read_here
from tests.factory import html
from tests.factory.series import printed, series, tell
from tests.factory.truth import Truth

START = datetime(2023, 1, 10, tzinfo=UTC)
COUNTIES = {"qs": ("青石县人民政府", "990101"), "bs": ("白水县人民政府", "990102")}
REPORTS = {
    (portal, name): series(name, range(2020, 2023), 20, name)
    for portal, name in (("qs", "青石县财政局"), ("qs", "青石县水务局"), ("bs", "白水县财政局"))
}
FOLLOWED = {
    "ledger": "SELECT * FROM ledger ORDER BY agency_id, year",
    "ledger_lists": "SELECT * FROM ledger_lists ORDER BY 1, 2, 3",
    "findings": "SELECT report_id, edition_id, code, attribution, message, implied_value, cell FROM findings"
    " ORDER BY 1, 2, 3, 4, 5, 7",
    "reports": "SELECT * FROM reports ORDER BY id",
    "named_on": "SELECT * FROM named_on ORDER BY 1, 2",
    "portal_visits": "SELECT * FROM portal_visits ORDER BY 1",
}


def relate(connection: sqlite3.Connection, today: date) -> None:
    update_touched_reports(connection)
    remove_empty_reports(connection)
    check_across(connection)
    keep_ledger(connection, today)


def followed(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {name: [tuple(row) for row in connection.execute(sql)] for name, sql in FOLLOWED.items()}


def made_whole(store: Store, today: date) -> dict[str, list[tuple[Any, ...]]]:
    """The same from a copy that nobody has ever looked at."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    store.connection.backup(copy)
    copy.row_factory = sqlite3.Row
    news.forget(copy)
    for table in ("ledger", "ledger_lists", "named_on", "signatures"):
        copy.execute(f"DELETE FROM {table}")
    copy.execute("DELETE FROM findings WHERE across")
    relate(copy, today)
    return followed(copy)


def page(truth: Truth, path: str, **more: Any) -> Page:
    body = html.fragment(tell(truth), Random(1), "plain")
    return Page(path, f"<meta charset=utf-8><body>{body}</body>".encode(), truth.title, **more)


def happening(rng: Random, portal: str, step: int) -> list[Page]:
    """What a visit meets: a list, and reports that are new, changed, gone, empty, or another place's."""
    pages = [Page(f"/{portal}/list.html", f"list {rng.randint(0, 2)}".encode(), role="list")]
    for _ in range(rng.randint(1, 2)):
        (owner, name), reports = rng.choice(list(REPORTS.items()))
        year = rng.choice(list(reports))
        path = f"/{portal}/{list(REPORTS).index((owner, name))}-{year}.html"
        truth = reports[year]
        kind = rng.choice(("as it is", "as it is", "changed", "gone", "empty"))
        if kind == "changed":
            truth = printed(truth, requests__granted__total=str(rng.randint(0, 900)))
        if kind == "gone":
            pages.append(Page(path, b"404", truth.title, status=404))
        elif kind == "empty":
            pages.append(Page(path, "内容更新中".encode(), truth.title))
        else:
            pages.append(page(truth, path))
    return pages


def failing(store: Store, portal: str) -> None:
    """An address that a list names and that gives nothing."""
    store.connection.execute(
        "INSERT INTO urls (url, portal_id, role, status, failures, list_title, column_path) VALUES (?, ?, 'page', 404,"
        " 1, '白水县财政局2021年政府信息公开工作年度报告', '年报')"
        " ON CONFLICT (url) DO UPDATE SET failures = failures + 1",
        (f"{HOST}/{portal}/dead.html", portal),
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_part_made_anew_is_what_the_whole_would_be(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    for step in range(9):
        portal = rng.choice(list(COUNTIES))
        at = START + timedelta(days=13 * step)
        keep_pages(tmp_path, happening(rng, portal, step), at=at, portal=portal_row(portal, *COUNTIES[portal]))
        with Store.open(tmp_path) as store:
            if rng.random() < 0.4:
                failing(store, portal)
            read_here(store)
            relate(store.connection, at.date())
            assert followed(store.connection) == made_whole(store, at.date()), f"step {step}"


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """An archive of which everything was read, related and published."""
    pages = [Page("/list.html", b"list", role="list"), *(page(one, f"/{one.year}.html") for one in a_series().values())]
    keep_pages(tmp_path, pages, at=START)
    with Store.open(tmp_path) as store:
        read_here(store)
        relate(store.connection, START.date())
        publish(store)
    return tmp_path


def a_series() -> dict[int, Truth]:
    return dict(REPORTS["qs", "青石县财政局"])


def statements_of(store: Store, work: Callable[[], object]) -> list[str]:
    """The SQL that some work consists of, statements inside triggers included."""
    told: list[str] = []
    store.connection.set_trace_callback(told.append)
    work()
    store.connection.set_trace_callback(None)
    return told


def test_a_run_without_news_makes_nothing_anew(done: Path) -> None:
    """A visit that found all as it was: no rule runs, no entry is written, no file is built."""
    with Store.open(done) as store:
        before = (done / "site" / "archive.db").resolve()
    pages = [Page("/list.html", b"list", role="list"), *(page(one, f"/{one.year}.html") for one in a_series().values())]
    keep_pages(done, pages, at=START + timedelta(days=1))
    with Store.open(done) as store:
        told = statements_of(store, lambda: relate(store.connection, START.date() + timedelta(days=1)))
        assert not [one for one in told if one.startswith(("INSERT INTO findings", "DELETE FROM findings"))]
        assert not [one for one in told if "pairs" in one or "is_current" in one]
        checked = store.connection.execute("SELECT DISTINCT last_checked_at FROM reports").fetchall()
        assert [row[0] for row in checked] == ["2023-01-11T00:00:00Z"]
        told = statements_of(store, lambda: publish(store))
        assert not [one for one in told if "ATTACH" in one]
        assert len(told) < 10
        assert (done / "site" / "archive.db").resolve() == before


def test_a_visit_a_week_later_is_published_for_its_date(done: Path) -> None:
    keep_pages(done, [Page("/2022.html", page(a_series()[2022], "").body)], at=START + timedelta(days=8))
    with Store.open(done) as store:
        relate(store.connection, START.date() + timedelta(days=8))
        assert publish(store).is_new


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE findings SET message = 'x'",
        "UPDATE portals SET status = 'blocked'",
        "UPDATE cells SET value = 12345 WHERE row_id = 'granted' AND column_id = 'total'",
        "INSERT INTO corrections (edition_id, table_id, row_id, column_id, value, at) SELECT id, 'requests', 'granted',"
        " 'total', 1, '2023' FROM editions LIMIT 1",
        "UPDATE ledger SET status = 'late'",
    ],
)
def test_whatever_a_visitor_would_see_is_published(done: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []
    build = stage.build
    monkeypatch.setattr(stage, "build", lambda store, draft: built.append(draft) or build(store, draft))
    with Store.open(done) as store:
        store.connection.execute("INSERT INTO findings (report_id, code, message) VALUES (1, 'XY-JUMP', '')")
        stage.publish(store)
        stage.publish(store)
        assert len(built) == 1
        store.connection.execute(change)
        stage.publish(store)
    assert len(built) == 2


def test_findings_that_are_found_again_keep_their_ids(done: Path) -> None:
    sql = "SELECT id, code FROM findings WHERE across ORDER BY id"
    with Store.open(done) as store:
        store.connection.execute("UPDATE sections SET text = ?", ("同样的文字" * 200,))
        relate(store.connection, START.date())
        before = [tuple(row) for row in store.connection.execute(sql)]
        assert [code for _, code in before].count("XY-TEXTCLONE") == 2
        store.connection.execute("UPDATE reports SET agency_name = agency_name || ' '")
        relate(store.connection, START.date())
        assert [tuple(row)[1] for row in store.connection.execute(sql)] == [code for _, code in before]
        news.forget(store.connection)
        relate(store.connection, START.date())
        after = [tuple(row) for row in store.connection.execute(sql)]
        relate(store.connection, START.date())
        assert [tuple(row) for row in store.connection.execute(sql)] == after
