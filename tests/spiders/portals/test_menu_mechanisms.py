"""Ways in: each mechanism alone on an otherwise plain portal, from the home page, with an unknown family."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.menu_mechanisms import DRAWN, MENUS, MORE, DrawnGroup, MechanismPortal
from tests.portals.simulator import Harvest, Simulator, harvest, serving

CHEAP = 30
"""Requests for eight reports, with robots, menus and their files."""


def visit(tmp_path: Path, portal: Simulator) -> Harvest:
    with serving(portal) as server:
        return harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)


@pytest.mark.parametrize("place", ["home", "gateway", "everywhere"])
@pytest.mark.parametrize("menu", MENUS)
def test_the_annual_column_is_found_without_a_browser(
    tmp_path: Path, menu: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")
    portal = MechanismPortal(MENUS[menu], place)
    got = visit(tmp_path, portal)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert len(got.asked) <= CHEAP


@pytest.mark.parametrize("menu", MORE)
def test_ways_that_scripts_show_are_found_without_a_browser(
    tmp_path: Path, menu: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")
    portal = MechanismPortal(MORE[menu])
    got = visit(tmp_path, portal)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)


@pytest.mark.browser
@pytest.mark.parametrize("place", ["home", "gateway", "everywhere"])
@pytest.mark.parametrize("menu", DRAWN)
def test_a_menu_that_only_a_browser_shows(tmp_path: Path, menu: str, place: str) -> None:
    portal = MechanismPortal(DRAWN[menu], place)
    assert visit(tmp_path, portal).paths("new") == portal.reports


@pytest.mark.parametrize("menu", DRAWN)
def test_without_a_browser_it_is_said(tmp_path: Path, menu: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")
    got = visit(tmp_path, MechanismPortal(DRAWN[menu]))
    assert got.paths("new") == set()
    assert {"needs_browser", "list_short"} <= set(got.kinds())


@pytest.mark.browser
def test_a_group_whose_page_is_a_list_that_a_script_draws(tmp_path: Path) -> None:
    portal = DrawnGroup()
    got = visit(tmp_path, portal)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
