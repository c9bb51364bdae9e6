"""The UCAP family against its simulators."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.simulator import harvest, serving
from tests.portals.ucap import SearchPortal, StaticPortal


@pytest.mark.parametrize("size", [None, 20])
@pytest.mark.parametrize("family", ["ucap", "auto"])
def test_search_with_a_page_size_honoured_or_not(tmp_path: Path, size: int | None, family: str) -> None:
    portal = SearchPortal(size)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, family), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "complete"
    assert got.kinds() == {}


def test_year_folders_with_static_pages(tmp_path: Path) -> None:
    portal = StaticPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "complete"
    assert got.kinds() == {}
