"""The Datasette plugin: our pages over the published database.

It does nothing unless the Datasette serves a published archive (`harvester.site.serve` makes one that does).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from pluggy import HookimplMarker

hookimpl = HookimplMarker("datasette")


def _published(datasette: Any) -> Any:
    from harvester.site.database import Published

    return next((found for found in datasette.databases.values() if isinstance(found, Published)), None)


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    if _published(datasette) is None:
        return []
    from harvester.site.routes import all_routes

    return all_routes(datasette)


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    from harvester.site.parts.templating import decorate

    decorate(env)


@hookimpl
def extra_template_vars(request: Any, datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """What the page template needs, for Datasette's own pages."""
    database = _published(datasette)
    if database is None or request is None:
        return None
    from harvester.site.parts.facts import facts
    from harvester.site.parts.templating import words
    from harvester.site.parts.visit import language_of

    async def ours() -> dict[str, Any]:
        known = await database.read(facts)
        path, query = request.scope["path"], request.query_string
        return words(language_of(request), path, query, known) | {"simulated": known.only_simulated}

    return ours


@hookimpl(tryfirst=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Our own error pages; machines asking for JSON keep Datasette's."""
    database = _published(datasette)
    if database is None or request.scope["path"].endswith(".json"):
        return None
    from harvester.site.parts.responding import failure

    return lambda: failure(database, request, exception)


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """`pieces(text)` in SQL, so that anyone can query the Chinese index: match pieces('复议')."""
    from harvester.site.build.search import match

    conn.create_function("pieces", 1, match, deterministic=True)
