"""What the archive holds and where there is trouble."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from harvester.console import SafeConsole
from harvester.data_directory import reading, working_database
from harvester.definitions.ledger_statuses import LEDGER_STATUSES, OBTAINED
from harvester.lock import in_use
from harvester.maintain.alarms import tell
from harvester.maintain.expectations import Alarm, as_rows, open_alarms


def status(data: Path) -> dict[str, Any]:
    """Coverage by year, the last runs, portals in trouble. Raises UsageError when nothing was ever harvested."""
    with reading(working_database(data)) as connection:
        return {
            "data": str(data),
            "published": published(data),
            "in_use_by": in_use(data),
            "totals": totals(connection),
            "documents": dict(map(tuple, connection.execute(DOCUMENTS))),
            "coverage": [dict(row) for row in connection.execute(COVERAGE)],
            "runs": [dict(row) for row in connection.execute(RUNS)],
            "trouble": [dict(row) for row in connection.execute(TROUBLE)],
            "alarms": as_rows(open_alarms(connection, data)),
        }


def tell_alarms(data: Path) -> bool:
    """Tell what is not as expected, a late run among it: for a job of its own beside the runs. Is there anything?"""
    with reading(working_database(data)) as connection:
        alarms = open_alarms(connection, data)
    tell(data, alarms)
    return bool(alarms)


MOST_ROWS = 8
"""Rows of a table: all of it stays on one screen."""

DOCUMENTS = "SELECT kind, count(*) FROM documents GROUP BY kind ORDER BY kind"
COUNTED = ", ".join(f"sum(status = '{name}') AS {name}" for name in LEDGER_STATUSES)
HELD = ", ".join(f"'{name}'" for name in OBTAINED)
COVERAGE = f"""
SELECT year, count(*) AS owed, sum(status IN ({HELD})) AS obtained, {COUNTED} FROM ledger GROUP BY year ORDER BY year
"""
RUNS = """
SELECT id, kind, started_at, finished_at, status, json_extract(stats, '$.error') AS error
FROM runs ORDER BY started_at DESC, id DESC LIMIT 5
"""
TROUBLE = """
WITH latest AS (SELECT portal_id, run_id, max(id) FROM events GROUP BY portal_id),
counted AS (SELECT portal_id, kind, count(*) AS n FROM events JOIN latest USING (portal_id, run_id) GROUP BY 1, 2)
SELECT p.id, p.name, p.status, p.status_reason, p.last_ok_at,
       (SELECT json_group_object(kind, n) FROM counted WHERE portal_id = p.id) AS events
FROM portals p
WHERE p.status IN ('blocked', 'moved', 'dead') OR p.id IN (SELECT portal_id FROM latest)
ORDER BY p.id
"""
TABLES = ("portals", "captures", "documents", "agencies", "reports", "editions", "cells", "findings")


def totals(connection: sqlite3.Connection) -> dict[str, int]:
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def published(data: Path) -> str | None:
    link = data / "site" / "archive.db"
    return link.resolve().name if link.exists() else None


def draw(stock: dict[str, Any]) -> None:
    """The same for people."""
    console = SafeConsole()
    if not console.is_terminal:
        console = SafeConsole(width=160)
    totals_line = ", ".join(f"{count:,} {name}" for name, count in stock["totals"].items())
    console.print(f"{stock['data']}: {totals_line}; published: {stock['published'] or 'nothing yet'}")
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in stock["documents"].items())
    console.print(f"documents: {kinds or 'none'}")
    console.print(f"in use by {stock['in_use_by']}" if stock["in_use_by"] else "nobody is at work here")
    for alarm in stock["alarms"]:
        console.print(f"ALARM {Alarm(alarm['kind'], tuple(alarm['what']))}", style="bold", highlight=False)
    draw_rows(console, "Coverage", stock["coverage"][-MOST_ROWS:])
    draw_rows(console, "Last runs", stock["runs"])
    draw_rows(console, "Portals with trouble", stock["trouble"][:MOST_ROWS])
    if len(stock["trouble"]) > MOST_ROWS:
        console.print(f"and {len(stock['trouble']) - MOST_ROWS} more portals; all with --json")


def draw_rows(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in rows[0]:
        table.add_column(name)
    for row in rows:
        table.add_row(*(plain(value) for value in row.values()))
    console.print(table)


def plain(value: Any) -> str:
    if isinstance(value, str) and value.startswith("{"):
        return ", ".join(f"{kind} {count}" for kind, count in json.loads(value).items())
    return "" if value is None else str(value)
