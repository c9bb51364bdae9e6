"""Files that the site gives: complete, counted, with BOM, harmless in a spreadsheet; feeds and sitemap well-formed."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

import httpx
import lxml.html
import pytest
from lxml import etree

from harvester.site.pages.texts import queries
from tests.site_browser import running

CSVS = [
    "/archive/reports.csv", "/archive/cells-all-editions.csv", "/archive/requests_wide.csv",
    "/archive/reports.csv?year=2023",
    "/archive/findings_public.csv", "/archive.csv?sql=select+*+from+agencies", "/agencies.csv", "/agencies/1.csv",
    "/coverage.csv", "/compare.csv?a=1,2", "/findings.csv", "/indicators/disclosure_rate.csv", "/reports/223.csv",
]  # fmt: skip


@pytest.mark.parametrize("path", CSVS)
async def test_csv_is_complete_and_counted(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) - 1 == int(answer.headers["x-row-count"]) > 0
    assert {len(row) for row in rows} == {len(rows[0])}


async def test_rows_of_the_file_are_rows_of_the_table_and_the_number_on_the_page(
    client: httpx.AsyncClient, archive: Path
) -> None:
    connection = sqlite3.connect(archive / "site" / "archive.db")
    (cells,) = connection.execute("select count(*) from cells").fetchone()
    connection.close()
    answer = await client.get("/archive/cells.csv")  # the data package calls another population so
    assert answer.headers["location"] == "/archive/cells-all-editions.csv"
    answer = await client.get(answer.headers["location"])
    assert int(answer.headers["x-row-count"]) == cells
    assert 'filename="cells-all-editions.csv"' in answer.headers["content-disposition"]
    assert f"{cells:,}" in (await client.get("/downloads")).text
    assert int((await client.get("/archive/reports.csv")).headers["x-row-count"]) == 32
    assert "<b>32</b>" in (await client.get("/")).text


async def test_query_that_is_too_slow_or_too_long_gives_no_rows(client: httpx.AsyncClient) -> None:
    slow = await client.get("/archive.csv?sql=select+count(*)+from+cells+a,+cells+b,+cells+c")
    assert slow.status_code == 400
    long = await client.get("/archive.csv?sql=select+a.value+from+cells+a,+agencies+b,+agencies+c")
    assert long.status_code == 400
    assert (await client.get("/archive/nothing.csv")).status_code == 404
    assert (await client.get("/archive/reports.csv?nothing__exact=1")).status_code == 400


@pytest.mark.parametrize(
    "path", ["/feed.atom", "/en/feed.atom", "/divisions/990101/feed.atom", "/agencies/2/feed.atom", "/findings.atom"]
)
async def test_feeds_are_atom(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", names)
    assert entries
    ids = [entry.findtext("a:id", namespaces=names) for entry in entries]
    assert len(ids) == len(set(ids))
    assert all("SIMULATED" in (entry.findtext("a:title", namespaces=names) or "") for entry in entries)


async def test_feed_tells_what_changed(client: httpx.AsyncClient) -> None:
    assert "予以公开" in (await client.get("/agencies/2/feed.atom")).text


async def test_sitemap_and_robots(client: httpx.AsyncClient) -> None:
    index = etree.fromstring((await client.get("/sitemap.xml")).content)
    addresses = [element.text or "" for element in index.iter("{*}loc")]
    pages: list[str] = []
    for address in addresses:
        part = etree.fromstring((await client.get(address)).content)
        pages += [element.text or "" for element in part.iter("{*}loc")]
    assert sum("/reports/" in page for page in pages) == 32
    for page in pages:
        assert (await client.get(page)).status_code == 200, page
    assert "Disallow: /archive" in (await client.get("/robots.txt")).text


async def test_every_example_of_the_api_page_works(client: httpx.AsyncClient) -> None:
    page = lxml.html.fromstring((await client.get("/api")).content)
    addresses = [a for a in page.xpath("//main//a/@href") if a.startswith("/")]
    assert len(addresses) > 14
    for address in addresses:
        answer = await client.get(address)
        assert answer.status_code == 200, address
        if ".json" in address:
            assert answer.json(), address
    for sql in (query for _, _, query in queries()):
        assert (await client.get("/archive.json", params={"sql": sql, "_shape": "array"})).json(), sql


def test_python_examples_of_the_api_page_run_as_they_stand(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for origin in running(archive):
        page = lxml.html.fromstring(httpx.get(f"{origin}/api").content)
        examples = page.xpath("//pre[@data-example='python']")
        assert len(examples) == 2
        for example in examples:
            exec(example.text_content(), {})
    place, rows = capsys.readouterr().out.splitlines()
    assert "number 1" in place
    assert rows == "3"
