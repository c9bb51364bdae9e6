"""http and https of one host are one place."""

from __future__ import annotations

from pathlib import Path

from harvester.sample.server import Answer
from spiders.walk.schemes import Schemes
from tests.portals.generic import PlainPortal
from tests.portals.simulator import harvest, serving


def test_the_scheme_that_answers_is_used() -> None:
    schemes = Schemes()
    assert schemes.usable("https://a.gov.cn/x") == "https://a.gov.cn/x"
    assert schemes.lose("https://a.gov.cn/x") == "http://a.gov.cn/x"
    schemes.answered("http://a.gov.cn/x")
    assert schemes.usable("https://a.gov.cn/y") == "http://a.gov.cn/y"
    assert schemes.is_other("https://a.gov.cn/y")
    assert schemes.lose("http://a.gov.cn/x") is None


def test_links_of_the_wrong_scheme_cost_one_attempt(tmp_path: Path) -> None:
    portal = PlainPortal(8)
    with serving(portal) as server:
        page = portal.site.pages[portal.start]
        wrong = page.body.replace(b'href="/xxgk', f'href="https://{server.host}/xxgk'.encode())
        portal.site.pages[portal.start] = Answer(wrong)
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports


def test_a_home_that_is_registered_with_the_wrong_scheme(tmp_path: Path) -> None:
    portal = PlainPortal(8)
    with serving(portal) as server:
        registry = portal.registry(server).replace(f'url = "{server.url}', f'url = "https://{server.host}')
        got = harvest(tmp_path / "data", registry, portal.site)
    assert got.paths("new") == portal.reports
    assert "robots_unavailable" not in got.kinds()
