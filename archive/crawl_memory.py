"""What the crawler remembers between visits: addresses with their validators, and second readings of lists."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from archive.capture import UrlState
from archive.moments import now


class CrawlMemory:
    """The tables `urls` and `list_readings` of an open archive."""

    connection: sqlite3.Connection

    def url_state(self, url: str) -> UrlState | None:
        """What is remembered of one address."""
        row = self.connection.execute("SELECT * FROM urls WHERE url = ?", (url,)).fetchone()
        return None if row is None else UrlState.of(row)

    def url_states(self, portal_id: str) -> list[UrlState]:
        """Everything remembered of one portal."""
        rows = self.connection.execute("SELECT * FROM urls WHERE portal_id = ? ORDER BY rowid", (portal_id,))
        return [UrlState.of(row) for row in rows]

    def first_seen(self, portal_id: str) -> dict[str, str]:
        """When each address of a portal was met first."""
        rows = self.connection.execute("SELECT url, first_seen FROM urls WHERE portal_id = ?", (portal_id,))
        return dict(rows.fetchall())

    def list_readings(self, portal_id: str) -> list[sqlite3.Row]:
        """The last second reading of each list of a portal."""
        query = "SELECT * FROM list_readings WHERE portal_id = ? ORDER BY url"
        return self.connection.execute(query, (portal_id,)).fetchall()

    def save_list_reading(self, row: Mapping[str, Any]) -> None:
        """Remember a second reading; the one before of the same list goes."""
        names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        self.connection.execute(f"INSERT OR REPLACE INTO list_readings ({names}) VALUES ({marks})", row)

    def save_url_state(self, state: UrlState) -> None:
        """Remember an address, new or known."""
        row = asdict(state) | {"first_seen": state.last_checked or now()}
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name not in ("url", "first_seen"))
        self.connection.execute(
            f"INSERT INTO urls ({names}) VALUES ({marks}) ON CONFLICT (url) DO UPDATE SET {updates}", row
        )
