"""Permalinks, feeds and the sitemap name the site's own address, never what a visitor's Host header says."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

ADDRESSES = ("/sitemap.xml", "/feed.atom", "/reports/224.json", "/reports/224", "/robots.txt", "/api",
             "/catalog.jsonld",
             "/agencies/2", "/agencies/2/feed.atom", "/agencies/2.json", "/", "/search?q=复议",
             "/downloads", "/downloads.json", "/archive/reports?_size=1", "/archive/reports.json?_size=1",
             "/archive.json?sql=select+1", "/en/reports/224", "/coverage", "/about")  # fmt: skip
TOLD = {
    "host": "evil.test",
    "x-forwarded-host": "evil.test",
    "forwarded": "host=evil.test",
    "x-original-host": "evil.test",
}


@pytest.mark.parametrize("path", ADDRESSES)
async def test_a_host_header_is_repeated_nowhere(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=TOLD)
    assert answer.status_code == 200
    assert "evil.test" not in answer.text
    assert "evil.test" not in str(answer.headers)


async def test_the_setting_is_the_address(
    client: httpx.AsyncClient, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_PUBLIC_URL", "https://reports.example/")
    assert "https://reports.example/sitemap-" in (await client.get("/sitemap.xml")).text
    assert "https://reports.example/reports/224?v=" in (await client.get("/reports/224.json")).text
