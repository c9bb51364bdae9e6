"""Lists that exist only in a browser, and what happens without one."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from spiders.rendering.chromium import chromium
from tests.portals.rendered import RenderedPortal
from tests.portals.simulator import harvest, serving

needs_browser = pytest.mark.skipif(
    chromium() is None or find_spec("playwright") is None,
    reason="needs Playwright and a Chromium (apt install chromium)",
)


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("family", ["browser", "auto"])
def test_a_list_that_only_scripts_make(tmp_path: Path, family: str) -> None:
    portal = RenderedPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, family), portal.site)
    assert got.paths("new") == portal.reports
    assert "/pixel.png" not in got.asked
    assert max(asked.overlapping for asked in portal.site.log) == 0
    agents = {asked.headers["user-agent"] for asked in portal.site.log}
    assert len(agents) == 1
    assert "disclosure-harvester" in agents.pop().lower()


def test_without_a_browser_one_clear_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", str(tmp_path / "none"))
    portal = RenderedPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == set()
    assert "needs_browser" in got.kinds()
    assert any("apt install chromium" in event["detail"] for event in got.events)
