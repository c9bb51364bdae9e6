"""Batch: many captures for one sync of the WARC file and one commit of their rows, in that order."""

from __future__ import annotations

import asyncio
import sqlite3
from time import monotonic

from archive.warc_writer import WarcWriter

LONGEST = 0.25
"""Seconds that a row may wait for its commit. On a polite crawl every row is committed at once."""
MOST = 64


class Batch:
    """Rows become visible, and outlive a power cut, only after the bytes they refer to are on the disk.

    A sync takes milliseconds and holds up every portal of the crawl; one sync serves all captures of a quarter of a
    second. A kill loses those rows; their bytes are records nobody refers to, and the next run fetches them again.
    """

    def __init__(self, connection: sqlite3.Connection, writer: WarcWriter) -> None:
        self.connection = connection
        self.writer = writer
        self.writer.sync_each = False
        self._pending = 0
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.failure: Exception | None = None

    def begin(self) -> None:
        """Before the rows of a capture."""
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def done(self) -> None:
        """After them. Raises OSError or sqlite3.Error when they could not be made to last."""
        self._pending += 1
        if self._pending >= MOST or monotonic() - self._last >= LONGEST:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LONGEST, self._tick)

    def flush(self) -> None:
        """Bytes to the disk, then rows. On failure the rows are taken back."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._pending, self._last = 0, monotonic()
        if not self.connection.in_transaction:
            return
        try:
            self.writer.sync()
        except OSError:
            self.connection.rollback()
            raise
        self.connection.execute("COMMIT")

    def _tick(self) -> None:
        self._timer = None
        try:
            self.flush()
        except (OSError, sqlite3.Error) as error:
            self.failure = error
