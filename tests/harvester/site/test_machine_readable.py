"""Descriptions for machines: valid by the validators of others, and true to the files they describe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import lxml.html
import pytest


async def test_search_engines_find_a_dataset_on_the_downloads_page(client: httpx.AsyncClient, package: Path) -> None:
    page = lxml.html.fromstring((await client.get("/downloads")).text)
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")
    said = json.loads(script)
    assert (said["@type"], said["license"]) == ("Dataset", "https://creativecommons.org/licenses/by/4.0/")
    assert "SIMULATED" in said["name"]
    offered = {one["name"]: one for one in said["distribution"]}
    assert {"reports.csv", "cells.csv", "datapackage.json"} <= set(offered)
    sums = dict(line.split("  ")[::-1] for line in (package / "SHA256SUMS").read_text().splitlines())
    assert offered["cells.csv"]["sha256"] == sums["cells.csv"]


async def test_every_distribution_of_the_catalogue_can_be_had(client: httpx.AsyncClient, package: Path) -> None:
    answer = await client.get("/catalog.jsonld")
    assert answer.headers["content-type"].startswith("application/ld+json")
    dataset = answer.json()["dcat:dataset"]
    for one in dataset["dcat:distribution"]:
        address = httpx.URL(one["dcat:downloadURL"]["@id"])
        assert (await client.get(address.raw_path.decode())).status_code == 200, address


@pytest.mark.slow
async def test_croissant_is_valid_and_names_every_column(
    client: httpx.AsyncClient, package: Path, tmp_path: Path
) -> None:
    text = (await client.get("/croissant.json")).text
    (tmp_path / "croissant.json").write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).with_name("mlcroissant")), "validate", "--jsonld", "croissant.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Found the following" not in done.stderr, done.stderr
    columns = {
        one["path"]: [field["name"] for field in one["schema"]["fields"]]
        for one in json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        if "schema" in one
    }
    assert {f"{one['@id']}.csv": [f["name"] for f in one["field"]] for one in json.loads(text)["recordSet"]} == columns


async def test_without_a_release_there_is_no_croissant(client: httpx.AsyncClient, package: Path) -> None:
    moved = package.rename(package.with_name(".away"))
    try:
        assert (await client.get("/croissant.json")).status_code == 404
        assert (await client.get("/catalog.jsonld")).status_code == 200
    finally:
        moved.rename(package)


@pytest.mark.parametrize(
    ("extension", "begin"), [("bib", "@techreport{"), ("ris", "TY  - RPRT\r\n"), ("csl.json", "[")]
)
async def test_a_report_is_cited_in_three_formats(client: httpx.AsyncClient, extension: str, begin: str) -> None:
    answer = await client.get(f"/reports/223.{extension}")
    assert answer.status_code == 200
    assert answer.text.startswith(begin)
    assert "SIMULATED" in answer.text
    report = (await client.get("/reports/223.json")).json()
    assert report["edition"]["sha256"] in answer.text
    assert report["report"]["agency_name"] in answer.text
    assert f"v={report['edition']['sha256'][:12]}" in answer.text


@pytest.mark.parametrize("address", ["/downloads.json", "/reports/223.json", "/archive/reports.csv", "/feed.atom"])
async def test_pages_of_others_may_load_data(client: httpx.AsyncClient, address: str) -> None:
    assert (await client.get(address)).headers["access-control-allow-origin"] == "*"


async def test_pages_of_ours_are_not_offered_to_scripts_of_others(client: httpx.AsyncClient) -> None:
    assert "access-control-allow-origin" not in (await client.get("/downloads")).headers
