"""Chinese search finds what LIKE finds, marks it, and does not know telephone numbers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.madeup import SENTENCES
from harvester.site.build.search import match, pieces, snippet, without_contacts
from harvester.site.pages import search_hits


def test_pieces() -> None:
    assert pieces("信息公开2022年") == ["信息", "息公", "公开", "开", "2022", "年"]
    assert pieces("Ａ县 ＰＤＦ") == ["a", "县", "pdf"]
    assert match("嘉祥县 2022") == '"嘉祥 祥县" AND "2022"'
    assert match("县") == '"县" *'
    assert match('" OR 1') == '"or" AND "1"'
    assert match("！？") == ""


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table t using fts5(text, content='', columnsize=0)")
    rows = [(n, " ".join(pieces(text))) for n, text in enumerate(SENTENCES)]
    connection.executemany("insert into t (rowid, text) values (?, ?)", rows)
    return connection


@given(st.integers(0, len(SENTENCES) - 1), st.integers(0, 40), st.integers(1, 8))
def test_every_part_of_a_sentence_is_found_where_it_stands(
    index: sqlite3.Connection, sentence: int, start: int, length: int
) -> None:
    part = SENTENCES[sentence][start : start + length].strip("，。、")
    if not part or any(mark in part for mark in "，。、"):
        return
    found = {row[0] for row in index.execute("select rowid from t where t match ?", (match(part),))}
    assert found == {n for n, text in enumerate(SENTENCES) if part in text}


@pytest.mark.parametrize(
    "text",
    [
        "电话：0537-6988123",
        "联系电话 13812345678",
        "邮箱 a.b@jiaxiang.gov.cn",
        "传真：（0537）6988123",
        "电话：6988123 转 2",
    ],
)
def test_contacts_are_not_indexed(text: str) -> None:
    left = " ".join(pieces(without_contacts("公开申请" + text)))
    assert "公开" in left
    for digits in ("6988123", "13812345678", "jiaxiang", "0537"):
        assert digits not in left


def test_figures_and_years_stay() -> None:
    assert without_contacts("2022年收到申请1136件") == "2022年收到申请1136件"


def test_snippet_marks_and_escapes() -> None:
    shown = str(snippet("前文。<script>alert(1)</script>未发生行政复议案件。" + "后" * 90, "行政复议"))
    assert "<mark>行政复议</mark>" in shown
    assert "<script" not in shown
    assert shown.endswith("…")


async def test_year_words_become_a_filter_and_names_come_first(client: httpx.AsyncClient) -> None:
    found = (await client.get("/search.json", params={"q": "青石县人民政府 2022年"})).json()
    assert found["year"] == 2022
    assert {hit["year"] for hit in found["hits"]} == {2022}
    page = (await client.get("/search", params={"q": "青石县人民政府"})).text
    assert page.index('href="/agencies/2"') < page.index('href="/reports/')


async def test_counts_equal_like(client: httpx.AsyncClient, archive: object) -> None:
    connection = sqlite3.connect(f"{archive}/site/archive.db")
    sql = (
        "select count(*) from reports r where r.title || ' ' || r.province || r.city || r.county || ' ' ||"
        " r.agency_name || ' ' || (select group_concat(heading || ' ' || text, ' ') from sections where edition_id ="
        " r.current_edition_id) like ?"
    )
    for word in ("复议", "县", "信息处理费", "微信公众号", "政府信息公开", "不存在的词"):
        (expected,) = connection.execute(sql, (f"%{word}%",)).fetchone()
        assert (await client.get("/search.json", params={"q": word})).json()["total"] == expected, word
    connection.close()


async def test_every_facet_adds_up_to_the_total_and_leads_to_its_count(client: httpx.AsyncClient) -> None:
    found = (await client.get("/search.json", params={"q": "复议"})).json()
    for name, values in found["facets"].items():
        assert sum(one["n"] for one in values) == found["total"], name
        for one in values:
            chosen = (await client.get("/search.json", params={"q": "复议", name: one["value"]})).json()
            assert chosen["total"] == one["n"], (name, one)
            assert all(str(hit[name]) == str(one["value"]) for hit in chosen["hits"])
            assert chosen["facets"][name] == values, "the other values of a chosen facet stay in sight"


@pytest.mark.parametrize("most_ranked", [search_hits.MOST_RANKED, 0])
async def test_pages_of_a_search_hold_every_report_once(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, most_ranked: int
) -> None:
    monkeypatch.setattr(search_hits, "MOST_RANKED", most_ranked)
    for query in ({"q": "申请"}, {"q": "2023"}, {"q": "申请", "year": "2022"}):
        total, seen = 1, list[int]()
        while len(seen) < total:
            answer = (await client.get("/search.json", params=query | {"page": str(len(seen) // 20 + 1)})).json()
            total, page = answer["total"], [hit["id"] for hit in answer["hits"]]
            assert page
            seen += page
        assert len(seen) == len(set(seen)) == total


async def test_words_that_many_reports_have_come_by_name_then_newest_first(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_hits, "MOST_RANKED", 0)
    assert "从新到旧" in (await client.get("/search?q=申请")).text
    hits = (await client.get("/search.json?q=人民政府")).json()["hits"]
    order = [("人民政府" in hit["title"] + hit["agency_name"], hit["year"]) for hit in hits]
    assert len(set(order)) > 2
    assert order == sorted(order, reverse=True)


async def test_sql_users_can_search_too(client: httpx.AsyncClient) -> None:
    sql = "select count(*) from search_index where search_index match pieces('复议')"
    rows = (await client.get("/archive.json", params={"sql": sql, "_shape": "arrays"})).json()["rows"]
    assert rows[0][0] == (await client.get("/search.json?q=复议")).json()["total"]


BODY, PLACE = "/agencies/", "/divisions/"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("青石县政府", "青石县人民政府"),
        ("青石县人民政府", "青石县人民政府"),
        ("青石政府", "青石市人民政府"),
        ("青石县科技局", "青石县科学技术局"),
        ("青石科技局", "青石县科学技术局"),
        ("青石县科学技术局", "青石县科学技术局"),
        ("青石县政府办", "青石县人民政府办公室"),
        ("青石县", "青石县人民政府"),
        ("qingshixian", "青石县人民政府"),
        ("Qingshi Xian Kexuejishuju", "青石县科学技术局"),
        ("qsxkjj", "青石县科学技术局"),
        ("qsxrmzf", "青石县人民政府"),
        ("Qingshi County People's Government", "青石县人民政府"),
        ("qingshi county science and technology bureau", "青石县科学技术局"),
        ("science and technology bureau", "青石县科学技术局"),
        ("990101", "青石县人民政府"),
    ],
)
async def test_a_body_is_found_by_what_people_type(client: httpx.AsyncClient, typed: str, first: str) -> None:
    found = (await client.get("/search.json", params={"q": typed})).json()
    assert found["agencies"][0]["name"] == first


@pytest.mark.parametrize("typed", ["云溪区", "yunxiqu", "yunxi", "yxq", "990102", "Yunxi District"])
async def test_a_place_is_found_by_what_people_type(client: httpx.AsyncClient, typed: str) -> None:
    found = (await client.get("/search.json", params={"q": typed})).json()
    assert "云溪区" in [place["name"] for place in found["places"]]


@pytest.mark.parametrize("typed", ["青实县", "清石县", "qingshixain", "云西区", "yunxxi", "青石县科学计术局"])
async def test_what_is_misspelt_gets_a_suggestion(client: httpx.AsyncClient, typed: str) -> None:
    near = (await client.get("/search.json", params={"q": typed})).json()["near"]
    assert any(one["name"].startswith(("青石县", "云溪区")) for one in near), near
    page = lxml.html.fromstring((await client.get("/search", params={"q": typed})).content)
    assert "您是不是要找" in page.text_content()


async def test_a_government_stands_before_its_bureaus_and_the_rest_is_one_click_away(client: httpx.AsyncClient) -> None:
    found = (await client.get("/search.json", params={"q": "青石"})).json()["agencies"]
    kinds = [one["kind"] for one in found]
    assert kinds == sorted(kinds, key=["government_aggregate", "government_office", "department"].index)


def test_every_place_and_body_has_a_name_in_letters_marked_as_generated(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "site" / "archive.db")) as db:
        for table in ("divisions", "agencies"):
            sql = f"select count(*) from {table} where pinyin is null or name_en is null or names_generated is not 1"
            assert db.execute(sql).fetchone() == (0,)


async def test_wildcards_and_quotes_in_a_search_are_taken_literally(client: httpx.AsyncClient) -> None:
    for typed in ("*", "[", "青石*", "'", '"', "%", "?" * 50, "a*b[c", "县[县"):
        assert (await client.get("/search", params={"q": typed})).status_code == 200, typed
