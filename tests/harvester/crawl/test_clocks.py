"""Clocks that differ: what was looked at "later than now" is due, and who is late is judged by no wrong clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from archive.store import Store
from harvester.errors import RunFailed
from harvester.run import RunAccount, check_clock
from harvester.sample.server import Answer
from tests.harvester.crawl.test_politeness import visit
from tests.portals.generic import PlainPortal
from tests.portals.simulator import harvest, serving

AHEAD = "2029-11-30T00:00:00Z"


def test_a_clock_three_years_ahead_leaves_nothing_undue(tmp_path: Path) -> None:
    data, portal = tmp_path / "data", PlainPortal(3)
    with serving(portal) as server:
        harvest(data, portal.registry(server), portal.site)
        with Store.open(data) as store:
            store.connection.execute("UPDATE urls SET last_checked = ?, first_seen = ?, next_check = ?", [AHEAD] * 3)
        again = harvest(data, portal.registry(server), portal.site)
        with Store.open(data) as store:
            (latest,) = store.connection.execute("SELECT max(next_check) FROM urls").fetchone()
    assert again.paths("unchanged") == portal.reports
    assert "clock_differs" in again.kinds()
    assert latest < f"{datetime.now(UTC) + timedelta(days=200):%Y-%m-%d}"


def test_a_portal_that_shows_another_day_is_noted(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    other = format_datetime(datetime.now(UTC) - timedelta(days=3 * 365), usegmt=True)
    for path, answer in list(portal.site.pages.items()):
        portal.site.pages[path] = Answer(answer.body, content_type=answer.content_type, headers=(("Date", other),))
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports
    assert set(got.kinds()) == {"clock_differs"}


@pytest.mark.parametrize(("contradicting", "answering", "refused"), [(1, 1, False), (2, 5, False), (2, 3, True)])
def test_nobody_is_judged_by_a_clock_that_the_portals_contradict(
    tmp_path: Path, contradicting: int, answering: int, refused: bool
) -> None:
    with Store.open(tmp_path) as store:
        account = RunAccount(store.start_run())
        account.portals = {f"p{number}": {"pages": 1, "requests": 2} for number in range(answering)}
        for number in range(contradicting):
            told = "the portal's date is 2026-11-30"
            store.record_event(account.run_id, f"p{number}", "http://x/", "clock_differs", told)
        if refused:
            with pytest.raises(RunFailed, match="2 of 3 portals show another day"):
                check_clock(store, account)
        else:
            check_clock(store, account)
