"""Random compositions of seen mechanisms, from the home page, without a browser. More: `bench/compositions.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.compositions import Composition
from tests.portals.simulator import harvest, serving

SEEDS = (1, 5, 8, 10, 11, 18, 19, 23, 32, 39, 66, 206, 219)
"""Each was short once."""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_report_is_found(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", "/no/such/browser")
    portal = Composition(seed)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert portal.reports <= got.paths("new"), portal.recipe
