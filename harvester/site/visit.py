"""One visit to one of our pages: what the page function is given and what it may answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response

from harvester.site.language import CHINESE, ENGLISH, Language
from harvester.site.published import Published
from harvester.site.templating import render

PAGE_TIME_LIMIT = 10_000
"""Milliseconds of SQL that one of our own pages may take before it fails loudly."""


class Missing(Exception):
    """There is no such page: answered with 404 and a search box."""


class Withdrawn(Exception):
    """Taken down on request: answered with 410; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Visit:
    """`parts` come from the path, `args` from the query; `path` is without the language prefix."""

    db: sqlite3.Connection
    data: Path
    parts: Mapping[str, str]
    args: Mapping[str, list[str]]
    path: str
    query: str
    origin: str
    say: Language

    def arg(self, name: str, default: str = "") -> str:
        return self.args.get(name, [default])[0].strip()

    def number(self, name: str, default: int | None = None) -> int | None:
        """An integer of the query; anything else counts as not given."""
        text = self.arg(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default

    def one(self, sql: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self.db.execute(sql, values).fetchall()

    def count(self, sql: str, *values: object) -> int:
        return int(self.db.execute(sql, values).fetchone()[0] or 0)


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page: template and what it shows."""

    template: str
    context: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Body:
    """Anything else, ready to send."""

    content: str | bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A redirect to a path of ours, written without the language prefix."""

    path: str
    status: int = 302


Answer = Page | Body | Elsewhere
PageFunction = Callable[[Visit], Answer]
View = Callable[..., Awaitable[Response | None]]
Route = tuple[str, View]


def published(datasette: Any) -> Published:
    """The one database our pages read."""
    for database in datasette.databases.values():
        if isinstance(database, Published):
            return database
    raise NotFound("no published database")


def language_of(request: Any) -> Language:
    return ENGLISH if request.scope.get("language") == "en" else CHINESE


def visit(request: Any, connection: sqlite3.Connection, data: Path) -> Visit:
    args: dict[str, list[str]] = {name: request.args.getlist(name) for name in request.args}
    return Visit(
        db=connection,
        data=data,
        parts=request.url_vars,
        args=args,
        path=request.scope["path"],
        query=request.query_string,
        origin=f"{request.scheme}://{request.host}",
        say=language_of(request),
    )


def view(function: PageFunction) -> View:
    """A page function as a Datasette route: the whole page, SQL and template, in one of our own threads."""

    async def serve(request: Any, datasette: Any) -> Response:
        database = published(datasette)
        data = database.link.parent.parent
        return await database.read(lambda connection: respond(function, visit(request, connection, data)))

    serve.__name__ = function.__name__
    return serve


def respond(function: PageFunction, given: Visit) -> Response:
    """Run a page function and turn its answer into bytes."""
    try:
        with sqlite_timelimit(given.db, PAGE_TIME_LIMIT):
            answer = function(given)
            return _response(answer, given)
    except Missing as missing:
        return _response(Page("failure.html", {"status": 404, "message": str(missing)}, 404), given)
    except Withdrawn as withdrawn:
        return _response(Page("failure.html", {"status": 410, "message": str(withdrawn)}, 410), given)


def _response(answer: Answer, given: Visit) -> Response:
    if isinstance(answer, Elsewhere):
        return Response.redirect(given.say.href(answer.path), status=answer.status)
    if isinstance(answer, Body):
        return Response(answer.content, answer.status, dict(answer.headers), content_type=answer.media_type)
    return Response.html(render(answer.template, answer.context, given), status=answer.status)


def routes(*pairs: tuple[str, PageFunction]) -> list[Route]:
    return [(pattern, view(function)) for pattern, function in pairs]


def joined(rows: Iterable[sqlite3.Row]) -> list[dict[str, Any]]:
    """Rows as plain dictionaries, for JSON and for templates that add to them."""
    return [dict(row) for row in rows]
