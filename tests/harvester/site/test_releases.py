"""The downloads page lists the packages that are really there, with rows, bytes and checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

import httpx

from harvester.site.parts.releases import KEPT, releases


async def test_every_file_of_a_package_is_listed_and_is_what_it_says(client: httpx.AsyncClient, package: Path) -> None:
    listed = [one for one in (await client.get("/downloads.json")).json() if one["version"] == package.name]
    assert {one["file"] for one in listed} == {file.name for file in package.iterdir()}
    page = (await client.get("/downloads")).text
    for one in listed:
        data = (await client.get(f"/downloads/files/{package.name}/{one['file']}")).content
        assert len(data) == one["bytes"]
        assert one["file"] == "SHA256SUMS" or hashlib.sha256(data).hexdigest() == one["sha256"]
        assert f'href="/downloads/files/{package.name}/{one["file"]}"' in page
        assert one["sha256"] in page


async def test_rows_on_the_page_are_rows_in_the_file(client: httpx.AsyncClient, package: Path) -> None:
    listed = {one["file"]: one for one in (await client.get("/downloads.json")).json()}
    text = (package / "reports.csv").read_text(encoding="utf-8-sig")
    assert listed["reports.csv"]["rows"] == len(text.splitlines()) - 1


async def test_nothing_outside_the_packages_can_be_had(client: httpx.AsyncClient, package: Path) -> None:
    for path in ("..%2f..", "2025-03-02/..%2f..%2fwarc", "2025-03-02/%2e%2e", ".%2e/archive.db", "2025-03-02/nothing"):
        answer = await client.get(f"/downloads/files/{path}")
        assert answer.status_code == 404, path


def test_last_five_and_the_last_of_each_earlier_year_are_listed(tmp_path: Path) -> None:
    names = [f"{year}-0{month}-01" for year in (2022, 2023, 2024) for month in (1, 2, 3)]
    for name in names:
        folder = tmp_path / "exports" / name
        folder.mkdir(parents=True)
        (folder / "datapackage.json").write_text('{"version": "x", "resources": []}')
    listed = [release.name for release in releases(tmp_path)]
    assert listed == [*sorted(names, reverse=True)[:KEPT], "2022-03-01"]
