"""The report page: what is printed, what fails, where it stands in the original; and the originals themselves."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import lxml.html
import pytest
from PIL import Image

from harvester.site.parts.narrative import agreements
from parsers.prose.claims import Context
from parsers.report import ReportCell, State

FAILED = "review_litigation.review.total"


def page_of(answer: httpx.Response) -> lxml.html.HtmlElement:
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content)


def rows(archive: Path, sql: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(archive / "site" / "archive.db")
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


async def test_every_cell_of_the_edition_is_on_the_page_as_printed(client: httpx.AsyncClient, archive: Path) -> None:
    page = page_of(await client.get("/reports/223"))
    cells = rows(
        archive, "select c.* from cells c join reports r on r.current_edition_id = c.edition_id where r.id = 223"
    )
    assert len(cells) == 200
    for cell in cells:
        (link,) = page.xpath(f"//a[@id='{cell['table_id']}.{cell['row_id']}.{cell['column_id']}']")
        assert link.text_content() == cell["raw"]
        left, top, right, bottom = (float(part) for part in link.get("data-b").split(","))
        assert 0 <= left < right <= 596
        assert 0 <= top < bottom <= 842


async def test_failed_identity_is_shown_in_place(client: httpx.AsyncClient) -> None:
    page = page_of(await client.get("/reports/223"))
    cell = page.xpath(f"//a[@id='{FAILED}']/..")[0]
    assert "bad" in cell.get("class")
    assert cell.xpath("a")[0].text_content() == "0"
    assert cell.xpath("ins")[0].text_content() == "推算 11"
    failed = page.xpath("//ul[@class='chk']/li[@class='f']")[0].text_content()
    assert "10 + 1 + 0 + 0 = 11" in failed
    assert "原件之误" in failed


async def test_permalink_outlines_the_cell_without_script(client: httpx.AsyncClient, archive: Path) -> None:
    (cell,) = rows(
        archive,
        "select c.* from cells c join reports r on r.current_edition_id = c.edition_id where r.id = 223"
        " and row_id = 'granted' and column_id = 'total'",
    )
    page = page_of(await client.get("/reports/223?cell=requests.granted.total"))
    style = dict(part.split(":") for part in page.xpath("//span[@class='hl']/@style")[0].split(";"))
    assert float(style["left"].rstrip("%")) == pytest.approx(100 * cell["x0"] / 595.28, abs=0.02)
    assert float(style["top"].rstrip("%")) == pytest.approx(100 * cell["top"] / 841.89, abs=0.02)
    assert f"/pages/{cell['page']}.png" in page.xpath("//aside//img/@src")[0]


async def test_pinned_edition_that_is_no_longer_current(client: httpx.AsyncClient, archive: Path) -> None:
    old, new = rows(archive, "select * from editions where report_id = 224 order by id")
    page = page_of(await client.get(f"/reports/224?v={old['sha256'][:12]}"))
    assert page.xpath("//a[@id='requests.granted.total']")[0].text_content() == "1"
    assert page.xpath("//p[@class='band']")
    changed = page_of(await client.get(f"/reports/224/diff/{old['sha256'][:12]}..{new['sha256'][:12]}"))
    assert changed.xpath("//table[1]//del")[0].text_content() == "1"


async def test_blank_is_not_zero_and_incomplete_is_said(client: httpx.AsyncClient) -> None:
    page = page_of(await client.get("/reports/422"))
    assert page.xpath("//a[@id='requests.requests_received.total']")[0].text_content() == "␣"
    assert page.xpath("//div[@class='verdict']/div")[0].text_content() == "验算不全"


async def test_narrative_conflict_is_marked_in_the_text(client: httpx.AsyncClient) -> None:
    page = page_of(await client.get("/reports/322"))
    assert "申请" in page.xpath("//mark[@class='bad']")[0].text_content()


async def test_numbers_of_the_text_that_the_tables_bear_out_are_marked(client: httpx.AsyncClient) -> None:
    page = page_of(await client.get("/reports/222"))
    (clause,) = page.xpath("//a[@class='agrees'][@data-cell='requests.requests_received.total']")
    printed = page.xpath("//a[@id='requests.requests_received.total']")[0].text_content()
    assert printed in clause.text_content()
    wrong = page_of(await client.get("/reports/322"))
    assert not wrong.xpath("//a[@class='agrees'][@data-cell='requests.requests_received.total']")


def test_a_claim_is_borne_out_by_the_sum_that_gives_its_number() -> None:
    cells = {
        f"requests/{row}/total": ReportCell("requests", row, "total", "", str(n), State.NUMBER, n, "件")
        for row, n in (("requests_received", 9), ("requests_carried_in", 2))
    }
    blank = replace(cells["requests/requests_carried_in/total"], raw="", state=State.BLANK, value=None)
    text = "2023年，共收到政府信息公开申请11件。"
    (found,) = agreements(text, 1, cells, Context(2023, "模拟局"))
    assert found.cells == ("requests/requests_received/total", "requests/requests_carried_in/total")
    assert text[found.start : found.end] == found.quote
    with_blank = cells | {"requests/requests_carried_in/total": blank}
    assert not list(agreements(text, 1, with_blank, Context(2023, "模拟局")))
    assert not list(agreements(text.replace("11", "12"), 1, cells, Context(2023, "模拟局")))


async def test_removed_and_corrected(client: httpx.AsyncClient) -> None:
    assert "原网站已撤下" in (await client.get("/reports/321")).text
    page = page_of(await client.get("/corrections"))
    assert "来电核实" in page.text_content()
    corrected = page_of(await client.get(page.xpath("//td/a/@href")[0]))
    assert corrected.xpath("//ins[@class='fix']")[0].text_content() == "更正 9"


async def test_page_image_is_drawn_small_and_kept(client: httpx.AsyncClient, archive: Path) -> None:
    (edition,) = rows(archive, "select sha256 from editions where report_id = 223")
    address = f"/documents/{edition['sha256']}/pages/1.png"
    answer = await client.get(address)
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.content) < 120 * 1024
    image = Image.open(io.BytesIO(answer.content))
    assert image.size == pytest.approx((595 * 1.6, 842 * 1.6), abs=3)
    assert (await client.get(address)).content == answer.content
    crop = Image.open(io.BytesIO((await client.get(address + "?clip=60,100,260,200&s=2")).content))
    assert crop.size == pytest.approx((400, 200), abs=2)


async def test_page_that_does_not_exist_is_a_grey_sheet(client: httpx.AsyncClient, archive: Path) -> None:
    (edition,) = rows(archive, "select sha256 from editions where report_id = 223")
    answer = await client.get(f"/documents/{edition['sha256']}/pages/99.png")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "此页无法绘出" in answer.text


@pytest.mark.parametrize("report", [322, 422, 523])
async def test_archived_view_outlines_the_cell(client: httpx.AsyncClient, report: int) -> None:
    page = page_of(await client.get(f"/reports/{report}?cell=requests.granted.natural_person"))
    frame = page.xpath("//iframe")[0]
    assert frame.get("sandbox") == ""
    shown = page_of(await client.get(frame.get("src")))
    wanted = page.xpath("//a[@id='requests.granted.natural_person']")[0].text_content()
    assert wanted in shown.get_element_by_id("cell").text_content()


async def test_archived_html_is_harmless(client: httpx.AsyncClient, archive: Path) -> None:
    (edition,) = rows(archive, "select sha256 from editions where report_id = 322")
    answer = await client.get(f"/documents/{edition['sha256']}/html")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for bad in ("<script", "onerror", "<img", "127.0.0.1:9", "hacked"):
        assert bad not in answer.text


async def test_original_is_the_archived_bytes_as_attachment(client: httpx.AsyncClient, archive: Path) -> None:
    for report in (223, 322):
        (edition,) = rows(archive, f"select sha256 from editions where report_id = {report}")
        answer = await client.get(f"/documents/{edition['sha256']}/original")
        assert hashlib.sha256(answer.content).hexdigest() == edition["sha256"]
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "html" not in answer.headers["content-type"]
    assert (await client.get(f"/documents/{'0' * 64}/original")).status_code == 404


async def test_report_as_json_and_csv(client: httpx.AsyncClient) -> None:
    data = (await client.get("/reports/223.json")).json()
    assert len(data["cells"]) == 200
    assert data["checks"][0]["cells"]
    answer = await client.get("/reports/223.csv")
    assert answer.headers["x-row-count"] == "200"
    assert answer.text.startswith("\ufeffreport_id,sha256,table_id")
    assert len(answer.text.strip().splitlines()) == 201


async def test_takedown_answers_410_and_is_logged(client: httpx.AsyncClient, archive: Path) -> None:
    log = archive / "takedowns.csv"
    log.write_text("kind,id,at,reason\nreport,223,2025-04-01,个人信息\n", encoding="utf-8")
    try:
        answer = await client.get("/reports/223")
        assert answer.status_code == 410
        assert "个人信息" in answer.text
        assert "个人信息" in (await client.get("/about")).text
    finally:
        log.unlink()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("archive@example.org\n", 'href="mailto:archive@example.org"'),
        ("https://example.org/x?a=1&b=2", 'href="https://example.org/x?a=1&amp;b=2"'),
        ("javascript:alert(1)//@", "javascript:alert(1)//@</p>"),
    ],
)
async def test_operators_name_whom_to_write_to(client: httpx.AsyncClient, archive: Path, line: str, shown: str) -> None:
    file = archive / "contact.txt"
    file.write_text(line, encoding="utf-8")
    try:
        assert shown in (await client.get("/about")).text
    finally:
        file.unlink()
    assert "写信给" not in (await client.get("/about")).text


@pytest.mark.parametrize("kind", ["", ".json", ".csv"])
async def test_a_pin_that_nobody_knows_is_not_answered_with_another_edition(
    client: httpx.AsyncClient, kind: str
) -> None:
    known = (await client.get("/reports/224.json")).json()["edition"]["sha256"]
    answer = await client.get(f"/reports/224{kind}?v=000000000000")
    assert answer.status_code == 404
    assert known[:12] in answer.text
    assert (await client.get(f"/reports/224{kind}?v={known[:12]}")).status_code == 200


async def test_a_cell_that_no_form_has_is_not_answered_with_another_cell(client: httpx.AsyncClient) -> None:
    assert (await client.get("/reports/224?cell=requests.nonsense.total")).status_code == 404
    assert (await client.get("/reports/224?cell=requests.granted.total")).status_code == 200


async def test_the_page_knows_the_size_of_each_page_that_holds_cells(client: httpx.AsyncClient) -> None:
    page = lxml.html.fromstring((await client.get("/reports/224")).text)
    sizes = json.loads(page.xpath("//aside[@id='doc']/@data-sizes")[0])
    pages = set(page.xpath("//table//a/@data-p"))
    assert pages
    assert set(sizes) >= pages
    assert all(width > 0 and height > 0 for width, height in sizes.values())


async def test_a_figure_is_cited_with_what_it_prints_its_pinned_address_and_how_it_was_read(
    client: httpx.AsyncClient, archive: Path
) -> None:
    with closing(sqlite3.connect(archive / "site" / "archive.db")) as db:
        sql = "select sha256, first_seen_at from editions where is_current and report_id = 223"
        sha, seen = db.execute(sql).fetchone()
    for prefix, words in (("", "处在不符的勾稽关系中，推算 11"), ("/en", "in an identity that fails, implied 11")):
        page = lxml.html.fromstring(
            (await client.get(f"{prefix}/reports/223?cell=review_litigation.review.total")).content
        )
        cited = page.xpath("//*[@data-cite]/code")[0].text_content()
        assert words in cited
        assert "“0”" in cited
        for told in (seen[:10], "pdf-ruled 1", sha):
            assert told in cited, told
        address = page.xpath("//*[@data-cite]//a/@href")[0]
        assert address.endswith(f"{prefix}/reports/223?cell=review_litigation.review.total&v={sha[:12]}")
        assert address in cited
        pinned = address.partition("http://archive.example")[2] or address[address.index("/", 8) :]
        assert (await client.get(pinned)).status_code == 200
