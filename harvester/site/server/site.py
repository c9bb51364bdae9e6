"""The site as an ASGI application, and a server for it."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from harvester import __version__
from harvester.errors import UsageError
from harvester.site.build.metadata import metadata
from harvester.site.database import NotPublished, Published
from harvester.site.drawing.drawing_pool import Artist
from harvester.site.server.asgi import App, Message, Receive, Scope, Send
from harvester.site.server.gateway import gateway
from harvester.site.server.sql_process import SqlProcess

SQL_THREADS = 3
SETTINGS = {
    "suggest_facets": False,
    "default_page_size": 50,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "allow_csv_stream": False,
    "allow_download": False,
    "default_cache_ttl": 600,
    "default_facet_size": 30,
    "truncate_cells_html": 300,
}


def _quiet() -> None:
    """With rich installed Datasette prints every local variable for each 404; failures.py logs what matters."""
    from datasette import handle_exception  # imported before datasette.app it would not register itself

    handle_exception.rich = None


class Site:
    """One running site: Datasette, the published database, the process that draws pages and the one for visitors' SQL.

    `sql_apart=False` answers SQL itself, which is what the other process does.
    """

    def __init__(self, data: Path, *, sql_apart: bool = True) -> None:
        _quiet()
        folder = files("harvester.site")
        self.datasette: Any = Datasette(
            [],
            metadata=metadata(),
            settings=SETTINGS,
            template_dir=str(folder.joinpath("stock")),
            static_mounts=[("static", str(folder.joinpath("static")))],
        )
        self.datasette.executor = ThreadPoolExecutor(SQL_THREADS, "sql")
        self.published = Published(self.datasette, (data / "site" / "archive.db").absolute())
        self.datasette.add_database(self.published, name="archive")
        self.artist = Artist()
        self.datasette.harvester_artist = self.artist
        self.datasette.harvester_cache = _cache_folder(data)
        self.sql = SqlProcess(data) if sql_apart else None
        self.app: App = gateway(self.datasette.app(), self.published, __version__, self.sql)

    def close(self) -> None:
        """End the other processes, then the threads, then the connections that they were using."""
        if self.sql is not None:
            self.sql.close()
        self.artist.close()
        self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await self.app(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self.artist.warm()
        if self.sql is not None:
            self.sql.warm()
        reply: Message = {"type": "lifespan.startup.complete"}
        await send(reply)
        await receive()
        await asyncio.to_thread(self.close)
        await send({"type": "lifespan.shutdown.complete"})


def app(data: Path) -> Site:
    """The site over `data/site/archive.db`. Raises UsageError when nothing has been published there."""
    try:
        return Site(data)
    except NotPublished as error:
        raise UsageError(f"nothing to serve yet ({error}); run: harvester demo, or harvester run") from error


def serve(data: Path, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve until interrupted."""
    with _listening(host, port) as listener:
        site = app(data)
        config = uvicorn.Config(site, log_level="warning", lifespan="on", timeout_graceful_shutdown=5)
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """The address, taken before anything starts. Raises UsageError when it cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host} port {port}: {error.strerror or error}; choose another --port"
        ) from error


def _cache_folder(data: Path) -> Path:
    """Where drawn pages are kept: beside the database, or a temporary folder when that may not be written."""
    folder = data.absolute() / "site" / "pages"
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="harvester-pages-"))
