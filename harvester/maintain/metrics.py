"""metrics.prom in the data directory: figures of the last run as OpenMetrics, for Prometheus' textfile collector."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from harvester.maintain.expectations import TODO, Alarm, held

FILE = "metrics.prom"
COUNTED = ("requests", "bytes", "pages", "new", "changed", "unchanged", "gone")

LAST_RUN = """SELECT started_at, finished_at, status = 'done' AS ok, stats FROM runs WHERE kind = 'run'
    ORDER BY started_at DESC, id DESC LIMIT 1"""


def write_metrics(connection: sqlite3.Connection, data: Path, alarms: Iterable[Alarm]) -> Path:
    """Write the file, whole or not at all."""
    beside = data / f"{FILE}.new"
    beside.write_text("".join(f"{line}\n" for line in lines(connection, data, alarms)), "utf-8")
    os.replace(beside, data / FILE)
    return data / FILE


def lines(connection: sqlite3.Connection, data: Path, alarms: Iterable[Alarm]) -> Iterator[str]:
    """OpenMetrics text, line by line."""
    yield from gauge("harvester_reports", "Reports in the archive", [("", scalar(connection, "reports"))])
    yield from gauge("harvester_captures", "Fetches kept", [("", scalar(connection, "captures"))])
    kinds = connection.execute("SELECT coalesce(kind, ''), count(*) FROM documents GROUP BY 1 ORDER BY 1")
    yield from gauge("harvester_documents", "Documents by kind", labelled("kind", kinds))
    states = connection.execute("SELECT coalesce(status, ''), count(*) FROM portals GROUP BY 1 ORDER BY 1")
    yield from gauge("harvester_portals", "Portals by status", labelled("status", states))
    open_kinds = {one.kind: len(one.what) for one in alarms}
    cases = [(f'{{kind="{kind}"}}', open_kinds.get(kind, 0)) for kind in TODO]
    yield from gauge("harvester_alarm_cases", "Cases of each kind of alarm that are open", cases)
    for name, size in held(data).items():
        yield from gauge(f"harvester_disk_{name}_bytes", f"Bytes {name}", [("", size)])
    yield from last_run(connection)
    yield "# EOF"


def last_run(connection: sqlite3.Connection) -> Iterator[str]:
    row = connection.execute(LAST_RUN).fetchone()
    if row is None:
        return
    begun = datetime.fromisoformat(row["started_at"]).timestamp()
    yield from gauge("harvester_last_run_start_seconds", "When the last run began", [("", begun)])
    yield from gauge("harvester_last_run_ok", "1 when it ended well", [("", int(row["ok"] or 0))])
    stats = json.loads(row["stats"] or "{}")
    seconds = [(f'{{stage="{stage}"}}', spent) for stage, spent in (stats.get("seconds") or {}).items()]
    yield from gauge("harvester_last_run_stage_seconds", "Seconds of each stage of it", seconds)
    portals = (stats.get("portals") or {}).values()
    totals = [(f'{{what="{what}"}}', sum(one.get(what) or 0 for one in portals)) for what in COUNTED]
    yield from gauge("harvester_last_run_crawl", "What its crawl came to", totals)


def gauge(name: str, told: str, values: Iterable[tuple[str, float]]) -> Iterator[str]:
    """One metric with its samples; `values` are (labels, value)."""
    yield f"# TYPE {name} gauge"
    yield f"# HELP {name} {told}"
    for labels, value in values:
        yield f"{name}{labels} {value}"


def labelled(label: str, rows: Iterable[tuple[str, int]]) -> list[tuple[str, float]]:
    return [(f'{{{label}="{key}"}}', count) for key, count in rows]


def scalar(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
