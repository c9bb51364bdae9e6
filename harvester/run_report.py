"""runs/<run id>/report.json for machines and report.md for people."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from archive.store import Store
from harvester.printable import printable, printable_json


def write_reports(store: Store, run_id: str) -> Path:
    """Write both reports of a run and return their folder. Each appears whole or not at all."""
    folder = store.data / "runs" / run_id
    folder.mkdir(parents=True, exist_ok=True)
    stock = gather(store, run_id)
    write_whole(folder / "report.json", printable_json(json.dumps(stock, ensure_ascii=False, indent=2)) + "\n")
    write_whole(folder / "report.md", printable(markdown(stock)))
    return folder


def gather(store: Store, run_id: str) -> dict[str, Any]:
    """The run's row, the figures of each portal, and every event."""
    row = store.connection.execute("SELECT * FROM runs WHERE id = ?", (run_id,)).fetchone()
    events = store.connection.execute(
        "SELECT portal_id, url, kind, detail, at FROM events WHERE run_id = ? ORDER BY id", (run_id,)
    )
    stats = json.loads(row["stats"] or "{}")
    return {
        "run": {name: row[name] for name in ("id", "kind", "started_at", "finished_at", "status")},
        **stats,
        "events": [dict(event) for event in events],
    }


def markdown(stock: dict[str, Any]) -> str:
    """The same for people: one line a portal, then what went wrong."""
    run = stock["run"]
    lines = [
        f"# Run {run['id']}",
        "",
        f"{run['kind']}, {run['status']}, {run['started_at']} to {run['finished_at']}.",
    ]
    if stock.get("seconds"):
        lines += ["", "Time: " + ", ".join(f"{part} {seconds:g} s" for part, seconds in stock["seconds"].items())]
    if stock.get("error"):
        lines += ["", f"Error: {stock['error']}"]
    if stock.get("portals"):
        lines += [
            "",
            "| portal | requests | lists | found | declared | walk | new | changed | unchanged | gone | ended |",
            "|---|---|---|---|---|---|---|---|---|---|---|",
        ]
        lines += [portal_line(portal_id, stats) for portal_id, stats in sorted(stock["portals"].items())]
    if once := sum(stats.get("read_once", 0) for stats in (stock.get("portals") or {}).values()):
        lines += [
            "",
            f"Read once only, for want of a browser: {once} lists (`harvester doctor` says more)",
        ]
    if stock.get("parsed") is not None:
        lines += ["", "Documents read: " + (", ".join(f"{n} {kind}" for kind, n in stock["parsed"].items()) or "none")]
    if stock.get("lost"):
        lines += ["", f"Not to be had from the archive: {stock['lost']} documents; run `harvester verify`"]
    if stock.get("interrupted"):
        lines += ["", f"Broken off from outside, read by the next run: {stock['interrupted']} documents"]
    if stock.get("published"):
        lines += ["", f"Published: {stock['published']}"]
    if stock["events"]:
        lines += ["", "## Events", "", "| portal | kind | address | detail |", "|---|---|---|---|"]
        lines += [
            f"| {event['portal_id']} | {event['kind']} | {event['url'] or ''} | {one_line(event['detail'])} |"
            for event in stock["events"]
        ]
    return "\n".join(lines) + "\n"


def portal_line(portal_id: str, stats: dict[str, Any]) -> str:
    names = ("requests", "lists", "found", "declared_total", "completeness", "new", "changed", "unchanged", "gone")
    figures = [str("" if stats.get(name) is None else stats[name]) for name in names]
    return f"| {portal_id} | {' | '.join(figures)} | {stats.get('finished_reason', '')} |"


def one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("|", "\\|")


def write_whole(file: Path, text: str) -> None:
    beside = file.with_suffix(file.suffix + ".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)
