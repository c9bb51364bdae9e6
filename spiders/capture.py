"""Capture: what a spider yields, one kept answer of one address at one time."""

from __future__ import annotations

from dataclasses import dataclass

from archive.warc import Exchange
from spiders.fetch import Role


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer worth keeping. `body` is the content after Content-Encoding, `exchange` the bytes of the wire.

    `url` is the address that was asked for (a form written into the query), `exchange.url` the one that answered.
    `outcome` is set where the crawler knows it ("unchanged" after a 304, "gone"); None leaves it to the archive.
    `list_title`, `list_date` and `column_path` are what the list said of the item, `landing_url` the article an
    attachment hangs on.
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
