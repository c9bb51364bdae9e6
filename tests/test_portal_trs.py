"""The TRS family against its simulator."""

from __future__ import annotations

from pathlib import Path

from tests.portals.simulator import harvest, serving
from tests.portals.trs import TrsPortal, with_traps


def test_every_report_is_found_past_a_count_that_lies(tmp_path: Path) -> None:
    portal = TrsPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert got.stats["lookalikes"] == 2
    assert got.asked.count(portal.start) == 1
    assert f"{portal.start}index.html" not in got.asked


def test_traps_become_events_and_nothing_else(tmp_path: Path) -> None:
    portal = with_traps()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert set(got.kinds()) == {"http_error", "soft_404", "moved_home"}
    assert got.stats["completeness"] == "complete"


def test_auto_recognises_the_family(tmp_path: Path) -> None:
    portal = TrsPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert got.stats["family"] == "trs"
    assert got.paths("new") == portal.reports
