"""Charts to take away: the file, the rows in it, and the one page that others may frame."""

from __future__ import annotations

import csv
import io

import httpx
import lxml.html
import pytest
from lxml import etree

CHART = "/indicators/disclosure_rate"


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["", "/en"])
async def test_a_chart_is_a_file_that_says_whose_it_is(client: httpx.AsyncClient, language: str) -> None:
    answer = await client.get(f"{language}{CHART}/chart.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawn = etree.fromstring(answer.content)
    text = " ".join(drawn.itertext())
    assert "SIMULATED" in text
    assert ("来源：" in text, "Source:" in text) == (not language, bool(language))
    assert "var(" not in text
    assert f"/indicators/{CHART.rpartition('/')[2]}" in text


async def test_the_rows_of_a_chart_are_what_is_drawn(client: httpx.AsyncClient) -> None:
    rows = rows_of(await client.get(f"{CHART}/chart.csv"))
    drawn = etree.fromstring((await client.get(f"{CHART}/chart.svg")).content)
    dots = drawn.findall(".//{*}circle/{*}title")
    told = [row for row in rows if row["median"]]
    assert [f"{row['year']}: " for row in told] == [(dot.text or "")[:6] for dot in dots]
    values = [float((dot.text or "").split(": ")[1].partition("%")[0]) for dot in dots]
    assert values == pytest.approx([100 * float(row["median"]) for row in told], abs=0.06)
    assert {row["simulated"] for row in rows} == {"1"}
    assert all(row["n"] for row in rows)


async def test_only_the_page_of_a_chart_alone_may_be_framed(client: httpx.AsyncClient) -> None:
    for address, framed in ((f"{CHART}/embed", True), (f"/en{CHART}/embed", True), (CHART, False), ("/", False)):
        policy = (await client.get(address)).headers["content-security-policy"]
        assert ("frame-ancestors *" in policy) == framed, address
    page = lxml.html.fromstring((await client.get(f"{CHART}/embed")).content)
    assert "来源：" in page.text_content()
    assert "SIMULATED" in page.text_content()
    assert not page.xpath("//script | //form")


async def test_nothing_is_drawn_of_nothing(client: httpx.AsyncClient) -> None:
    for file in ("chart.svg", "chart.csv", "embed"):
        assert (await client.get(f"/indicators/nothing/{file}")).status_code == 404


async def test_places_side_by_side_as_a_file(client: httpx.AsyncClient) -> None:
    rows = rows_of(await client.get("/compare-places.csv?i=disclosure_rate&level=county&years=2021-2022"))
    assert {row["year"] for row in rows} == {"2021", "2022"}
    assert {row["level"] for row in rows} == {"county"}
    page = (await client.get("/compare?i=disclosure_rate&level=county&years=2021-2022")).text
    assert all(f"n={row['n']}" in page for row in rows)


async def test_findings_of_one_county(client: httpx.AsyncClient) -> None:
    page = lxml.html.fromstring((await client.get("/findings?province=模拟省")).content)
    (link,) = page.xpath("//aside//a[contains(@href, 'county=990101')]")
    assert link.text_content().strip() == "青石县"
    count = int(link.getparent().find("small").text)
    rows = rows_of(await client.get("/findings.csv?county=990101"))
    assert {row["division_code"] for row in rows} == {"990101"}
    assert len(rows) == count
