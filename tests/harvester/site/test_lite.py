"""Datasette Lite can open what is published: the address, the headers it needs, and a file that any Datasette reads."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette

from harvester.export.package import export
from harvester.site.parts.file_sending import SQLITE, part
from harvester.site.parts.lite import LITE, MOST_BYTES, MOST_REPORTS, lite_address
from harvester.site.server import place_packages

COUNTY, RELEASE = "990101", "2025-03-02"
DATABASE = f"/downloads/files/{RELEASE}/{place_packages.DATABASE}"
SITE = "https://reports.example"


@pytest.fixture(scope="module")
def released(archive: Path) -> Path:
    folder = archive / "exports" / RELEASE
    export(archive, folder, formats=("csv", "sqlite"))
    return folder / place_packages.DATABASE


@pytest.mark.parametrize(
    ("public", "size", "reports", "offered"),
    [
        (SITE, 1, 1, True),
        ("", 1, 1, False),
        ("http://reports.example", 1, 1, False),  # a page on https may not load it
        (SITE, MOST_BYTES + 1, 0, False),
        (SITE, 0, MOST_REPORTS + 1, False),
    ],
)
def test_it_is_offered_where_it_can_work(public: str, size: int, reports: int, offered: bool) -> None:
    address = lite_address(public, "/divisions/990101.db", size=size, reports=reports)
    assert address == (f"{LITE}?url=https%3A%2F%2Freports.example%2Fdivisions%2F990101.db" if offered else "")


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize(
    ("page", "file"), [("/downloads", DATABASE), (f"/divisions/{COUNTY}", f"/divisions/{COUNTY}.db")]
)
async def test_pages_lead_to_it_only_when_the_site_knows_its_address(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, page: str, file: str
) -> None:
    assert LITE not in (await client.get(page)).text
    monkeypatch.setenv("HARVESTER_PUBLIC_URL", SITE)
    assert f'href="{lite_address(SITE, file)}"' in (await client.get(f"/en{page}")).text


async def test_a_page_of_another_site_may_read_it_piece_by_piece(client: httpx.AsyncClient, released: Path) -> None:
    content = released.read_bytes()
    whole = await client.get(DATABASE)
    assert (whole.status_code, whole.content) == (200, content)
    assert whole.headers["content-type"] == SQLITE
    piece = await client.get(DATABASE, headers={"range": "bytes=16-4095", "origin": "https://lite.datasette.io"})
    assert (piece.status_code, piece.content) == (206, content[16:4096])
    assert piece.headers["content-range"] == f"bytes 16-4095/{len(content)}"
    for answer in (whole, piece):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["accept-ranges"] == "bytes"
        assert "content-range" in answer.headers["access-control-expose-headers"]
    beyond = await client.get(DATABASE, headers={"range": f"bytes={len(content)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(content)}")
    asked = await client.options(DATABASE)
    assert (asked.status_code, asked.headers["access-control-allow-headers"]) == (204, "range")
    assert (await client.head(DATABASE)).headers["content-length"] == str(len(content))
    stale = await client.get(DATABASE, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert (stale.status_code, len(stale.content)) == (200, len(content))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=90-", (90, 99)),
        ("bytes=90-5000", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-5000", (0, 99)),
        ("bytes=100-", (100, 99)),
        ("bytes=-0", (100, 99)),
        ("bytes=9-3", None),
        ("bytes=0-1,5-9", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("", None),
    ],
)
def test_parts(asked: str, found: tuple[int, int] | None) -> None:
    assert part(asked, 100) == found


async def test_a_bare_datasette_opens_every_table_and_view(released: Path) -> None:
    assert released.read_bytes()[:20] == b"SQLite format 3\x00" + released.read_bytes()[16:18] + b"\x01\x01"  # no WAL
    bare = Datasette([], immutables=[str(released)], settings={"suggest_facets": False})
    name = f"/{released.stem}"
    listed = (await bare.client.get(f"{name}.json")).json()
    shown = [one["name"] for one in listed["tables"]] + [one["name"] for one in listed["views"]]
    assert {"reports", "cells", "requests_wide", "coverage"} <= set(shown)
    for one in shown:
        answer = await bare.client.get(f"{name}/{one}.json?_size=1")
        assert answer.status_code == 200, (one, answer.text)
    told = (await bare.client.get(f"{name}.json?sql=select+count(*)+from+reports&_shape=arrays")).json()
    assert told["rows"][0][0] > 0


@pytest.mark.slow
async def test_the_file_of_a_place_is_had_alone(client: httpx.AsyncClient, tmp_path: Path) -> None:
    answer = await client.get(f"/divisions/{COUNTY}.db")
    assert (answer.status_code, answer.headers["content-type"]) == (200, SQLITE)
    assert answer.headers["access-control-allow-origin"] == "*"
    (tmp_path / "place.db").write_bytes(answer.content)
    bare = Datasette([], immutables=[str(tmp_path / "place.db")])
    told = (await bare.client.get("/place.json?sql=select+distinct+division_code+from+reports&_shape=arrays")).json()
    assert told["rows"] == [[COUNTY]]
