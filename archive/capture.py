"""What goes into the archive and what is remembered of an address: plain values, no database."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from archive.warc import Exchange

Role = Literal["list", "page", "attachment", "robots", "script"]
"""`script`: what a page's scripts ask for. It is kept, as a list, only where it holds one."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of one address at one time. `body` is the content after Content-Encoding, `exchange` the wire's bytes.

    `url` is the address that was asked for (a form written into the query), `exchange.url` the one that answered.
    `outcome` is None where the archive shall decide (new, changed or unchanged, by hash); the crawler says
    "unchanged" after a 304 and "gone" for a page that has vanished. `list_title`, `list_date` and `column_path` are
    what the list said of the item, `landing_url` the article an attachment hangs on.
    """

    url: str
    role: Role
    exchange: Exchange
    body: bytes
    media_type: str | None = None
    outcome: str | None = None
    landing_url: str | None = None
    list_title: str | None = None
    list_date: str | None = None
    column_path: str | None = None
    redirected_from: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a capture: its id, outcome (new, changed, unchanged, gone) and the hash of its content."""

    id: int
    outcome: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class UrlState:
    """What the crawler remembers of an address. Times are ISO 8601, UTC."""

    url: str
    portal_id: str
    role: str
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    status: int | None = None
    last_checked: str | None = None
    next_check: str | None = None
    failures: int = 0
    landing_url: str | None = None
    list_title: str | None = None
    list_date: str | None = None
    column_path: str | None = None

    @classmethod
    def of(cls, row: sqlite3.Row) -> UrlState:
        """The state that a row of `urls` holds."""
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})
