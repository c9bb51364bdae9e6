"""First contact: the home page's own words name the place, or nothing is harvested and it is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.store import Store
from harvester.crawl.stage import crawl
from spiders.registry.load import load, to_row
from tests.portals.menu_mechanisms import MENUS, MechanismPortal
from tests.portals.simulator import html, serving


def visit(tmp_path: Path, home: str, place: str) -> tuple[set[str], list[str], list[str]]:
    """Kinds of events, what was kept, what was asked."""
    portal = MechanismPortal(MENUS["plain"])
    portal.site.page("/", html(f"{home}<a href='/zwgk/'>政务公开</a>", "门户网站"))
    with serving(portal) as server:
        file = tmp_path / "registry.toml"
        file.write_text(portal.registry(server, "auto"), "utf-8")
        known = [replace(one, place=place) for one in load(file)]
        with Store.open(tmp_path / "data") as store:
            run = store.start_run("crawl")
            store.save_portals(map(to_row, known))
        crawl(tmp_path / "data", known, run_id=run)
    with Store.open(tmp_path / "data") as store:
        events = {row["kind"] for row in store.connection.execute("SELECT kind FROM events")}
        kept = [row["url"] for row in store.connection.execute("SELECT url FROM captures WHERE role = 'page'")]
    return events, kept, portal.site.paths()


@pytest.mark.parametrize(
    "own", ["主办单位：青石县人民政府办公室", "<p>中国·青石</p>", "<img alt='青石县人民政府门户网站'>"]
)
def test_a_page_that_names_the_place(tmp_path: Path, own: str) -> None:
    events, kept, _ = visit(tmp_path, own, "青石县")
    assert "place_mismatch" not in events
    assert len(kept) == 8


@pytest.mark.parametrize("own", ["主办单位：白云市人民政府", "<a href='http://x.gov.cn/'>青石县</a>", "娱乐城"])
def test_a_page_that_does_not(tmp_path: Path, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")
    events, kept, asked = visit(tmp_path, own, "青石县")
    assert "place_mismatch" in events
    assert kept == []
    assert asked == ["/robots.txt", "/"]
