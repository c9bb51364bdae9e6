"""What the crawler remembers of an address between runs; the archive implements it, tests use a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from archive.capture import Role
from spiders.portal import Recipe


@dataclass(frozen=True, slots=True)
class UrlRecord:
    """An address seen before. Times are UTC; `sha256` is of the content, None while nothing of it is archived."""

    url: str
    role: Role
    etag: str | None
    last_modified: str | None
    sha256: str | None
    next_check: datetime
    failures: int = 0
    status: int | None = None
    landing_url: str | None = None
    list_title: str | None = None
    list_date: str | None = None
    column_path: str | None = None


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """What came of reading a list plainly and in a browser. `items`: reports then; `recipe`: how to ask for it."""

    url: str
    read_at: datetime
    agrees: bool
    why: str
    items: int
    recipe: Recipe | None = None


ListContext = Mapping[str, str | None]
"""``landing_url``, ``list_title``, ``list_date``, ``column_path`` of an item, as far as they are known."""


class Memory(Protocol):
    """The crawler's own memory of one portal."""

    def recall(self, url: str) -> UrlRecord | None:
        """What is known of `url`, None for a new address."""

    def known(self) -> list[UrlRecord]:
        """Every address of the portal that is remembered."""

    def body(self, url: str) -> bytes | None:
        """The archived content of `url`, for an answer that says "not modified"."""

    def walked(self, urls: list[str], now: datetime) -> None:
        """These list pages and everything they name have been dealt with: not due again before their time."""

    def finished(self, url: str, now: datetime) -> None:
        """An article and all that hangs on it have been asked for: not due again before its time. Until then it is."""

    def read_twice(self, url: str) -> ReadTwice | None:
        """What came of the last second reading of the list at `url`."""

    def keep_reading(self, reading: ReadTwice) -> None:
        """Remember a second reading."""

    def failed(self, url: str, role: Role, status: int | None, now: datetime, context: ListContext) -> None:
        """`url` gave nothing this time; `context` is what its list said of it, for the run that will get it."""
