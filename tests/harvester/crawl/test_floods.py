"""Portals that never end: each bound holds, is told of by its name, and nothing is proven by such a visit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from harvester.sample.server import Answer
from spiders import portal_spider
from spiders.walk import floods, next_pages, politeness, walk
from tests.harvester.crawl.test_politeness import visit
from tests.portals.floods import Agencies, Calendar, Duplicates, Fluctuating, Invented, LongNames, Maze
from tests.portals.generic import PlainPortal
from tests.portals.simulator import Harvest, Simulator, harvest, serving


def told(got: Harvest) -> set[str]:
    """Names of the bounds that were met."""
    return {str(event["detail"]).partition(":")[0] for event in got.events if event["kind"] == floods.FLOOD}


def visits(portal: Simulator, tmp_path: Path, times: int) -> list[Harvest]:
    """The same portal at the same address, again and again."""
    with serving(portal) as server:
        registry = portal.registry(server)
        return [harvest(tmp_path / "data", registry, portal.site, recheck=True) for _ in range(times)]


def test_a_list_that_invents_pages_ends_at_the_bound_and_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_pages, "MOST_PAGES", 6)
    got = visit(Invented(), tmp_path)
    assert told(got) == {"MOST_PAGES"}
    assert got.stats["completeness"] == "short"
    assert len({path for path in got.asked if "page=" in path}) <= 7


def test_a_list_with_items_without_number_ends_at_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_pages, "MOST_ITEMS", 10)
    got = visit(Invented(), tmp_path)
    assert told(got) == {"MOST_ITEMS"}
    assert got.stats["completeness"] == "short"


def test_an_endless_calendar_costs_a_few_pages(tmp_path: Path) -> None:
    got = visit(portal := Calendar(), tmp_path)
    assert got.paths() >= portal.reports
    assert len(got.asked) < 40
    assert got.stats["completeness"] != "complete"


def test_columns_without_number_are_left_to_the_next_visits_which_get_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "MOST_COLUMNS", 5)
    portal = Agencies(9)
    with serving(portal) as server:
        registry = portal.registry(server)
        first = harvest(tmp_path / "data", registry, portal.site)
        assert told(first) == {"MOST_COLUMNS"}
        assert (first.stats["finished_reason"], first.stats["completeness"]) == (floods.FLOOD, "short")
        found = first.paths() & portal.reports
        assert found
        for _ in range(3):
            found |= harvest(tmp_path / "data", registry, portal.site).paths() & portal.reports
    assert found == portal.reports


def test_too_many_documents_on_one_list_meet_the_budget(tmp_path: Path) -> None:
    portal = PlainPortal(40)
    portal.extra = "max_requests = 12"
    got = visit(portal, tmp_path)
    assert "budget" in got.kinds()
    assert len(got.asked) == 12
    assert got.stats["completeness"] == "short"


def test_bytes_that_differ_at_every_visit_are_noticed(tmp_path: Path) -> None:
    portal = Fluctuating()
    got = visits(portal, tmp_path, 5)
    assert ["fluctuates" in one.kinds() for one in got] == [False, False, False, True, True]
    assert got[-1].kinds()["fluctuates"] == portal.reports


def test_a_maze_of_redirects_costs_its_articles_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got = visit(portal := Maze(), tmp_path)
    assert got.paths() >= set(sorted(portal.reports)[3:])
    assert len(got.asked) < 6 + 3 * 30
    assert "redirect_loop" in got.kinds()


def test_long_addresses_and_titles_are_cut_or_left(tmp_path: Path) -> None:
    got = visit(portal := LongNames(), tmp_path)
    assert got.paths() >= portal.reports | {"/xxgk/nb/content/long.html"}
    assert told(got) == {"LONGEST_ADDRESS"}
    assert max(map(len, got.asked)) < floods.LONGEST_ADDRESS
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as connection:
        for table, names in (("captures", "url, list_title"), ("events", "url, detail"), ("urls", "url, list_title")):
            for row in connection.execute(f"SELECT {names} FROM {table}"):
                assert max(len(text or "") for text in row) <= floods.LONGEST_TOLD
        assert all(len(text or "") < 5000 for (text,) in connection.execute("SELECT left_out FROM list_walks"))


def test_events_without_number_are_counted_and_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_spider, "MOST_EVENTS", 20)
    portal = PlainPortal(3)
    start = portal.site.pages[portal.start]
    title = "青山县财政局2020年政府信息公开工作年度报告"
    links = "".join(f"<li><a href='http://elsewhere{n}.example/{n}.html'>{title}</a></li>" for n in range(60))
    portal.site.pages[portal.start] = Answer(start.body.replace(b"<ul>", b"<ul>" + links.encode()))
    got = visit(portal, tmp_path)
    assert sum(event["kind"] == "off_host" for event in got.events) == 20
    assert got.stats["events"]["off_host"] == 60
    assert told(got) == {"MOST_EVENTS"}


@pytest.mark.parametrize("flood", [Invented, Maze])
def test_a_flood_delays_no_other_portal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flood: type[Simulator]
) -> None:
    """Its requests are its own: the other portal's come in between, and its visit is whole."""
    from archive.store import Store
    from harvester.crawl.stage import crawl
    from spiders.registry.load import load, to_row

    monkeypatch.setattr(next_pages, "MOST_PAGES", 30)
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.01)
    bad, good = flood(), PlainPortal(3)
    with serving(bad) as one, serving(good) as other:
        file = tmp_path / "portals.toml"
        file.write_text(bad.registry(one) + good.registry(other, portal_id="good"), "utf-8")
        portals = load(file)
        with Store.open(tmp_path / "data") as store:
            run_id = store.start_run("crawl")
            store.save_portals(to_row(portal) for portal in portals)
        stats = crawl(tmp_path / "data", portals, run_id=run_id)
    assert stats["good"]["completeness"] == "complete"
    assert good.site.log[-1].at < bad.site.log[-1].at


def test_copies_of_one_report_are_bounded_by_what_they_say(tmp_path: Path) -> None:
    got = visit(portal := Duplicates(6), tmp_path)
    assert got.paths() == portal.reports
