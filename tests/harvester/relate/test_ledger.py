"""What is owed, when, and what may be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.store import Store
from harvester.relate.ledger import due_on, existed, keep_ledger
from tests.archived import HOST, Page, keep_pages, portal_row, walked

LIST = Page("/list.html", b"<html>list</html>", role="list")
MAY = datetime(2023, 5, 1, tzinfo=UTC)
JUNE = date(2023, 6, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An office of one agency with one report, of 2021, published in time; its list was walked in May 2023."""
    keep_pages(tmp_path, [LIST], at=MAY)
    with Store.open(tmp_path) as store:
        store.connection.execute(
            "INSERT INTO agencies (id, name, kind, division_code, portal_id, simulated)"
            " VALUES (1, '青石县财政局', 'department', '990101', 'sim', 1)"
        )
        enter(store, 1, 2021, "2022-01-20")
        yield store


def enter(store: Store, report: int, year: int, published_on: str | None, first_seen: str = "2023-05-01") -> None:
    """A report with an edition and the capture of it, on the list."""
    db, sha = store.connection, f"{report:064x}"
    db.execute(
        "INSERT INTO reports (id, agency_id, agency_name, division_code, year, scope, published_on, first_seen_at,"
        " simulated) VALUES (?, 1, '青石县财政局', '990101', ?, 'department', ?, ?, 1)",
        (report, year, published_on, f"{first_seen}T00:00:00Z"),
    )
    db.execute("INSERT INTO documents (sha256, kind, simulated) VALUES (?, 'report', 1)", (sha,))
    db.execute("INSERT INTO editions (report_id, sha256, is_current) VALUES (?, ?, 1)", (report, sha))
    db.execute(
        "INSERT INTO captures (portal_id, url, fetched_at, outcome, sha256, role, column_path, list_title)"
        " VALUES ('sim', ?, ?, 'new', ?, 'page', '年报', ?)",
        (f"{HOST}/{report}.html", f"{first_seen}T00:00:00Z", sha, f"青石县财政局{year}年政府信息公开工作年度报告"),
    )


def told(store: Store, today: date = JUNE) -> dict[int, tuple[str, int | None]]:
    """(status, days late) by year, of the office."""
    return {year: (status, late) for year, status, late, _ in entries(store, today)}


def reasons(store: Store, today: date = JUNE) -> dict[int, tuple[str, str]]:
    """(status, first word of the reason) by year."""
    return {
        year: (status, (reason or "").split(" ")[0].rstrip(":")) for year, status, _, reason in entries(store, today)
    }


def entries(store: Store, today: date) -> list[tuple[int, str, int | None, str | None]]:
    keep_ledger(store.connection, today)
    sql = "SELECT year, status, days_late, reason FROM ledger WHERE agency_id = 1 ORDER BY year"
    return [tuple(row) for row in store.connection.execute(sql)]


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


def test_missing_after_a_proven_walk_past_the_due_date(store: Store) -> None:
    assert reasons(store) == {2021: ("found", "stated_date"), 2022: ("missing", "on_no_list")}


def test_the_proof_is_the_walk_and_its_first_page(store: Store) -> None:
    told(store)
    weighed = store.connection.execute(
        "SELECT w.url, w.ended, c.url, c.role FROM ledger l JOIN ledger_lists p USING (agency_id, year)"
        " JOIN list_walks w ON w.id = p.list_walk_id JOIN captures c ON c.id = l.evidence_capture_id"
        " WHERE l.agency_id = 1"
    ).fetchall()
    assert [tuple(row) for row in weighed] == [(f"{HOST}/list.html", "complete", f"{HOST}/list.html", "list")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("ended = 'unknown'", "end_unproven"),
        ("ended = 'short'", "list_short"),
        ("ended = 'over'", "list_over"),
        ("visit_ended = 'budget'", "visit_cut_short"),
        ("is_whole = 0", "partial_visit"),
        ("column_path = '部门年报'", "list_not_walked"),
        ("walked_at = '2023-01-15T00:00:00Z'", "list_not_walked"),
    ],
)
def test_a_walk_that_proves_nothing_accuses_nobody(store: Store, change: str, reason: str) -> None:
    store.connection.execute(f"UPDATE list_walks SET {change}")
    assert reasons(store)[2022] == ("unknown", reason)


