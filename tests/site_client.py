"""A client that talks to the site in-process; the fixtures that use it are in tests/harvester/conftest.py."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from harvester.site.server.site import Site


def client_of(running: Site) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=running), base_url="http://archive.example")


@asynccontextmanager
async def client_at(archive: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the site over a data directory, without the process for visitors' SQL; closed behind the block."""
    running = Site(archive, sql_apart=False)
    async with client_of(running) as made:
        yield made
    running.close()
