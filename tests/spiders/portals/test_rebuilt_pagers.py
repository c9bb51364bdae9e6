"""Every pager that was seen on real platforms leads to the last page, or the list is said to be short."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.rendering.chromium import missing
from tests.portals.rebuilt_pagers import PAGERS
from tests.portals.simulator import harvest, serving


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(missing() is not None, reason="needs Playwright and a Chromium (apt install chromium)")
@pytest.mark.parametrize("named", PAGERS)
def test_the_browser_agrees(tmp_path: Path, named: str) -> None:
    portal = PAGERS[named]()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert got.paths("new") == portal.reports
    proven = named != "a next without an address"  # no script of that page does anything
    assert got.stats["completeness"] == ("complete" if proven else "unknown")
    assert not got.kinds()
    assert not portal.decoys & set(got.asked)


@pytest.mark.parametrize("family", ["generic", "auto"])
@pytest.mark.parametrize("named", PAGERS)
def test_every_page_of_the_list(tmp_path: Path, named: str, family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", str(tmp_path / "none"))
    portal = PAGERS[named]()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, family), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] in ("complete", "unknown"), "a pager alone is no proof without a second reading"
    assert not got.kinds().keys() & {"list_short", "list_over", "http_error"}
    assert not portal.decoys & set(got.asked)
