"""A new publication replaces the database under load: every answer is whole, and nothing waits for a visitor's SQL."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from harvester.errors import UsageError
from harvester.site.server.site import Site, app
from tests.site_archive import publish_again
from tests.site_client import client_of

RENAME = (
    "update reports set agency_name = 'V{0}'; update agencies set name = 'V{0}' || id;"
    " update site_facts set value = 'V{0}' where key = 'release';"
)


@pytest.fixture
def own(archive: Path, tmp_path: Path) -> Path:
    """A copy that a test may publish into."""
    return Path(shutil.copytree(archive, tmp_path / "data", symlinks=True))


@pytest.fixture
def running(own: Path) -> Iterator[Site]:
    made = app(own)
    assert made.sql is not None
    made.sql.longest_work = 120.0
    yield made
    made.close()


@pytest.mark.slow
async def test_swap_under_load_answers_every_request_whole(running: Site, own: Path) -> None:
    answers: list[str] = []
    going = True

    async def visitor(client: httpx.AsyncClient) -> None:
        while going:
            answer = await client.get("/agencies/2.json")
            assert answer.status_code == 200
            data = answer.json()
            names = {data["agency"]["name"][:2], *(report["agency_name"][:2] for report in data["reports"])}
            assert len(names) == 1, "an answer mixes two publications"
            answers.append(names.pop())

    async with client_of(running) as client:
        visitors = [asyncio.create_task(visitor(client)) for _ in range(6)]
        for number in range(6):
            await asyncio.sleep(0.1)
            await asyncio.to_thread(publish_again, own, f"{number:012}", RENAME.format(number))
        await asyncio.sleep(0.2)
        going = False
        await asyncio.gather(*visitors)
        assert "V5" in (await client.get("/agencies/2")).text
        assert "V5" in (await client.get("/archive/agencies")).text
    assert {"V0", "V5"} <= set(answers)


async def test_broken_publication_is_refused_and_reported(running: Site, own: Path) -> None:
    async with client_of(running) as client:
        assert (await client.get("/healthz")).status_code == 200
        broken = own / "site" / "archive-broken.db"
        broken.write_bytes(b"not a database" * 500)
        link = own / "site" / "archive.db"
        link.unlink()
        link.symlink_to(broken.name)
        assert (await client.get("/reports/223")).status_code == 200
        health = await client.get("/healthz")
        assert health.status_code == 500
        assert "refused" in health.text
        publish = own / "site" / "archive.db.new"
        publish.symlink_to("archive-000000000001.db")
        publish.replace(link)
        assert (await client.get("/healthz")).status_code == 200


async def test_unchanged_page_is_304_and_changes_with_the_publication(running: Site, own: Path) -> None:
    async with client_of(running) as client:
        tag = (await client.get("/agencies/2")).headers["etag"]
        assert (await client.get("/agencies/2", headers={"if-none-match": tag})).status_code == 304
        assert (await client.get("/en/agencies/2", headers={"if-none-match": tag})).status_code == 200
        publish_again(own, "other", RENAME.format(9))
        answer = await client.get("/agencies/2", headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag


@pytest.mark.slow
async def test_heavy_sql_does_not_delay_a_page(running: Site) -> None:
    heavy = "/archive.json?sql=select+count(*)+from+cells+a,+cells+b,+cells+c"
    async with client_of(running) as client:
        await client.get("/agencies/2")
        visitors = [asyncio.create_task(client.get(heavy)) for _ in range(6)]
        await asyncio.sleep(0.2)
        start = time.monotonic()
        assert (await client.get("/agencies/2")).status_code == 200
        waited = time.monotonic() - start
        unfinished = sum(not task.done() for task in visitors)
        await asyncio.gather(*visitors)
        # The page came while every heavy query was still running: it did not wait for one of them.
        assert unfinished == 6, waited


async def test_visitors_cannot_write_or_attach(running: Site, own: Path) -> None:
    before = (own / "site" / "archive.db").read_bytes()
    async with client_of(running) as client:
        for sql in (
            "delete from reports",
            "attach 'x.db' as x",
            "pragma journal_mode=wal",
            "select load_extension('x')",
        ):
            answer = await client.get("/archive.json", params={"sql": sql})
            assert answer.status_code == 400, sql
        assert (await client.get("/archive.csv", params={"sql": "drop table reports"})).status_code == 400
    assert (own / "site" / "archive.db").read_bytes() == before


def test_nothing_published_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to serve yet"):
        app(tmp_path)


def test_the_site_loads_neither_the_archive_writer_nor_a_dictionary() -> None:
    """Each of them takes half of the 150 MB that the process of the pages may have."""
    command = "import sys, harvester.cli, harvester.site.server.site, harvester.site.routes; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert not {"pandas", "sqlite_utils", "pypinyin", "scrapy"} & set(done.stdout.split())
