"""Rows become visible only after the bytes they refer to are on the disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harvester.crawl import write_batch as batches
from harvester.crawl.write_batch import Batch


class Writer:
    """A WARC writer that only says when it was asked to sync; `full` is a disk without room."""

    sync_each = True
    full = False

    def __init__(self, seen: Callable[[], int]) -> None:
        self.seen = seen
        self.visible_at_sync: list[int] = []

    def sync(self) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.visible_at_sync.append(self.seen())


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[tuple[Batch, Writer, Callable[[], int]]]:
    """A batch on an empty table; the function counts rows as another process sees them."""
    ours = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    ours.execute("PRAGMA journal_mode = WAL")
    ours.execute("CREATE TABLE t (n)")
    theirs = sqlite3.connect(tmp_path / "a.db")

    def seen() -> int:
        return int(theirs.execute("SELECT count(*) FROM t").fetchone()[0])

    writer = Writer(seen)
    yield Batch(ours, writer), writer, seen  # type: ignore[arg-type]
    ours.close()
    theirs.close()


def put(batch: Batch) -> None:
    batch.begin()
    batch.connection.execute("INSERT INTO t VALUES (1)")
    batch.done()


async def test_a_row_alone_is_committed_at_once_and_after_the_sync(
    setting: tuple[Batch, Writer, Callable[[], int]],
) -> None:
    batch, writer, seen = setting
    put(batch)
    assert writer.visible_at_sync == [0]
    assert seen() == 1
    assert writer.sync_each is False


async def test_rows_in_quick_succession_share_one_sync(setting: tuple[Batch, Writer, Callable[[], int]]) -> None:
    batch, writer, seen = setting
    for _ in range(10):
        put(batch)
    assert seen() == 1
    await asyncio.sleep(2 * batches.LONGEST)
    assert seen() == 10
    assert writer.visible_at_sync == [0, 1]


async def test_rows_whose_bytes_did_not_reach_the_disk_are_taken_back(
    setting: tuple[Batch, Writer, Callable[[], int]],
) -> None:
    batch, writer, seen = setting
    put(batch)
    writer.full = True
    put(batch)
    await asyncio.sleep(2 * batches.LONGEST)
    assert seen() == 1
    assert isinstance(batch.failure, OSError)


async def test_a_flush_without_rows_does_nothing(setting: tuple[Batch, Writer, Callable[[], int]]) -> None:
    batch, writer, _ = setting
    batch.flush()
    assert writer.visible_at_sync == []
