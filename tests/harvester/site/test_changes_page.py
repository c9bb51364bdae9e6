"""Changes between two releases are a page of the rows of changes.csv; feeds are paged and tell of corrections."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import lxml.html
import pytest
from lxml import etree

from harvester.site.pages import feeds

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HEAD = (
    "change,cause,report_id,agency_name_as_printed,division_code,report_year,report_scope,table,row_id,column_id,"
    "raw_text_before,raw_text_after,value_state_before,value_state_after,value_before,value_after,"
    "corrected_value_before,corrected_value_after,simulated\r\n"
)


@pytest.fixture
def release(archive: Path, package: Path) -> Iterator[str]:
    """A release that says what changed since one before it."""
    folder = package.with_name("2025-04-02")
    shutil.copytree(package, folder)
    described = (folder / "datapackage.json").read_text(encoding="utf-8")
    entry = '{"path": "changes.csv", "name": "changes", "bytes": 1, "rows": 3, "hash": "sha256:0"}, {'
    (folder / "datapackage.json").write_text(
        described.replace('"resources": [\n    {', f'"resources": [{entry}', 1), encoding="utf-8"
    )
    (folder / "changes.csv").write_text(
        HEAD
        + "report_added,found,223,青石县人民政府,990101,2023,government_aggregate,,,,,,,,,,,,1\r\n"
        + "cell_changed,publisher,224,青石县人民政府,990101,2024,government_aggregate,requests,granted,total,1,9,"
        + "number,number,1,9,,,1\r\n"
        + "cell_changed,correction,120,青石市人民政府,990100,2020,government_aggregate,requests,granted,total,1,,"
        + "number,unreadable,1,,,9,1\r\n",
        encoding="utf-8-sig",
    )
    yield folder.name
    shutil.rmtree(folder)


async def test_changes_are_a_page_that_says_whose_they_are(client: httpx.AsyncClient, release: str) -> None:
    page = lxml.html.fromstring((await client.get("/changes")).content)
    totals, rows = page.xpath("//main//tbody")
    assert [one.text_content() for one in totals.xpath(".//tr/td[3]")] == ["新找到", "发布机关", "我们"]
    assert len(rows.xpath("./tr")) == 3
    assert "不能" in rows.text_content() or "无法读出" in rows.text_content()
    for link in page.xpath("//main//a/@href"):
        assert (await client.get(link)).status_code == 200, link
    part = lxml.html.fromstring((await client.get(f"/en/changes/{release}?cause=publisher")).content)
    assert len(part.xpath("(//main//tbody)[2]/tr")) == 1
    assert (await client.get("/changes/1999-01-01")).status_code == 404


async def test_without_two_releases_the_page_says_so(client: httpx.AsyncClient) -> None:
    answer = await client.get("/changes")
    assert answer.status_code == 200
    assert "第二个版本" in answer.text


async def test_a_feed_is_paged_and_holds_everything_once(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "ENTRIES", 10)
    address, ids, pages = "/feed.atom", list[str](), 0
    while address:
        feed = etree.fromstring((await client.get(address)).content)
        ids += [entry.findtext("a:id", namespaces=ATOM) or "" for entry in feed.findall("a:entry", ATOM)]
        rels = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
        assert ("previous" in rels) == (pages > 0)
        pages += 1
        address = httpx.URL(rels["next"]).raw_path.decode() if rels.get("next") else ""
    assert pages == 4
    assert len(ids) == len(set(ids)) == 33
    assert sum("correction/" in one for one in ids) == 1
    assert (await client.get("/feed.atom?page=999")).status_code == 404


async def test_a_feed_is_named_for_whom_it_is_of(client: httpx.AsyncClient) -> None:
    for address, name in (("/agencies/2/feed.atom", "青石县人民政府"), ("/divisions/990101/feed.atom", "青石县")):
        assert (etree.fromstring((await client.get(address)).content).findtext("a:title", "", ATOM)).endswith(name)
    assert (await client.get("/agencies/999/feed.atom")).status_code == 404
    feed = etree.fromstring((await client.get("/feed.atom")).content)
    (told,) = [one for one in feed.findall("a:entry", ATOM) if "correction/" in one.findtext("a:id", "", ATOM)]
    assert "人工更正" in told.findtext("a:title", "", ATOM)
    assert "来电核实" in told.findtext("a:content", "", ATOM)


def test_the_page_reads_the_columns_that_the_package_writes(package: Path) -> None:
    from harvester.export.changes import FIELDS

    assert next(csv.reader([HEAD])) == [field.name for field in FIELDS]
