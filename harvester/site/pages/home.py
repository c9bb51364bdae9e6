"""Home: what this is, one search box, coverage at a glance, the strongest evidence, what is new, data to take away."""

from __future__ import annotations

import sqlite3
from typing import Any

from harvester.definitions.labels import BALANCE
from harvester.site.pages.indicator_series import headline
from harvester.site.pages.report_data import checks
from harvester.site.parts.cells import load
from harvester.site.parts.coverage import EMPTY, GRID, Choice, choice, matrix
from harvester.site.parts.evidence import Outline, over
from harvester.site.parts.facts import Facts
from harvester.site.parts.places import latin_names
from harvester.site.parts.releases import ReleasedFile, releases
from harvester.site.parts.visit import Answer, HtmlAnswer, PageRequest

MARGIN = (150.0, 110.0)
"""How much of the page to show around the cell, in points."""


FILES = ("reports.csv", "requests.csv", "cells.csv", "findings.csv", "codebook.csv")


def home(visit: PageRequest) -> Answer:
    known = visit.known
    year = visit.number("year") or known.latest
    chosen = choice(visit, known)
    evidence = strongest(visit, known)
    return HtmlAnswer(
        "home.html",
        {
            "year": year,
            "chosen": chosen,
            "tiles": _tiles(visit, year, chosen),
            "numbers": _numbers(visit, known, chosen),
            "evidence": evidence,
            "latest": latest(visit, known.population, 7),
            "worth": _worth(visit, known, evidence["finding"]["id"] if evidence else 0),
            "balance": BALANCE,
            "headline": headline(visit, known),
            "release": _files(visit),
            "rows": {row["name"]: row["rows"] for row in visit.all("select name, rows from table_counts")},
        },
    )


def _tiles(visit: PageRequest, year: int | None, chosen: Choice) -> list[dict[str, Any]]:
    provinces = matrix(visit, "??0000", chosen)
    latin = latin_names(visit, [f"{code}0000" for code in GRID])
    named = {code: visit.say(name, _short(latin.get(f"{code}0000")) or name) for code, (name, *_) in GRID.items()}
    return [
        {"code": f"{code}0000", "name": named[code], "row": row, "column": column,
         "count": provinces.get(f"{code}0000", {}).get(year or 0, EMPTY)}
        for code, (_, row, column) in GRID.items()
        if code != "99" or f"{code}0000" in provinces
    ]  # fmt: skip


def _short(name: str | None) -> str:
    """A province as a tile has room for: without its kind."""
    words = (name or "").replace(" Autonomous Region", "").removesuffix(" Province").removesuffix(" City")
    return words.split(" ")[0] if not words.startswith("Nei ") else words


def _numbers(visit: PageRequest, known: Facts, chosen: Choice) -> dict[str, Any]:
    """The four numbers, each by the query that the page it leads to uses as well."""
    owed = matrix(visit, "000000", chosen).get("000000", {})
    return {
        "reports": known.reports,
        "owed": sum(count.owed for count in owed.values()),
        "obtained": sum(count.obtained for count in owed.values()),
    } | {name: getattr(known, name) for name in ("agencies", "places", "cells", "failed", "failing_reports")}


def latest(visit: PageRequest, simulated: int, limit: int) -> list[sqlite3.Row]:
    """Reports by the last thing that happened to them: first seen, changed, or removed."""
    return visit.all(
        "select r.*, a.name_en, n.happened_at, n.happened from recent n join reports r on r.id = n.report_id"
        " join agencies a on a.id = r.agency_id where n.simulated = ?"
        " order by n.happened_at desc, n.report_id desc limit ?",
        simulated,
        limit,
    )


def strongest(visit: PageRequest, known: Facts) -> dict[str, Any] | None:
    """The newest publisher's error, on a page image before others: never chosen by the size of the body."""
    row = visit.one(
        "select f.*, c.page, c.x0, c.top, c.x1, c.bottom, c.path, c.raw, e.sha256, e.first_seen_at as archived_at,"
        " e.form, e.member, r.agency_name, r.year, p.width, p.height from notable_findings n"
        " join findings f on f.id = n.finding_id join reports r on r.id = n.report_id"
        " join editions e on e.id = f.edition_id join cells c on c.edition_id = e.id"
        " and f.cell = c.table_id || '/' || c.row_id || '/' || c.column_id"
        " left join document_pages p on p.sha256 = e.sha256 and p.page = c.page"
        " where f.severity = 'error' and f.implied_value is not null and n.simulated = ? order by n.rank limit 1",
        known.population,
    )
    if row is None:
        return None
    edition = visit.one("select * from editions where id = ?", row["edition_id"])
    assert edition is not None
    verified = checks(visit, edition, load(visit.db, edition["id"]))
    return {
        "finding": row,
        "crop": _crop(row) if row["x0"] is not None and row["width"] else None,
        "check": next((c for c in verified if c.code == row["code"] and c.cell == row["cell"]), None),
        "others": sum(1 for c in verified if c.status == "fail") - 1,
    }


def _crop(row: sqlite3.Row) -> dict[str, Any]:
    """The part of the page to show, and the outline on it."""
    clip = _clip(row)
    width, height = clip[2] - clip[0], clip[3] - clip[1]
    outline: Outline = over((row["x0"], row["top"], row["x1"], row["bottom"]), width, height, (clip[0], clip[1]))
    return {
        "clip": ",".join(f"{value:.0f}" for value in clip),
        "ratio": f"{width:.0f}/{height:.0f}",
        "outline": outline,
    }


def _clip(row: sqlite3.Row) -> tuple[float, float, float, float]:
    """The width of the page, and the cell with some of what stands above and below it."""
    top = max(0.0, row["top"] - MARGIN[0])
    return (0.0, top, row["width"], min(row["height"], row["bottom"] + MARGIN[1]))


def _worth(visit: PageRequest, known: Facts, shown: int) -> list[sqlite3.Row]:
    """Four more of the notable findings, one a report."""
    return visit.all(
        "select f.*, r.agency_name, r.year from notable_findings n join findings f on f.id = n.finding_id"
        " join reports r on r.id = n.report_id where n.simulated = ? and f.id != ? order by n.rank limit 4",
        known.population,
        shown,
    )


def _files(visit: PageRequest) -> tuple[str, list[ReleasedFile]]:
    """The newest release and four of its files."""
    newest = releases(visit.data)[:1]
    files = [file for release in newest for file in release.files if file.name in FILES]
    return (newest[0].name if newest else "", files)
