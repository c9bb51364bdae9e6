"""What accuses somebody is proven page by page: the lists, how each ended, what was kept, and what was looked for."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx
import lxml.html

from harvester.definitions.ledger_statuses import LEDGER_STATUSES


def entries(archive: Path, status: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(archive / "site" / "archive.db")
    connection.row_factory = sqlite3.Row
    sql = "select l.*, a.name from ledger l join agencies a on a.id = l.agency_id where l.status = ? order by 1, 2"
    rows = connection.execute(sql, (status,)).fetchall()
    connection.close()
    return rows


async def test_every_missing_report_has_its_lists_on_a_page(client: httpx.AsyncClient, archive: Path) -> None:
    for entry in entries(archive, "missing"):
        address = f"/ledger/{entry['agency_id']}/{entry['year']}"
        told = (await client.get(f"{address}.json")).json()
        assert told["lists"]
        assert {walk["ended"] for walk in told["lists"]} == {"complete"}
        page = lxml.html.fromstring((await client.get(address)).content)
        text = page.text_content()
        assert f"{entry['name']}的 {entry['year']} 年政府信息公开工作年度报告" in text
        assert all(walk["column_path"] in text and walk["walked_at"][:10] in text for walk in told["lists"])
        assert "末尾已证实" in text
        kept = [address for address in page.xpath("//main//a/@href") if address.startswith("/documents/")]
        assert kept
        for one in set(kept):
            assert (await client.get(one)).status_code == 200


async def test_no_page_of_proof_speaks_the_language_of_programs(client: httpx.AsyncClient, archive: Path) -> None:
    for status in LEDGER_STATUSES:
        for entry in entries(archive, status)[:1]:
            for language in ("", "/en"):
                answer = await client.get(f"{language}/ledger/{entry['agency_id']}/{entry['year']}")
                assert answer.status_code == 200
                assert "None" not in lxml.html.fromstring(answer.content).text_content()


async def test_a_broken_link_is_seen_wherever_the_body_is(client: httpx.AsyncClient, archive: Path) -> None:
    (entry,) = entries(archive, "broken")
    id_, year, code = entry["agency_id"], entry["year"], "990201"
    for address in (f"/search?q={entry['name']}", f"/agencies?q={entry['name']}", f"/agencies/{id_}",
                    f"/divisions/{code}?year={year}", f"/ledger/{id_}/{year}"):  # fmt: skip
        assert "链接已断" in (await client.get(address)).text, address
    found = (await client.get("/search.json", params={"q": entry["name"]})).json()["agencies"][0]["without_report"]
    assert {one["year"]: one["status"] for one in found}[year] == "broken"
    counted = (await client.get("/coverage.json?status=broken")).text
    assert "broken" in counted
