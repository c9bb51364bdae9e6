"""Portals of one page of script, from the home page: places after ``#``, of the history, none at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.applications import Application
from tests.portals.simulator import harvest, serving

MOST = 24
"""Requests for eight reports on two pages: robots, shell, menu, answers, files that may be there."""


@pytest.mark.browser
@pytest.mark.parametrize("way", ["hash", "history", "pressed"])
def test_the_annual_column_is_found(tmp_path: Path, way: str) -> None:
    portal = Application(way)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert got.paths("new") == portal.reports
    assert len(got.asked) <= MOST, got.asked
    assert not [path for path in got.asked if "c=11" in path or "c=41" in path]


@pytest.mark.parametrize("way", ["hash", "pressed"])
def test_without_a_browser_it_is_said(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")
    portal = Application(way)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert {"needs_browser", "list_short"} <= set(got.kinds())
