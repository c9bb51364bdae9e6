"""A polite guest, proven against a server's own log of requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from harvester.sample.server import Answer, Asked
from spiders.walk import politeness
from tests.portals.generic import PlainPortal
from tests.portals.simulator import Harvest, Simulator, harvest, html, serving


def visit(portal: Simulator, tmp_path: Path, **options: object) -> Harvest:
    with serving(portal) as server:
        return harvest(tmp_path / "data", portal.registry(server), portal.site, **options)


def gaps(log: list[Asked]) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(log)]


def test_robots_txt_is_asked_first_and_once_and_obeyed(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    hidden = sorted(portal.reports)[:2]
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: disclosure-harvester\n" + "".join(
        f"Disallow: {one}\n" for one in hidden
    )
    portal.site.page("/robots.txt", rules, content_type="text/plain")
    got = visit(portal, tmp_path)
    assert got.asked[0] == "/robots.txt"
    assert got.asked.count("/robots.txt") == 1
    assert not set(hidden) & set(got.asked)
    assert got.paths("new") == portal.reports - set(hidden)
    assert got.kinds() == {"robots_disallowed": set(hidden)}


@pytest.mark.parametrize("answer", [Answer(b"", 503), Answer(b"", 500), Answer(drop=True), Answer(b"", 429)])
def test_robots_txt_out_of_reach_means_stay_away(tmp_path: Path, answer: Answer) -> None:
    portal = PlainPortal(5)
    portal.site.faults["/robots.txt"] = [answer] * 9
    got = visit(portal, tmp_path)
    assert set(got.asked) == {"/robots.txt"}
    assert set(got.kinds()) == {"robots_unavailable"}
    assert got.stats["finished_reason"] == "robots_unavailable"


@pytest.mark.parametrize("status", [404, 403, 401])
def test_robots_txt_that_is_not_there_allows(tmp_path: Path, status: int) -> None:
    portal = PlainPortal(5)
    portal.site.faults["/robots.txt"] = [Answer(b"", status)]
    assert visit(portal, tmp_path).paths("new") == portal.reports


def test_a_web_page_instead_of_robots_txt_is_noted(tmp_path: Path) -> None:
    portal = PlainPortal(5)
    portal.site.page("/robots.txt", html("<p>Disallow: /</p>"))
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports
    assert set(got.kinds()) == {"robots_unparseable"}


def test_robots_txt_is_followed_through_redirects(tmp_path: Path) -> None:
    portal = PlainPortal(5)
    portal.site.pages["/robots.txt"] = Answer(status=301, headers=(("Location", "/r/robots.txt"),))
    portal.site.page("/r/robots.txt", "User-agent: *\nDisallow: /xxgk/nb/content/", content_type="text/plain")
    got = visit(portal, tmp_path)
    assert got.paths("new") == set()
    assert got.kinds()["robots_disallowed"] == portal.reports


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    portal = PlainPortal(2)
    portal.site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n", content_type="text/plain")
    visit(portal, tmp_path)
    assert len(portal.site.log) == 4
    assert min(gaps(portal.site.log)) >= 0.39


def test_the_portals_delay_is_kept_with_one_request_in_flight(tmp_path: Path) -> None:
    portal = PlainPortal(2, charset="utf-8")
    for path in portal.reports:
        portal.site.faults[path] = [Answer(portal.site.pages[path].body, pause=0.2)]
    with serving(portal) as server:
        registry = portal.registry(server).replace("delay = 0\n", "delay = 0.3\n")
        harvest(tmp_path / "data", registry, portal.site)
    assert min(gaps(portal.site.log)) >= 0.29
    assert {asked.overlapping for asked in portal.site.log} == {0}


def test_the_user_agent_is_honest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_CONTACT", "https://archive.example.org/about")
    portal = PlainPortal(2)
    visit(portal, tmp_path)
    agents = {asked.headers["user-agent"] for asked in portal.site.log}
    assert len(agents) == 1
    agent = agents.pop()
    assert agent.startswith("disclosure-harvester/")
    assert "+https://archive.example.org/about" in agent
    assert "Mozilla" not in agent


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_pauses_the_host(tmp_path: Path, status: int, form: str) -> None:
    portal = PlainPortal(3)
    busy = sorted(portal.reports)[0]
    wait = "1" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(seconds=6), usegmt=True)
    portal.site.faults[busy] = [Answer(b"busy", status, (("Retry-After", wait),))]
    got = visit(portal, tmp_path)
    paths = portal.site.paths()
    first = paths.index(busy)
    assert paths[first + 1] == busy, "nobody else was asked in between"
    assert gaps(portal.site.log)[first] >= 0.99
    assert got.paths("new") == portal.reports
    assert got.kinds() == {}


def test_a_long_retry_after_defers_the_portal(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    portal.site.faults[portal.start] = [Answer(b"busy", 503, (("Retry-After", "3000"),))]
    got = visit(portal, tmp_path)
    assert got.asked == ["/robots.txt", portal.start]
    assert got.stats["finished_reason"] == "deferred"
    again = visit(portal, tmp_path / "later")
    assert again.paths("new") == portal.reports


def test_five_failures_in_a_row_end_the_visit_with_growing_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.05)
    portal = PlainPortal(9)
    for path in portal.reports:
        portal.site.faults[path] = [Answer(b"", 500)] * 9
    got = visit(portal, tmp_path)
    failed = [asked for asked in portal.site.log if asked.status == 500]
    assert len(failed) == 5
    assert all(later >= earlier * 1.5 for earlier, later in pairwise(gaps(failed)))
    assert got.stats["finished_reason"] == "failures"


def test_a_page_that_fails_once_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.05)
    portal = PlainPortal(3)
    portal.site.faults[sorted(portal.reports)[1]] = [Answer(b"", 502)]
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports
    assert got.kinds() == {}


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (
            521,
            b"<script>document.cookie='a=b';location.href=location.pathname</script>",
            (("Set-Cookie", "__jsluid_h=1"),),
        ),
        (412, b"<html><script>$_ts=window['$_ts'];</script></html>", ()),
        (200, b"<html><script>var arg1='0123456789ABCDEF0123';var n='acw_sc__v2'</script></html>", ()),
    ],
)
def test_a_challenge_ends_the_visit(
    tmp_path: Path, status: int, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    portal = PlainPortal(5)
    portal.site.faults[sorted(portal.reports)[2]] = [Answer(body, status, headers)] * 9
    got = visit(portal, tmp_path)
    assert len(got.asked) == 5
    assert set(got.kinds()) == {"challenge"}
    assert len(got.paths("new")) == 2
    assert got.stats["finished_reason"] == "challenge"


def test_budgets_of_requests_and_bytes(tmp_path: Path) -> None:
    for name, limit in (("max_requests", 4), ("max_bytes", 4000)):
        portal = PlainPortal(20)
        portal.extra = f"{name} = {limit}"
        got = visit(portal, tmp_path / name)
        assert got.stats["finished_reason"] == "budget"
        assert len(got.asked) < 10
        assert "budget" in got.kinds()
