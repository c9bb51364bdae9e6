"""Takedowns: `takedowns.csv` in the data directory names what the site must not show (kind, id, at, reason).

`contact.txt` beside it holds one line, the address to write to.
"""

from __future__ import annotations

import csv
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from harvester.site.parts.visit import PageRequest, TakenDown


@dataclass(frozen=True, slots=True)
class Takedown:
    """`kind` is `report` (id: its number) or `document` (id: its sha256)."""

    kind: str
    id: str
    at: str
    reason: str


def takedowns(data: Path) -> tuple[Takedown, ...]:
    file = data / "takedowns.csv"
    return _read(file, file.stat().st_mtime_ns) if file.exists() else ()


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> tuple[Takedown, ...]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(
            Takedown(row["kind"], row["id"], row.get("at", ""), row.get("reason", "")) for row in csv.DictReader(lines)
        )


def contact(data: Path) -> str:
    """Whom to write to about an error or a takedown; empty when the operator has not said so."""
    file = data / "contact.txt"
    return file.read_text(encoding="utf-8-sig").strip().partition("\n")[0][:200] if file.exists() else ""


def taken_down(data: Path, kind: str, id_: str) -> Takedown | None:
    return next((entry for entry in takedowns(data) if (entry.kind, entry.id) == (kind, id_)), None)


def withheld_editions(visit: PageRequest) -> frozenset[int]:
    """Editions whose words nobody may see any more, from the moment that `takedowns.csv` says so."""
    entries = takedowns(visit.data)
    if not entries:
        return frozenset()
    reports = [entry.id for entry in entries if entry.kind == "report"]
    documents = [entry.id for entry in entries if entry.kind == "document"]
    rows = visit.all(
        f"select id from editions where report_id in ({','.join('?' * len(reports))}) or sha256 in"
        f" ({','.join('?' * len(documents))})",
        *reports,
        *documents,
    )
    return frozenset(row["id"] for row in rows)


def withheld_reports(visit: PageRequest) -> frozenset[int]:
    """Reports of which any edition is withheld."""
    editions = withheld_editions(visit)
    marks = ",".join("?" * len(editions))
    rows = visit.all(f"select distinct report_id from editions where id in ({marks})", *editions) if editions else []
    return frozenset(row["report_id"] for row in rows)


def refuse_edition(visit: PageRequest, edition: sqlite3.Row) -> None:
    """Raise `TakenDown` where the report or the document of an edition was taken down."""
    refuse_if_taken_down(visit, "report", str(edition["report_id"]))
    refuse_if_taken_down(visit, "document", edition["sha256"])


def refuse_if_taken_down(visit: PageRequest, kind: str, id_: str) -> None:
    """Raise `TakenDown`, naming the entry."""
    entry = taken_down(visit.data, kind, id_)
    if entry:
        raise TakenDown(f"{entry.kind} {entry.id} · {entry.at} · {entry.reason}")
