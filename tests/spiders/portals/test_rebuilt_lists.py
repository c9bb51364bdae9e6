"""Lists that a page's own script asks for are read plainly: by what the script would do, or as the data they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.rebuilt_lists import LISTS
from tests.portals.simulator import harvest, serving


@pytest.mark.parametrize("named", LISTS)
def test_every_report_without_a_browser(tmp_path: Path, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", str(tmp_path / "none"))
    portal = LISTS[named]()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert got.paths("new") == portal.reports
    assert not got.kinds().keys() & {"list_short", "http_error"}
