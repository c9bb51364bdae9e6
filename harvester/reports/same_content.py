"""Editions that say the same: a page with a counter or a clock has new bytes at every visit and nothing new in it."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Mapping, Sequence

COUNTER = re.compile(
    r"(浏览|访问|点击|阅读|今天是|现在是|当前(时间|日期)|访客)[^\d\n]{0,8}[:：]?\s*[\d,\s年月日时分秒星期:：\-/]*\d"
)
"""Words of a page's frame that may have slipped into a section, with the number that changes by itself."""

CONTENT_QUERIES = (
    "SELECT table_id, row_id, column_id, state, raw, value, unit FROM cells WHERE edition_id = ? ORDER BY 1, 2, 3",
    "SELECT number, heading, text FROM sections WHERE edition_id = ? ORDER BY position",
)


def first_with_same_content(connection: sqlite3.Connection, editions: Sequence[sqlite3.Row]) -> dict[int, int]:
    """Edition id -> the earliest edition of the same format with the same cells and sections (often itself)."""
    if len(editions) < 2:
        return {row["id"]: row["id"] for row in editions}
    first: dict[tuple[str, str], int] = {}
    return {
        row["id"]: first.setdefault((row["format"], content_hash(connection, row["id"])), row["id"])
        for row in sorted(editions, key=lambda row: int(row["id"]))
    }


def content_hash(connection: sqlite3.Connection, edition_id: int) -> str:
    """A hash of what an edition prints; where it prints it does not count."""
    digest = hashlib.sha256()
    for query in CONTENT_QUERIES:
        for row in connection.execute(query, (edition_id,)):
            digest.update(COUNTER.sub("", repr(tuple(row))).encode())
    return digest.hexdigest()


def changed_at(connection: sqlite3.Connection, report_id: int, said: Mapping[str, int]) -> str | None:
    """When an address of a report last began to say something else. `said`: sha256 -> edition that said it first."""
    changed: str | None = None
    latest: dict[str, int | str] = {}
    for row in connection.execute(
        "SELECT url, sha256, fetched_at FROM captures WHERE sha256 IS NOT NULL AND url IN ("
        " SELECT c.url FROM editions e JOIN captures c ON c.sha256 = e.sha256"
        " WHERE e.report_id = ? AND c.role IN ('page', 'attachment')) ORDER BY id",
        (report_id,),
    ):
        content = said.get(row["sha256"], row["sha256"])
        if latest.setdefault(row["url"], content) != content:
            changed = row["fetched_at"]
        latest[row["url"]] = content
    return changed
