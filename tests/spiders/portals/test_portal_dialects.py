"""Portals of one make differ in how they write the same thing; each way leads to every report and to nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.portals import dialects
from tests.portals.dialects import CatalogueTree, JpageGroups, LonsunCalled
from tests.portals.simulator import Simulator, harvest, serving

PORTALS: dict[str, Callable[[], Simulator]] = {
    **{f"label in {call}": (lambda call=call: LonsunCalled(call)) for call in dialects.LABEL_CALLS},
    "label beside its first page": lambda: LonsunCalled("an attribute", inline=True),
    "column by pageIndex": dialects.LonsunNumbered,
    "departments cut short": dialects.LonsunCutNames,
    "three groups of records": JpageGroups,
    "records by POST": lambda: JpageGroups(post=True),
    **{f"tree with {written}": (lambda written=written: CatalogueTree(written)) for written in dialects.CATALOGUES},
    "items without pages": dialects.TrsUncounted,
    "pager in another order": dialects.JpaasPager,
    "levels as printed": dialects.UcapLevels,
    "a page without a word": dialects.EmptyShell,
}


@pytest.mark.parametrize("named", PORTALS)
@pytest.mark.parametrize("auto", [False, True], ids=["named", "auto"])
def test_all_reports_and_nothing_else(tmp_path: Path, named: str, auto: bool) -> None:
    portal = PORTALS[named]()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto" if auto else None), portal.site)
    assert got.paths("new") == portal.reports
    assert not got.kinds()
    questions = [(asked.method, asked.path, asked.body) for asked in portal.site.log]
    assert len(questions) == len(set(questions))
    assert len(questions) <= len(portal.reports) + 20


def test_a_portal_without_any_report_says_so(tmp_path: Path) -> None:
    portal = dialects.without_reports()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.kinds() == {"list_short": {"/bm/"}, "needs_browser": {"/bm/"}}
