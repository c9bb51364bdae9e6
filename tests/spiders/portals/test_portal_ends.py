"""The end of a list is proven or not claimed: whatever shows that there is more, and was not followed, is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.sample.server import Answer
from tests.portals.generic import PlainPortal
from tests.portals.simulator import harvest, html, serving
from tests.portals.unfollowed_pagers import SIGNS, UnfollowedPortal

EMPTY = "<a href='/xxgk/zn.html'>公开指南</a><h1>政府信息公开年报</h1><ul></ul><p>暂无信息</p>"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_list_that_cannot_be_followed_is_short_and_says_why(
    tmp_path: Path, sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_CHROMIUM", str(tmp_path / "none"))
    portal = UnfollowedPortal(sign)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "short"
    assert got.kinds()["list_short"] == {"/xxgk/nb/"}


def test_a_page_that_is_busy_once_is_asked_again_later(tmp_path: Path) -> None:
    portal = PlainPortal()
    portal.site.faults["/xxgk/nb/index_2.html"] = [Answer("<html><body>系统繁忙，请稍后再试</body></html>".encode())]
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "complete"
    assert "list_short" not in got.kinds()


def test_an_empty_answer_is_not_believed_at_once(tmp_path: Path) -> None:
    portal = PlainPortal(8)
    portal.site.faults["/xxgk/nb/"] = [Answer(html(EMPTY).encode())]
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert not got.kinds()


def test_a_column_that_is_down_for_a_moment_is_opened_at_the_end(tmp_path: Path) -> None:
    portal = PlainPortal(8)
    portal.site.faults["/xxgk/nb/"] = [Answer(html("系统维护中").encode())]
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "complete"


def test_a_column_that_stays_empty_is_said(tmp_path: Path) -> None:
    portal = PlainPortal(8)
    portal.site.page("/xxgk/nb/", html(EMPTY.replace("暂无信息", "")))
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.stats["completeness"] == "short"
    assert got.kinds()["list_short"] == {"/xxgk/nb/"}