def test_a_later_walk_without_proof_takes_the_accusation_back(store: Store) -> None:
    walked(store, "later", "sim", LIST, datetime(2023, 5, 20, tzinfo=UTC), ended="short")
    assert reasons(store)[2022] == ("unknown", "list_short")


def test_a_run_that_looked_for_some_years_only_does_not_hide_an_earlier_proof(store: Store) -> None:
    walked(store, "later", "sim", LIST, datetime(2023, 5, 20, tzinfo=UTC), is_whole=0)
    assert reasons(store)[2022][0] == "missing"


def test_a_list_of_other_bodies_says_nothing_of_the_government(store: Store) -> None:
    keep_ledger(store.connection, JUNE)
    sql = "SELECT DISTINCT l.status, l.reason FROM ledger l JOIN agencies a ON a.id = l.agency_id WHERE a.kind = ?"
    rows = store.connection.execute(sql, ("government_aggregate",)).fetchall()
    assert [tuple(row) for row in rows] == [("unknown", "no_list")]


@pytest.mark.parametrize(("of_2021", "holds"), [("2021", "2022"), ("2022", "2023")])
def test_folders_of_years_are_one_list(store: Store, of_2021: str, holds: str) -> None:
    """The folder of the year would hold it, named as its neighbours are; without one nothing is known."""
    store.connection.execute("UPDATE captures SET column_path = ? WHERE role = 'page'", (f"年报 > {of_2021}年",))
    store.connection.execute("UPDATE list_walks SET column_path = ?", (f"年报 > {of_2021}年",))
    assert reasons(store)[2022] == ("unknown", "no_list_of_year")
    walked(store, "r", "sim", Page("/next/", b"", role="list", column=f"年报 > {holds}年"), MAY)
    assert reasons(store)[2022] == ("missing", "on_no_list")


def test_a_list_that_was_taken_away_is_not_waited_for(store: Store) -> None:
    """The list of last year answers 404 twice; the new one is walked to its end and names the agency."""
    enter(store, 3, 2020, "2021-01-20")
    store.connection.execute("UPDATE captures SET column_path = '旧年报' WHERE url LIKE '%/3.html'")
    walked(store, "old", "sim", Page("/old.html", b"", role="list", column="旧年报"), datetime(2022, 5, 1, tzinfo=UTC))
    assert reasons(store)[2022] == ("unknown", "list_not_walked")
    store.connection.execute(
        "INSERT INTO urls (url, portal_id, role, status, failures) VALUES (?, 'sim', 'list', 404, 2)",
        (f"{HOST}/old.html",),
    )
    assert reasons(store)[2022] == ("missing", "on_no_list")


def failed(store: Store, title: str, status: int | None, failures: int) -> None:
    store.connection.execute(
        "INSERT INTO urls (url, portal_id, role, status, failures, list_title, column_path)"
        " VALUES (?, 'sim', 'page', ?, ?, ?, '年报')",
        (f"{HOST}/x.html", status, failures, title),
    )


@pytest.mark.parametrize(
    ("title", "status", "failures", "said"),
    [
        ("青石县财政局2022年政府信息公开工作年度报告", 404, 2, ("broken", "page_gone")),
        ("青石县财政局2022年政府信息公开工作年度报告", 404, 1, ("unknown", "not_obtained")),
        ("青石县财政局2022年政府信息公开工作年度报告", 500, 3, ("unknown", "not_obtained")),
        ("2022年政府信息公开工作年度报告", None, 1, ("unknown", "listed_unclear")),
        ("政府信息公开工作年度报告", 404, 2, ("unknown", "listed_unclear")),
        ("青石县民政局2022年政府信息公开工作年度报告", 404, 2, ("missing", "on_no_list")),
        ("青石县财政局2020年政府信息公开工作年度报告", 404, 2, ("missing", "on_no_list")),
    ],
)
def test_what_is_listed_and_was_not_had_is_never_missing(
    store: Store, title: str, status: int | None, failures: int, said: tuple[str, str]
) -> None:
    failed(store, title, status, failures)
    assert reasons(store)[2022] == said


