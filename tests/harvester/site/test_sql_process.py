"""Visitors' SQL runs in a process of its own: slow, greedy or deadly queries cost that process, never a page."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from harvester.site.server.site import Site, app
from tests.site_client import client_of

ENDLESS = "select instr(hex(zeroblob(5000000)), hex(zeroblob(2500000)) || '1')"
"""One step of SQLite that takes years: its time limit is looked at between steps only."""


@pytest.fixture
def site(archive: Path) -> Iterator[Site]:
    made = app(archive)
    assert made.sql is not None
    made.sql.longest_work = 120.0  # a machine that is busy with other tests starts the process slowly
    yield made
    made.close()


@pytest.mark.slow
async def test_query_that_cannot_be_interrupted_is_killed_and_the_next_one_answered(site: Site) -> None:
    assert site.sql is not None
    async with client_of(site) as visitor:
        assert (await visitor.get("/archive.json?sql=select+1")).status_code == 200
        first = site.sql.child
        site.sql.longest_work = 1.0
        slow = asyncio.create_task(visitor.get("/archive.json", params={"sql": ENDLESS}))
        assert (await visitor.get("/reports/223")).status_code == 200
        answer = await slow
        assert answer.status_code == 503
        assert "没有查完" in answer.text
        assert answer.headers["retry-after"] == "10"
        site.sql.longest_work = 120.0
        assert (await visitor.get("/archive.json?sql=select+1")).status_code == 200
        assert site.sql.child is not first


@pytest.mark.slow
async def test_ended_process_is_started_again(site: Site, client: httpx.AsyncClient) -> None:
    assert site.sql is not None
    assert (await client.get("/archive/reports.json")).status_code == 200
    assert site.sql.child is not None
    site.sql.child.send_signal(signal.SIGKILL)
    site.sql.child.wait()
    assert (await client.get("/archive/reports.json")).status_code == 200


async def test_value_that_would_eat_the_memory_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/archive.json", params={"sql": "select length(hex(zeroblob(500000000)))"})
    assert answer.status_code == 400
    assert "too big" in answer.text


async def test_more_than_can_be_answered_is_told_so(site: Site) -> None:
    assert site.sql is not None
    site.sql.longest_wait = 0.0
    async with client_of(site) as visitor:
        many = [asyncio.create_task(visitor.get("/archive.json?sql=select+1")) for _ in range(6)]
        found = {(await one).status_code for one in many}
    assert found == {200, 503}


async def test_address_language_and_host_arrive_as_they_were_asked(client: httpx.AsyncClient) -> None:
    answer = await client.get("/en/archive.json", params={"sql": "select :word as word", "word": "复议 %20+&?"})
    assert answer.json()["rows"] == [["复议 %20+&?"]]
    assert 'lang="en"' in (await client.get("/en/archive/reports")).text
    following = (await client.get("/archive/cells.json?_size=1")).json()["next_url"]
    assert following.startswith("http://archive.example/archive/cells.json?")
    assert (await client.head("/archive/reports")).content == b""


def test_child_ends_with_a_killed_parent(archive: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from harvester.site.server.sql_process import SqlProcess\n"
        f"sql = SqlProcess(Path({str(archive)!r})); sql.warm(); print(sql.child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) > 0
        parent.kill()
        # The child has the same standard output: it closes when both are gone.
        assert parent.communicate(timeout=60)[0] == ""
