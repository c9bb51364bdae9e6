"""Portals where agencies come first, against their simulators: complete, nothing false, cheap the second time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.portals import departments
from tests.portals.simulator import Simulator, harvest, serving

PORTALS = [
    departments.LonsunDepartments,
    departments.LonsunPosted,
    departments.GkmlptDepartments,
    departments.OpennessDepartments,
    departments.ChannelSites,
    departments.VsbDynamic,
    departments.JpaasUnits,
    departments.VsbNamesOnly,
    departments.VsbYearsOnly,
    departments.TrsDoubled,
    departments.ChoicePortal,
]


@pytest.mark.parametrize("make", PORTALS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("auto", [False, True], ids=["named", "auto"])
def test_all_reports_and_nothing_else(tmp_path: Path, make: Callable[[], Simulator], auto: bool) -> None:
    portal = make()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto" if auto else None), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert set(got.kinds()) <= {"list_short", "soft_404", "needs_browser"}


@pytest.mark.parametrize("make", PORTALS, ids=lambda make: make.__name__)
def test_a_second_visit_is_cheap_and_finds_nothing_new(tmp_path: Path, make: Callable[[], Simulator]) -> None:
    portal = make()
    with serving(portal) as server:
        registry = portal.registry(server)
        first = harvest(tmp_path / "data", registry, portal.site)
        second = harvest(tmp_path / "data", registry, portal.site)
    assert second.paths("new", "changed") == set()
    assert len(second.asked) <= max(4, len(first.asked) // 5)


def test_a_page_that_may_not_be_read_is_an_event(tmp_path: Path) -> None:
    portal = departments.VsbDynamic()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert {path.rpartition("=")[2] for path in got.kinds()["soft_404"]} == {"7"}
