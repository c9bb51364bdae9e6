"""Our own error pages, for our pages and Datasette's alike."""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from datasette.utils.asgi import Response

from harvester.site.database import Published
from harvester.site.parts.responding import respond, visit
from harvester.site.parts.visit import HtmlAnswer

log = logging.getLogger(__name__)


async def failure(database: Published, request: Any, exception: Exception) -> Response:
    """The page for an exception. What a visitor caused is explained; what we caused is logged."""
    status = int(getattr(exception, "status", 500))
    if status >= 500:
        log.error("%s failed", request.scope["path"], exc_info=exception)
    message = str(getattr(exception, "message", None) or exception) if 400 <= status < 500 and status != 404 else ""

    def page(connection: sqlite3.Connection) -> Response:
        given = visit(request, connection, database.link.parent.parent)
        return respond(lambda _: HtmlAnswer("failure.html", {"status": status, "message": message}, status), given)

    request.scope.setdefault("url_route", {"kwargs": {}})
    return await database.read(page)
