"""Fixtures of the site's tests: the archive built once, and a client that talks to the site in-process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from harvester.export.package import export
from harvester.site.server.site import Site
from tests.site_archive import build


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a published archive. Shared: tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    build(folder, only=())
    return folder


@pytest.fixture
def package(archive: Path) -> Path:
    """A data package of the archive, where the site looks for packages."""
    folder = archive / "exports" / "2025-03-02"
    if not folder.exists():
        export(archive, folder)
    return folder


@pytest.fixture
def site(archive: Path) -> Iterator[Site]:
    """Without the process for visitors' SQL, which takes a second to start: tables and queries are answered here."""
    running = Site(archive, sql_apart=False)
    yield running
    running.close()


def client_of(running: Site) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=running), base_url="http://archive.example")


@pytest_asyncio.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(site) as made:
        yield made
