"""What was taken down is withheld at once, wherever it could be read, before anything is published anew."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest_asyncio

from tests.site_client import client_at


@pytest_asyncio.fixture
async def client(archive: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Report 224 (of two editions) and the document of report 322 are taken down."""
    shutil.copytree(archive, tmp_path / "data", symlinks=True)
    with closing(sqlite3.connect((tmp_path / "data" / "site" / "archive.db").resolve())) as db:
        (sha,) = db.execute("select sha256 from editions where report_id = 322 and is_current").fetchone()
    text = f"kind,id,at,reason\nreport,224,2026-01-01,personal data\ndocument,{sha},2026-01-01,personal data\n"
    (tmp_path / "data" / "takedowns.csv").write_text(text, encoding="utf-8")
    async with client_at(tmp_path / "data") as made:
        yield made


async def test_pages_files_and_differences_are_gone(client: httpx.AsyncClient, archive: Path) -> None:
    with closing(sqlite3.connect(archive / "site" / "archive.db")) as db:
        old, new = (sha for (sha,) in db.execute("select sha256 from editions where report_id = 224 order by id"))
    paths = [f"/reports/224/diff/{old[:12]}..{new[:12]}", f"/reports/224?v={old[:12]}"]
    paths += [f"/reports/{id_}{ending}" for id_ in (224, 322) for ending in ("", ".csv", ".json")]
    for path in paths:
        answer = await client.get(path)
        assert answer.status_code == 410, path
        assert "personal data" in answer.text


async def test_neither_snippets_nor_feeds_show_its_words(client: httpx.AsyncClient) -> None:
    hits = (await client.get("/search.json?q=青石县人民政府 2024")).json()["hits"]
    assert {hit["snippet"] for hit in hits if hit["id"] == 224} == {""}
    assert any(hit["snippet"] for hit in hits if hit["id"] != 224)
    assert "<td>" not in (await client.get("/agencies/2/feed.atom")).text.replace("&lt;", "<")
