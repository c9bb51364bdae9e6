"""One visit to one of our pages: what the page function is given and what it may answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette.utils.asgi import NotFound

from harvester.site.database import Published
from harvester.site.parts.facts import Facts, facts
from harvester.site.parts.language import CHINESE, ENGLISH, Language
from spiders.words.numbers import whole


class PageNotFound(Exception):
    """There is no such page: answered with 404 and a search box."""


class TakenDown(Exception):
    """Taken down on request: answered with 410; the message names the entry."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """`parts` come from the path, `args` from the query; `path` is without the language prefix.

    `origin` begins every permanent address; `public` is the same where it was set, else "".
    """

    db: sqlite3.Connection
    data: Path
    parts: Mapping[str, str]
    args: Mapping[str, list[str]]
    path: str
    query: str
    origin: str
    say: Language
    public: str = ""

    @property
    def known(self) -> Facts:
        """The archive: its real rows, the simulated ones with ``?simulated=1``."""
        return facts(self.db, self.arg("simulated") == "1")

    def arg(self, name: str, default: str = "") -> str:
        return self.args.get(name, [default])[0].strip()

    def number(self, name: str, default: int | None = None) -> int | None:
        """An integer of the query; anything else counts as not given."""
        number = whole(self.arg(name))
        return default if number is None else number

    def one(self, sql: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self.db.execute(sql, values).fetchall()

    def count(self, sql: str, *values: object) -> int:
        return int(self.db.execute(sql, values).fetchone()[0] or 0)


@dataclass(frozen=True, slots=True)
class HtmlAnswer:
    """An HTML page: template and what it shows."""

    template: str
    context: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """Anything else, ready to send."""

    content: str | bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect to a path of ours, written without the language prefix."""

    path: str
    status: int = 302


Answer = HtmlAnswer | FileAnswer | Redirect


def published(datasette: Any) -> Published:
    """The one database our pages read."""
    for database in datasette.databases.values():
        if isinstance(database, Published):
            return database
    raise NotFound("no published database")


def language_of(request: Any) -> Language:
    return ENGLISH if request.scope.get("language") == "en" else CHINESE


def joined(rows: Iterable[sqlite3.Row]) -> list[dict[str, Any]]:
    """Rows as plain dictionaries, for JSON and for templates that add to them."""
    return [dict(row) for row in rows]
