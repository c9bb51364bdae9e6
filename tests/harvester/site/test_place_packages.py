"""The package of one place: made when asked for, kept, right; nothing else is made for a code that nobody has."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from harvester.site.server import place_packages

COUNTY = "990101"


@pytest.fixture(scope="module", autouse=True)
def nothing_left(archive: Path) -> None:
    assert not (archive / "site" / place_packages.FOLDER).exists()


@pytest.mark.slow
async def test_a_county_is_had_as_one_zip_with_its_database(client: httpx.AsyncClient, tmp_path: Path) -> None:
    answer = await client.get(f"/divisions/{COUNTY}.zip")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = {Path(name).name: name for name in packed.namelist()}
        assert {"README.md", "reports.csv", "cells.csv", "archive.db", "SHA256SUMS"} <= set(names)
        (tmp_path / "archive.db").write_bytes(packed.read(names["archive.db"]))
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        codes = {code for (code,) in connection.execute("SELECT DISTINCT division_code FROM reports")}
    assert codes == {COUNTY}


async def test_it_is_made_once(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await client.get(f"/divisions/{COUNTY}.zip")

    async def never(*_: object) -> str:
        raise AssertionError("made again")

    monkeypatch.setattr(place_packages, "_make", never)
    assert (await client.get(f"/divisions/{COUNTY}.zip")).content == first.content


async def test_a_code_that_nobody_has_is_not_made(client: httpx.AsyncClient, archive: Path) -> None:
    assert (await client.get("/divisions/123456.zip")).status_code == 404
    assert not list((archive / "site" / place_packages.FOLDER).rglob("123456*"))


async def test_what_cannot_be_made_is_said(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_packages, "LONGEST", 0.0)
    answer = await client.get("/divisions/990000.zip")
    assert answer.status_code == 503
    assert "retry-after" in answer.headers
    assert "more than 0 seconds" in answer.text


def test_packages_of_earlier_publications_and_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_packages, "KEPT", 2)
    for publication, codes in (("archive-old", ("1",)), ("archive-new", ("2", "3", "4"))):
        (tmp_path / publication).mkdir()
        for code in codes:
            (tmp_path / publication / f"{code}.zip").touch()
    place_packages._make_room(tmp_path / "archive-new")
    assert not (tmp_path / "archive-old").exists()
    assert len(list((tmp_path / "archive-new").iterdir())) == 1
