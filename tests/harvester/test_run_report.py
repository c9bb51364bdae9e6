"""What a run says of itself for people."""

from __future__ import annotations

import pytest

from harvester.errors import NobodyReached
from harvester.run_account import RunAccount
from harvester.run_report import markdown

RUN = {"id": "r", "kind": "run", "status": "done", "started_at": "2026-01-01", "finished_at": "2026-01-01"}


def test_lists_that_were_read_once_are_said() -> None:
    told = markdown({"run": RUN, "events": [], "portals": {"a": {"read_once": 2}, "b": {"read_once": 1}}})
    assert "for want of a browser: 3 lists" in told
    assert "browser" not in markdown({"run": RUN, "events": [], "portals": {"a": {"read_once": 0}}})


def test_a_run_that_may_ask_nobody_has_reached_nobody() -> None:
    """The host's name led into this machine: what was counted as a request was never sent."""
    with pytest.raises(NobodyReached):
        RunAccount("r", portals={"a": {"requests": 1, "finished_reason": "unsafe_address"}}).check_reached()
