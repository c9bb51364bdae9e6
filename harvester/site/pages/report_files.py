"""One report as files: CSV of its cells, JSON with provenance and checks; and the difference between two editions."""

from __future__ import annotations

import difflib
import json
import sqlite3
from dataclasses import asdict
from typing import Any

from markupsafe import Markup, escape

from harvester.definitions import gloss
from harvester.definitions.figures import figures
from harvester.site.pages.report_data import find
from harvester.site.parts.cells import rows_of, shown
from harvester.site.parts.csv_file import csv_body
from harvester.site.parts.figure_cells import figure_views
from harvester.site.parts.takedowns import refuse_edition, refuse_if_taken_down
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageNotFound, PageRequest, joined

COLUMNS = ("table_id", "row_id", "column_id", "label", "raw", "state", "value", "unit", "page", "x0", "top", "x1",
           "bottom", "path", "confidence")  # fmt: skip
MARKS = ("in_failed_identity", "is_marked", "implied_value", "corrected_value")
"""Of a cell, beside what it prints; the file calls the last two `implied` and `corrected`."""


def report_csv(visit: PageRequest) -> Answer:
    refuse_if_taken_down(visit, "report", visit.parts["id"])
    row, edition = find(visit)
    refuse_edition(visit, edition)
    failed, marked, implied, corrected = MARKS
    tail = (edition["is_current"], row["simulated"])
    rows = [
        (row["id"], edition["sha256"], *(c[name] for name in COLUMNS), c[corrected], c[failed], c[marked], c[implied],
         *tail)
        for c in rows_of(visit.db, (edition["id"],))
    ]  # fmt: skip
    columns = ("report_id", "sha256", *COLUMNS, "corrected", failed, marked, "implied", "is_current", "simulated")
    pinned = "" if edition["is_current"] else f"-{edition['sha256'][:12]}"
    return csv_body(f"report-{row['id']}{pinned}.csv", columns, rows)


def report_json(visit: PageRequest) -> Answer:
    """Everything the page shows, as data."""
    refuse_if_taken_down(visit, "report", visit.parts["id"])
    row, edition = find(visit)
    refuse_edition(visit, edition)
    parts: dict[str, Any] = {"report": dict(row), "edition": dict(edition)}
    parts["cells"] = [_without_edition(dict(cell)) for cell in rows_of(visit.db, (edition["id"],))]
    for name, order in (("checks", "code, key"), ("findings", "id"), ("sections", "position"), ("corrections", "at")):
        found = joined(visit.all(f"select * from {name} where edition_id = ? order by {order}", edition["id"]))
        parts[name] = [_without_edition(one) for one in found]
    parts["editions"] = joined(visit.all("select * from editions where report_id = ? order by id", row["id"]))
    for one in (*parts["checks"], *parts["findings"]):
        one["cells"] = json.loads(one["cells"] or "[]")
    parts["permalink"] = f"{visit.origin}/reports/{row['id']}?v={edition['sha256'][:12]}"
    return FileAnswer(json.dumps(parts, ensure_ascii=False, indent=1), "application/json; charset=utf-8")


def _without_edition(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "edition_id"}


def agency_json(visit: PageRequest) -> Answer:
    row = visit.one("select * from agencies where id = ?", int(visit.parts["id"]))
    if row is None:
        raise PageNotFound(visit.say("没有这个机关。", "There is no such body."))
    reports = visit.all(
        "select r.*, f.* from reports r left join figures f on f.report_id = r.id where agency_id = ? and"
        " r.current_edition_id is not null order by year, r.id",
        row["id"],
    )
    views = figure_views(visit.db, reports, list(figures().values()))
    told = [
        dict(report) | {"figures": {name: asdict(view) for name, view in views[report["id"]].items()}}
        for report in reports
    ]
    ledger = visit.all("select * from ledger where agency_id = ? order by year", row["id"])
    answer = {"agency": dict(row), "reports": told, "ledger": joined(ledger)}
    return FileAnswer(json.dumps(answer, ensure_ascii=False, indent=1), "application/json; charset=utf-8")


def diff(visit: PageRequest) -> Answer:
    """`/reports/<id>/diff/<sha12>..<sha12>`: cells before and after, then the text."""
    report = visit.one("select * from reports where id = ?", int(visit.parts["id"]))
    editions = [
        visit.one(
            "select * from editions where report_id = ? and sha256 glob ?", int(visit.parts["id"]), f"{visit.parts[k]}*"
        )
        for k in ("a", "b")
    ]
    if report is None or None in editions:
        raise PageNotFound(visit.say("没有这两个版本。", "There are no such editions."))
    before, after = editions
    assert before is not None
    assert after is not None
    for edition in (before, after):
        refuse_edition(visit, edition)
    return HtmlAnswer(
        "diff.html",
        {
            "report": report,
            "before": before,
            "after": after,
            "cells": changed_cells(visit, before["id"], after["id"]),
            "lines": changed_lines(_text(visit, before["id"]), _text(visit, after["id"])),
            "simulated": bool(report["simulated"]),
        },
    )


def changed_cells(visit: PageRequest, before: int, after: int) -> list[dict[str, Any]]:
    """Cells whose text differs, in printed order; a cell that one edition lacks shows as such."""
    old, new = (_cells(visit, edition) for edition in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    return [
        {
            "key": key,
            "name": gloss.cell_name(*key.split("/")),
            "before": _shown(old.get(key)),
            "after": _shown(new.get(key)),
        }
        for key in keys
        if _shown(old.get(key)) != _shown(new.get(key))
    ]


def _cells(visit: PageRequest, edition: int) -> dict[str, sqlite3.Row]:
    rows = visit.all("select * from cells where edition_id = ? order by table_id, position", edition)
    return {f"{row['table_id']}/{row['row_id']}/{row['column_id']}": row for row in rows}


def _shown(row: sqlite3.Row | None) -> str:
    return "·" if row is None else shown(row)


def _text(visit: PageRequest, edition: int) -> list[str]:
    rows = visit.all("select heading, text from sections where edition_id = ? order by position", edition)
    return [line for row in rows for line in [row["heading"] or "", *(row["text"] or "").split("\n")] if line.strip()]


def changed_lines(before: list[str], after: list[str]) -> list[tuple[Markup, Markup]]:
    """Changed paragraphs side by side, the changed characters in <del> and <ins>."""
    found: list[tuple[Markup, Markup]] = []
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found.append(_words("\n".join(before[a0:a1]), "\n".join(after[b0:b1])))
    return found


def _words(before: str, after: str) -> tuple[Markup, Markup]:
    left, right = Markup(""), Markup("")
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            left, right = left + escape(before[a0:a1]), right + escape(after[b0:b1])
        else:
            left += Markup("<del>{}</del>").format(before[a0:a1]) if a1 > a0 else Markup("")
            right += Markup("<ins>{}</ins>").format(after[b0:b1]) if b1 > b0 else Markup("")
    return left, right
