"""What a run says of itself for people."""

from __future__ import annotations

from harvester.run_report import markdown

RUN = {"id": "r", "kind": "run", "status": "done", "started_at": "2026-01-01", "finished_at": "2026-01-01"}


def test_lists_that_were_read_once_are_said() -> None:
    told = markdown({"run": RUN, "events": [], "portals": {"a": {"read_once": 2}, "b": {"read_once": 1}}})
    assert "for want of a browser: 3 lists" in told
    assert "browser" not in markdown({"run": RUN, "events": [], "portals": {"a": {"read_once": 0}}})
