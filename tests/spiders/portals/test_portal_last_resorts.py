"""Where no menu leads to a report: what only pictures name, sitemap.xml, the portal's own search; robots.txt rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.last_resorts import Hidden
from tests.portals.simulator import Harvest, harvest, serving


def visit(tmp_path: Path, portal: Hidden) -> Harvest:
    with serving(portal) as server:
        portal.named_after(server.url)
        return harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")


@pytest.mark.parametrize("way", ["sitemap", "sitemap index", "search", "search in gbk"])
def test_every_report_is_found(tmp_path: Path, way: str) -> None:
    portal = Hidden(way)
    got = visit(tmp_path, portal)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert any(f"(by {'sitemap' if way.startswith('sitemap') else 'search'}" in step for step in got.stats["path"])


def test_a_search_that_is_posted_gives_at_least_its_first_page(tmp_path: Path) -> None:
    portal = Hidden("search by post")
    got = visit(tmp_path, portal)
    assert got.paths("new") <= portal.reports
    assert len(got.paths("new")) >= 5


@pytest.mark.parametrize("way", ["map", "pictures", "pictures of a gateway"])
def test_a_menu_that_only_a_picture_names(tmp_path: Path, way: str) -> None:
    portal = Hidden(way)
    got = visit(tmp_path, portal)
    assert got.paths("new") == portal.reports
    assert "/sitemap.xml" not in got.asked


@pytest.mark.parametrize(("way", "path"), [("sitemap", "/sitemap.xml"), ("search", "/search/")])
def test_robots_are_obeyed_and_it_is_said(tmp_path: Path, way: str, path: str) -> None:
    got = visit(tmp_path, Hidden(way, disallowed=path))
    assert not [asked for asked in got.asked if asked.startswith(path)]
    assert got.paths("new") == set()
    assert {"robots_disallowed", "list_short"} <= set(got.kinds())


def test_what_menus_have_led_to_needs_no_search(tmp_path: Path) -> None:
    portal = Hidden("search")
    home = portal.site.pages["/"]
    portal.site.page("/", home.body.decode().replace("<ul>", "<ul><li><a href='/nb/'>政府信息公开年报</a></li>", 1))
    portal.site.page("/nb/", "".join(f"<li><a href='{path}'>{title}</a></li>" for title, path in portal.rows))
    got = visit(tmp_path, portal)
    assert got.paths("new") == portal.reports
    assert not [asked for asked in got.asked if asked.startswith(("/search", "/sitemap"))]
