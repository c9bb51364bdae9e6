"""Once the column is reached: each way of drawing lists, pages and files alone, by family, by `auto`, from home."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.list_mechanisms import HOME, PLAIN, Reached
from tests.portals.simulator import Harvest, harvest, serving


def visit(tmp_path: Path, portal: Reached, way: str) -> Harvest:
    if way == "home":
        portal.start, portal.role = HOME, "home"
    with serving(portal) as server:
        return harvest(
            tmp_path / "data", portal.registry(server, "generic" if way == "family" else "auto"), portal.site
        )


@pytest.mark.parametrize("way", ["family", "auto", "home"])
@pytest.mark.parametrize("mechanism", PLAIN)
def test_all_is_found_without_a_browser(
    tmp_path: Path, mechanism: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")
    portal = Reached(PLAIN[mechanism])
    got = visit(tmp_path, portal, way)
    assert portal.reports <= got.paths("new")
    assert "http_error" not in got.kinds()
    assert not got.kinds().get("list_short")
