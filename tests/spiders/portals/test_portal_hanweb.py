"""The Hanweb family against its simulators."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.hanweb import JpagePortal, SearchPortal, SelectorPortal
from tests.portals.simulator import harvest, serving


@pytest.mark.parametrize("obeys", ["records", "page"])
@pytest.mark.parametrize("family", ["hanweb", "auto"])
def test_jpage_in_both_server_behaviours(tmp_path: Path, obeys: str, family: str) -> None:
    portal = JpagePortal(obeys)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, family), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "complete"
    assert got.stats["declared_total"] == 41
    assert got.kinds() == {}


def test_agencies_and_years_are_enumerated_from_the_selector(tmp_path: Path) -> None:
    portal = SelectorPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert set(got.kinds()) <= {"soft_404"}


def test_search_by_post_is_walked_and_confined_to_its_column(tmp_path: Path) -> None:
    portal = SearchPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
