"""What the report page asks of the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harvester.definitions.identities import identity, subject
from harvester.site.build.cell_marks import number
from harvester.site.parts.cells import CellView, plain
from harvester.site.parts.visit import PageNotFound, PageRequest

_LONG_SUM = 6
"""Terms that are written out with their zeros; chosen: so many fit into a line."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """One identity in words: the equation with the printed numbers, and the finding that names the wrong cell."""

    code: str
    key: str
    status: str
    zh: str
    en: str
    subject: tuple[str, str]
    left: str
    right: str
    cell: str | None
    implied: str | None
    attribution: str | None


def find(visit: PageRequest) -> tuple[sqlite3.Row, sqlite3.Row]:
    """The report and the edition to show: the current one, or the one that `?v=` pins by the start of its sha256.

    A pin that nobody knows is never answered with another edition.
    """
    report = visit.one("select * from reports where id = ?", int(visit.parts["id"]))
    if report is None:
        raise PageNotFound(visit.say("没有这份报告。", "There is no such report."))
    pinned = visit.arg("v")
    edition = None
    if pinned and pinned.isalnum():
        sql = "select * from editions where report_id = ? and sha256 like ? order by is_current desc limit 1"
        edition = visit.one(sql, report["id"], f"{pinned}%")
    if pinned and edition is None:
        known = visit.all("select distinct sha256 from editions where report_id = ? order by id", report["id"])
        these = ", ".join(row["sha256"][:12] for row in known)
        raise PageNotFound(
            visit.say(
                f"这份报告没有版本 {pinned}；已知版本：{these}。", f"No edition {pinned}; those known are {these}."
            )
        )
    edition = edition or visit.one("select * from editions where id = ?", report["current_edition_id"])
    if edition is None:
        raise PageNotFound(visit.say("这份报告没有已抄录的版本。", "No edition of this report has been read."))
    return report, edition


def checks(visit: PageRequest, edition: sqlite3.Row, cells: Mapping[str, CellView]) -> list[CheckView]:
    rows = visit.all("select * from checks where edition_id = ? order by code, key", edition["id"])
    named = visit.all("select * from findings where edition_id = ? and severity = 'error'", edition["id"])
    return [_check(row, edition["form"], cells, named) for row in rows]


def _check(row: sqlite3.Row, form: str, cells: Mapping[str, CellView], named: Sequence[sqlite3.Row]) -> CheckView:
    known = identity(row["code"], row["key"], form)
    words = (known.zh, known.en) if known else (row["code"], row["code"])
    parts, whole = (known.parts, known.whole) if known else ((), ())
    finding = _that_explains(row, set(parts + whole if known else json.loads(row["cells"] or "[]")), named)
    marked = cells.get(_cell_to_mark(finding, whole))
    return CheckView(
        code=row["code"],
        key=row["key"],
        status=row["status"],
        zh=words[0],
        en=words[1],
        subject=subject(row["code"], row["key"]),
        left=_sum(parts, cells) or plain(row["lhs"]) or "?",
        right=_sum(whole, cells) or plain(row["rhs"]) or "?",
        cell=marked.key if marked else None,
        implied=marked.implied if marked else None,
        attribution=finding["attribution"] if finding else None,
    )


def _that_explains(row: sqlite3.Row, used: set[str], named: Sequence[sqlite3.Row]) -> sqlite3.Row | None:
    """The finding of this identity about one of its cells, else any that names one of them."""
    of_it = (finding for finding in named if finding["code"] == row["code"] and _about(finding, used))
    return next(of_it, None) or next((finding for finding in named if finding["cell"] in used), None)


def _cell_to_mark(finding: sqlite3.Row | None, whole: Sequence[str]) -> str:
    """The cell that the finding names, else the total where there is one."""
    if finding is not None and finding["cell"]:
        return str(finding["cell"])
    return whole[0] if len(whole) == 1 else ""


def _about(finding: sqlite3.Row, used: set[str]) -> bool:
    return bool(used & set(json.loads(finding["cells"] or "[]"))) or finding["cell"] in used


def _sum(keys: Sequence[str], cells: Mapping[str, CellView]) -> str:
    """`10 + 1 + 0 + 0 = 11`; long sums leave their zeros out."""
    shown = [cells[key] for key in keys if key in cells]
    if len(shown) > _LONG_SUM:
        shown = [cell for cell in shown if cell.value != 0] or shown[:1]
    terms = " + ".join(cell.shown for cell in shown)
    values = [number(cell.value) for cell in shown]
    total = plain(sum(value for value in values if value is not None))
    return terms if len(shown) < 2 else f"{terms} = {total}"


def tally(found: Sequence[CheckView]) -> dict[str, int]:
    counts = dict.fromkeys(("pass", "fail", "pass_if_blank_is_zero", "incomplete", "not_applicable"), 0)
    for check in found:
        counts[check.status] += 1
    return counts


def timeline(visit: PageRequest, report: sqlite3.Row, editions: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    """Captures of this report's addresses and contents, oldest first, unchanged visits in a row folded."""
    urls = sorted({url for e in editions for url in (e["url"],) if url} | {report["source_url"] or ""})
    shas = sorted({e["sha256"] for e in editions})
    marks = ",".join("?" * len(urls)), ",".join("?" * len(shas))
    rows = visit.all(
        f"select * from captures where url in ({marks[0]}) union select * from captures where sha256 in ({marks[1]})"
        " order by fetched_at, id",
        *urls,
        *shas,
    )
    folded: list[dict[str, Any]] = []
    for row in rows:
        landing = row["sha256"] is not None and row["sha256"] not in shas
        entry = dict(row) | {"times": 1, "until": row["fetched_at"], "landing": landing}
        if folded and row["outcome"] == "unchanged" == folded[-1]["outcome"] and landing == folded[-1]["landing"]:
            folded[-1] |= {"times": folded[-1]["times"] + 1, "until": row["fetched_at"]}
        else:
            folded.append(entry)
    return folded


def siblings(visit: PageRequest, report: sqlite3.Row) -> list[sqlite3.Row]:
    return visit.all(
        "select id, year, errors_found, scope from reports where agency_id = ? and (scope is ? or id ="
        " ?) order by year",
        report["agency_id"],
        report["scope"],
        report["id"],
    )
