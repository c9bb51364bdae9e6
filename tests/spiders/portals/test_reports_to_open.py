"""What hangs on an article is fetched, however a person has to open it; what cannot be is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portals.reports_to_open import WAYS, OpenedPortal
from tests.portals.simulator import harvest, serving


@pytest.mark.parametrize("named", WAYS)
def test_everything_a_person_can_open(tmp_path: Path, named: str) -> None:
    portal = OpenedPortal({named: WAYS[named]})
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert not got.kinds()


@pytest.mark.parametrize(
    "body",
    [
        "<p>详见附件</p>",
        "<script>var text = '\\u4e00\\u3001\\u603b\\u4f53\\u60c5\\u51b5'; show(text)</script>",
        "<iframe src='/gone.html'></iframe>",
    ],
)
def test_an_article_that_is_not_understood_is_said(tmp_path: Path, body: str) -> None:
    portal = OpenedPortal({"unread": lambda *_: body})
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.kinds() == {"article_unread": portal.reports}


def test_a_visit_that_ends_between_an_article_and_its_files_leaves_it_due(tmp_path: Path) -> None:
    portal = OpenedPortal({"a plain file": WAYS["a plain file"]})
    with serving(portal) as server:
        few = portal.registry(server).replace("delay = 0", "delay = 0\nmax_requests = 3")
        first = harvest(tmp_path / "data", few, portal.site)
        assert first.paths("new") == set(portal.articles.values())
        second = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert second.paths("new") == portal.reports - set(portal.articles.values())


def test_files_inherit_the_day_of_their_article(tmp_path: Path) -> None:
    portal = OpenedPortal({"a plain file": WAYS["a plain file"]})
    (article,) = portal.articles.values()
    listed = portal.site.pages[portal.start].body.decode().replace("<span>2023-01-24</span>", "")
    shown = portal.site.pages[article].body.decode().replace("<h1>", "<p>发布日期：<span>2023-01-19</span></p><h1>")
    portal.site.page(portal.start, listed)
    portal.site.page(article, shown)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert [row["list_date"] for row in got.captures if row["role"] == "attachment"] == ["2023-01-19"]
