"""Every address in both languages: answers, has one h1, says it is simulated, loads nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import lxml.html
import pytest

from harvester.definitions.labels import in_english
from harvester.definitions.ledger_statuses import LEDGER_STATUSES
from harvester.definitions.vocabulary import vocabulary
from harvester.site.server.site import app
from tests.site_client import client_of

HTML = [
    "/", "/?year=2022", "/coverage", "/coverage?status=missing&level=county", "/divisions/990000", "/divisions/990100",
    "/divisions/990101", "/agencies", "/agencies?q=青石", "/agencies/1", "/agencies/4", "/agencies/6", "/reports/223",
    "/reports/120", "/reports/322", "/reports/422", "/reports/523", "/reports/622",
    "/reports/321", "/reports/223?with=prev",
    "/compare", "/compare?a=1,2,4&i=disclosure_rate", "/compare?a=1&i=normative_documents_in_force&years=2019-2022",
    "/ledger/6/2019", "/ledger/7/2019", "/ledger/7/2021", "/ledger/1/2020",
    "/findings", "/findings?code=T4-SUM", "/indicators", "/indicators/disclosure_rate", "/dictionary",
    "/dictionary?q=granted", "/downloads", "/changes", "/method",
    "/about", "/api", "/corrections", "/search", "/search?q=复议",
    "/search?q=青石县+2022", "/archive", "/archive/reports", "/archive/cells", "/archive/captures/3",
    "/archive?sql=select+1",
]  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]")
BUDGET = {"/": 10, "/coverage": 15, "/reports/223": 14}
"""Kilobytes of HTML, compressed."""


@pytest.mark.parametrize("odd", ["²", "9" * 5_000, "-1", "2019-²", "1e9"])
@pytest.mark.parametrize(
    "address", ["/compare?a={}", "/compare?a=1&years={}", "/coverage?year={}", "/findings?page={}"]
)
async def test_a_number_that_is_none_breaks_no_page(client: httpx.AsyncClient, address: str, odd: str) -> None:
    assert (await client.get(address.format(odd))).status_code in (200, 400, 404)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", HTML)
async def test_page_answers_in_both_languages(client: httpx.AsyncClient, path: str, language: str) -> None:
    answer = await client.get((language + path) if path != "/" else language or "/")
    assert answer.status_code == 200
    page = lxml.html.fromstring(answer.content)
    assert len(page.xpath("//h1")) == 1
    assert page.get("lang") == ("en" if language else "zh-Hans")
    assert "SIMULATED" in page.xpath("//div[@class='sim']")[0].text_content()
    assert "\ufffd" not in answer.text
    assert "set-cookie" not in answer.headers
    for address in page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src | //iframe/@src"):
        assert address.startswith("/"), address
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.slow
async def test_links_of_every_page_lead_somewhere(client: httpx.AsyncClient) -> None:
    seen: set[str] = set()
    for path in [path for path in HTML if not path.startswith("/archive")]:
        page = lxml.html.fromstring((await client.get(path)).content)
        seen |= {link.partition("#")[0] for link in page.xpath("//a/@href") if link.startswith("/")}
    broken = {link for link in sorted(seen) if link and (await client.get(link)).status_code >= 400}
    # The release of the test archive names a file that nobody made.
    assert {link for link in broken if not link.startswith("/downloads/files/")} == set()


async def test_page_weight(client: httpx.AsyncClient) -> None:
    for path, limit in BUDGET.items():
        assert len(gzip.compress((await client.get(path)).content)) < limit * 1024, path


async def test_english_pages_speak_english(client: httpx.AsyncClient) -> None:
    """Chinese stays in names, labels of the form and quotations only: not in headings of ours, buttons or captions."""
    for path in (
        "/en/coverage",
        "/en/findings",
        "/en/compare",
        "/en/indicators",
        "/en/downloads",
        "/en/method",
        "/en/search",
    ):
        page = lxml.html.fromstring((await client.get(path)).content)
        for element in page.xpath("//h1|//h2|//button|//label|//summary|//nav[@class='main']//a"):
            assert not HAN.search(element.text_content()), (path, element.text_content())


async def test_places_are_compared_by_medians_of_one_kind_with_n_and_coverage(client: httpx.AsyncClient) -> None:
    page = lxml.html.fromstring((await client.get("/compare?i=disclosure_rate&years=2023")).content)
    (row,) = page.xpath("//h2[@id='places']/following::table[1]/tbody/tr")
    shown = row.xpath("td")[0].text_content()
    quartiles = (await client.get("/indicators/disclosure_rate.json")).json()["quartiles"]
    (wanted,) = (
        q
        for q in quartiles
        if (q["code"], q["year"], q["scope"], q["level"]) == ("990000", 2023, "government_aggregate", "county")
    )
    assert shown == f"{wanted['median']:.1%}n={wanted['n']} · 3/3"
    departments = await client.get("/compare?i=disclosure_rate&years=2023&scope=department")
    assert departments.status_code == 200


def test_findings_without_english_words_get_a_sentence_from_their_code() -> None:
    bare = {"code": "T4-SUM", "cell": "review_litigation/review/total", "implied_value": 11, "quote": None}
    assert in_english(bare | {"message_en": None}).endswith("outcomes: Administrative review, Total, implied 11")
    assert in_english(bare | {"message_en": "its own"}) == "its own"
    quoted = bare | {"code": "NARRATIVE-CONFLICT", "quote": "收到5件", "zh": "甲", "en": "甲"}
    assert in_english(quoted) == "narrative and table disagree: “收到5件”"
    unknown = {"code": "NEW", "cell": None, "implied_value": None, "quote": None, "message_en": None}
    assert in_english(unknown) == "NEW"


async def test_a_lookalike_says_why_in_both_languages(client: httpx.AsyncClient) -> None:
    (row,) = (await client.get("/archive/documents.json?kind=lookalike&_shape=objects")).json()["rows"]
    assert "网站工作年度报表</b>" in (await client.get(f"/documents/{row['sha256']}")).text
    assert "a website&#39;s annual statement" in (await client.get(f"/en/documents/{row['sha256']}")).text


def test_every_pair_of_words_is_complete() -> None:
    folder = Path(app.__code__.co_filename).parent / "templates"
    for file in folder.glob("*.html"):
        assert not re.search(r'\bL\(\s*(""|\'\')\s*[,)]', file.read_text(encoding="utf-8")), file.name


async def test_empty_archive_says_what_to_run(empty_archive: Path) -> None:
    running = app(empty_archive)
    try:
        async with client_of(running) as visitor:
            for path in (
                "/",
                "/coverage",
                "/agencies",
                "/findings",
                "/indicators",
                "/downloads",
                "/method",
                "/search?q=县",
            ):
                assert (await visitor.get(path)).status_code == 200, path
            assert "harvester demo" in (await visitor.get("/")).text
    finally:
        running.close()


async def test_years_of_a_body_stand_in_order_with_the_missing_among_them(client: httpx.AsyncClient) -> None:
    page = lxml.html.fromstring((await client.get("/agencies/6")).content)
    head = page.xpath("//table[@class='ag']/thead/tr[1]/th")[1:]
    assert [cell.text_content().split()[0] for cell in head] == [str(year) for year in range(2019, 2025)]
    first = page.xpath("//table[@class='ag']/tbody/tr[1]/td")
    assert ["未找到" in cell.text_content() for cell in first] == [True, *[False] * 5]
    assert page.xpath("//h2[@id='absent']")


async def test_entries_of_a_status_are_those_that_the_matrix_counts(client: httpx.AsyncClient) -> None:
    for query in ("kind=all", "", "kind=all&level=county", "level=city", "kind=department"):
        counted = (await client.get(f"/coverage.json?{query}")).json()
        for status in ("missing", "late", "removed"):
            page = lxml.html.fromstring((await client.get(f"/coverage?status={status}&{query}")).content)
            listed = page.xpath("//table[@class='dl'][.//th[text()='证据']]/tbody/tr[td[2]]")
            wanted = sum(one[status] for one in counted if one["division_code"] == "000000")
            assert len(listed) == wanted, (query, status)


async def test_a_bad_query_can_be_edited(client: httpx.AsyncClient) -> None:
    answer = await client.get("/archive?sql=selec+%3Cscript%3E")
    assert answer.status_code == 400
    page = lxml.html.fromstring(answer.content)
    assert page.xpath("//textarea[@name='sql']")[0].text_content() == "selec <script>"


async def test_errors_are_our_own_pages(client: httpx.AsyncClient) -> None:
    for path in (
        "/nothing",
        "/reports/999999",
        "/agencies/999999",
        "/divisions/123456",
        "/archive/nothing",
        "/-/settings",
    ):
        answer = await client.get(path)
        assert answer.status_code == 404, path
        assert 'role="search"' in answer.text


async def test_closed_pages_and_headers(client: httpx.AsyncClient) -> None:
    for path in ("/-/permissions", "/-/threads", "/-/actor.json"):
        assert (await client.get(path)).status_code == 404
    headers = (await client.get("/", headers={"cookie": "a=b", "authorization": "Bearer x"})).headers
    assert "object-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "vary" not in headers or "cookie" not in headers["vary"].lower()
    assert headers["cache-control"].startswith("public")


async def test_every_entry_of_the_ledger_has_its_proof(client: httpx.AsyncClient, archive: Path) -> None:
    """Agency page → proof → the page as it was kept; in both languages, and the same in JSON."""
    with closing(sqlite3.connect(archive / "site" / "archive.db")) as db:
        rows = db.execute(
            "select l.agency_id, l.year, l.status, l.reason, c.sha256 from ledger l left join captures c"
            " on c.id = l.evidence_capture_id"
        ).fetchall()
    assert {row[2] for row in rows} == set(LEDGER_STATUSES)
    for agency, year, status, reason, sha256 in rows:
        if not reason:
            continue
        address = f"/ledger/{agency}/{year}"
        assert f'href="{address}"' in (await client.get(f"/agencies/{agency}")).text, status
        word = reason.partition(":")[0].partition(" ")[0]
        for number, prefix in enumerate(("", "/en")):
            shown = (await client.get(prefix + address)).text
            assert (LEDGER_STATUSES[status].zh, LEDGER_STATUSES[status].en)[number] in shown
            assert f"/documents/{sha256}" in shown, status
            assert vocabulary()["ledger.reason"][word][number].replace("'", "&#39;") in shown
        told = (await client.get(f"{address}.json")).json()
        assert told["entry"]["status"] == status
        assert bool(told["lists"]) == (status in ("missing", "unknown"))
        assert (await client.get(f"/documents/{sha256}")).status_code == 200


async def test_a_claim_of_absence_shows_its_lists_and_how_each_ended(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/ledger/5/2019")).text
    assert "走完，末尾已证实" in shown
    assert "2020-04-01" in shown
    assert "列表自称 4 条" in shown
    assert (await client.get("/ledger/5/2030")).status_code == 404


async def test_departments_have_no_percentage_for_want_of_a_denominator(client: httpx.AsyncClient) -> None:
    for address in ("/coverage?kind=department", "/en/coverage?kind=department", "/coverage?kind=all"):
        table = (await client.get(address)).text.partition('<table class="mx">')[2].partition("</table>")[0]
        assert "%</b>" not in table
        assert "份</small>" in table or "reports</small>" in table
    assert "不列百分比" in (await client.get("/coverage?kind=department")).text
    assert "%</b>" in (await client.get("/coverage")).text


async def test_a_place_without_reports_is_not_a_blank_page(client: httpx.AsyncClient) -> None:
    page = lxml.html.fromstring((await client.get("/divisions/990200")).content)
    assert page.xpath("//main//table | //main//p[@class='note']")


async def test_lists_have_a_badge_for_errors_that_are_no_failed_sum(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "site" / "archive.db")) as db:
        rows = db.execute("select id, checks_failed, errors_found from reports").fetchall()
        errors = dict(
            db.execute(
                "select r.id, count(*) from findings f join reports r on r.current_edition_id = f.edition_id"
                " where f.severity = 'error' group by 1"
            ).fetchall()
        )
    assert {id_: max(failed, errors.get(id_, 0)) for id_, failed, _ in rows} == {id_: found for id_, _, found in rows}
    assert any(found for *_, found in rows)
