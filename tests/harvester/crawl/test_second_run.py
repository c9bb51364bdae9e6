"""What a second run asks for, keeps, and finds changed, new or gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.store import Store
from harvester.sample.server import Answer
from spiders.walk import politeness
from tests.portals.generic import PlainPortal
from tests.portals.hanweb import JpagePortal, SelectorPortal
from tests.portals.other_platforms import JpaasPortal, row, title
from tests.portals.simulator import Simulator, harvest, html, report, serving
from tests.portals.trs import TrsPortal
from tests.portals.ucap import SearchPortal

PORTALS = [TrsPortal, JpagePortal, SelectorPortal, SearchPortal, PlainPortal]


@pytest.mark.parametrize("make", PORTALS)
def test_a_second_run_stores_nothing_and_asks_little(tmp_path: Path, make: type[Simulator]) -> None:
    portal = make()
    with serving(portal) as server:
        first = harvest(tmp_path / "data", portal.registry(server), portal.site)
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert second.paths("new", "changed", "gone") == set()
    assert len(second.asked) <= 0.2 * len(first.asked)
    assert "list_short" not in second.kinds()


def test_a_list_behind_an_unchanged_page_is_looked_at(tmp_path: Path) -> None:
    """The page is a shell; its list comes from an interface, whose answers carry no validators."""
    portal = JpaasPortal()
    with serving(portal) as server:
        first = harvest(tmp_path / "data", portal.registry(server), portal.site)
        quiet = harvest(tmp_path / "data", portal.registry(server), portal.site)
        new = f"/art/2024/art_{'f' * 32}.html"
        portal.add_report(new, "青石县气象局", 2023)
        portal.rows.insert(0, row(new, title("青石县气象局", 2023)))
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert len(quiet.asked) <= 0.2 * len(first.asked)
    assert second.paths("new", "changed") == {new}
    assert len(second.asked) == len(set(second.asked)), "what was looked at is not asked for again"


@pytest.mark.parametrize("make", PORTALS)
def test_recheck_asks_for_everything_under_conditions(tmp_path: Path, make: type[Simulator]) -> None:
    portal = make()
    with serving(portal) as server:
        first = harvest(tmp_path / "data", portal.registry(server), portal.site)
        before = len(portal.site.log)
        second = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
    assert second.paths("new", "changed", "gone") == set()
    assert second.paths("unchanged") == portal.reports == first.paths("new")
    documents = [asked for asked in portal.site.log[before:] if asked.path in portal.reports]
    assert all(asked.headers.get("if-none-match") for asked in documents)
    assert {asked.status for asked in documents} == {304}


@pytest.mark.parametrize("make", [TrsPortal, PlainPortal])
def test_lists_are_asked_for_under_conditions_too(tmp_path: Path, make: type[Simulator]) -> None:
    portal = make()
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        before = len(portal.site.log)
        harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
    assert {asked.status for asked in portal.site.log[before:]} <= {304, 404}


def changed(portal: PlainPortal) -> tuple[str, str]:
    """One report changes behind its unchanged list entry, one is added on top of the list."""
    old, new = sorted(portal.reports)[3], "/xxgk/nb/content/99001.html"
    portal.site.page(old, html(report("青山县教育局", 2022, 11)))
    titles = dict(portal.titles)
    portal.titles.clear()
    portal.put(new, "青山县气象局", 2022)
    portal.titles |= titles
    portal.lists()
    return old, new


def test_recheck_finds_exactly_what_changed_and_what_is_new(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        old, new = changed(portal)
        second = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
        third = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
    assert second.paths("new") == {new}
    assert second.paths("changed") == {old}
    assert third.paths("new", "changed", "gone") == set()


def test_a_plain_run_finds_what_is_new_on_a_list(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        _, new = changed(portal)
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert second.paths("new") == {new}
    assert second.paths("changed") == set()


def test_a_plain_run_asks_again_for_what_its_list_calls_by_another_name(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        path = sorted(portal.reports)[0]
        portal.titles[path] += "（更正版）"
        portal.site.page(path, html(report("青山县教育局", 2022, 12)))
        portal.lists()
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert second.paths("changed") == {path}


def test_what_has_vanished_is_gone_once(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    first, second = sorted(portal.reports)[:2]
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        portal.site.pages[first] = Answer(b"", 404)
        portal.site.page(second, html("<p>您访问的页面不存在</p>", "错误"))
        once = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
        twice = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
        thrice = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
    assert once.paths("gone") == {first}
    assert twice.paths("gone") == {second}, "an error in disguise counts only when it is met again"
    assert thrice.paths("gone") == set()


def test_what_left_its_list_and_is_still_there_stays(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    path = sorted(portal.reports)[0]
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        del portal.titles[path]
        portal.lists()
        second = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
    assert second.paths("gone", "new", "changed") == set()
    assert path in second.paths("unchanged")


def test_what_is_due_is_asked_for_by_the_calendar(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        past = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        with Store.open(tmp_path / "data") as store, store.connection:
            store.connection.execute("UPDATE urls SET next_check = ? WHERE url LIKE '%content/20221.html'", (past,))
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert second.paths("unchanged") == {"/xxgk/nb/content/20221.html"}


def test_a_run_cut_short_is_completed_by_the_next(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    portal.extra = "max_requests = 9"
    with serving(portal) as server:
        first = harvest(tmp_path / "data", portal.registry(server), portal.site)
        portal.extra = ""
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert first.paths("new") | second.paths("new") == portal.reports
    assert not first.paths("new") & second.paths("new")


def test_what_failed_is_completed_with_what_its_list_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.05)
    portal = PlainPortal(4)
    path = sorted(portal.reports)[0]
    portal.site.faults[path] = [Answer(status=502)] * 2
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    (row,) = [row for row in second.captures if row["role"] == "page"]
    assert (row["list_title"], row["list_date"]) == (portal.titles[path], "2023-01-20")
    assert row["column_path"]


def test_an_archived_body_that_cannot_be_read_is_asked_for_in_full(tmp_path: Path) -> None:
    portal = PlainPortal(2)
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server), portal.site)
        for file in (tmp_path / "data" / "warc").iterdir():
            file.write_bytes(b"")
        second = harvest(tmp_path / "data", portal.registry(server), portal.site, recheck=True)
    assert second.paths("unchanged") == portal.reports
    assert second.stats["finished_reason"] == "finished"


def test_robots_txt_serves_for_a_day(tmp_path: Path) -> None:
    """RFC 9309 section 2.4. A recheck asks for it all the same."""
    portal = PlainPortal(4)
    hidden, data = sorted(portal.reports)[0], tmp_path / "data"
    portal.site.page("/robots.txt", f"User-agent: *\nDisallow: {hidden}\n", content_type="text/plain")
    with serving(portal) as server:
        registry = portal.registry(server)
        harvest(data, registry, portal.site)
        second = harvest(data, registry, portal.site)
        portal.site.page("/robots.txt", "User-agent: *\nDisallow: /\n", content_type="text/plain")
        third = harvest(data, registry, portal.site, recheck=True)
        with Store.open(data) as store, store.connection:
            store.connection.execute("UPDATE urls SET next_check = last_checked WHERE role = 'robots'")
        fourth = harvest(data, registry, portal.site)
    assert second.asked == [portal.start]
    assert second.stats["robots"] == "read"
    assert third.asked == fourth.asked == ["/robots.txt"]
