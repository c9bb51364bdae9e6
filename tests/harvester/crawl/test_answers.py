"""Answers that are cut, spoilt, too large, too slow or lead astray: each costs its own page and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harvester.sample.server import Answer
from spiders.walk import politeness
from tests.harvester.crawl.test_politeness import visit
from tests.portals.generic import PlainPortal
from tests.portals.simulator import Simulator, harvest, serving


def test_a_cut_body_is_not_kept_and_completed_by_a_later_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.05)
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.faults[path] = [Answer(portal.site.pages[path].body, cut=100)] * 2
    with serving(portal) as server:
        first = harvest(tmp_path / "data", portal.registry(server), portal.site)
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert first.paths("new") == portal.reports - {path}
    assert first.kinds() == {"truncated": {path}}
    assert second.paths("new") == {path}


def test_a_few_cut_bodies_in_a_row_do_not_end_the_visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.01)
    portal = PlainPortal(6)
    cut = set(sorted(portal.reports)[1:4])
    for path in cut:
        portal.site.faults[path] = [Answer(portal.site.pages[path].body, cut=100)] * 9
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports - cut
    assert got.kinds() == {"truncated": cut}


def test_a_wrong_content_encoding_is_survived(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.faults[path] = [Answer(portal.site.pages[path].body, headers=(("Content-Encoding", "gzip"),))]
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports
    assert set(got.kinds()) == {"wrong_encoding"}


def test_a_part_that_nobody_asked_for_is_not_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.01)
    portal = PlainPortal(3)
    cut, whole, _ = sorted(portal.reports)
    for path, said in ((cut, "bytes 0-99/9999"), (whole, "bytes 0-9998/9999")):
        body = portal.site.pages[path].body
        portal.site.faults[path] = [Answer(body, status=206, headers=(("Content-Range", said),))] * 9
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports - {cut}
    assert got.kinds() == {"truncated": {cut}}


def test_not_modified_is_no_answer_to_a_first_request(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.faults[path] = [Answer(status=304)] * 9
    got = visit(portal, tmp_path)
    assert got.asked.count(path) == 1
    assert got.paths("new") == portal.reports - {path}
    assert got.kinds() == {"http_error": {path}}


def test_headers_in_gbk_and_without_end(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    named, long = sorted(portal.reports)[:2]
    name = "attachment; filename=年报.pdf".encode("gbk").decode("latin-1")
    portal.site.pages[named] = replace(portal.site.pages[named], headers=(("Content-Disposition", name),))
    portal.site.pages[long] = replace(portal.site.pages[long], headers=(("X-Filler", "x" * 20_000),))
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports
    assert got.kinds() == {}


def test_a_redirect_that_names_no_web_address_costs_only_that_page(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    path, gbk = sorted(portal.reports)[:2]
    portal.site.faults[path] = [Answer(status=302, headers=(("Location", "http://[::1/"),))]
    moved = "/年报.html".encode("gbk").decode("latin-1")
    portal.site.pages["/%C4%EA%B1%A8.html"] = portal.site.pages[gbk]
    portal.site.faults[gbk] = [Answer(status=302, headers=(("Location", moved),))]
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports - {path}
    assert got.kinds() == {"http_error": {path}}


def test_redirect_loops_and_ways_off_the_portal(tmp_path: Path) -> None:
    portal, other = PlainPortal(4), Simulator("generic")
    loop, away, inside, cookie = sorted(portal.reports)
    with serving(other) as elsewhere, serving(portal) as server:
        body = portal.site.pages[cookie]
        portal.site.pages[loop] = Answer(status=302, headers=(("Location", f"{loop}?again"),))
        portal.site.pages[f"{loop}?again"] = Answer(status=302, headers=(("Location", loop),))
        portal.site.pages[away] = Answer(status=301, headers=(("Location", f"{elsewhere.url}/x.html"),))
        portal.site.pages[inside] = Answer(status=301, headers=(("Location", "http://169.254.169.254/latest/"),))
        gate = Answer(status=302, headers=(("Location", cookie), ("Set-Cookie", "CT6T=1; path=/")))
        portal.site.dynamic[cookie] = lambda asked: body if "CT6T" in asked.headers.get("cookie", "") else gate
        del portal.site.pages[cookie]
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == {cookie}
    assert other.site.log == []
    assert got.kinds()["redirect_loop"] == {loop}
    assert got.kinds()["off_host"] == {away, inside}
    assert got.kinds()["unsafe_address"] == {inside}
    assert got.asked.count(loop) <= 2


def test_too_large_is_not_fetched_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvester.settings.DOWNLOAD_MAXSIZE", 50_000)
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.pages[path] = Answer(b"x" * 200_000)
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports - {path}
    assert got.kinds() == {"too_large": {path}}


def test_slow_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvester.settings.DOWNLOAD_TIMEOUT", 1)
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.05)
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.faults[path] = [Answer(pause=2.0)]
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports - {path}
    assert got.kinds() == {"timeout": {path}}


def test_a_broken_connection_is_not_tried_again_at_once(tmp_path: Path) -> None:
    portal = PlainPortal(2)
    portal.site.faults[portal.start] = [Answer(drop=True)] * 9
    got = visit(portal, tmp_path)
    assert got.asked.count(portal.start) == 2


def test_a_host_that_is_not_there_is_told_in_plain_words(tmp_path: Path) -> None:
    portal = PlainPortal(2)
    with serving(portal) as server:
        registry, host = portal.registry(server), server.host
    got = harvest(tmp_path / "data", registry, portal.site)
    (event,) = got.events
    assert (event["kind"], event["detail"]) == (
        "robots_unavailable",
        f"http_error: no connection to {host}: Connection refused",
    )
