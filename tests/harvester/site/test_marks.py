"""What the page marks leaves with every file: one query, the same red cells, values, states and corrections."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import lxml.html


async def table(client: httpx.AsyncClient, path: str) -> list[dict[str, str]]:
    answer = await client.get(path)
    assert answer.status_code == 200, path
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_page_csv_json_and_wide_tables_mark_the_same_cells(client: httpx.AsyncClient, archive: Path) -> None:
    wide = {row["report_id"]: row for row in await table(client, "/archive/review_litigation_wide.csv")}
    with closing(sqlite3.connect(archive / "site" / "archive.db")) as db:
        ids = [id_ for (id_,) in db.execute("select id from reports where checks_failed or id in (622, 422, 321)")]
    marked = 0
    for id_ in ids:
        page = lxml.html.fromstring((await client.get(f"/reports/{id_}")).content)
        red = {link.get("id") for link in page.xpath("//td[contains(@class, 'bad')]/a")}
        printed = {link.get("id"): link.text_content() for link in page.xpath("//table//td/a[@id]")}
        rows = {
            ".".join((r["table_id"], r["row_id"], r["column_id"])): r
            for r in await table(client, f"/reports/{id_}.csv")
        }
        cells = (await client.get(f"/reports/{id_}.json")).json()["cells"]
        told = {".".join((c["table_id"], c["row_id"], c["column_id"])): c for c in cells}
        assert red == {key for key, row in rows.items() if row["is_marked"] == "1"}
        assert red == {key for key, cell in told.items() if cell["is_marked"]}
        assert printed.keys() == rows.keys() == told.keys()
        for key, row in rows.items():
            name = "__".join(key.split(".")[1:])
            if key.startswith("review"):
                beside = wide[str(id_)]
                assert beside[f"{name}__state"] == row["state"]
                assert beside[name] == row["value"]
                assert beside[f"{name}__in_failed_identity"] == row["in_failed_identity"]
                assert beside[f"{name}__implied"] == row["implied"]
        marked += len(red)
    assert marked == 2


async def test_a_zero_that_is_marked_never_leaves_as_a_plain_zero(client: httpx.AsyncClient) -> None:
    (row,) = [r for r in await table(client, "/agencies/2.csv") if r["year"] == "2023"]
    assert (row["review_total"], row["review_total__in_failed_identity"], row["review_total__implied"]) == (
        "0",
        "1",
        "11",
    )
    assert row["is_current"] == row["simulated"] == "1"
    (told,) = [r for r in (await client.get("/agencies/2.json")).json()["reports"] if r["year"] == 2023]
    assert told["figures"]["review_total"]["implied"] == "11"
    page = lxml.html.fromstring((await client.get("/agencies/2")).content)
    (cell,) = page.xpath("//table[@class='ag']//td[@class='bad'][.//a[contains(@href, 'review.total')]]")
    assert cell.text_content().replace(" ", "") == "0推算11"


async def test_words_in_place_of_a_number_are_told_from_a_blank(client: httpx.AsyncClient) -> None:
    (row,) = [r for r in await table(client, "/archive/proactive_disclosure_wide.csv") if r["report_id"] == "622"]
    assert (row["licences__decisions"], row["licences__decisions__state"]) == ("", "text")
    (row,) = [r for r in await table(client, "/archive/requests_wide.csv") if r["report_id"] == "424"]
    assert row["requests_received__total__state"] == "blank"


async def test_a_correction_stands_beside_the_value_everywhere(client: httpx.AsyncClient) -> None:
    rows = await table(client, "/archive/corrections.csv")
    report = rows[0]["report_id"]
    (cell,) = [
        r
        for r in await table(client, f"/reports/{report}.csv")
        if (r["row_id"], r["column_id"]) == ("granted", "total")
    ]
    (wide,) = [r for r in await table(client, "/archive/requests_wide.csv") if r["report_id"] == report]
    assert cell["corrected"] == wide["granted__total__corrected"] == "9"


async def test_every_table_as_a_file_says_what_is_simulated(client: httpx.AsyncClient) -> None:
    for name in ("cells", "checks", "findings", "sections"):
        rows = await table(client, f"/archive/{name}-all-editions.csv")
        assert {row["simulated"] for row in rows} == {"1"}, name
        assert {row["is_current"] for row in rows} >= {"1"}, name
    for name in ("captures", "events", "ledger", "editions", "document_pages", "list_walks", "divisions", "figures",
                 "indicator_values", "documents", "agencies", "reports", "corrections"):  # fmt: skip
        rows = await table(client, f"/archive/{name}.csv")
        assert {row["simulated"] for row in rows} == {"1"}, name


async def test_columns_can_be_left_out(client: httpx.AsyncClient) -> None:
    rows = await table(client, "/archive/cells-all-editions.csv?_nocol=path&_nocol=raw&edition_id=1")
    assert not {"path", "raw"} & rows[0].keys()
    rows = await table(client, "/archive/requests_wide.csv?_col=report_id&_col=granted__total&year=2023")
    assert list(rows[0]) == ["report_id", "granted__total"]
