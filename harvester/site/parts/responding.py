"""A page function as a Datasette route: run it, turn its answer or its failure into bytes."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Response

from harvester.site.database import Published
from harvester.site.parts.templating import render
from harvester.site.parts.visit import (
    Answer,
    FileAnswer,
    HtmlAnswer,
    PageNotFound,
    PageRequest,
    Redirect,
    TakenDown,
    language_of,
    published,
)

log = logging.getLogger(__name__)

PAGE_TIME_LIMIT = 10_000
"""Milliseconds of SQL that one of our own pages may take before it fails loudly."""


PageFunction = Callable[[PageRequest], Answer]


View = Callable[..., Awaitable[Response | None]]


Route = tuple[str, View]


def visit(request: Any, connection: sqlite3.Connection, data: Path) -> PageRequest:
    args: dict[str, list[str]] = {name: request.args.getlist(name) for name in request.args}
    return PageRequest(
        db=connection,
        data=data,
        parts=request.url_vars,
        args=args,
        path=request.scope["path"],
        query=request.query_string,
        origin=public_address(data, request.scope),
        say=language_of(request),
        public=address_told(data),
    )


PUBLIC_ADDRESS = "HARVESTER_PUBLIC_URL"
"""Environment variable with the address under which visitors reach the site: https://archive.example."""


def public_address(data: Path, scope: Mapping[str, Any]) -> str:
    """What permalinks, feeds and the sitemap begin with: the setting, else `public_address.txt` in the data directory,
    else where the server listens. Never what a visitor's Host header says."""
    if told := address_told(data):
        return told
    host, port = scope.get("server") or ("localhost", None)
    host = f"[{host}]" if ":" in host else host
    return f"{scope.get('scheme', 'http')}://{host}" + (f":{port}" if port not in (None, 80, 443) else "")


def address_told(data: Path) -> str:
    """The address that was set, without a slash at its end; "" where none was."""
    file = data / "public_address.txt"
    told = os.environ.get(PUBLIC_ADDRESS) or (file.read_text(encoding="utf-8-sig") if file.exists() else "")
    return told.strip().partition("\n")[0].rstrip("/")


def view(function: PageFunction) -> View:
    """A page function as a Datasette route: the whole page, SQL and template, in one of our own threads."""

    async def serve(request: Any, datasette: Any) -> Response:
        database = published(datasette)
        data = database.link.parent.parent
        return await database.read(lambda connection: respond(function, visit(request, connection, data)))

    serve.__name__ = function.__name__
    return serve


def respond(function: PageFunction, given: PageRequest) -> Response:
    """Run a page function and turn its answer into bytes."""
    try:
        with sqlite_timelimit(given.db, PAGE_TIME_LIMIT):
            answer = function(given)
            return _response(answer, given)
    except PageNotFound as missing:
        return _response(HtmlAnswer("failure.html", {"status": 404, "message": str(missing)}, 404), given)
    except TakenDown as withdrawn:
        return _response(HtmlAnswer("failure.html", {"status": 410, "message": str(withdrawn)}, 410), given)


def _response(answer: Answer, given: PageRequest) -> Response:
    if isinstance(answer, Redirect):
        return Response.redirect(given.say.href(answer.path), status=answer.status)
    if isinstance(answer, FileAnswer):
        return Response(answer.content, answer.status, dict(answer.headers), content_type=answer.media_type)
    return Response.html(render(answer.template, answer.context, given), status=answer.status)


def routes(*pairs: tuple[str, PageFunction]) -> list[Route]:
    return [(pattern, view(function)) for pattern, function in pairs]


async def failure(database: Published, request: Any, exception: Exception) -> Response:
    """Our own error page for an exception, in our pages and Datasette's alike.

    What a visitor caused is explained; what we caused is logged.
    """
    status = int(getattr(exception, "status", HTTPStatus.INTERNAL_SERVER_ERROR))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s failed", request.scope["path"], exc_info=exception)
    is_explained = (
        HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NOT_FOUND
    )
    message = str(getattr(exception, "message", None) or exception) if is_explained else ""

    def page(connection: sqlite3.Connection) -> Response:
        given = visit(request, connection, database.link.parent.parent)
        return respond(lambda _: HtmlAnswer("failure.html", {"status": status, "message": message}, status), given)

    request.scope.setdefault("url_route", {"kwargs": {}})
    return await database.read(page)
