"""The report page: three tables as printed beside the original, checks, narrative, captures, citation."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from harvester.definitions import gloss
from harvester.definitions.form_cells import form_cells
from harvester.definitions.labels import FORMATS, SCOPES
from harvester.site.pages.report_data import checks, find, siblings, tally, timeline
from harvester.site.parts.cells import STATES, CellView, load, outside_form
from harvester.site.parts.citation import cell_citation, report_citation
from harvester.site.parts.evidence import pane
from harvester.site.parts.form_layout import Article, FormLine, articles, differs, request_lines
from harvester.site.parts.narrative import passages
from harvester.site.parts.places import crumbs
from harvester.site.parts.takedowns import refuse_edition, refuse_if_taken_down
from harvester.site.parts.visit import Answer, HtmlAnswer, PageNotFound, PageRequest

Cells = Mapping[str, CellView]


def report(visit: PageRequest) -> Answer:
    """`/reports/<id>?cell=requests.granted.total&v=<sha12>`"""
    refuse_if_taken_down(visit, "report", visit.parts["id"])
    row, edition = find(visit)
    refuse_edition(visit, edition)
    cells = load(visit.db, edition["id"])
    editions = visit.all("select * from editions where report_id = ? order by first_seen_at, id", row["id"])
    verified = checks(visit, edition, cells)
    findings = visit.all("select * from findings where edition_id = ? order by severity, code, id", edition["id"])
    chosen = _chosen(visit, cells, findings)
    context = {
        "report": row,
        "edition": edition,
        "editions": [one for one in editions if one["same_as"] is None or one["id"] == edition["id"]],
        "cells": cells,
        "tables": _tables(edition["form"], cells),
        "checks": verified,
        "tally": tally(verified),
        "findings": findings,
        "chosen": chosen,
        "pane": pane(visit, edition, cells, chosen),
        "passages": passages(visit, row, edition["id"], findings, cells),
        "citations": {
            "report": report_citation(visit, row, edition),
            "cell": cell_citation(visit, row, edition, chosen) if chosen else None,
        },
        "previous": _previous(visit, row) if visit.arg("with") == "prev" else None,
    }
    return HtmlAnswer("report.html", context | _head(visit, row, edition, editions))


def _head(
    visit: PageRequest, row: sqlite3.Row, edition: sqlite3.Row, editions: Sequence[sqlite3.Row]
) -> dict[str, Any]:
    body = visit.one("select name_en from agencies where id = ?", row["agency_id"])
    document = visit.one("select * from documents where sha256 = ?", edition["sha256"])
    ledger = visit.one("select * from ledger where agency_id = ? and year = ?", row["agency_id"], row["year"])
    corrections = visit.all("select * from corrections where edition_id = ? order by at", edition["id"])
    return {
        "simulated": bool(row["simulated"]),
        "latin": body["name_en"] if body is not None else "",
        "document": document,
        "ledger": ledger,
        "corrections": corrections,
        "crumbs": crumbs(visit, row["division_code"], row["year"]),
        "siblings": siblings(visit, row),
        "timeline": timeline(visit, row, editions),
        "scope": SCOPES.get(row["scope"] or ""),
        "form": gloss.forms().get(edition["form"]),
        "format": FORMATS.get(edition["format"] or "", (edition["format"] or "?").upper()),
        "is_current": edition["id"] == row["current_edition_id"],
        "short": edition["sha256"][:12],
        "states": STATES,
    }


def _chosen(visit: PageRequest, cells: Cells, findings: Sequence[sqlite3.Row]) -> CellView | None:
    """The cell of the address, else the first that does not add up or that a finding names, else the first."""
    asked = visit.arg("cell").replace(".", "/")
    wanted = cells.get(asked)
    if asked and wanted is None and asked not in form_keys():
        tables = ", ".join(sorted({key.split("/")[0] for key in cells})) or "—"
        raise PageNotFound(
            visit.say(
                f"这份报告没有单元格 {asked}；有单元格的表：{tables}。",
                f"No cell {asked}; tables with cells: {tables}.",
            )
        )
    wrong = next((cell for cell in cells.values() if cell.bad), None)
    named = next((cells[f["cell"]] for f in findings if f["cell"] in cells), None)
    return wanted or wrong or named or next((cell for cell in cells.values() if cell.page or cell.path), None)


@cache
def form_keys() -> frozenset[str]:
    """Every cell that any form has, whether or not a report prints it."""
    return frozenset(
        f"{table}/{cell.row}/{cell.column}"
        for table in ("requests", "proactive_disclosure", "review_litigation")
        for cell in form_cells(table)
    )


def _tables(form: str, cells: Cells) -> dict[str, Any]:
    """Layouts of the printed tables, the labels that differ from the form's, and whatever has no place in it."""
    lines = request_lines(form, {key.split("/")[1] for key in cells if key.startswith("requests/")})
    blocks = articles(form)
    placed = {f"requests/{line.id}/{column}" for line in lines for column in gloss.request_columns()}
    placed |= {f"proactive_disclosure/{row.id}/{column.id}" for b in blocks for row in b.rows for column in row.columns}
    placed |= {f"review_litigation/{row}/{column}" for row in gloss.review_rows() for column in gloss.review_columns()}
    return {
        "articles": blocks,
        "lines": lines if any(key.startswith("requests/") for key in cells) else (),
        "review": any(key.startswith("review_litigation/") for key in cells),
        "verbatim": _verbatim(lines, blocks, cells),
        "extra": outside_form(cells.values(), placed),
        "columns": gloss.request_columns(),
        "review_rows": gloss.review_rows(),
        "review_columns": gloss.review_columns(),
        "names": gloss.tables(),
    }


def _verbatim(lines: Sequence[FormLine], blocks: Sequence[Article], cells: Cells) -> dict[str, str]:
    """Row id → label as printed, where it says something else than the form."""
    official = {f"requests/{line.id}": line.headings[-1].label.zh for line in lines}
    official |= {f"proactive_disclosure/{row.id}": row.zh for block in blocks for row in block.rows}
    found: dict[str, str] = {}
    for cell in cells.values():
        row = cell.key.rsplit("/", 1)[0]
        if row in official and row not in found and differs(cell.label, official[row]):
            found[row] = " ".join(cell.label.split())
    return found


def _previous(visit: PageRequest, row: sqlite3.Row) -> Mapping[str, str] | None:
    """Values of the year before, by cell key, for reading side by side."""
    before = visit.one(
        "select r.current_edition_id as edition_id from reports r where r.agency_id = ? and r.scope is ?"
        " and r.year = ?",
        row["agency_id"],
        row["scope"],
        row["year"] - 1,
    )
    if before is None:
        return {}
    return {key: cell.shown for key, cell in load(visit.db, before["edition_id"]).items()}
