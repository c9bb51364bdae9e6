"""The crawler's memory as the walk's own thread sees it: the archive behind it is asked in the home loop only."""

from __future__ import annotations

from datetime import datetime

from archive.capture import Role
from spiders.walk.memory import ListContext, Memory, ReadTwice, UrlRecord
from spiders.walk.own_thread import OwnThread


class MemoryAtHome:
    """`Memory` over another one; what asks or writes the database crosses over, what is in hand does not."""

    def __init__(self, memory: Memory, thread: OwnThread) -> None:
        self._memory = memory
        self._thread = thread

    def recall(self, url: str) -> UrlRecord | None:
        """In hand."""
        return self._memory.recall(url)

    def known(self) -> list[UrlRecord]:
        """In hand."""
        return self._memory.known()

    def read_twice(self, url: str) -> ReadTwice | None:
        """In hand."""
        return self._memory.read_twice(url)

    def body(self, url: str) -> bytes | None:
        """Out of the archive."""
        return self._thread.at_home(self._memory.body, url)

    def walked(self, urls: list[str], now: datetime) -> None:
        """Into the archive."""
        self._thread.at_home(self._memory.walked, urls, now)

    def finished(self, url: str, now: datetime) -> None:
        """Into the archive."""
        self._thread.at_home(self._memory.finished, url, now)

    def keep_reading(self, reading: ReadTwice) -> None:
        """Into the archive."""
        self._thread.at_home(self._memory.keep_reading, reading)

    def failed(self, url: str, role: Role, status: int | None, now: datetime, context: ListContext) -> None:
        """Into the archive."""
        self._thread.at_home(self._memory.failed, url, role, status, now, context)
