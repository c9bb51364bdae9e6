"""How a run ends when it is cut short."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.running import content, harvester, started
from tests.whole.test_run import PHASES, Place, ended, place, wait_until, whole

__all__ = ["place", "whole"]


@pytest.mark.slow
@pytest.mark.flaky(reruns=2)  # on a loaded machine the run may be over before the signal comes
def test_sigterm_ends_in_one_line(place: Place, whole: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run = started("run", "-q", "--portals", place.registry, "--data", data)
    wait_until(data, PHASES["crawl"])
    run.terminate()
    _, told = run.communicate()
    assert (run.returncode, told.strip()) == (-signal.SIGTERM, "harvester: terminated; what was stored is kept")
    assert ended(data) == ["interrupted"]
    assert place.run(data)[0] == 0
    assert content(data) == content(whole)


@pytest.mark.slow
@pytest.mark.flaky(reruns=2)  # on a loaded machine the run may be over before the signal comes
def test_ctrl_c_ends_in_one_line(place: Place, whole: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run = started("run", "-q", "--portals", place.registry, "--data", data)
    wait_until(data, PHASES["crawl"])
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate()
    assert run.returncode in (1, 130)
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1
    assert ended(data) == ["interrupted"]
    assert place.run(data)[0] == 0
    assert content(data) == content(whole)


@pytest.mark.slow
def test_a_run_that_reached_nobody_says_so(tmp_path: Path) -> None:
    """Exit code 4: a schedule that only looks at exit codes sees it."""
    registry = tmp_path / "dead.toml"
    registry.write_text(
        '[[portal]]\nid = "dead"\nname = "青石县人民政府"\ndivision = "990101"\nlevel = "county"\n'
        'hosts = ["127.0.0.1:9"]\nfamily = "auto"\nstatus = "unverified"\nsimulated = true\n'
        '[[portal.start]]\nurl = "http://127.0.0.1:9/"\nrole = "home"\n[portal.politeness]\ndelay = 0.0\n'
    )
    told = harvester("run", "--data", tmp_path / "data", "--portals", registry)
    assert told.returncode == 4
    assert "none of 1 portals could be reached" in told.stderr
