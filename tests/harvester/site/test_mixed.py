"""An archive of real and simulated rows: no count, file, title or citation puts them together."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import lxml.html
import pytest
import pytest_asyncio

from tests.site_archive import build
from tests.site_client import client_at

REAL = 12
"""Reports of the two real bodies."""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    build(folder, real=(1, 2))
    return folder


@pytest_asyncio.fixture
async def client(mixed: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_at(mixed) as made:
        yield made


async def rows(client: httpx.AsyncClient, path: str) -> tuple[str, list[dict[str, str]]]:
    answer = await client.get(path)
    assert answer.status_code == 200, path
    name = answer.headers["content-disposition"].partition("filename=")[2].strip('"')
    return name, list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("path", ["/findings.csv", "/agencies.csv", "/coverage.csv", "/indicators/disclosure_rate.csv"])
async def test_a_file_of_a_page_holds_one_half_and_is_named_for_it(client: httpx.AsyncClient, path: str) -> None:
    names = set()
    for query, which, half in (("", "0", "-real"), ("?simulated=1", "1", "-simulated")):
        name, found = await rows(client, path + query)
        assert {row["simulated"] for row in found} == {which}, path
        assert half in name
        names.add(name)
    assert len(names) == 2


async def test_home_and_method_count_real_rows_and_say_what_is_beside(client: httpx.AsyncClient, mixed: Path) -> None:
    with closing(sqlite3.connect(mixed / "site" / "archive.db")) as db:
        (cells,) = db.execute(
            "select count(*) from cells c join reports r on r.current_edition_id = c.edition_id where not r.simulated"
        ).fetchone()
        (beside,) = db.execute("select count(*) from reports where simulated").fetchone()
    home = (await client.get("/")).text
    assert f"<b>{REAL}</b>" in home
    assert f"<b>{cells:,}</b>" in home
    assert f"模拟报告 {beside} 份" in home
    method = lxml.html.fromstring((await client.get("/method")).content).text_content()
    apart = lxml.html.fromstring((await client.get("/method?simulated=1")).content).text_content()
    assert f"{REAL + 1} 份文件读作年报" in method  # one report has two editions
    assert f"{beside} 份文件读作年报" in apart


@pytest.mark.parametrize("query", ["复议", "青石县"])
async def test_search_counts_one_half(client: httpx.AsyncClient, query: str) -> None:
    real = (await client.get("/search.json", params={"q": query})).json()
    made = (await client.get("/search.json", params={"q": query, "simulated": 1})).json()
    assert {hit["simulated"] for hit in real["hits"]} == {0}
    assert {hit["simulated"] for hit in made["hits"]} == {1}
    assert real["total"] == sum(facet["n"] for facet in real["facets"]["year"])


async def test_title_and_citation_of_a_simulated_report_say_so(client: httpx.AsyncClient) -> None:
    for id_, simulated in ((322, True), (122, False)):
        for prefix, mark in (("", "模拟"), ("/en", "SIMULATED")):
            page = lxml.html.fromstring((await client.get(f"{prefix}/reports/{id_}")).content)
            assert (mark in page.xpath("//title")[0].text_content()) is simulated
            for cited in page.xpath("//*[@data-cite]/code"):
                assert ("SIMULATED" in cited.text_content()) is simulated


async def test_every_page_of_the_simulated_half_bears_the_band(client: httpx.AsyncClient) -> None:
    for path in ("/", "/coverage", "/agencies", "/findings", "/method", "/indicators", "/compare", "/search?q=复议"):
        for query, band in (("", 0), ("simulated=1", 1)):
            page = lxml.html.fromstring((await client.get(f"{path}{'&' if '?' in path else '?'}{query}")).content)
            assert len(page.xpath("//div[@class='sim']")) == band, (path, query)
