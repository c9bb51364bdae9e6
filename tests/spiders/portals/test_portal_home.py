"""From a home page alone to every report, on a budget, with the path taken on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from spiders.walk.discovery import BUDGET
from tests.portals import home
from tests.portals.menu_mechanisms import MENUS, MechanismPortal
from tests.portals.simulator import Harvest, Simulator, harvest, serving

PORTALS = [home.HomePortal, home.FramedHome, home.MovedHome, home.CatalogueHome]


def visit(tmp_path: Path, portal: Simulator, family: str | None = None) -> Harvest:
    with serving(portal) as server:
        return harvest(tmp_path / "data", portal.registry(server, family), portal.site)


@pytest.mark.parametrize("make", PORTALS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("family", [None, "auto"])
def test_every_report_is_found_from_the_home_page(
    tmp_path: Path, make: Callable[[], Simulator], family: str | None
) -> None:
    portal = make()
    got = visit(tmp_path, portal, family)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert len(got.asked) - len(portal.reports) <= BUDGET


def test_the_path_taken_is_on_record(tmp_path: Path) -> None:
    portal = home.HomePortal()
    got = visit(tmp_path, portal)
    paths = {row["column_path"] for row in got.captures if row["role"] == "page"}
    assert "政务公开 > 政府信息公开 > 政府信息公开年报" in paths
    assert "政务公开 > 政府信息公开 > 政府信息公开年报 > 县政府部门 > 2023年" in paths
    assert "部门信息公开 > 青石县科技局 > 政府信息公开年报" in paths


def test_links_to_other_sites_are_noted_and_left_alone(tmp_path: Path) -> None:
    got = visit(tmp_path, home.HomePortal())
    assert not [path for path in got.asked if "bongotimes" in path]


def test_by_what_each_column_was_found_is_in_the_account(tmp_path: Path) -> None:
    got = visit(tmp_path, MechanismPortal(MENUS["options"]), "auto")
    assert got.stats["path"] == ["政务公开 > 政府信息公开 > 政府信息公开年报 (by option; 8 items plainly)"]
