"""A client that talks to the site in-process; the fixtures that use it are in tests/harvester/conftest.py."""

from __future__ import annotations

import httpx

from harvester.site.server.site import Site


def client_of(running: Site) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=running), base_url="http://archive.example")
