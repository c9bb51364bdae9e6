"""The TRS family against its simulator."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from harvester.sample.server import Answer, Asked
from tests.portals.simulator import harvest, html, serving
from tests.portals.trs import TrsPortal, with_traps


def test_every_report_is_found_past_a_count_that_lies(tmp_path: Path) -> None:
    portal = TrsPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert not portal.decoys & set(got.asked)
    assert got.stats["lookalikes"] == 2
    assert got.asked.count(portal.start) == 1
    assert f"{portal.start}index.html" not in got.asked


def test_traps_become_events_and_nothing_else(tmp_path: Path) -> None:
    portal = with_traps()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert set(got.kinds()) == {"http_error", "soft_404", "moved_home"}
    assert got.stats["completeness"] == "complete"


def test_auto_recognises_the_family(tmp_path: Path) -> None:
    portal = TrsPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    assert got.stats["family"] == "trs"
    assert got.paths("new") == portal.reports


def test_a_list_that_a_script_fills(tmp_path: Path) -> None:
    portal = TrsPortal()
    rows = [
        {
            "chnldocurl": f"{portal.start}{portal.article(number, year)}",
            "doctitle": f"{agency}{year}年政府信息公开工作年度报告",
            "docreltime": f"{year + 1}-01-20 10:00:00",
        }
        for number, (agency, year) in enumerate(portal.items)
    ]

    def search(asked: Asked) -> Answer:
        query = parse_qs(urlsplit(asked.path).query)
        assert query["channelid"] == ["200210"]
        page, size = int(query["page"][0]), int(query["prepage"][0])
        shown = rows[(page - 1) * size : page * size]
        return Answer(json.dumps({"count": len(rows), "docs": shown}).encode(), content_type="application/json")

    portal.site.dynamic["/fjdzapp/search"] = search
    script = (
        'listModel({quickMode:"动静结合", listArgs:{channelid:200210, classsql:"chnlid=1813", sortfield:"-docreltime"},'
        " pagebar:{prepage:10, recordCount:'24'}})"
    )
    portal.site.page(portal.start, html(f"<div id='list'></div><script>{script};createPageHTML(1,0)</script>"))
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.kinds() == {}


PAGERS = {
    "count from one": ("createPageHTML('page_div',3,{one},'fg','shtml',26)", "fg_{one}.shtml"),
    "countPage alone": ('var countPage = 3; var dataCount="26"; var currentPage={zero};', "index_{zero}.html"),
    "createPage": ('createPage(3, {zero}, "index","htm")', "index_{zero}.htm"),
    "in a comment": ("//<!--createPageHTML(3,{zero})-->\nvar countPage = 1;", "index_{zero}.html"),
}


@pytest.mark.parametrize("pager", PAGERS)
def test_the_ways_a_script_names_its_pages(tmp_path: Path, pager: str) -> None:
    portal = TrsPortal()
    script, name = PAGERS[pager]
    for zero in range(3):
        old = portal.start if zero == 0 else f"{portal.start}index_{zero}.html"
        body = portal.site.pages.pop(old).body.decode()
        call = script.format(zero=zero, one=zero + 1)
        text = body.replace(f'createPageHTML(2, {zero}, "index", "html");', call)
        assert call in text
        path = portal.start if zero == 0 else portal.start + name.format(zero=zero, one=zero + 1)
        portal.site.page(path, text)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "complete"