def test_a_body_that_only_a_dead_link_names_is_seen(store: Store) -> None:
    failed(store, "青石县审计局2022年政府信息公开工作年度报告", 404, 2)
    keep_ledger(store.connection, JUNE)
    sql = "SELECT l.year, l.status FROM ledger l JOIN agencies a ON a.id = l.agency_id WHERE a.name = '青石县审计局'"
    assert [tuple(row) for row in store.connection.execute(sql)] == [(2022, "broken")]


def test_a_link_off_the_portal_may_be_it(store: Store) -> None:
    left = '[["青石县财政局2022年政府信息公开工作年度报告", "http://czj.example/1.html", "off_host"]]'
    store.connection.execute("UPDATE list_walks SET left_out = ?", (left,))
    assert reasons(store)[2022] == ("unknown", "left_out")


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        ("unreadable", "corrupt: the file is cut", ("unreadable", "not_read")),
        ("lookalike", "shell: nothing but scripts or frames", ("unreadable", "not_read")),
        ("lookalike", "placeholder: 内容更新中", ("placeholder", "placeholder")),
        ("lookalike", "evaluation: its title says 考核", ("unknown", "another_document")),
        ("pending", None, ("unknown", "not_read_yet")),
    ],
)
def test_a_document_under_its_title_that_is_no_report(
    store: Store, kind: str, reason: str | None, said: tuple[str, str]
) -> None:
    page = Page("/9.html", b"x", "青石县财政局2022年政府信息公开工作年度报告")
    keep_pages(store.data, [page], at=MAY)
    sha = "(SELECT sha256 FROM captures WHERE url LIKE '%/9.html')"
    store.connection.execute(f"UPDATE documents SET kind = ?, reason = ? WHERE sha256 = {sha}", (kind, reason))
    assert reasons(store)[2022] == said


def test_a_report_filed_under_another_year_than_its_list_says_is_not_missing(store: Store) -> None:
    store.connection.execute("UPDATE captures SET list_title = replace(list_title, '2021', '2022') WHERE role = 'page'")
    assert reasons(store)[2022] == ("unknown", "filed_elsewhere")


def test_never_missing_before_it_is_due(store: Store) -> None:
    assert told(store, date(2023, 1, 31)) == {2021: ("found", 0)}


def test_nothing_is_owed_beyond_the_year_after_the_last_report(store: Store) -> None:
    """Who reports on 2021 existed in 2022; whether in 2023 nobody has shown."""
    assert set(told(store, date(2025, 6, 1))) == {2021, 2022}


def test_a_body_that_another_took_over_owes_no_further_year(store: Store) -> None:
    store.connection.execute("UPDATE agencies SET successor_id = 2 WHERE id = 1")
    assert set(told(store)) == {2021}


def test_nobody_has_looked_since_it_was_due(store: Store) -> None:
    enter(store, 2, 2022, "2023-01-20")
    assert reasons(store, date(2024, 6, 1))[2023] == ("not_visited", "not_since_due")


