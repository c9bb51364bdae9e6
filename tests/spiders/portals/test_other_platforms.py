"""Every other family against its simulator: complete, nothing false, polite, and cheap the second time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.portals import other_platforms
from tests.portals.simulator import Simulator, harvest, serving

PORTALS = [
    other_platforms.JpaasPortal,
    other_platforms.GkmlptPortal,
    other_platforms.NfcmsPortal,
    other_platforms.VsbPortal,
    other_platforms.VsbColumnReports,
    other_platforms.LonsunPortal,
    other_platforms.LonsunYears,
    other_platforms.OpennessPortal,
    other_platforms.ChannelPortal,
]


@pytest.mark.parametrize("make", PORTALS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("auto", [False, True], ids=["named", "auto"])
def test_all_reports_and_nothing_else(tmp_path: Path, make: Callable[[], Simulator], auto: bool) -> None:
    portal = make()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto" if auto else None), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert set(got.kinds()) <= {"list_short"}
    assert len(got.asked) == len(set(got.asked))


@pytest.mark.parametrize("make", PORTALS, ids=lambda make: make.__name__)
def test_a_second_visit_is_cheap_and_finds_nothing_new(tmp_path: Path, make: Callable[[], Simulator]) -> None:
    portal = make()
    with serving(portal) as server:
        registry = portal.registry(server)
        first = harvest(tmp_path / "data", registry, portal.site)
        second = harvest(tmp_path / "data", registry, portal.site)
    assert second.paths("new", "changed") == set()
    assert len(second.asked) <= max(3, len(first.asked) // 5)


def test_a_server_that_always_answers_page_one_is_not_asked_for_ever(tmp_path: Path) -> None:
    portal = other_platforms.JpaasPortal(stuck=True)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "short"
    assert "list_short" in got.kinds()


def test_pages_that_shift_neither_lose_nor_double_anything(tmp_path: Path) -> None:
    portal = other_platforms.VsbPortal(25)
    with serving(portal) as server:
        registry = portal.registry(server)
        harvest(tmp_path / "data", registry, portal.site)
        before = set(portal.reports)
        portal.fill(32)
        got = harvest(tmp_path / "data", registry, portal.site, recheck=True)
    assert got.paths("new") == portal.reports - before
    assert got.paths("changed", "gone") == set()
