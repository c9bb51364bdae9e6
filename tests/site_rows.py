"""Rows of the site's test archive: the builder that inserts them, and what checking a report finds."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from archive.exchange import Exchange
from archive.warc_writer import WarcWriter
from harvester.definitions.identities import identity

CODES = ("T3-FLOW", "T3-DISP", "T3-APPL", "T4-SUM")


@dataclass
class Builder:
    """Rows go straight into the new published file; bytes into one WARC."""

    connection: sqlite3.Connection
    warc: WarcWriter
    edition: int = 0
    capture: int = 0
    finding: int = 0
    walk: int = 0

    def insert(self, table: str, **row: Any) -> None:
        marks = ", ".join("?" * len(row))
        self.connection.execute(f'INSERT INTO "{table}" ({", ".join(row)}) VALUES ({marks})', list(row.values()))

    def fetch(
        self, url: str, body: bytes, media_type: str, at: str, outcome: str, role: str = "page", column: str = "年报"
    ) -> str:
        """Keep bytes and the row of their capture; return their sha256."""
        sha = hashlib.sha256(body).hexdigest()
        where = self.warc.write(
            Exchange(url, "GET", (), b"", 200, "OK", (("Content-Type", media_type),), body, datetime.now(UTC))
        )
        self.capture += 1
        self.insert(
            "captures", id=self.capture, run_id="run-1", portal_id="sim", url=url, fetched_at=at, http_status=200,
            outcome=outcome, media_type=media_type, sha256=sha, size=len(body), warc_file=where.file,
            warc_offset=where.offset, role=role, column_path=column,
        )  # fmt: skip
        return sha


def number_of(raw: str) -> int | str | None:
    return int(raw) if raw.isdigit() else raw if raw.replace(".", "", 1).isdigit() else None


def check(builder: Builder, report: dict[str, Any], edition: int, form: str, printed: dict[Any, str]) -> None:
    columns = {key[2] for key in printed if key[0] == "requests"}
    rows = {key[1] for key in printed if key[0] == "requests"}
    keys = {"T3-FLOW": columns, "T3-DISP": columns, "T3-APPL": rows,
            "T4-SUM": {"review", "litigation_direct", "litigation_after_review"}}  # fmt: skip
    for code in CODES:
        for key in sorted(keys[code]):
            known = identity(code, key, form)
            assert known is not None
            keyed = [[tuple(cell.split("/")) for cell in side] for side in (known.parts, known.whole)]
            sides = [[printed[cell] for cell in side if cell in printed] for side in keyed]
            left, right = ([number_of(raw) for raw in side] for side in sides)
            used = list(known.parts + known.whole)
            if None in left + right:
                self_status, lhs, rhs = "incomplete", None, None
            else:
                lhs, rhs = sum(int(v or 0) for v in left), sum(int(v or 0) for v in right)
                self_status = "pass" if lhs == rhs else "fail"
            builder.insert("checks", edition_id=edition, code=code, key=key, status=self_status, lhs=lhs, rhs=rhs,
                           delta=None if lhs is None or rhs is None else lhs - rhs, cells=json.dumps(used))  # fmt: skip
            if self_status == "fail" and len(known.whole) == 1 and lhs is not None:
                _find(builder, report, edition, code, known.whole[0], lhs, rhs, used)


def _find(builder: Builder, report: dict[str, Any], edition: int, code: str, cell: str, implied: int,
          printed: int | None, used: list[str]) -> None:  # fmt: skip
    builder.finding += 1
    builder.insert("findings", id=builder.finding, report_id=report["id"], edition_id=edition, code=code,
                   severity="error", attribution="unknown" if report["agency_id"] == 6 else "publisher",
                   message=f"分项之和为{implied}，总计印作{printed}", cell=cell, cells=json.dumps(used),
                   message_en=f"the parts add up to {implied}, the total is printed as {printed}",
                   implied_value=implied)  # fmt: skip


def narrative_conflict(builder: Builder, report: dict[str, Any], edition: int, printed: dict[Any, str],
                        text: list[tuple[int, str, str]]) -> None:  # fmt: skip
    if (report["agency_id"], report["year"]) != (3, 2022):
        return
    quote = text[0][2].split("\n")[0].split("年度")[1].rstrip("。")
    start = text[0][2].index(quote)
    builder.finding += 1
    builder.insert("findings", id=builder.finding, report_id=report["id"], edition_id=edition,
                   code="NARRATIVE-CONFLICT", severity="warning", attribution="publisher", section=1, quote=quote,
                   message=f"正文说“{quote}”，表三本年新收印作{printed['requests', 'requests_received', 'total']}",
                   message_en="the text and table three disagree on new requests", quote_start=start,
                   quote_end=start + len(quote), cell="requests/requests_received/total",
                   cells='["requests/requests_received/total"]')  # fmt: skip
