"""Fixtures of the site's tests: the archive built once a run, and a client that talks to the site in-process.

What is heavy is imported by the fixture that needs it: most tests in this folder need none.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    import httpx

    from harvester.site.server.site import Site


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker of this run makes, and every other finds."""
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base  # xdist gives each worker a folder of its own
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = shared / f"{name}.draft"
            make(draft)
            draft.rename(folder)
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a published archive, each module's own copy: tests that change it copy it once more."""
    from tests.site_archive import build

    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(_once(tmp_path_factory, "site-archive", build), folder, symlinks=True)
    return folder


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.site_archive import build

    return _once(tmp_path_factory, "empty-archive", lambda folder: build(folder, only=()))


@pytest.fixture
def package(archive: Path) -> Path:
    """A data package of the archive, where the site looks for packages."""
    from harvester.export.package import export

    folder = archive / "exports" / "2025-03-02"
    if not folder.exists():
        export(archive, folder)
    return folder


@pytest.fixture
def site(archive: Path) -> Iterator[Site]:
    """Without the process for visitors' SQL, which takes a second to start: tables and queries are answered here."""
    from harvester.site.server.site import Site

    running = Site(archive, sql_apart=False)
    yield running
    running.close()


@pytest_asyncio.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    from tests.site_client import client_of

    async with client_of(site) as made:
        yield made