def test_a_government_of_the_registry_that_was_never_visited(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.save_portals([portal_row()])
        keep_ledger(store.connection, date(2021, 6, 1))
        rows = store.connection.execute("SELECT year, status, reason FROM ledger ORDER BY year").fetchall()
    assert [tuple(row) for row in rows] == [(year, "not_visited", "never_visited") for year in (2019, 2020)]


def test_a_place_that_did_not_exist_owes_nothing() -> None:
    """临清市 had the code 372502 until 1997; 990101 is nowhere in the nation's list."""
    assert existed("990101", 2022)
    assert existed("370829", 2022)
    assert not existed("372502", 2022)


def test_a_stated_date_past_the_due_date_is_late(store: Store) -> None:
    enter(store, 2, 2022, "2023-02-10")
    assert told(store)[2022] == ("late", 10)


def test_without_a_stated_date_a_first_visit_says_nothing_about_lateness(store: Store) -> None:
    enter(store, 2, 2022, None)
    assert told(store)[2022] == ("found", None)


def test_without_a_stated_date_it_is_late_when_a_proven_walk_missed_it(store: Store) -> None:
    enter(store, 2, 2022, None, first_seen="2023-05-20")
    assert told(store)[2022] == ("late", 109)
    store.connection.execute("UPDATE list_walks SET ended = 'unknown'")
    assert told(store)[2022] == ("found", None)


def test_a_blocked_portal_is_not_accused(store: Store) -> None:
    store.connection.execute("UPDATE portals SET status = 'blocked'")
    assert told(store)[2022] == ("blocked", None)


def test_a_removed_report_says_so(store: Store) -> None:
    store.connection.execute("UPDATE reports SET removed_at = '2023-05-02T00:00:00Z'")
    assert told(store)[2021][0] == "removed"


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
    assert told(store)[year] == said


@pytest.mark.parametrize(
    ("published_on", "said"), [("2023-03-31", ("found", 0)), ("2023-04-01", ("late", 1)), (None, ("missing", None))]
)
def test_a_government_has_until_the_end_of_march(
    store: Store, published_on: str | None, said: tuple[str, int | None]
) -> None:
    store.connection.execute("UPDATE agencies SET name = '青石县人民政府', kind = 'government_aggregate'")
    if published_on:
        enter(store, 2, 2022, published_on)
    assert told(store)[2022] == said


def test_an_empty_page_under_the_title_of_a_report_is_a_placeholder(tmp_path: Path) -> None:
    title = "青石县审计局2022年政府信息公开工作年度报告"
    _, kept = keep_pages(tmp_path, [LIST, Page("/1.html", "内容更新中".encode(), title)])
    with Store.open(tmp_path) as store:
        store.connection.execute("UPDATE documents SET kind = 'lookalike', reason = 'placeholder: 内容更新中'")
        keep_ledger(store.connection, JUNE)
        rows = store.connection.execute(
            "SELECT a.name, l.year, l.status, l.due_on, l.evidence_capture_id FROM ledger l"
            " JOIN agencies a ON a.id = l.agency_id WHERE l.status = 'placeholder'"
        ).fetchall()
    assert list(map(tuple, rows)) == [("青石县审计局", 2022, "placeholder", "2023-01-31", kept[1].id)]


def test_another_place_on_a_list_owes_nothing(tmp_path: Path) -> None:
    """临清市 is not a part of 嘉祥县: neither its empty page nor its dead link makes anybody owe."""
    portal = portal_row("jx", "嘉祥县人民政府", "370829")
    title = "临清市财政局2022年政府信息公开工作年度报告"
    keep_pages(tmp_path, [LIST, Page("/1.html", b"x", title)], portal=portal)
    with Store.open(tmp_path) as store:
        store.connection.execute("UPDATE documents SET kind = 'lookalike', reason = 'placeholder: x'")
        keep_ledger(store.connection, JUNE)
        names = store.connection.execute("SELECT DISTINCT name FROM agencies").fetchall()
    assert [tuple(row) for row in names] == [("嘉祥县人民政府",)]


def test_a_sample_of_a_real_place_on_a_made_up_portal_is_never_accused(store: Store) -> None:
    store.connection.execute("UPDATE agencies SET division_code = '370829' WHERE id = 1")
    assert set(told(store)) == {2021}


def test_a_body_that_only_a_list_names_owes_that_year_and_no_other(store: Store) -> None:
    failed(store, "青石县水务局2021年政府信息公开工作年度报告", 404, 2)
    keep_ledger(store.connection, JUNE)
    sql = "SELECT l.year, l.status FROM ledger l JOIN agencies a ON a.id = l.agency_id WHERE a.name = '青石县水务局'"
    assert [tuple(row) for row in store.connection.execute(sql)] == [(2021, "broken")]
